"""Every form of every page that has an example: over-long, empty, another alphabet, NUL, script, a choice that is none,
posted twice. The answer is never a failure, and what was typed is still there."""

import logging

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.bad_days.posting import Form, forms_of, lost, posted
from tests.house.examples import EXAMPLES
from tests.house.synthetic import house

pytestmark = pytest.mark.django_db

HOSTILE = {
    "over-long": "x" * 100_000,
    "empty": "",
    "blank": "   ",
    "another alphabet": "Łąka 日本語 עברית",
    "NUL": "before\0after",
    "script": "<script>alert('1')</script>",
    "not a number": "1e999",
    "half a pair": "\ud83d".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
}


def opened(client: Client, address: str) -> HttpResponse:
    answer = client.get(address)
    assert isinstance(answer, HttpResponse)
    return answer


def tries(form: Form) -> dict[str, dict[str, str]]:
    """What to change in the form, by what is wrong with it."""
    typed = {name: dict.fromkeys(form.typed, value) for name, value in HOSTILE.items()} if form.typed else {}
    return typed | ({"no such choice": dict.fromkeys(form.chosen, "<none>")} if form.chosen else {})


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_form_fails_or_forgets(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, logger="django.request")
    example, here = EXAMPLES[name], house()
    address = reverse(name, kwargs=dict(example.keys(here))) + (f"?{example.query}" if example.query else "")
    client = here.client(example.role) if example.role else Client()
    client.raise_request_exception = False
    wrong = []
    for place, found in enumerate(forms_of(opened(client, address), address)):
        for what, changes in tries(found).items():
            forms = forms_of(opened(client, address), address)
            if place >= len(forms):
                break
            first = posted(client, forms[place], changes)
            again = posted(client, forms[place], changes)
            kept = lost(first, forms[place], next(iter(changes.values()))) if what in HOSTILE else []
            if first.status_code >= 500 or again.status_code >= 500 or kept:
                wrong.append((forms[place].address, what, first.status_code, again.status_code, kept))
    assert wrong == []
