"""Who meets the questions of a search, as one query to the database: its index first, then the policy."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from safeboard.casework.matching.questions import Meant, Step, any_of
from safeboard.casework.people.models import Person
from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action

WEIGHED: Final = 100
"""So many of the visible are weighed by all their facts, the best by their keys: four times what is shown."""
STEP: Final = """
met{number} AS MATERIALIZED (
  SELECT person_id, keys @@ %s::tsquery AS meets_closed, {rank} AS rank
    FROM matching_searchdocument WHERE keys @@ %s::tsquery AND ({so_far}) < %s
), found{number} AS MATERIALIZED (
  SELECT person_id FROM met{number} AS met WHERE {may_find} AND (meets_closed OR {may_open}) {order} LIMIT %s
)"""
"""Those who meet one question, unless enough are found; of them those whom the viewer may find so.

In two parts, since the planner has no idea how few meet a question: it is not to begin with everybody one may find.
"""
RANK: Final = "CASE WHEN keys @@ %s::tsquery THEN 3 WHEN keys @@ %s::tsquery THEN 2 ELSE 0 END"
BEST_FIRST: Final = "ORDER BY rank DESC, person_id"
"""Only where ranks differ: the first hundred Smiths need not wait for the other ten thousand."""
BY_INDEX: Final = (
    *(("max_parallel_workers_per_gather", "0"), ("jit", "off")),
    *(("enable_seqscan", "off"), ("enable_hashjoin", "off"), ("enable_mergejoin", "off")),
)
"""The planner thinks that half of all people meet such questions. Left to itself it reads everybody; held to the index

of keys it reads those who do meet them, and of people those alone. To start helpers takes longer than that.
"""


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody who meets the questions, whether the viewer may open the record, and what the document says of them."""

    key: UUID
    may_open: bool
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a query, with what it is given."""

    sql: str
    given: tuple[Any, ...] = ()


def met(viewer: Viewer, steps: Sequence[Step]) -> list[Met]:
    """Who meets the questions, asked one after another until enough are found: at most WEIGHED of each, the best.

    The policy stands inside, before each limit, so who may not be found changes nothing. Whom the viewer may know of
    but not open must meet the question as it may be put about them (`Step.closed`).
    """
    people = Person.objects.order_by()
    may_find, may_open = (_is_among(visible(people, viewer, action)) for action in (Action.FIND, Action.OPEN))
    parts = [_of_step(number, step, may_find, may_open) for number, step in enumerate(steps)]
    query = (
        f"WITH {','.join(part.sql for part in parts)} SELECT person_id, {may_open.sql}, facts "
        f"FROM ({_found_by(len(parts))}) AS met JOIN matching_searchdocument USING (person_id)"
    )
    given = [each for part in (*parts, may_open) for each in part.given]
    with _held_to_the_index(), connection.cursor() as cursor:
        cursor.execute(query, given)
        return [Met(key, opens, json.loads(facts)) for key, opens, facts in cursor.fetchall()]


def _of_step(number: int, step: Step, may_find: _Part, may_open: _Part) -> _Part:
    ranked = [key for each in step.ranked for key in _surely_and_perhaps(each)]
    sql = STEP.format(
        number=number,
        rank=" + ".join([RANK] * len(step.ranked)) or "0",
        so_far=f"SELECT count(*) FROM ({_found_by(number)}) AS so_far" if number else "0",
        may_find=may_find.sql,
        may_open=may_open.sql,
        order=BEST_FIRST if ranked else "",
    )
    return _Part(sql, (step.closed, *ranked, step.query, step.unless, *may_find.given, *may_open.given, WEIGHED))


def _surely_and_perhaps(each: Meant) -> tuple[str, str]:
    """The queries that tell how surely a document means the term: by 3, by 2, or not at all."""
    return any_of(each.sure), any_of(each.guesses or each.sure)


def _found_by(steps: int) -> str:
    """Everybody found by the first so many steps, once each."""
    return " UNION ".join(f"SELECT person_id FROM found{number}" for number in range(steps))


def _is_among(people: QuerySet[Person]) -> _Part:
    """The condition that the person of `met` is among these.

    Not by EXISTS, for which the planner may read all the people first to have them at hand.
    """
    try:
        query, given = people.filter(pk=RawSQL("met.person_id", ())).values("pk").query.sql_with_params()
    except EmptyResultSet:
        return _Part("false")
    return _Part(f"(SELECT count(*) FROM ({query}) AS it) > 0", given)


@contextmanager
def _held_to_the_index() -> Iterator[None]:
    """The planner keeps to the index for the question inside. Nothing may be written there: it is all rolled back."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            settings = ", ".join(["set_config(%s, %s, true)"] * len(BY_INDEX))
            cursor.execute(f"SELECT {settings}", [part for setting in BY_INDEX for part in setting])
        yield
        transaction.set_rollback(True)
