"""A small synthetic house for tests: two areas, agencies of some kinds, and a user for each role."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime

from allauth.mfa.models import Authenticator
from django.test import Client

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.viewer import Viewer, viewer_of
from safeboard.foundation.agencies.kinds import AgencyKind
from safeboard.foundation.agencies.models import Agency, BoardArea

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)
KINDS = ("board", "social care", "police", "health", "school")


@dataclass(frozen=True)
class House:
    """One area of the house and what is in it."""

    area: BoardArea
    agencies: dict[str, Agency]

    def user(self, role: str, kind: str | None = None, name: str = "") -> User:
        """The user who holds the role in the agency of that kind (else the first kind that may hold it)."""
        kind = kind or next(kind for kind in KINDS if roles()[role].may_be_held_in(AgencyKind(kind)))
        email = f"{role}.{kind}.{name}@{self.area.code}.example".lower().replace(" ", "-").replace(".@", "@")
        found = User.objects.filter(email=email).first()
        if found:
            return found
        user = User.objects.create_user(email, name or f"Synthetic {roles()[role].title}", "a long enough password")
        Seat.objects.create(user=user, role=role, agency=self.agencies[kind], starts_on=SINCE)
        with_second_factor(user)
        return user

    def viewer(self, role: str, kind: str | None = None, name: str = "", at: datetime = NOW) -> Viewer:
        viewer = viewer_of(self.user(role, kind, name), at)
        assert viewer is not None
        return viewer

    def client(self, role: str, kind: str | None = None, name: str = "") -> Client:
        """A browser without script, signed in as that role."""
        client = Client()
        client.force_login(self.user(role, kind, name), backend="django.contrib.auth.backends.ModelBackend")
        return client


def afterwards(viewer: Viewer) -> Viewer:
    """The same user at the same moment, asked anew what is said of them: as for their next page."""
    again = viewer_of(viewer.user, viewer.at, viewer.seat.pk, viewer.purpose)
    assert again is not None
    return again


def with_second_factor(user: User) -> User:
    """As if the user had set up an authenticator app: without one, every page leads to setting one up."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "synthetic"})
    return user


def confirmed(client: Client) -> Client:
    """As if the second step had been given again a moment ago."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client


def house(code: str = "X99000001", name: str = "Reference City") -> House:
    """An area with one agency of each of some kinds."""
    area = BoardArea.objects.get_or_create(code=code, defaults={"name": name})[0]
    agencies = {
        kind: Agency.objects.get_or_create(area=area, name=f"{name} {kind}", defaults={"kind": kind})[0]
        for kind in KINDS
    }
    return House(area, agencies)


def other_house() -> House:
    """Another area of the same installation, kept apart."""
    return house("X99000002", "Neighbour City")
