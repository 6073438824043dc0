"""The page of one record: what it is with its warnings, what is known as cards, what happened, who changed it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from safeboard.foundation.access.doors import viewer_from
from safeboard.foundation.access.policy import GUARDS, hidden_fields, may
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.pages.columns import in_words
from safeboard.foundation.pages.history import changes_of


@dataclass(frozen=True, slots=True)
class Card:
    """Some facts under one heading. Each row is (label, plain value, address that changes it or "")."""

    title: str
    rows: Sequence[tuple[str, object, str]]

    @property
    def changes(self) -> bool:
        """Whether any row can be changed: else the answers have the whole width."""
        return any(address for _, _, address in self.rows)

    @property
    def shown(self) -> list[tuple[str, str, str]]:
        return [(label, in_words(value), address) for label, value, address in self.rows]


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing on the timeline. `at` is a day or a moment; `who` a name that the viewer may see, or ""."""

    at: date | datetime
    title: str
    who: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """Something one may do from here; `main` is the one most often wanted."""

    words: str
    address: str
    main: bool = False


def record_page(
    request: HttpRequest,
    *,
    kind: str,
    record: Model,
    title: str,
    cards: Sequence[Card],
    facts: Sequence[tuple[str, object]] = (),
    warnings: Sequence[str] = (),
    timeline: Sequence[Happening] = (),
    buttons: Sequence[Button] = (),
    also: Sequence[Model] = (),
    hidden: frozenset[str] = frozenset(),
    extra_template: str = "",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page of a record that the caller has found visible for OPEN to the viewer. Its reading is noted.

    `facts` stand beside the title ("born", "NHS number"); `warnings` no reader can miss. `also` are records whose
    changes belong to the history (a person's names), found to be the viewer's to see with every field; fields named in
    `hidden` are left out of it. `extra_template` is shown below the cards, with `context`; a
    `first_template` named in that gives cards which stand before the others.
    """
    viewer = viewer_from(request)
    printed = _printed(request, viewer, record)
    noted(request, Did.PRINTED if printed else Did.OPENED, kind, record.pk)
    shown = {
        **(context or {}),
        "title": title,
        "facts": [(label, in_words(value)) for label, value in facts],
        "warnings": warnings,
        "cards": cards,
        "timeline": timeline,
        "buttons": buttons,
        "history": changes_of(viewer, [record, *also], hidden | _held_back(viewer, record)),
        "printable": _printable(viewer, record),
        "printed": printed,
        "extra_template": extra_template,
    }
    return render(request, "pages/record.html", shown)


def _printed(request: HttpRequest, viewer: Viewer, record: Model) -> bool:
    """Whether the page is asked for as it prints: not found for those who may not print this record."""
    printed = "print" in request.GET
    if printed and not (_printable(viewer, record) and may(viewer, Action.PRINT, record)):
        raise Http404
    return printed


def _printable(viewer: Viewer, record: Model) -> bool:
    """Whether printing is offered. It asks nothing of the database: the record is asked about when it prints."""
    how = GUARDS.get(type(record))
    return how is not None and viewer.may(how.module, Action.PRINT)


def _held_back(viewer: Viewer, record: Model) -> frozenset[str]:
    """Fields more sensitive than the record, of which the viewer must not read the former values either."""
    how = GUARDS.get(type(record))
    return hidden_fields(viewer, Action.OPEN, record) if how is not None and how.fields else frozenset()
