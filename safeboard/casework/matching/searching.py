"""Searching for people: who, among those the viewer may know of, fits what was typed, the best first, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

from safeboard.casework.matching.asked import read, refusal
from safeboard.casework.matching.meeting import Met, met
from safeboard.casework.matching.questions import Meant, meant, meant_word, steps
from safeboard.casework.matching.weighing import Facts, weigh
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.kernel.errors import BadInput

SHOWN: Final = 25
"""So many are shown; who finds more is asked to say more."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Somebody who fits, how well, why in words, and whether the viewer may open the record."""

    key: UUID
    points: float
    reasons: tuple[str, ...]
    may_open: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The best fits first. `more`: there are more than are shown. `kinds`: what was typed, in kinds, for the trail."""

    fits: tuple[Fit, ...]
    more: bool
    kinds: tuple[str, ...]


def search(viewer: Viewer, typed: str) -> Found:
    """Who fits what was typed. BadInput where it cannot be searched for.

    Only people whom the viewer may find are ever counted or weighed. Those whose record they may not open are found by
    name, date of birth and number alone, since fitting an address would tell where they live.
    """
    asked = questions_of(typed)
    found = met(viewer, steps(asked, SHOWN))
    fits = [fit for each in found if (fit := _weighed(asked, each)).reasons]
    fits.sort(key=lambda fit: (-fit.points, fit.key))
    return Found(tuple(fits[:SHOWN]), len(fits) > SHOWN, tuple(sorted({str(each.term.kind) for each in asked})))


def folded(written: str) -> list[str]:
    """The words of a name as they are compared: in plain Latin letters."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT matching_words(%s)", [written.replace("\x00", " ")])
        words: list[str] = cursor.fetchone()[0]
    return words


def questions_of(typed: str) -> list[Meant]:
    """What was typed, each term with the keys that mean it. One query."""
    given = read(typed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, formal, sure, guesses FROM matching_asked(%s)", [given.rest])
        rows = cursor.fetchall()
    words = [meant_word(*row, last=place == len(rows)) for place, row in enumerate(rows, start=1)]
    asked = [*(meant(term) for term in given.terms), *words]
    if not asked:
        raise BadInput(refusal("Nobody can be searched for in this script.", "Type it in Latin letters."))
    return asked


def _weighed(asked: Sequence[Meant], each: Met) -> Fit:
    points, reasons = weigh(asked, Facts(each.facts if each.may_open else {**each.facts, "places": []}))
    return Fit(each.key, points, tuple(reasons), each.may_open)
