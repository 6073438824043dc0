"""THE POLICY WALK: every address of the house, tried as every role, from another agency, another area, and signed out.

What is expected comes from each route's declared door and from the policy's slow twin over the record that the address
names; never from the page. What may not be seen is not found.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Model, UUIDField
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve, reverse
from django.utils import timezone

from safeboard.foundation.access.doors import Door
from safeboard.foundation.access.middleware import door_of
from safeboard.foundation.access.models import User
from safeboard.foundation.access.policy import GUARDS
from safeboard.foundation.access.records import RECORDS, kind_of_page
from safeboard.foundation.access.roles import Role, roles
from safeboard.foundation.access.viewer import Viewer, viewer_of
from safeboard.foundation.access.words import Action
from safeboard.foundation.agencies.kinds import AgencyKind
from safeboard.foundation.kernel.errors import BadInput
from tests.access.twin import Facts, Twin
from tests.house.examples import EXAMPLES
from tests.house.live import trail_may_be_emptied
from tests.house.posted import KEYS, NARROWER, NUMBERED
from tests.house.synthetic import KINDS, House, house, other_house, with_second_factor
from tests.house.walking import _named, routes

__all__ = ["trail_may_be_emptied"]
FOUND, MISSING, CLOSED, SIGN_IN = "found", "not found", "closed", "sign in"


@dataclass(frozen=True)
class Place:
    """One address: its route, its door, and the record it names, if any."""

    route: str
    address: str
    door: Door
    record: Model | None
    exact: bool
    """Whether the keys are those of real records: with made-up ones only refusals can be tried."""


@dataclass
class Walk:
    """What was tried, and what was not as it should be."""

    facts: Facts
    client: Client = field(default_factory=Client)
    tried: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def through(self, who: str, user: User | None, places: Iterable[Place]) -> None:
        """Try these places as one user (None: signed out): to read, and where it is to be refused, to write as well."""
        viewer = viewer_of(user, timezone.now()) if user else None
        cookies = _cookies(user)
        for place in places:
            for method in ("get", "post"):
                signed_out = MISSING if place.door.gives_file(method) else SIGN_IN
                expected = (
                    signed_out if user is None and not place.door.public else _expected(place, viewer, self.facts)
                )
                if method == "get" or expected != FOUND:
                    self._try(method, place, who, cookies, expected)

    def _try(self, method: str, place: Place, who: str, cookies: SimpleCookie, expected: str) -> None:
        self.client.cookies = SimpleCookie({name: each.value for name, each in cookies.items()})
        with transaction.atomic():
            answer = getattr(self.client, method)(place.address)
            transaction.set_rollback(True)
        if answer.status_code == 405:  # takes sent forms only: nothing was read, so nothing was shown
            return
        seen = _seen(answer, place)
        self.tried[seen] += 1
        if seen == expected or _is_narrower(place, seen, expected):
            return
        self.wrong.append(f"{method} {place.route} as {who}: {seen}, should be {expected}")


def _seen(answer: Any, place: Place) -> str:
    if answer.status_code == 404:
        return MISSING
    leads_to = answer.headers.get("Location", "")
    if answer.status_code == 401 and place.door.public:  # the page that says that signing in failed
        return FOUND
    if answer.status_code == 401 or leads_to.startswith(f"{reverse(settings.LOGIN_URL)}?"):
        return SIGN_IN
    is_closed = answer.status_code == 302 and leads_to.startswith("/record/") and leads_to.endswith("/closed/")
    return CLOSED if is_closed and place.route in {how.route for how in RECORDS.values()} else FOUND


def _is_narrower(place: Place, seen: str, expected: str) -> bool:
    """A page may refuse what the policy would allow, for a rule of its own: declared, and never the other way round."""
    return expected in (FOUND, CLOSED) and seen == MISSING and (not place.exact or place.route in NARROWER)


def _expected(place: Place, viewer: Viewer | None, facts: Facts) -> str:
    door = place.door
    if door.public or door.signed_in:
        return FOUND
    if viewer is None or door.action is None:
        return MISSING
    if door.module is not None and not viewer.may(door.module, door.action):
        return MISSING
    if place.record is None:
        return FOUND
    twin, how = Twin(viewer, facts), GUARDS[type(place.record)]
    if twin.allows(door.action, place.record, how):
        return FOUND
    leads_on = kind_of_page(place.route) and twin.allows(Action.FIND, place.record, how)
    return CLOSED if leads_on else MISSING


def _granted(place: Place, role: Role) -> tuple[Any, ...]:
    """What a role is granted where a place lies. Roles granted the same there are tried as one: which is chance."""
    module = place.door.module or (GUARDS[type(place.record)].module if place.record else None)
    return (role.on_duty, *(grant for grant in role.grants if grant.module == module))


def _each_kind_of_role(places: list[Place]) -> dict[str, list[Place]]:
    """Every role with the places to try as it, so that each place is tried as every kind of role there is for it."""
    tried: set[tuple[str, tuple[Any, ...]]] = set()
    shares: dict[str, list[Place]] = {key: [] for key in roles()}
    for place in places:
        for role in roles().values():
            if (place.route, _granted(place, role)) not in tried:
                tried.add((place.route, _granted(place, role)))
                shares[role.key].append(place)
    return shares


def _within_reach(places: list[Place], role: Role) -> list[Place]:
    """The places whose door the role can come through: elsewhere, another agency or area makes no difference."""
    doors = [(place, place.door) for place in places if place.record is not None and place.door.action]
    return [place for place, door in doors if door.module is None or role.granted(door.module, door.action)]


def _cookies(user: User | None) -> SimpleCookie:
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies


def places(here: House) -> Iterator[Place]:
    """Every route of the house that has a door, with keys of real records where an example gives them."""
    patterns = dict(_patterns(get_resolver().url_patterns))
    given = dict(_given(here))
    for route in routes():
        keys = given.get(route, _of_relative(route, patterns, given))
        address = reverse(route, kwargs=_made_up(route, patterns) if keys is None else keys)
        through = door_of(resolve(address).func, route)
        assert through is not None
        yield Place(route, address, through, record_of(route, keys) if keys else None, keys is not None)


def _given(here: House) -> Iterator[tuple[str, dict[str, Any]]]:
    for route, keys in [*((route, example.keys) for route, example in EXAMPLES.items()), *KEYS.items()]:
        # Some examples can be made once only: the second page about one takes the keys of the first.
        with suppress(BadInput):
            yield route, dict(keys(here))


def _patterns(patterns: Any, space: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = space + (f"{each.namespace}:" if each.namespace else "")
            yield from _patterns(each.url_patterns, inner, before + str(each.pattern))
        else:
            yield space + (each.name or str(each.pattern)), before + str(each.pattern)


def _of_relative(route: str, patterns: Mapping[str, str], given: Mapping[str, Any]) -> dict[str, Any] | None:
    """The keys of an example whose address is the same as far as its last key: `<uuid:pk>/` and `<uuid:pk>/end/`."""
    stem = _stem(patterns[route])
    alike = (keys for name, keys in given.items() if _stem(patterns[name]) == stem)
    return next(alike, None) if stem else {}


def _stem(pattern: str) -> str:
    return pattern[: pattern.rfind(">") + 1]


def _made_up(route: str, patterns: Mapping[str, str]) -> dict[str, Any]:
    """Keys that name nothing."""
    nothing = {"int": 0, "uuid": UUID(int=0)}
    named = re.findall(r"<(?:(\w+):)?(\w+)>", patterns[route])
    return {name: nothing.get(kind, "1-x" if name == "key" else "x") for kind, name in named}


def record_of(route: str, keys: Mapping[str, Any]) -> Model | None:
    """The guarded record that an address names: by kind, by a key that is unique in the house, or as declared."""
    if "kind" in keys and "object_id" in keys:
        return RECORDS[keys["kind"]].rows.get(pk=keys["object_id"])
    if route in NUMBERED:
        return NUMBERED[route]._default_manager.get(pk=keys["pk"])
    named = [key for key in keys.values() if isinstance(key, UUID)]
    unique = [model for model in GUARDS if isinstance(model._meta.pk, UUIDField)]
    found = (model._default_manager.filter(pk=key).first() for key in named[:1] for model in unique)
    return next((record for record in found if record is not None), None)


def test_every_page_of_ours_has_a_door() -> None:
    """And pages of libraries that are not declared are not found, whoever asks."""
    without = [name for name, view in _named(get_resolver().url_patterns, "") if door_of(view, name) is None]
    ours = [name for name, view in _named(get_resolver().url_patterns, "") if view.__module__.startswith("safeboard.")]
    assert sorted(set(ours) & set(without)) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("trail_may_be_emptied")
def test_every_route_is_found_by_those_it_is_for_and_by_nobody_else(capsys: pytest.CaptureFixture[str]) -> None:
    here, there = house(), other_house()
    everything = list(places(here))
    walk = Walk(Facts.read())
    walk.through("nobody signed in", None, everything)
    seatless = with_second_factor(User.objects.create_user("seatless@example.org", "No Seat"))
    walk.through("a user without a seat", seatless, everything)
    for key, share in _each_kind_of_role(everything).items():
        walk.through(key, here.user(key), share)
        near = _within_reach(share, roles()[key])
        for kind in _other_kinds(key):
            walk.through(f"{key} at {kind}", here.user(key, kind), near)
        walk.through(f"{key} of another area", there.user(key), near)
    with capsys.disabled():
        refused = walk.tried[MISSING] + walk.tried[SIGN_IN]
        allowed = walk.tried[FOUND] + walk.tried[CLOSED]
        print(
            f"\nThe policy walk: {len(everything)} routes x {len(roles())} roles, {refused} refused, {allowed} allowed."
        )
    assert walk.wrong == [], "\n".join(walk.wrong)


def test_what_gives_a_file_says_so() -> None:
    """So that a feed reader or a script that is signed out gets no page of signing in for one."""
    doors = {name: door_of(view, name) for name, view in _named(get_resolver().url_patterns, "")}
    files = {name for name, through in doors.items() if through and through.file_by == "GET"}
    assert files == {
        "actions:evidence-file",
        "actions:load-template",
        "performance-chart",
        "performance-findings-file",
        "performance-report-file",
    }
    exports = {name for name, through in doors.items() if through and through.file_by == "POST"}
    assert exports == {name for name in doors if name.endswith("-export")}


def _other_kinds(role: str) -> list[str]:
    able = [kind for kind in KINDS if roles()[role].may_be_held_in(AgencyKind(kind))]
    return able[1:2]
