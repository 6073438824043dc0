"""What follows from the facts of an action: its status, how late it is, who must verify it, what may be done next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from safeboard.foundation.kernel.working_days import FIRST_DAY, LAST_DAY, working_days_between
from safeboard.tools.actions.codes import Risk, Status


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one action. Users are keys. `evidence_by`: who has given evidence."""

    first_due_on: date
    due_on: date
    risk: Risk
    owner: int | None = None
    evidence_by: frozenset[int] = frozenset()
    closed_on: date | None = None
    closed_by: int | None = None
    verified_on: date | None = None
    impact_checked_on: date | None = None


class Step(StrEnum):
    """What may be done with an action, beyond opening it."""

    CHANGE = "change"
    MOVE = "move the due date"
    NOTE = "note progress"
    ASK = "ask somebody without an account"
    GIVE_EVIDENCE = "give evidence"
    CLOSE = "close"
    VERIFY = "verify"
    CHECK_IMPACT = "check the impact"
    REOPEN = "open again"


WORKING: Final = (Step.CHANGE, Step.MOVE, Step.NOTE, Step.ASK, Step.GIVE_EVIDENCE, Step.CLOSE)

LONGEST_WAIT: Final = timedelta(days=60)


def status(facts: Facts, on: date) -> Status:
    """How far the action is on a day. The due date itself is still in time.

    An open action that is late is overdue whatever evidence has been given: only closing it stops the clock.
    """
    if facts.impact_checked_on:
        return Status.IMPACT_CHECKED
    if facts.verified_on:
        return Status.VERIFIED
    if facts.closed_on:
        return Status.CLOSED
    if facts.due_on < on:
        return Status.OVERDUE
    return Status.EVIDENCE_GIVEN if facts.evidence_by else Status.OPEN


def slippage(facts: Facts, on: date) -> int:
    """Working days from the first due date to when it was closed; while open, to its due date or `on`, the later.

    Never below 0: what was done early has not slipped. OutsideCalendar for days whose bank holidays are not reviewed.
    """
    end = facts.closed_on or max(facts.due_on, on)
    return max(0, working_days_between(facts.first_due_on, end))


def must_be_verified(risk: Risk) -> bool:
    """Where risk to children is high, somebody else says that it is done."""
    return risk >= Risk.HIGH


def next_steps(facts: Facts) -> Sequence[Step]:
    """What may be done next with an action, whoever asks."""
    if facts.closed_on is None:
        return WORKING
    if facts.impact_checked_on:
        return (Step.REOPEN,)
    if facts.verified_on:
        return (Step.CHECK_IMPACT, Step.REOPEN)
    if must_be_verified(facts.risk):
        return (Step.VERIFY, Step.REOPEN)
    return (Step.VERIFY, Step.CHECK_IMPACT, Step.REOPEN)


def why_not_close(facts: Facts) -> str:
    """Why the action cannot be closed yet; empty when it can. High risk is not closed on words alone."""
    if must_be_verified(facts.risk) and not facts.evidence_by:
        return "Its risk is high, so it is closed only when evidence has been given."
    return ""


def whose_work(facts: Facts) -> frozenset[int]:
    """The users whose own work an action is: its owner, who closed it, who gave evidence. None of them verifies it."""
    return frozenset(user for user in (facts.owner, facts.closed_by, *facts.evidence_by) if user is not None)


def why_not_due(day: date, made_on: date | None = None) -> str:
    """Why a day cannot be a due date: outside the reviewed calendar of working days, or before the action was made."""
    if not FIRST_DAY <= day <= LAST_DAY:
        return f"Working days are known from {FIRST_DAY:%-d %B %Y} to {LAST_DAY:%-d %B %Y} only."
    if made_on and day < made_on:
        return "It is in the past."
    return ""


def why_not_answer_until(day: date, on: date) -> str:
    """Why somebody cannot be asked to answer until a day: it is past, or so late that the question is forgotten."""
    if day < on:
        return "It is in the past."
    return "" if day <= on + LONGEST_WAIT else f"It is more than {LONGEST_WAIT.days} days away."


@dataclass(frozen=True, slots=True)
class Slipped:
    """How far the actions of one agency have slipped. Days are working days; `median` and `longest` are of all."""

    actions: int
    open: int
    overdue: int
    moved: int
    median: float
    longest: int


def slipped(actions: Collection[Facts], on: date) -> Slipped:
    """Sum up actions of which there is at least one. `moved`: the due date is not the first one."""
    days = sorted(slippage(each, on) for each in actions)
    middle = len(days) // 2
    return Slipped(
        actions=len(days),
        open=sum(each.closed_on is None for each in actions),
        overdue=sum(status(each, on) is Status.OVERDUE for each in actions),
        moved=sum(each.due_on != each.first_due_on for each in actions),
        median=days[middle] if len(days) % 2 else (days[middle - 1] + days[middle]) / 2,
        longest=days[-1],
    )
