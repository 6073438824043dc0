"""One-time sign-in links of `./run demo`. Outside the demonstration none is made and none is honoured."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from safeboard.foundation.access.doors import public_door
from safeboard.foundation.access.models import User
from safeboard.foundation.signing_in.models import DemoLink
from safeboard.foundation.signing_in.tokens import digest_of, new_token

BACKEND = "django.contrib.auth.backends.ModelBackend"


class OnlyInTheDemonstration(Exception):
    """A demonstration link was asked for in a house that holds real records."""


def demo_link(user: User) -> str:
    """A path that signs in as this user when it is first opened. Raises OnlyInTheDemonstration elsewhere."""
    if not settings.DEMO:
        raise OnlyInTheDemonstration("One-time sign-in links are made by ./run demo only.")
    token = new_token()
    DemoLink.objects.create(user=user, token_digest=digest_of(token))
    return reverse("signing_in:demo", args=[token])


@public_door("a demonstration link is the sign-in; outside the demonstration it is not found")
@never_cache
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in as the link's user. Not found when used before, unknown, or outside the demonstration."""
    if not settings.DEMO:
        raise Http404
    unused = DemoLink.objects.filter(token_digest=digest_of(token), used_at=None)
    # Updating first lets exactly one of two requests at once through: the row is locked.
    if not unused.update(used_at=timezone.now()):
        raise Http404
    login(request, DemoLink.objects.get(token_digest=digest_of(token)).user, backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)
