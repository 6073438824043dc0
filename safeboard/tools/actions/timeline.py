"""What happened to an action, the newest first, and which steps are open to somebody now."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.columns import in_words
from safeboard.foundation.pages.records import Happening
from safeboard.tools.actions.codes import Impact
from safeboard.tools.actions.models import Evidence
from safeboard.tools.actions.rules import Facts, Step, next_steps, why_not_verify

CHANGING = frozenset({Step.CHANGE, Step.MOVE, Step.CLOSE})
CONTRIBUTING = frozenset({Step.NOTE, Step.GIVE_EVIDENCE})


def open_steps(row: Any, facts: Facts, viewer: Viewer) -> Sequence[Step]:
    """The steps that may follow and that the viewer may take. `row` comes from `selectors.for_page`."""
    own = why_not_verify(facts, viewer.user.pk) != ""
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


def happened(row: Any, evidence: Iterable[Evidence], viewer: Viewer) -> list[Happening]:
    """The timeline of one action."""
    told = [*_from_rows(row), *_from_evidence(evidence), *_from_facts(row)]
    return sorted(told, key=lambda each: _moment(each.at), reverse=True)


def _moment(at: date | datetime) -> datetime:
    """For sorting: a day without a time comes at its end, after what led to it."""
    return at if isinstance(at, datetime) else datetime.combine(at, time.max, UTC)


def _from_rows(row: Any) -> Iterator[Happening]:
    yield Happening(row.made_at, f"Added, first due {in_words(row.first_due_on)}", row.made_by.name)
    for each in row.duedatechanges.select_related("by"):
        title = f"Due date moved from {in_words(each.from_on)} to {in_words(each.to_on)}"
        yield Happening(each.at, title, each.by.name, each.reason)
    for each in row.progressnotes.select_related("by"):
        yield Happening(each.at, "Progress noted", each.by.name, each.words)
    for each in row.reopenings.select_related("by", "was_closed_by", "was_verified_by"):
        yield Happening(each.at, "Opened again", each.by.name, each.reason)
        yield Happening(each.was_closed_on, "Closed", each.was_closed_by.name, each.closing_words)
        if each.was_verified_by and each.was_verified_on:
            yield Happening(each.was_verified_on, "Verified", each.was_verified_by.name, each.verifying_words)


def _from_evidence(evidence: Iterable[Evidence]) -> Iterator[Happening]:
    for each in evidence:
        words = each.words or ("A file" if each.file_name else "")
        yield Happening(each.at, "Evidence given", each.by.name, words)


def _from_facts(row: Any) -> Iterator[Happening]:
    if row.closed_on:
        yield Happening(row.closed_on, "Closed", row.closed_by.name, row.closing_words)
    if row.verified_on:
        yield Happening(row.verified_on, "Verified", row.verified_by.name, row.verifying_words)
    if row.impact_checked_on:
        title = f"Impact checked: {Impact(row.impact).label.lower()}"
        yield Happening(row.impact_checked_on, title, row.impact_checked_by.name, row.impact_words)
