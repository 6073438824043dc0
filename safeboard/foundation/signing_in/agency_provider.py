"""The way to an agency's provider and back, as the library goes it, and what this house asks of it besides."""

import secrets
from functools import cached_property
from typing import Any, Final

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from requests import RequestException

from safeboard.foundation.signing_in.id_tokens import Expected, TokenRefused, how_signed_in, verified
from safeboard.foundation.signing_in.said_by_agency import SAID

METADATA: Final = "/.well-known/"
ADDRESSES: Final = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
NONCE: Final = "nonce"


class NamesAnother(RequestException):
    """A provider's metadata say that they are another's: whoever wrote them may want our users to sign in there."""


class NotSecret(RequestException):
    """A provider's metadata name an address that anybody on the way could answer for."""


class AtAgency(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One attempt to sign in at an agency's provider. The library takes its word by TLS alone; here it is verified."""

    def __init__(self, request: HttpRequest, provider_id: str) -> None:
        super().__init__(request, provider_id)
        self.began: dict[str, Any] = {}
        """What was kept when the browser was sent there: set by FromAgency on the way back."""

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        """The provider's metadata, which must be its own."""
        address = self.get_provider().server_url
        return _checked(_fetched(address), issuer=address.partition(METADATA)[0])

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **given: Any) -> SocialLogin:
        """Who signed in there. The keys are fetched anew each time: a new one counts at once, one withdrawn no more.

        Raises TokenRefused, RequestException.
        """
        expected = Expected(self.openid_config["issuer"], app.client_id, self.began.get(NONCE, ""))
        claims = verified(given["response"].get("id_token"), _fetched(self.openid_config["jwks_uri"]), expected)
        told = self._fetch_user_info(token.token)
        if not isinstance(told, dict) or told.get("sub") != claims["sub"]:  # OpenID Connect Core 1.0, 5.3.2
            raise TokenRefused("another's particulars")
        self.began[SAID] = how_signed_in(claims)
        return self.get_provider().sociallogin_from_response(request, {"userinfo": told, "id_token": claims})


class AgencyProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """An agency's provider: people are sent there with a nonce, and with nothing that the link they followed adds."""

    oauth2_adapter_class = AtAgency

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        nonce = secrets.token_urlsafe(32)
        asked: dict[str, Any] = super().get_redirect_from_request_kwargs(request)
        return asked | {"scope": self.get_scope(), "auth_params": {NONCE: nonce}, NONCE: nonce}


class FromAgency(OAuth2CallbackView):  # type: ignore[misc]
    """Coming back from the provider."""

    def _get_state(self, request: HttpRequest, provider: AgencyProvider) -> tuple[dict[str, Any] | None, Any]:
        """What was kept of this browser's attempt, which is given out once. The library hands it to nobody else."""
        began, refusal = super()._get_state(request, provider)
        self.adapter.began = began or {}
        return began, refusal


def send_to_agency(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Raises SocialApp.DoesNotExist; RequestException, ValueError or KeyError where the provider is not one."""
    answer: HttpResponse = OAuth2LoginView.adapter_view(AtAgency(request, provider_id))(request)
    return answer


def take_from_agency(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Raises as send_to_agency does. Whoever is not believed gets the library's page of an error."""
    answer: HttpResponse = FromAgency.adapter_view(AtAgency(request, provider_id))(request)
    return answer


def _fetched(address: str) -> object:
    """Raises RequestException for what cannot be reached in time, is elsewhere, or is no JSON."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
        found: object = answer.json()
    return found


def _checked(metadata: object, *, issuer: str) -> dict[str, Any]:
    """Raises NamesAnother for metadata whose issuer is not the address before `/.well-known/` at which they are found.

    OpenID Connect Discovery 1.0, 4.3; of a slash at the end nothing is made, since none is stored. Raises NotSecret
    where, in production, they send us or our users anywhere without https.
    """
    named = metadata.get("issuer") if isinstance(metadata, dict) else None
    if not isinstance(metadata, dict) or not isinstance(named, str) or named.rstrip("/") != issuer:
        raise NamesAnother("A provider's metadata name another issuer than the one that was set.")
    if settings.SECURE and not all(str(metadata.get(name)).startswith("https://") for name in ADDRESSES):
        raise NotSecret("A provider's metadata name an address that is not secret on the way.")
    return metadata
