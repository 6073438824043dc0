"""A house whose board signs in at a provider of its own."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client

from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.signing_in.agency_sign_in import set_agency_sign_in
from safeboard.foundation.signing_in.models import AgencySignIn
from tests.house.synthetic import House
from tests.signing_in.provider import Provider

DOMAIN = "X99000001.example"
PEOPLE: list[dict[str, object]] = [
    {"sub": "chair", "email": f"chair.board@{DOMAIN}", "email_verified": True, "name": "Synthetic Chair"},
    {"sub": "unverified", "email": f"chair.board@{DOMAIN}", "email_verified": False},
    {"sub": "police", "email": f"practitioner.police@{DOMAIN}", "email_verified": True},
    {"sub": "stranger", "email": f"nobody@{DOMAIN}", "email_verified": True},
    {"sub": "elsewhere", "email": "chair.board@elsewhere.example", "email_verified": True},
]


@dataclass(frozen=True)
class Tied:
    """A house whose board has its own sign-in at the provider."""

    house: House
    at: Provider
    client_id: str
    secret: str

    @property
    def board(self) -> Agency:
        return self.house.agencies["board"]

    def given(self, **other: object) -> dict[str, object]:
        settings: dict[str, object] = {
            "issuer": self.at.issuer,
            "client_id": self.client_id,
            "secret": self.secret,
            "email_domains": DOMAIN,
            "vouches_for_emails": False,
            "is_on": True,
        }
        return settings | other

    def set(self, **other: object) -> None:
        set_agency_sign_in(agency=self.board, given=self.given(**other), by=self.house.viewer("system_administrator"))

    def sign_in(self, sub: str) -> tuple[Client, int]:
        """A browser that went to the agency's page and came back, and the status of what it found then."""
        client = Client()
        return client, self.come_back(client, sub).status_code

    def come_back(self, client: Client, sub: str) -> HttpResponse:
        """What this browser finds that went to the agency's page, signed in there as `sub`, and came back."""
        sent = client.get(f"/account/oidc/agency-{self.board.pk}/login/?process=login")
        assert sent.status_code == 302
        assert sent["Location"].startswith(AgencySignIn.objects.get().issuer)
        back = urlsplit(self.at.agree(sent["Location"], sub))
        return client.get(f"{back.path}?{back.query}")
