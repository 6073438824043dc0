"""Searching for people: who, among those the viewer may know of, fits what was typed, the best first, and why."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.search import SearchVectorField
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.lookups import Lookup

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
    *(("enable_seqscan", "off"), ("enable_indexscan", "off")),
    *(("enable_hashjoin", "off"), ("enable_mergejoin", "off")),
)
"""The planner thinks that half of all people meet such questions. Left to itself it reads everybody one by one; held to

the index of keys (which it reads as a bitmap) it reads those who do meet them, and of people those alone. To start
helpers takes longer than that.
"""


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


@dataclass(frozen=True, slots=True)
class _Known:
    """Whom the viewer may know of, and whose record they may open."""

    findable: QuerySet[Person]
    openable: QuerySet[Person]

    @classmethod
    def to(cls, viewer: Viewer) -> "_Known":
        people = Person.objects.all()
        return cls(visible(people, viewer, Action.FIND), visible(people, viewer, Action.OPEN))

    def candidates(self, step: Step) -> list[Candidate]:
        """Those who meet the step, the best by their keys. The policy stands inside the query, before its limit.

        Whom the viewer may know of but not open must meet the step's closed question. Asking that of everybody is slow
        and hardly ever needed: it is looked at afterwards, and asked of everybody only where it could have kept others
        out.
        """
        rows = self.findable.filter(search_document__keys__holds=step.query)
        found = self._read(rows, step)
        doubtful = [each.key for each in found if not each.meets_closed]
        shut = set(doubtful) - self.opened_of(doubtful)
        if shut and len(found) == WEIGHED:
            may_open = Exists(self.openable.filter(pk=OuterRef("pk")))
            return self._read(rows.filter(may_open | Q(search_document__keys__holds=step.closed)), step)
        return [each for each in found if each.key not in shut]

    def opened_of(self, keys: Collection[UUID]) -> set[UUID]:
        """Those of the keys whose record the viewer may open."""
        return set(self.openable.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()

    def _read(self, rows: QuerySet[Person], step: Step) -> list[Candidate]:
        closed = When(search_document__keys__holds=step.closed, then=True)
        if step.ranked:
            rows = rows.annotate(rank=_rank(step.ranked)).order_by("-rank", "pk")
        rows = rows.annotate(meets=Case(closed, default=False, output_field=BooleanField()))
        read = rows.values_list("pk", "search_document__facts", "meets")[:WEIGHED]
        return [Candidate(key, meets_closed, facts) for key, facts, meets_closed in read]


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


def _weighed(asked: Sequence[Meant], each: Candidate, may_open: bool) -> Fit:
    points, reasons = weigh(asked, Facts(each.facts if may_open else {**each.facts, "places": []}))
    return Fit(each.key, points, tuple(reasons), may_open)
