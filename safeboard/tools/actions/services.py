"""Writes of the register. Each takes who does it, asks the policy about the very row, and is one transaction.

BadInput names the field and the remedy. PermissionDenied means that the caller did not ask the policy first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, QuerySet

from safeboard.foundation.access.duties import Duty, keep_apart
from safeboard.foundation.access.models import User
from safeboard.foundation.access.records import found
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module, Sensitivity
from safeboard.foundation.agencies.models import Agency, BoardArea
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.tools.actions.asking import withdraw_open_links
from safeboard.tools.actions.codes import Impact, Priority, Risk, SourceKind
from safeboard.tools.actions.models import (
    ActionItem,
    ActionLoad,
    DueDateChange,
    ProgressNote,
    Recommendation,
    Reopening,
    Source,
    Theme,
)
from safeboard.tools.actions.rules import Step, whose_work, why_not_close, why_not_due
from safeboard.tools.actions.selectors import agencies, facts, may_lead, may_own, themes, today
from safeboard.tools.actions.writing import at_step, held_now, may_contribute, permitted, written

CHANGED_MEANWHILE: Final = Problem(
    "Somebody else changed this action meanwhile.", "Look at what they wrote, then save yours again if it still holds."
)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed of an action, apart from its due date."""

    title: str
    agency: Agency
    words: str = ""
    measure_of_success: str = ""
    owner: User | None = None
    contributing: Sequence[Agency] = ()
    themes: Sequence[Theme] = ()
    priority: Priority = Priority.MEDIUM
    risk: Risk = Risk.MEDIUM
    sensitivity: Sensitivity = Sensitivity.OFFICIAL


@transaction.atomic
def add_source(
    *,
    kind: SourceKind,
    title: str,
    dated_on: date,
    by: Viewer,
    sensitivity: Sensitivity = Sensitivity.OFFICIAL,
    record_kind: str = "",
    object_id: str = "",
) -> Source:
    """Add what actions come from. `record_kind` and `object_id` name the record it is about, where the house keeps one.

    Raises BadInput for a source that is there already; PermissionDenied for a record that the viewer may not open.
    """
    if record_kind and found(by, record_kind, object_id, Action.OPEN) is None:
        raise PermissionDenied
    if Source.objects.filter(area=by.area_id, kind=kind, title=title, dated_on=dated_on).exists():
        raise BadInput(Problem("This source is in the register already.", "Choose it instead.", element="title"))
    made = Source.objects.create(
        area_id=by.area_id,
        agency=by.seat.agency,
        kind=kind,
        title=title,
        dated_on=dated_on,
        sensitivity=sensitivity,
        record_kind=record_kind,
        object_id=object_id,
    )
    return permitted(made, Action.ADD, by)


@transaction.atomic
def add_recommendation(*, source: Source, words: str, by: Viewer) -> Recommendation:
    """Add what a source recommends, under the next number."""
    held = held_now(source, Action.CHANGE, by)
    last = held.recommendations.aggregate(last=Max("number"))["last"] or 0
    made = Recommendation.objects.create(source=held, number=last + 1, words=words)
    return permitted(made, Action.ADD, by)


@transaction.atomic
def add_theme(*, name: str, by: Viewer) -> Theme:
    """Add a theme to the viewer's area."""
    if Theme.objects.filter(area=by.area_id, name__iexact=name).exists():
        raise BadInput(Problem("There is a theme of this name already.", "Use it.", element="name"))
    return permitted(Theme.objects.create(area_id=by.area_id, name=name), Action.ADD, by)


