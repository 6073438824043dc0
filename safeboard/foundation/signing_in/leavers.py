"""Ending the seats of all who are not on an agency's list of its present staff. Seen first, then done, or undone."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.signing_in.administering import administered_by
from safeboard.foundation.signing_in.models import Leaver, LeaversList

DONE_ALREADY = BadInput(Problem("This list was dealt with meanwhile.", "Look at it again."))


@transaction.atomic
def hold_against(*, agency: Agency, staff: frozenset[str], by: Viewer) -> LeaversList:
    """Find the seats whose holders are not on the list. Ends nothing yet. One's own seat is never among them."""
    _check(agency, by)
    made = LeaversList.objects.create(agency=agency, made_by=by.user, made_at=by.at, listed=len(staff))
    gone = [seat for seat in _seats(agency, by) if seat.user.email.lower() not in staff]
    Leaver.objects.bulk_create(
        Leaver(leavers_list=made, seat=seat, started_on=seat.starts_on, ended_on=seat.ends_on) for seat in gone
    )
    return made


def unknown_to_us(agency: Agency, staff: frozenset[str], by: Viewer) -> frozenset[str]:
    """Addresses on the list that hold no seat for the agency: often a spelling that differs."""
    return staff - {seat.user.email.lower() for seat in _seats(agency, by)} - {by.user.email.lower()}


def _seats(agency: Agency, by: Viewer) -> QuerySet[Seat]:
    """The agency's seats that have not ended, but for those of whoever gives the list: nobody shuts themselves out."""
    return agency.seats.filter(_running(by)).exclude(user=by.user).select_related("user").order_by("user__name", "id")


def _running(by: Viewer) -> Q:
    """Seats that go on, and those that are still to begin."""
    return Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate(by.at))


@transaction.atomic
def end(*, leavers_list: LeaversList, by: Viewer) -> None:
    """End the seats at once: the last day was yesterday. Who has no seat left cannot sign in; sessions are over."""
    _check(leavers_list.agency, by)
    _claim(leavers_list, by, confirmed_at=None)
    yesterday = timezone.localdate(by.at) - timedelta(days=1)
    for leaver in leavers_list.leavers.select_related("seat__user"):
        _end_seat(leaver.seat, yesterday)
        user = leaver.seat.user
        if user.is_active and not user.seats.filter(_running(by)).exists():
            # An account that is not active is nobody at the next page already, whatever sessions it has.
            User.objects.filter(pk=user.pk).update(is_active=False, ended_on=yesterday)
            leaver.closed_account = True
            leaver.save(update_fields=["closed_account"])


def _end_seat(seat: Seat, last_day: date) -> None:
    # A seat that began today is ended too, so it is moved back by as much as it takes.
    seat.ends_on, seat.starts_on = last_day, min(seat.starts_on, last_day)
    seat.save(update_fields=["starts_on", "ends_on"])


@transaction.atomic
def undo(*, leavers_list: LeaversList, by: Viewer) -> None:
    """Give back every seat and account as they were before the list."""
    _check(leavers_list.agency, by)
    _claim(leavers_list, by, confirmed_at__isnull=False, undone_at=None)
    for leaver in leavers_list.leavers.select_related("seat"):
        Seat.objects.filter(pk=leaver.seat_id).update(starts_on=leaver.started_on, ends_on=leaver.ended_on)
        if leaver.closed_account:
            User.objects.filter(pk=leaver.seat.user_id).update(is_active=True, ended_on=None)


def _claim(leavers_list: LeaversList, by: Viewer, **as_it_should_be: object) -> None:
    """Take the step for this request alone: the second of two requests at once finds it taken."""
    step = "undone_at" if "undone_at" in as_it_should_be else "confirmed_at"
    if not LeaversList.objects.filter(pk=leavers_list.pk, **as_it_should_be).update(**{step: by.at}):
        raise DONE_ALREADY


def _check(agency: Agency, by: Viewer) -> None:
    if not administered_by(by).filter(pk=agency.pk).exists():
        raise PermissionDenied
