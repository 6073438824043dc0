"""Beginning an area: the area, its board, and its first administrator, who alone can invite the others."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.agencies.areas import find_area
from safeboard.foundation.agencies.kinds import AgencyKind
from safeboard.foundation.agencies.models import Agency, BoardArea
from safeboard.foundation.kernel.errors import BadInput, Problem

ROLE = "system_administrator"


@transaction.atomic
def begin(area: str, *, email: str, name: str) -> str:
    """Put an area (its code or name) into the house with its board and first administrator.

    Returns where the administrator chooses a password, as the house's own address goes on after its name, good for
    three days; "" for somebody who has an account already. Raises BadInput for an area not known or begun already.
    """
    known = find_area(area)
    try:
        validate_email(email)
    except ValidationError:
        raise BadInput(_wrong("This is not an e-mail address.", "--administrator", email)) from None
    if BoardArea.objects.filter(code=known.code).exists():
        raise BadInput(_wrong("This area is in the house already.", "AREA", known.name))
    board = Agency.objects.create(
        area=BoardArea.objects.create(code=known.code, name=known.name),
        name=f"{known.name} safeguarding board",
        kind=AgencyKind.BOARD,
    )
    user = User.objects.filter(email__iexact=email).first()
    new = user is None
    user = user or User.objects.create_user(email, name)
    Seat.objects.create(user=user, role=ROLE, agency=board, starts_on=timezone.localdate())
    if not new:
        return ""
    keys = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=keys)


def _wrong(message: str, element: str, found: str) -> Problem:
    return Problem(message, "Give another, or invite people on the house's own pages.", element=element, found=found)
