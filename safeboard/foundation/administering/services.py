"""Keeping agencies, teams, sites, seats and accounts."""

from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.access.notices import tell
from safeboard.foundation.access.policy import may
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.administering.selectors import running
from safeboard.foundation.agencies.kinds import AgencyKind
from safeboard.foundation.agencies.models import Agency, Site, Team
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.signing_in.administering import administered_by, roles_to_give
from safeboard.foundation.signing_in.sessions import KIND as SESSIONS
from safeboard.foundation.signing_in.sessions import end_elsewhere

TOLD: Final = "An administrator signed you out everywhere. Ask them if you do not know why."


@transaction.atomic
def add_agency(*, name: str, kind: AgencyKind, by: Viewer) -> Agency:
    """Add an agency to the viewer's area. Raises BadInput where one has the name."""
    _check_house(by)
    _refuse_taken(Agency, name, area_id=by.area_id)
    return Agency.objects.create(area_id=by.area_id, name=name.strip(), kind=kind)


@transaction.atomic
def change_agency(*, agency: Agency, name: str, kind: AgencyKind, ended_on: date | None, by: Viewer) -> None:
    """Rename an agency, change its kind, or end it. Raises BadInput while a seat goes on that would make no sense."""
    _check_house(by)
    if agency.area_id != by.area_id:
        raise PermissionDenied
    _refuse_taken(Agency, name, but=agency.pk, area_id=by.area_id)
    held = [seat for seat in agency.seats.filter(running(by.at)) if not _may_hold(seat.role, kind, by)]
    if held:
        wrong = f"{len(held)} seats are in roles that an agency of this kind cannot hold."
        raise BadInput(Problem(wrong, "End them first.", element="kind"))
    if ended_on is not None and agency.seats.filter(running(by.at)).exists():
        raise BadInput(Problem("Seats of this agency still go on.", "End them first.", element="ended_on"))
    agency.name, agency.kind, agency.ended_on = name.strip(), kind, ended_on
    agency.save()


def _may_hold(role: str, kind: AgencyKind, by: Viewer) -> bool:
    return role in {each.key for each in roles_to_give(by, Agency(kind=kind))}


@transaction.atomic
def add_team(*, agency: Agency, name: str, by: Viewer) -> Team:
    """Add a team to an agency."""
    _check_agency(agency, by)
    _refuse_taken(Team, name, agency=agency)
    return Team.objects.create(agency=agency, name=name.strip())


@transaction.atomic
def add_site(*, agency: Agency, name: str, address: str, by: Viewer) -> Site:
    """Add a place where an agency works."""
    _check_agency(agency, by)
    _refuse_taken(Site, name, agency=agency)
    return Site.objects.create(agency=agency, name=name.strip(), address=address.strip())


@transaction.atomic
def give_seat(
    *,
    user: User,
    role: str,
    agency: Agency,
    team: Team | None = None,
    starts_on: date,
    ends_on: date | None = None,
    by: Viewer,
) -> Seat:
    """Give somebody who has an account a seat. Both days are inclusive. PermissionDenied for an agency not kept.

    Raises BadInput for oneself, a role not to be had there, a seat held already, and days that make no sense.
    """
    _check_agency(agency, by)
    if problems := _problems(user, role, agency, team, starts_on, ends_on, by):
        raise BadInput(problems)
    seat = Seat.objects.create(user=user, role=role, agency=agency, team=team, starts_on=starts_on, ends_on=ends_on)
    if not user.is_active:
        User.objects.filter(pk=user.pk).update(is_active=True, ended_on=None)
    return seat


