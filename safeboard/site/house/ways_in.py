"""How somebody gets into a house where nobody's password is known: addresses at which to choose one."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.access.roles import roles


def ways_in(at: datetime) -> list[tuple[str, str]]:
    """(role, address) for the first user of each role with a seat on that day. An address is good for three days."""
    first: dict[str, User] = {}
    for seat in Seat.objects.select_related("user").order_by("pk"):
        if seat.user.is_active and (seat.ends_on is None or seat.ends_on >= timezone.localdate(at)):
            first.setdefault(seat.role, seat.user)
    return [(roles()[role].title, _address(user)) for role, user in sorted(first.items()) if role in roles()]


def _address(user: User) -> str:
    keys = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return f"{settings.HOUSE_ADDRESS}{reverse('account_reset_password_from_key', kwargs=keys)}"
