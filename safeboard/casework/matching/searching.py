"""Searching for people: who, among those the viewer may know of, fits what was typed, the best first, and why."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from safeboard.casework.matching.asked import read, refusal
from safeboard.casework.matching.questions import Meant, Step, any_of, meant, meant_word, steps
from safeboard.casework.matching.weighing import Facts, weigh
from safeboard.casework.people.models import Person
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.kernel.errors import BadInput

SHOWN: Final = 25
"""So many are shown; who finds more is asked to say more."""
WEIGHED: Final = 100
"""So many of the visible are weighed by all their facts, the best by their keys: four times what is shown."""
BY_INDEX: Final = (
    *(("max_parallel_workers_per_gather", "0"), ("jit", "off")),
    *(("enable_seqscan", "off"), ("enable_hashjoin", "off"), ("enable_mergejoin", "off")),
)
"""The planner thinks that half of all people meet such questions. Left to itself it reads everybody; held to the index

of keys it reads those who do meet them, and of people those alone. To start helpers takes longer than that.
"""


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who meets a question, before they are weighed."""

    key: UUID
    meets_closed: bool
    facts: Mapping[str, Any]


def search(viewer: Viewer, typed: str) -> Found:
    """Who fits what was typed. BadInput where it cannot be searched for.

    Only people whom the viewer may find are ever counted or weighed. Those whose record they may not open are found by
    name, date of birth and number alone, since fitting an address would tell where they live.
    """
    asked = questions_of(typed)
    known = _Known.to(viewer)
    found: dict[UUID, Candidate] = {}
    with _asking_the_index():
        for step in steps(asked, SHOWN):
            if len(found) < step.unless:
                for each in known.candidates(step):
                    found.setdefault(each.key, each)
        openable = known.opened_of(found)
    fits = [fit for each in found.values() if (fit := _weighed(asked, each, each.key in openable)).reasons]
    fits.sort(key=lambda fit: (-fit.points, fit.key))
    return Found(tuple(fits[:SHOWN]), len(fits) > SHOWN, tuple(sorted({str(each.term.kind) for each in asked})))


@contextmanager
def _asking_the_index() -> Iterator[None]:
    """The planner keeps to the index for the questions inside, and is as it was afterwards."""
    names = [name for name, _ in BY_INDEX]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join('current_setting(%s)' for _ in names)}", names)
        before = list(zip(names, cursor.fetchone(), strict=True))
        _set(cursor, BY_INDEX)
        yield
        _set(cursor, before)


def _set(cursor: CursorWrapper, settings: Sequence[tuple[str, str]]) -> None:
    wanted = [part for setting in settings for part in setting]
    cursor.execute(f"SELECT {', '.join('set_config(%s, %s, true)' for _ in settings)}", wanted)


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


MET: Final = """
WITH met AS MATERIALIZED (
  SELECT person_id, keys @@ %s::tsquery AS meets_closed, {rank} AS rank
    FROM matching_searchdocument WHERE keys @@ %s::tsquery
), best AS (
  SELECT person_id, meets_closed FROM met WHERE {known} {order} LIMIT %s
)
SELECT person_id, meets_closed, facts FROM best JOIN matching_searchdocument USING (person_id)
"""
"""Those who meet a question by the index first, since the planner has no idea how few they are; of them the known."""
BEST_FIRST: Final = "ORDER BY rank DESC, person_id"
"""Only where ranks differ: the first hundred Smiths need not wait for the other ten thousand."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Whom the viewer may know of, and whose record they may open."""

    findable: QuerySet[Person]
    openable: QuerySet[Person]

    @classmethod
    def to(cls, viewer: Viewer) -> "_Known":
        people = Person.objects.order_by()
        return cls(visible(people, viewer, Action.FIND), visible(people, viewer, Action.OPEN))

    def candidates(self, step: Step) -> list[Candidate]:
        """Those who meet the step, the best by their keys. The policy stands inside the query, before its limit.

        Whom the viewer may know of but not open must meet the step's closed question. Asking that of everybody is slow
        and hardly ever needed: it is looked at afterwards, and asked of everybody only where it could have kept others
        out.
        """
        may_find, given = _is_among(self.findable)
        found = _read(step, may_find, given)
        doubtful = [each.key for each in found if not each.meets_closed]
        shut = set(doubtful) - self.opened_of(doubtful)
        if shut and len(found) == WEIGHED:
            may_open, also_given = _is_among(self.openable)
            return _read(step, f"{may_find} AND (meets_closed OR {may_open})", (*given, *also_given))
        return [each for each in found if each.key not in shut]

    def opened_of(self, keys: Collection[UUID]) -> set[UUID]:
        """Those of the keys whose record the viewer may open."""
        return set(self.openable.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def _is_among(people: QuerySet[Person]) -> tuple[str, tuple[Any, ...]]:
    """The condition that the person of `met` is among these, with what it is given."""
    try:
        query, given = people.filter(pk=RawSQL("met.person_id", ())).values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "false", ()
    return f"EXISTS ({query})", given


def _read(step: Step, known: str, given: tuple[Any, ...]) -> list[Candidate]:
    ranks = [_rank(each) for each in step.ranked]
    rank = " + ".join(rank for rank, _ in ranks) or "0"
    query = MET.format(rank=rank, known=known, order=BEST_FIRST if ranks else "")
    keys = [each for _, queries in ranks for each in queries]
    with connection.cursor() as cursor:
        cursor.execute(query, (step.closed, *keys, step.query, *given, WEIGHED))
        return [Candidate(key, meets_closed, json.loads(facts)) for key, meets_closed, facts in cursor.fetchall()]


def _rank(each: Meant) -> tuple[str, tuple[str, str]]:
    """How surely a document means the term, 3, 2 or 0, with the queries that tell."""
    surely, perhaps = any_of(each.sure), any_of(each.guesses or each.sure)
    return "CASE WHEN keys @@ %s::tsquery THEN 3 WHEN keys @@ %s::tsquery THEN 2 ELSE 0 END", (surely, perhaps)


def _weighed(asked: Sequence[Meant], each: Candidate, may_open: bool) -> Fit:
    points, reasons = weigh(asked, Facts(each.facts if may_open else {**each.facts, "places": []}))
    return Fit(each.key, points, tuple(reasons), may_open)
