"""Signing in at one's agency: which providers there are, and which of our users somebody from there is."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_domain_name
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone
from requests import Session

from safeboard.foundation.access.models import User
from safeboard.foundation.access.policy import may
from safeboard.foundation.access.viewer import Viewer, seats_of
from safeboard.foundation.access.words import Action
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.trail import acts, note
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.signing_in.adapters import may_sign_in
from safeboard.foundation.signing_in.agency_provider import AgencyProvider
from safeboard.foundation.signing_in.encryption import decrypt, encrypt
from safeboard.foundation.signing_in.id_tokens import TokenRefused
from safeboard.foundation.signing_in.models import AgencySignIn
from safeboard.foundation.signing_in.sessions import KIND

PROVIDER = "openid_connect"
NO_ANSWER = "no answer"
"""Why somebody is refused whose agency's provider did not answer, or not as one does."""


class AgencyAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Providers come from the agencies' own settings. Nobody becomes a user by signing in there."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The agencies' providers as the library takes them, never stored in its own table: no secret is in clear."""
        rows = AgencySignIn.objects.filter(is_on=True, agency__ended_on=None).select_related("agency")
        wanted = [row for row in rows.order_by("agency__name") if provider in (None, PROVIDER, row.key)]
        return [_as_app(row) for row in wanted if client_id in (None, row.client_id)]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> AgencyProvider:
        """The agency's provider as this house deals with one, not as the library would."""
        return AgencyProvider(request, app=self.get_app(request, provider=provider, client_id=client_id))

    def get_requests_session(self) -> Session:
        """How the library asks a provider: at the address that was set alone. Where that sends it on, it stops."""
        session: Session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def on_authentication_error(
        self, request: HttpRequest, provider: AgencyProvider, *, exception: Exception | None = None, **_: Any
    ) -> None:
        """Note a provider's answer that was not believed, or did not come."""
        if exception is not None:
            note_refused(request, provider.sub_id, exception.why if isinstance(exception, TokenRefused) else NO_ANSWER)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Keep nothing of what the agency tells: the account is made by invitation, this only opens it."""
        sociallogin.account.extra_data = {}
        user: User = sociallogin.user
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in an invited user who holds a seat in this agency today; tell anybody else that they hold none."""
        user = _user_of(sociallogin)
        if user is None:
            note_refused(request, sociallogin.account.provider, "no user of ours", str(sociallogin.user.pk or ""))
            raise ImmediateHttpResponse(render(request, "signing_in/not_known_here.html", status=403))
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)


def note_refused(request: HttpRequest, at: str, why: str, user: str = "") -> None:
    """Note that the provider at this agency (`at`, its key) signed nobody in. `user`: by key, where one is known."""
    acts(who=str(request.user.pk or ""), agency=at.removeprefix("agency-"))
    note(Did.REFUSED, KIND, user, {"at": at, "why": why})


def _as_app(row: AgencySignIn) -> SocialApp:
    return SocialApp(
        provider=PROVIDER,
        provider_id=row.key,
        name=row.agency.name,
        client_id=row.client_id,
        secret=decrypt(row.secret),
        settings={"server_url": row.issuer, "oauth_pkce_enabled": True},
    )


def _user_of(sociallogin: SocialLogin) -> User | None:
    """The user this is: tied to the account at the agency before, else found by an address the agency has verified."""
    row = AgencySignIn.objects.filter(agency_id=sociallogin.account.provider.removeprefix("agency-")).first()
    if row is None:
        return None
    tied = SocialAccount.objects.filter(provider=row.key, uid=sociallogin.account.uid).select_related("user").first()
    user = tied.user if tied else _by_address(row, sociallogin)
    if user is None or not may_sign_in(user):
        return None
    return user if any(seat.agency_id == row.agency_id for seat in seats_of(user, timezone.now())) else None


def _by_address(row: AgencySignIn, sociallogin: SocialLogin) -> User | None:
    for address in sociallogin.email_addresses:
        if (address.verified is True or row.vouches_for_emails) and row.holds_domain_of(address.email):
            return User.objects.filter(email__iexact=address.email).first()
    return None


@transaction.atomic
def set_agency_sign_in(*, agency: Agency, given: dict[str, Any], by: Viewer) -> AgencySignIn:
    """Store an agency's provider. `given` has issuer, client_id, secret (empty: kept), email_domains, and two yes/no.

    Raises BadInput with what is wrong by field; PermissionDenied for an agency of another area.
    """
    row = AgencySignIn.objects.filter(agency=agency).first() or AgencySignIn(agency=agency)
    if problems := _problems(row, given):
        raise BadInput(problems)
    row.issuer, row.client_id = given["issuer"].rstrip("/"), given["client_id"]
    row.email_domains = "\n".join(given["email_domains"].lower().split())
    row.vouches_for_emails, row.is_on = given["vouches_for_emails"], given["is_on"]
    if given["secret"]:
        row.secret = encrypt(given["secret"])
    row.save()
    if not may(by, Action.ADMINISTER, row):
        raise PermissionDenied
    return row


def _problems(row: AgencySignIn, given: dict[str, Any]) -> list[Problem]:
    found = []
    if settings.SECURE and not given["issuer"].startswith("https://"):
        found.append(
            Problem("The provider's address is not secret on the way.", "Give one with https.", element="issuer")
        )
    if not given["secret"] and not row.secret:
        found.append(Problem("There is no client secret yet.", "Copy it from the provider.", element="secret"))
    for domain in given["email_domains"].split():
        try:
            validate_domain_name(domain)
        except ValidationError:
            found.append(
                Problem(
                    "A domain is not one.",
                    "Give each on a line, such as council.example.",
                    element="email_domains",
                    found=domain,
                )
            )
    return found
