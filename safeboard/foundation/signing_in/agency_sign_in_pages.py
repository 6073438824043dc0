"""The way to an agency's own sign-in, and the pages on which a house's administrator enters it."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from allauth.socialaccount.models import SocialApp
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from requests import RequestException

from safeboard.foundation.access.doors import door, public_door, viewer_from
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages.forms import show_problems
from safeboard.foundation.signing_in.agency_provider import send_to_agency, take_from_agency
from safeboard.foundation.signing_in.agency_sign_in import NO_ANSWER, note_refused, set_agency_sign_in
from safeboard.foundation.signing_in.forms import AgencySignInForm
from safeboard.foundation.signing_in.models import AgencySignIn

log = logging.getLogger(__name__)


@public_door("signing in at one's agency")
def to_agency(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the agency's provider. Stands at the library's own address."""
    return _by_library(send_to_agency, request, provider_id)


@public_door("signing in at one's agency")
def from_agency(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the agency's provider sends the browser back to. Stands at the library's own address."""
    answer = _by_library(take_from_agency, request, provider_id)
    if answer.status_code == HTTPStatus.BAD_GATEWAY:
        note_refused(request, provider_id, NO_ANSWER)
    return answer


def _by_library(page: Callable[..., HttpResponse], request: HttpRequest, provider_id: str) -> HttpResponse:
    """The library lets a provider that does not answer, or answers something else than its metadata, be a fault."""
    try:
        answer: HttpResponse = page(request, provider_id)
    except SocialApp.DoesNotExist as none:
        raise Http404 from none
    except (RequestException, ValueError, KeyError):
        log.warning("The provider of %s did not answer as a provider does.", provider_id)
        return render(request, "socialaccount/authentication_error.html", status=HTTPStatus.BAD_GATEWAY)
    return answer


@door(Module.HOUSE, Action.ADMINISTER)
def agencies(request: HttpRequest) -> HttpResponse:
    """Each agency of the area, and whether its people sign in there."""
    rows = _agencies(viewer_from(request)).select_related("sign_in").order_by("name")
    return render(request, "signing_in/agencies.html", {"agencies": rows})


@door(Module.HOUSE, Action.ADMINISTER)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter or change one agency's provider."""
    viewer = viewer_from(request)
    agency = get_object_or_404(_agencies(viewer), pk=pk)
    row = AgencySignIn.objects.filter(agency=agency).first()
    form = AgencySignInForm(request.POST or None, initial=_shown(row))
    if request.method == "POST" and form.is_valid():
        try:
            set_agency_sign_in(agency=agency, given=form.cleaned_data, by=viewer)
        except BadInput as wrong:
            show_problems(form, wrong)
        else:
            return redirect("signing_in:agencies")
    back = request.build_absolute_uri(f"/account/oidc/agency-{agency.pk}/login/callback/")
    return render(request, "signing_in/agency.html", {"form": form, "agency": agency, "back": back})


def _agencies(viewer: Viewer) -> QuerySet[Agency]:
    return Agency.objects.filter(area_id=viewer.area_id, ended_on=None)


def _shown(row: AgencySignIn | None) -> dict[str, object]:
    """What is stored, without the secret: that is never shown again."""
    if row is None:
        return {"is_on": True}
    fields = ("issuer", "client_id", "email_domains", "vouches_for_emails", "is_on")
    return {field: getattr(row, field) for field in fields}
