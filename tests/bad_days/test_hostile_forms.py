"""Every form of every page that has an example: over-long, empty, another alphabet, NUL, script, a choice that is none,
posted twice. The answer is never a failure, and what was typed is still there."""

import logging

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.bad_days.posting import BY_LETTER, Form, address_of, forms_of, lost, posted
from tests.house.examples import EXAMPLES
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import house

__all__ = ["trail_may_be_emptied"]

TWICE = "another alphabet"
"""The one of these that may be good, so that the same form is sent once more."""
HOSTILE = {
    "over-long": "x" * 100_000,
    "empty": "",
    "another alphabet": "Łąka 日本語 עברית",
    "NUL": "before\0after",
    "script": "<script>alert('1')</script>",
    "not a number": "1e999",
}


def opened(client: Client, address: str) -> HttpResponse:
    answer = client.get(address)
    assert isinstance(answer, HttpResponse)
    return answer


def tries(form: Form) -> dict[str, dict[str, str]]:
    """What to change in the form, by what is wrong with it."""
    typed = {name: dict.fromkeys(form.typed, value) for name, value in HOSTILE.items()} if form.typed else {}
    return typed | ({"no such choice": dict.fromkeys(form.chosen, "<none>")} if form.chosen else {})


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(EXAMPLES.keys() - {BY_LETTER}))
def test_no_form_fails_or_forgets(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, logger="django.request")
    assert wrong_with_forms_of(name) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("trail_may_be_emptied")
def test_nor_does_the_form_of_an_invitation() -> None:
    assert wrong_with_forms_of(BY_LETTER) == []


def wrong_with_forms_of(name: str) -> list[tuple[str, str, int, int, list[str]]]:
    """For each post that failed or lost something: where, what was typed, two statuses, the fields that were lost."""
    example, here = EXAMPLES[name], house()
    address = address_of(name, here)
    client = here.client(example.role) if example.role else Client()
    client.raise_request_exception = False
    wrong = []
    for place, found in enumerate(forms_of(opened(client, address), address)):
        form: Form | None = found
        for what, changes in tries(found).items():
            if form is None:
                break
            first = posted(client, form, changes)
            again = posted(client, form, changes) if what == TWICE else first
            kept = lost(first, form, next(iter(changes.values()))) if what in HOSTILE else []
            if first.status_code >= 500 or again.status_code >= 500 or kept:
                wrong.append((form.address, what, first.status_code, again.status_code, kept))
            if first.status_code != 200:
                form = next(iter(forms_of(opened(client, address), address)[place : place + 1]), None)
    return wrong
