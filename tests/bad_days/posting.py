"""The forms of a page as a browser would send them, and what comes back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html

from tests.house.examples import EXAMPLES
from tests.house.synthetic import House

BY_LETTER = "signing_in:accept"
"""The page whose example reads a letter, which leaves when its transaction is over."""
TEXTS = ("text", "email", "search", "tel", "url", "number")


@dataclass(frozen=True)
class Form:
    """One form that is posted: where to, what it sends untouched, and which of it is typed or chosen."""

    address: str
    untouched: Mapping[str, str]
    typed: tuple[str, ...]
    chosen: tuple[str, ...]
    files: tuple[str, ...] = ()


def address_of(name: str, here: House) -> str:
    """The address of a page's example, with the records it needs made."""
    example = EXAMPLES[name]
    keys = dict(example.keys(here))
    return reverse(name, kwargs=keys) + (f"?{example.query}" if example.query else "")


def forms_of(answer: HttpResponse, address: str) -> list[Form]:
    """The forms in the page's own part: those of its frame are on every page."""
    if not answer.content:
        return []
    page = html.fromstring(answer.content)
    mains = page.xpath("//main") or [page]
    return [_form(form, address) for main in mains for form in main.xpath(".//form") if form.method == "POST"]


def _form(form: html.FormElement, address: str) -> Form:
    fields = [field for field in form.inputs if field.name and field.get("type") not in ("submit", "file", "password")]
    typed = [field.name for field in fields if _is_typed(field)]
    chosen = [field.name for field in fields if field.tag == "select" or field.get("type") in ("radio", "checkbox")]
    return Form(
        address=urljoin(address, form.action or address),
        untouched={name: value or "" for name, value in _values(form) if name},
        typed=tuple(dict.fromkeys(typed)),
        chosen=tuple(dict.fromkeys(chosen)),
        files=tuple(field.name for field in form.inputs if field.get("type") == "file"),
    )


def _is_typed(field: html.InputElement) -> bool:
    return field.tag == "textarea" or (field.tag == "input" and field.get("type", "text") in TEXTS)


def _values(form: html.FormElement) -> Iterator[tuple[str, str | None]]:
    yield from form.form_values()
    for field in form.inputs:
        if field.get("type") == "radio" and field.name not in dict(form.form_values()):
            yield field.name, field.get("value")


def lost(answer: HttpResponse, form: Form, value: str) -> list[str]:
    """The typed fields that a page which shows the form again has not kept."""
    shown = unescape(answer.content.decode()).replace("\r\n", "\n")
    again = [each for each in forms_of(answer, form.address) if each.typed == form.typed]
    return [] if not again or value.replace("\0", "") in shown.replace("\0", "") else list(form.typed)


def posted(client: Client, form: Form, changes: Mapping[str, object]) -> HttpResponse:
    answer = client.post(form.address, {**form.untouched, **changes})
    assert isinstance(answer, HttpResponse)
    return answer
