"""Which agencies somebody keeps the users of, and which roles they may give there."""

from django.db.models import QuerySet

from safeboard.foundation.access.roles import Role, roles
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module, Reach
from safeboard.foundation.agencies.kinds import AgencyKind
from safeboard.foundation.agencies.models import Agency


def administered_by(viewer: Viewer) -> QuerySet[Agency]:
    """The agencies whose users the viewer keeps: their own, or all of the area for a house's administrator."""
    reaches = {grant.reach for grant in viewer.role.granted(Module.USERS, Action.ADMINISTER)}
    running = Agency.objects.filter(ended_on=None).order_by("name")
    if Reach.AREA in reaches:
        return running.filter(area_id=viewer.area_id)
    return running.filter(pk=viewer.seat.agency_id) if Reach.AGENCY in reaches else running.none()


def roles_to_give(viewer: Viewer, agency: Agency) -> list[Role]:
    """The roles that may be held in the agency and that the viewer may give.

    A role that administers the house is given only by somebody who administers it.
    """
    administers_house = viewer.may(Module.HOUSE, Action.ADMINISTER)
    held = [role for role in roles().values() if role.may_be_held_in(AgencyKind(agency.kind))]
    return [role for role in held if administers_house or not role.granted(Module.HOUSE, Action.ADMINISTER)]
