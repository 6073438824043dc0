"""Writes of the record itself: a new person, birth, death, background, who may see it."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from safeboard.casework.people.codes import NO_DISABILITY, NameKind, PersonKind, RecordStatus
from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.models import Person, PersonName
from safeboard.casework.people.rules import problems_of_birth
from safeboard.casework.people.search_first import Searched
from safeboard.casework.people.selectors import day_of
from safeboard.casework.people.services.writing import held_for_change, refuse
from safeboard.foundation.access.models import Involvement
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module, Reach, Sensitivity
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.kernel.errors import BadInput, Problem


@transaction.atomic
def add_person(
    *,
    kind: str,
    given: str = "",
    family: str = "",
    born_on: date | None = None,
    born_estimated: bool = False,
    expected_on: date | None = None,
    sex: str = "U",
    sensitivity: int = Sensitivity.PERSONAL,
    searched: Searched | None,
    by: Viewer,
) -> Person:
    """A new record in the viewer's area, their agency answering for it.

    Raises BadInput by field, and without a search of the last 15 minutes; PermissionDenied without the grant.
    """
    _refuse_without_search(searched, by)
    expected_on = expected_on if kind == PersonKind.UNBORN else None
    problems = problems_of_birth(PersonKind(kind), born_on, expected_on, day_of(by))
    problems += _problems_of_names(given, family, 'For an unborn child write "Unborn".')
    problems += _problems_of_estimate(born_on, estimated=born_estimated)
    problems += _problems_of_new_level(sensitivity, by)
    refuse(problems)
    person = Person.objects.create(
        area_id=by.area_id,
        agency=by.seat.agency,
        kind=kind,
        born_on=born_on,
        born_estimated=born_estimated,
        expected_on=expected_on,
        sex=sex,
        sensitivity=sensitivity,
        added_at=by.at,
    )
    PersonName.objects.create(person=person, kind=NameKind.CURRENT, given=given, family=family)
    _involve(person, by)
    return person


def _refuse_without_search(searched: Searched | None, by: Viewer) -> None:
    if not by.may(Module.PEOPLE, Action.ADD):
        raise PermissionDenied
    if searched is None or not searched.good_for(by):
        raise BadInput(Problem("Nobody was searched for in the last 15 minutes.", "Search before you add a record."))


def _problems_of_names(given: str, family: str, remedy: str) -> list[Problem]:
    return [] if given or family else [Problem("Give at least one name.", remedy, element="given")]


def _problems_of_estimate(born_on: date | None, *, estimated: bool) -> list[Problem]:
    if estimated and not born_on:
        return [Problem("There is no day to be estimated.", "Give one, or untick.", element="born_estimated")]
    return []


def _problems_of_new_level(level: int, by: Viewer) -> list[Problem]:
    """One where somebody would put a new record higher than they may add one."""
    if level > max(grant.up_to for grant in by.role.granted(Module.PEOPLE, Action.ADD)):
        return [Problem("You could not open such a record.", "Choose a lower one.", element="sensitivity")]
    return []


def _involve(person: Person, by: Viewer) -> None:
    """An agency whose people reach only those they are involved with would not open its own new record again."""
    grants = by.role.granted(Module.PEOPLE, Action.OPEN)
    if grants and all(grant.reach != Reach.AREA for grant in grants):
        Involvement.objects.create(
            kind=PERSON,
            object_id=str(person.pk),
            agency=by.seat.agency,
            why="added the record",
            said_by=by.user,
            starts_on=day_of(by),
        )


@transaction.atomic
def change_birth(
    *,
    person: Person,
    kind: str,
    born_on: date | None,
    born_estimated: bool,
    expected_on: date | None,
    sex: str,
    by: Viewer,
) -> None:
    """Correct who somebody is: kind, day of birth, sex. Raises BadInput by field."""
    held = held_for_change(person, by)
    problems = problems_of_birth(PersonKind(kind), born_on, expected_on, day_of(by))
    problems += _problems_of_estimate(born_on, estimated=born_estimated)
    if held.died_on and born_on and born_on > held.died_on:
        problems.append(Problem("That is after the day of death.", "Check both.", element="born_on"))
    refuse(problems)
    held.kind, held.born_on, held.born_estimated = kind, born_on, born_estimated
    held.expected_on, held.sex = expected_on, sex
    held.save(update_fields=["kind", "born_on", "born_estimated", "expected_on", "sex"])


@transaction.atomic
def record_birth(*, person: Person, born_on: date, sex: str, given: str, family: str, by: Viewer) -> None:
    """The expected child is born: from now on a child, under the name they are given. The expected day is kept."""
    held = held_for_change(person, by)
    if held.kind != PersonKind.UNBORN:
        raise BadInput(Problem("This child is born already.", "There is nothing to do."))
    problems = problems_of_birth(PersonKind.CHILD, born_on, None, day_of(by))
    problems += _problems_of_names(given, family, 'Write "Baby" if there is none yet.')
    refuse(problems)
    held.kind, held.born_on, held.sex = PersonKind.CHILD, born_on, sex
    held.save(update_fields=["kind", "born_on", "sex"])
    PersonName.objects.filter(person=held, kind=NameKind.CURRENT).update(given=given, family=family)


@transaction.atomic
def record_death(*, person: Person, died_on: date, by: Viewer) -> None:
    """The person has died. Raises BadInput where the day cannot be."""
    held = held_for_change(person, by)
    if held.died_on:
        raise BadInput(Problem("A day of death is recorded already.", "Undo it first if it is wrong."))
    if died_on > day_of(by):
        raise BadInput(Problem("The day of death is still to come.", "Check the year.", element="died_on"))
    if held.born_on and died_on < held.born_on:
        raise BadInput(Problem("That is before the day of birth.", "Check both.", element="died_on"))
    held.died_on = died_on
    held.save(update_fields=["died_on"])


@transaction.atomic
def undo_death(*, person: Person, by: Viewer) -> None:
    """It was recorded by mistake. The trail keeps that it was."""
    held = held_for_change(person, by)
    if not held.died_on:
        raise BadInput(Problem("No day of death is recorded.", "There is nothing to do."))
    held.died_on = None
    held.save(update_fields=["died_on"])


@transaction.atomic
def change_background(
    *,
    person: Person,
    ethnicity: str,
    disabilities: Sequence[str],
    first_language: str,
    interpreter: bool | None,
    communication: str,
    by: Viewer,
) -> None:
    """Ethnicity and disability in the census's codes, language, and what helps to be understood."""
    held = held_for_change(person, by)
    if NO_DISABILITY in disabilities and len(disabilities) > 1:
        raise BadInput(Problem("No disability cannot stand beside one.", "Untick one of them.", element="disabilities"))
    held.ethnicity, held.disabilities = ethnicity, list(disabilities)
    held.first_language, held.interpreter, held.communication = first_language, interpreter, communication
    held.save(update_fields=["ethnicity", "disabilities", "first_language", "interpreter", "communication"])


