"""How an agency's provider says that somebody signed in there, kept until the second step here, for the trail alone."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest

from safeboard.foundation.access.models import User

SAID: Final = "said"
"""Where it stands in what the library keeps of one attempt to sign in."""

IN_SESSION: Final = "said_by_agency"


def keep(request: HttpRequest, user: User, signal_kwargs: Mapping[str, Any] | None) -> None:
    """Keep it for this user, or forget what was kept of an attempt before that came by another way."""
    request.session.pop(IN_SESSION, None)
    if attempt := (signal_kwargs or {}).get("sociallogin"):
        said = {"at": attempt.account.provider, **attempt.state.get(SAID, {})}
        request.session[IN_SESSION] = {"user": user.pk, "said": said}


def taken(request: HttpRequest, user: User) -> dict[str, str]:
    """What was kept for this user: `at` which agency and what its token said. Empty for another way in. Given once."""
    kept = request.session.pop(IN_SESSION, None) or {}
    said: dict[str, str] = kept["said"] if kept.get("user") == user.pk else {}
    return said
