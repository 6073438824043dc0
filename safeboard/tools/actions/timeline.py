"""What happened to an action, the newest first, and which steps are open to somebody now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import JSONObject

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.columns import in_words
from safeboard.foundation.pages.records import Happening
from safeboard.tools.actions.codes import Impact
from safeboard.tools.actions.models import (
    ActionItem,
    DueDateChange,
    Evidence,
    NewsAsked,
    OfAnAction,
    ProgressNote,
    Reopening,
)
from safeboard.tools.actions.rules import Facts, Step, next_steps, whose_work

CHANGING = frozenset({Step.CHANGE, Step.MOVE, Step.ASK, Step.CLOSE})
CONTRIBUTING = frozenset({Step.NOTE, Step.GIVE_EVIDENCE})


def open_steps(row: Any, facts: Facts, viewer: Viewer) -> Sequence[Step]:
    """The steps that may follow and that the viewer may take. `row` comes from `selectors.for_page`."""
    own = viewer.user.pk in whose_work(facts)
    contributes = viewer.may(Module.ACTIONS, Action.CHANGE)

    def is_open(step: Step) -> bool:
        if step in CHANGING:
            return bool(row.viewer_changes)
        if step in CONTRIBUTING:
            return contributes
        if step is Step.REOPEN:
            return bool(row.viewer_verifies if viewer.may(Module.ACTIONS, Action.VERIFY) else row.viewer_changes)
        return bool(row.viewer_verifies) and not own

    return [step for step in next_steps(facts) if is_open(step)]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that somebody wrote to an action: of which kind, when, by whom, and what it says."""

    kind: str
    at: datetime
    by: int
    who: str
    said: Mapping[str, Any]


def told_of(action: ActionItem) -> list[Told]:
    """All that was written to the action, in one question to the database."""
    evidence = JSONObject(key="pk", words="words", file_name="file_name", size="size")
    moved = JSONObject(from_on="from_on", to_on="to_on", words="reason")
    reopened = JSONObject(
        words="reason",
        closed_on="was_closed_on",
        closed_by="was_closed_by__name",
        closing_words="closing_words",
        verified_on="was_verified_on",
        verified_by="was_verified_by__name",
        verifying_words="verifying_words",
    )
    asked = JSONObject(
        key="pk",
        words="question",
        whom="whom",
        answer="answer",
        answered_at="answered_at",
        receipt="link__receipt",
        expires_at="link__expires_at",
        tries_left="link__tries_left",
        withdrawn_at="link__withdrawn_at",
        withdrawn_by="link__withdrawn_by__name",
    )
    rows = [
        _told(Evidence, action, evidence),
        _told(DueDateChange, action, moved),
        _told(ProgressNote, action, JSONObject(words="words")),
        _told(NewsAsked, action, asked),
        _told(Reopening, action, reopened),
    ]
    first, *others = rows
    return [Told(*row) for row in first.union(*others, all=True).order_by("-at")]


def _told(model: type[OfAnAction], action: ActionItem, said: JSONObject) -> QuerySet[Any, Any]:
    rows = model._default_manager.filter(action=action).order_by()
    return rows.annotate(kind=Value(model.__name__), said=said).values_list("kind", "at", "by_id", "by__name", "said")


def happened(row: Any, told: Iterable[Told]) -> list[Happening]:
    """The timeline of one action, the newest first. Of steps of one day the last to be taken stands first."""
    added = Happening(row.made_at, f"Added, first due {in_words(row.first_due_on)}", row.made_by.name)
    all_of_it = [*_from_facts(row), *(each for one in told for each in _happening(one)), added]
    return sorted(all_of_it, key=lambda each: _moment(each.at), reverse=True)


def _moment(at: date | datetime) -> datetime:
    """For sorting: a day without a time comes at its end, after what led to it."""
    return at if isinstance(at, datetime) else datetime.combine(at, time.max, UTC)


def _happening(told: Told) -> Iterator[Happening]:
    said, words = told.said, told.said["words"]
    match told.kind:
        case DueDateChange.__name__:
            title = f"Due date moved from {_day(said['from_on'])} to {_day(said['to_on'])}"
            yield Happening(told.at, title, told.who, words)
        case ProgressNote.__name__:
            yield Happening(told.at, "Progress noted", told.who, words)
        case Evidence.__name__:
            yield Happening(told.at, "Evidence given", told.who, words or "A file")
        case NewsAsked.__name__:
            yield Happening(told.at, f"{said['whom']} asked by a link", told.who, words)
            if said["answered_at"]:
                at = datetime.fromisoformat(said["answered_at"])
                yield Happening(at, f"Answered by the link, receipt {said['receipt']}", said["whom"], said["answer"])
            if said["withdrawn_at"]:
                at = datetime.fromisoformat(said["withdrawn_at"])
                yield Happening(at, f"The link to {said['whom']} withdrawn", said["withdrawn_by"])
        case Reopening.__name__:
            yield Happening(told.at, "Opened again", told.who, words)
            if said["verified_on"]:
                verified_on = date.fromisoformat(said["verified_on"])
                yield Happening(verified_on, "Verified", said["verified_by"], said["verifying_words"])
            closed_on = date.fromisoformat(said["closed_on"])
            yield Happening(closed_on, "Closed", said["closed_by"], said["closing_words"])


def _day(written: str) -> str:
    return in_words(date.fromisoformat(written))


def _from_facts(row: Any) -> Iterator[Happening]:
    if row.impact_checked_on:
        title = f"Impact checked: {Impact(row.impact).label.lower()}"
        yield Happening(row.impact_checked_on, title, row.impact_checked_by.name, row.impact_words)
    if row.verified_on:
        yield Happening(row.verified_on, "Verified", row.verified_by.name, row.verifying_words)
    if row.closed_on:
        yield Happening(row.closed_on, "Closed", row.closed_by.name, row.closing_words)