def _problems(
    user: User, role: str, agency: Agency, team: Team | None, starts_on: date, ends_on: date | None, by: Viewer
) -> list[Problem]:
    # The user's row is locked, so that of two who give the same seat at once the second sees the first.
    User.objects.select_for_update().get(pk=user.pk)
    if user.pk == by.user.pk:
        return [Problem("Nobody gives a seat to themselves.", "Ask another administrator.")]
    if role not in {each.key for each in roles_to_give(by, agency)}:
        return [Problem("This agency cannot have that role from you.", "Choose another.", element="role")]
    if team is not None and team.agency_id != agency.pk:
        return [Problem("This team belongs to another agency.", "Choose a team of the agency.", element="team")]
    if ends_on is not None and ends_on < max(starts_on, timezone.localdate(by.at)):
        wrong = "The seat would end before it starts, or be over already."
        return [Problem(wrong, "Give a later day, or none.", element="ends_on")]
    if user.seats.filter(running(by.at), role=role, agency=agency).exists():
        return [Problem("They hold this seat already.", "There is nothing to do.", element="role")]
    return []


@transaction.atomic
def end_seat(*, seat: Seat, by: Viewer) -> None:
    """End a seat at once: its last day was yesterday. Raises BadInput for one's own and for one that has ended."""
    _check_agency(seat.agency, by)
    held = Seat.objects.select_for_update().get(pk=seat.pk)
    yesterday = timezone.localdate(by.at) - timedelta(days=1)
    if held.user_id == by.user.pk:
        raise BadInput(Problem("Nobody ends their own seat.", "Ask another administrator."))
    if held.ends_on is not None and held.ends_on <= yesterday:
        raise BadInput(Problem("This seat has ended already.", "There is nothing to do."))
    # A seat that began today is ended too, so it is moved back by as much as it takes.
    held.ends_on, held.starts_on = yesterday, min(held.starts_on, yesterday)
    held.save(update_fields=["ends_on", "starts_on"])


@transaction.atomic
def sign_out_everywhere(*, seat: Seat, reason: str, by: Viewer) -> None:
    """End every session of a seat's holder and tell them. Raises BadInput for oneself and for a seat that has ended.

    PermissionDenied for a seat that one may not end. `reason` is for the trail.
    """
    _check_agency(seat.agency, by)
    if seat.user_id == by.user.pk:
        raise BadInput(Problem("You sign out yourself under your account.", "Go to where you are signed in."))
    if not Seat.objects.filter(running(by.at), pk=seat.pk).exists():
        wrong = "This seat has ended."
        raise BadInput(Problem(wrong, "Ask the administrator of the agency where they sit now."))
    end_elsewhere(user=seat.user, this=None, why="ended by an administrator", at=by.at, words=reason)
    tell(users=[seat.user], said=TOLD, kind=SESSIONS, object_id=seat.user_id, at=by.at)


@transaction.atomic
def close_account(*, user: User, by: Viewer) -> None:
    """End every seat; nobody signs in with the account. Raises BadInput where a seat is somebody else's to end."""
    going_on = list(user.seats.filter(running(by.at)).select_related("agency"))
    if user.pk == by.user.pk:
        raise BadInput(Problem("Nobody closes their own account.", "Ask another administrator."))
    kept = administered_by(by)
    if not user.seats.filter(agency__in=kept).exists():
        raise PermissionDenied
    if any(not kept.filter(pk=seat.agency_id).exists() for seat in going_on):
        raise BadInput(Problem("They hold a seat elsewhere too.", "End the seats that are yours to end."))
    for seat in going_on:
        end_seat(seat=seat, by=by)
    yesterday = timezone.localdate(by.at) - timedelta(days=1)
    User.objects.filter(pk=user.pk).update(is_active=False, ended_on=yesterday)


def _check_house(by: Viewer) -> None:
    if not by.may(Module.HOUSE, Action.ADMINISTER):
        raise PermissionDenied


def _check_agency(agency: Agency, by: Viewer) -> None:
    if agency.ended_on is not None or not may(by, Action.ADMINISTER, agency):
        raise PermissionDenied


def _refuse_taken(kind: type[Agency | Team | Site], name: str, but: int | None = None, **of: object) -> None:
    if kind._default_manager.filter(name__iexact=name.strip(), **of).exclude(pk=but or 0).exists():
        raise BadInput(Problem("This name is taken already.", "Give another.", element="name"))