@transaction.atomic
def change_handling(*, person: Person, agency: Agency, sensitivity: int, by: Viewer) -> None:
    """Which agency answers for the record, and how sensitive it is: no higher than the viewer may open."""
    held = held_for_change(person, by)
    if agency.area_id != held.area_id or agency.ended_on:
        raise BadInput(Problem("This agency does not work in the area.", "Choose another.", element="agency"))
    if sensitivity > max(grant.up_to for grant in by.role.granted(Module.PEOPLE, Action.CHANGE)):
        raise BadInput(Problem("You could not open such a record.", "Choose a lower one.", element="sensitivity"))
    held.agency, held.sensitivity = agency, sensitivity
    held.save(update_fields=["agency", "sensitivity"])


@transaction.atomic
def close_record(*, person: Person, by: Viewer) -> None:
    """Nobody works with the person any more. The record stays, and can be found and reopened."""
    held = held_for_change(person, by)
    if held.status != RecordStatus.CURRENT:
        raise BadInput(Problem("This record is closed already.", "There is nothing to do."))
    held.status = RecordStatus.CLOSED
    held.save(update_fields=["status"])


@transaction.atomic
def reopen_record(*, person: Person, by: Viewer) -> None:
    """The record is in use again."""
    held = held_for_change(person, by)
    if held.status != RecordStatus.CLOSED:
        raise BadInput(Problem("This record is in use already.", "There is nothing to do."))
    held.status = RecordStatus.CURRENT
    held.save(update_fields=["status"])