@transaction.atomic
def add_action(
    *,
    source: Source,
    agreed: Agreed,
    due_on: date,
    by: Viewer,
    recommendation: Recommendation | None = None,
    load: ActionLoad | None = None,
) -> ActionItem:
    """Add an action under the next number of its area. `due_on` is its first due date and stays so for good."""
    problems = _not_to_choose(agreed, by)
    if recommendation and recommendation.source_id != source.pk:
        problems.append(Problem("This recommendation is another source's.", "Choose one.", element="recommendation"))
    if wrong := why_not_due(due_on):
        problems.append(Problem(wrong, "Give another day.", element="due_on"))
    if problems:
        raise BadInput(problems)
    made = ActionItem(
        area_id=source.area_id,
        number=next_number(source.area_id),
        source=source,
        recommendation=recommendation,
        first_due_on=due_on,
        due_on=due_on,
        made_at=by.at,
        made_by=by.user,
        load=load,
    )
    _write_agreed(made, agreed)
    return permitted(made, Action.ADD, by)


@transaction.atomic
def change_action(*, action: ActionItem, agreed: Agreed, version: int, by: Viewer) -> ActionItem:
    """Change what is agreed. `version` is the one the changer saw: BadInput where another changed it meanwhile."""
    held = at_step(action, Step.CHANGE, Action.CHANGE, by)
    if held.version != version:
        raise BadInput(CHANGED_MEANWHILE)
    if problems := _not_to_choose(agreed, by, kept=held):
        raise BadInput(problems)
    held.version += 1
    _write_agreed(held, agreed)
    # Nobody gives an action away to where they could not have changed it.
    return permitted(held, Action.CHANGE, by)


@transaction.atomic
def move_due_date(*, action: ActionItem, to: date, reason: str, by: Viewer) -> ActionItem:
    """Give the action another due date and keep the one before, with the reason."""
    held = at_step(action, Step.MOVE, Action.CHANGE, by)
    if wrong := why_not_due(to) or ("It is the due date already." if to == held.due_on else ""):
        raise BadInput(Problem(wrong, "Give another day.", element="to"))
    DueDateChange.objects.create(action=held, from_on=held.due_on, to_on=to, reason=reason, at=by.at, by=by.user)
    return written(held, due_on=to)


@transaction.atomic
def note_progress(*, action: ActionItem, words: str, by: Viewer) -> ProgressNote:
    """Say how far the action is: those who may change it, and the people of agencies that contribute to it."""
    held = at_step(action, Step.NOTE, Action.OPEN, by)
    may_contribute(by)
    return ProgressNote.objects.create(action=held, words=words, at=by.at, by=by.user)


@transaction.atomic
def close(*, action: ActionItem, words: str, by: Viewer, impact_due_on: date | None = None) -> ActionItem:
    """Say that the action is done, in words. High risk needs evidence first, and then somebody else's verification.

    Links by which somebody was asked about it are withdrawn, so that opening it again does not bring them back.
    """
    held = at_step(action, Step.CLOSE, Action.CHANGE, by)
    if wrong := why_not_close(facts(held)):
        raise BadInput(Problem(wrong, "Give evidence, then close it.", element="words"))
    if impact_due_on and (wrong := why_not_due(impact_due_on, today(by))):
        raise BadInput(Problem(wrong, "Give a later day, or none.", element="impact_due_on"))
    withdraw_open_links(action=held, by=by)
    return written(held, closed_on=today(by), closed_by=by.user, closing_words=words, impact_due_on=impact_due_on)


@transaction.atomic
def verify(*, action: ActionItem, words: str, by: Viewer) -> ActionItem:
    """Say that what was closed is done, having looked. Never by its owner, its closer, or a giver of its evidence."""
    held = at_step(action, Step.VERIFY, Action.VERIFY, by)
    _refuse_own_work(held, by)
    return written(held, verified_on=today(by), verified_by=by.user, verifying_words=words)


@transaction.atomic
def check_impact(*, action: ActionItem, impact: Impact, words: str, known_by: str, by: Viewer) -> ActionItem:
    """Say later what the action changed, and how that is known."""
    held = at_step(action, Step.CHECK_IMPACT, Action.VERIFY, by)
    _refuse_own_work(held, by)
    return written(
        held,
        impact_checked_on=today(by),
        impact_checked_by=by.user,
        impact=impact,
        impact_words=words,
        impact_known_by=known_by,
    )


