"""Searching for people: who, among those the viewer may know of, fits what was typed, the best first, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.lookups import Lookup

from safeboard.casework.matching.asked import read
from safeboard.casework.matching.questions import Meant, Step, any_of, meant, meant_word, steps, without_places
from safeboard.casework.matching.weighing import Facts, weigh
from safeboard.casework.people.models import Person
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action

SHOWN: Final = 50
"""So many are shown; who finds more is asked to say more."""
WEIGHED: Final = 200
"""So many of the visible are weighed by all their facts, the best by their keys: four times what is shown."""


@SearchVectorField.register_lookup
class Holds(Lookup):
    """Whether keys hold a text search query, given as it is: `keys__holds="('wsmith'|'psm0')"`."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        column, given = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", (*given, self.rhs)


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
    found: dict[UUID, tuple[bool, Any]] = {}
    for step, of_closed in zip(steps(asked, SHOWN), steps(without_places(asked), SHOWN), strict=True):
        if len(found) < step.unless:
            for key, may_open, facts in _candidates(viewer, asked, step, of_closed):
                found.setdefault(key, (may_open, facts))
    fits = sorted(_weighed(asked, found), key=lambda fit: (-fit.points, fit.key))
    return Found(tuple(fits[:SHOWN]), len(fits) > SHOWN, tuple(sorted({str(each.term.kind) for each in asked})))


def questions_of(typed: str) -> list[Meant]:
    """What was typed, each term with the keys that mean it. One query."""
    given = read(typed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, formal, sure, guesses FROM matching_asked(%s)", [given.rest])
        rows = cursor.fetchall()
    words = [meant_word(*row, last=place == len(rows)) for place, row in enumerate(rows, start=1)]
    return [*(meant(term) for term in given.terms), *words]


def _candidates(viewer: Viewer, asked: Sequence[Meant], step: Step, of_closed: Step) -> QuerySet[Any, Any]:
    """Key, whether it may be opened, and facts. The policy stands inside the query, before the limit."""
    may_open = Exists(visible(Person.objects.filter(pk=OuterRef("pk")), viewer, Action.OPEN))
    rows = visible(Person.objects.filter(search_document__keys__holds=step.query), viewer, Action.FIND)
    return (
        rows.annotate(may_open=may_open, rank=_rank(asked))
        .filter(Q(may_open=True) | Q(search_document__keys__holds=of_closed.query))
        .order_by("-rank", "pk")
        .values_list("pk", "may_open", "search_document__facts")[:WEIGHED]
    )


def _rank(asked: Sequence[Meant]) -> Any:
    total: Any = Value(0)
    for each in asked:
        total = total + Case(
            When(search_document__keys__holds=any_of(each.sure), then=Value(3)),
            When(search_document__keys__holds=any_of(each.guesses or each.sure), then=Value(2)),
            default=Value(0),
            output_field=IntegerField(),
        )
    return total


def _weighed(asked: Sequence[Meant], found: dict[UUID, tuple[bool, Any]]) -> Iterator[Fit]:
    for key, (may_open, facts) in found.items():
        points, reasons = weigh(asked, Facts(facts if may_open else {**facts, "places": []}))
        yield Fit(key, points, tuple(reasons), may_open)
