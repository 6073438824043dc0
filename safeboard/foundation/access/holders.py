"""Who holds a seat that grants something: whom to tell, whom to ask."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from safeboard.foundation.access.models import User
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.words import Action, Module


def holders(
    *, module: Module, action: Action, area_id: int, at: datetime, agency_id: int | None = None
) -> QuerySet[User]:
    """The users who sit, at that moment, in a seat of the area (or of one agency in it) that grants the action."""
    on = timezone.localdate(at)
    granted = [role.key for role in roles().values() if role.granted(module, action)]
    sits = Q(seats__role__in=granted, seats__agency__area_id=area_id, seats__starts_on__lte=on)
    sits &= Q(seats__ends_on__isnull=True) | Q(seats__ends_on__gte=on)
    if agency_id is not None:
        sits &= Q(seats__agency_id=agency_id)
    return User.objects.filter(sits, is_active=True).distinct()