@transaction.atomic
def reopen(*, action: ActionItem, reason: str, by: Viewer) -> ActionItem:
    """Open a closed action again. What had been said of it is kept beside the reason. Its dates stay as they were."""
    held = at_step(action, Step.REOPEN, _reopening(by), by)
    if held.closed_on is None or held.closed_by is None:
        raise BadInput(CHANGED_MEANWHILE)
    Reopening.objects.create(
        action=held,
        at=by.at,
        by=by.user,
        reason=reason,
        was_closed_on=held.closed_on,
        was_closed_by=held.closed_by,
        closing_words=held.closing_words,
        was_verified_on=held.verified_on,
        was_verified_by=held.verified_by,
        verifying_words=held.verifying_words,
        impact=held.impact,
        impact_words=held.impact_words,
    )
    nothing = dict.fromkeys(("closed_on", "closed_by", "verified_on", "verified_by", "impact_due_on"))
    no_words = dict.fromkeys(("closing_words", "verifying_words", "impact", "impact_words", "impact_known_by"), "")
    return written(held, **nothing, **no_words, impact_checked_on=None, impact_checked_by=None)


def _reopening(by: Viewer) -> Action:
    """Those who verify reopen what they look into; others what they may change."""
    return Action.VERIFY if by.may(Module.ACTIONS, Action.VERIFY) else Action.CHANGE


def _refuse_own_work(held: ActionItem, by: Viewer) -> None:
    keep_apart(Duty.VERIFY_ACTION, by=by, from_users=whose_work(facts(held)), element="words")


def _write_agreed(action: ActionItem, agreed: Agreed) -> None:
    action.title, action.agency, action.owner = agreed.title, agreed.agency, agreed.owner
    action.words, action.measure_of_success = agreed.words, agreed.measure_of_success
    action.priority, action.risk, action.sensitivity = agreed.priority, agreed.risk, agreed.sensitivity
    action.save()
    action.contributing.set(agreed.contributing)
    action.themes.set(agreed.themes)


def _not_to_choose(agreed: Agreed, by: Viewer, kept: ActionItem | None = None) -> list[Problem]:
    """A problem for each agency, person or theme that is not the viewer's to choose. What stands already may stay."""
    stood = set(kept.contributing.values_list("pk", flat=True)) if kept else set()
    problems = []
    if not _all_among({agreed.agency.pk} - {kept and kept.agency_id}, may_lead(by)):
        problems.append(Problem("You may not give the lead to this agency.", "Choose another.", element="agency"))
    if not _all_among({agency.pk for agency in agreed.contributing} - stood, agencies(by)):
        problems.append(Problem("This agency is not in the area.", "Choose another.", element="contributing"))
    if agreed.agency in agreed.contributing:
        remedy = "Leave it out of the contributing ones."
        problems.append(Problem("The agency that leads contributes anyway.", remedy, element="contributing"))
    owner = agreed.owner.pk if agreed.owner else None
    if owner and owner != (kept.owner_id if kept else None) and not may_own(by).filter(pk=owner).exists():
        problems.append(Problem("This person cannot be given actions by you.", "Choose another.", element="owner"))
    if not _all_among({theme.pk for theme in agreed.themes}, themes(by)):
        problems.append(Problem("This theme is not in the list.", "Choose another.", element="themes"))
    return problems


def _all_among(keys: Iterable[int], rows: QuerySet[Any]) -> bool:
    wanted = set(keys)
    return not wanted or rows.filter(pk__in=wanted).count() == len(wanted)


def next_number(area: int) -> int:
    """The next number of an area. The area's row is held, so two at once get two numbers."""
    BoardArea.objects.select_for_update().get(pk=area)
    return (ActionItem.objects.filter(area=area).aggregate(last=Max("number"))["last"] or 0) + 1
