"""Reads of the contacts, viewer first."""

from datetime import date

from django.db.models import BooleanField, Case, DateField, Q, QuerySet, Value, When
from django.utils import timezone

from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module, Reach
from safeboard.foundation.agencies.models import Agency
from safeboard.tools.contacts.codes import Part
from safeboard.tools.contacts.models import Contact
from safeboard.tools.contacts.rules import last_to_check


def today(viewer: Viewer) -> date:
    """The day on which the viewer looks."""
    return timezone.localdate(viewer.at)


def contacts(viewer: Viewer, action: Action = Action.FIND) -> QuerySet[Contact]:
    """Whom one may call today, with `seen_on` and whether the entry is `old` (`rules.to_check`)."""
    on = today(viewer)
    rows = visible(Contact.objects.all(), viewer, action).select_related("agency", "checked_by")
    old = Case(When(checked_on__lte=last_to_check(on), then=True), default=False, output_field=BooleanField())
    return rows.filter(Q(ended_on=None) | Q(ended_on__gt=on)).annotate(
        old=old, seen_on=Value(on, output_field=DateField())
    )


def searched(rows: QuerySet[Contact], words: str) -> QuerySet[Contact]:
    """Those with every word in the name, the agency or the part."""
    for word in words.split():
        parts = [part.value for part in Part if word.casefold() in part.label.casefold()]
        rows = rows.filter(Q(name__icontains=word) | Q(agency__name__icontains=word) | Q(part__in=parts))
    return rows


def agencies(viewer: Viewer, action: Action) -> QuerySet[Agency]:
    """The running agencies on whose contacts the viewer may do something."""
    reaches = {grant.reach for grant in viewer.role.granted(Module.CONTACTS, action)}
    running = Agency.objects.filter(area__in=viewer.areas(Module.CONTACTS), ended_on=None)
    if Reach.AREA in reaches:
        return running
    return running.filter(pk=viewer.seat.agency_id) if Reach.AGENCY in reaches else running.none()
