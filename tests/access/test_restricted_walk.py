"""Once a person is restricted, no page, list, search, export, file or feed tells those kept out who it is.

Every route that answered before is tried again afterwards, with the keys of the person and of all that leads there.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from safeboard.foundation.access.models import Restriction
from safeboard.foundation.access.restricting import restrict
from safeboard.foundation.access.words import RestrictionCategory
from tests.access.restricted import Ways, keys_to_try, ways_to_a_person
from tests.access.test_policy_walk import Place, _patterns, places
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import House, confirmed, house
from tests.house.walking import routes

__all__ = ["trail_may_be_emptied"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trail_may_be_emptied")]
ORDINARY = ("social_worker", "business_manager")
EXPORTED = {"label": "official", "reason": "A test", "form": "csv", "sure": "on"}
SEARCHED = ("Quillon Brackendene", "Kwilon Brakendene", "Zephyrine", "999 000 0018", "Farthingale Passage", "ZQ9 7XX")
PARTS = {"name": "names", "number": "identifiers", "address": "addresses", "relationship": "relationships_of_others"}


def addresses(examples: Iterable[Place], ways: Ways) -> list[str]:
    """Every address of the house that takes no key, or keys of real records: also those of what leads to the person."""
    found = {place.address for place in examples if place.exact}
    patterns = dict(_patterns(get_resolver().url_patterns))
    for route in routes():
        for begins, keys in keys_to_try(ways).items():
            if route.startswith(begins) and "<" in patterns[route]:
                found |= {address for each in keys for address in _reversed(route, each)}
    for part, rows in PARTS.items():
        keys = [ways.person.pk, getattr(ways.person, rows).earliest("pk").pk]
        found |= {reverse(f"people:{part}-{verb}", args=keys) for verb in ("end", "back")}
    printed = {f"{address}?print=1" for address in found if address.count("/") == 3}
    return sorted(found | printed | {reverse("actions:calendar", args=[ways.feed])})


def _reversed(route: str, keys: Mapping[str, Any]) -> Iterator[str]:
    try:
        yield reverse(route, kwargs=dict(keys))
    except NoReverseMatch:
        return


def read(client: Client, address: str) -> str:
    """What an address tells: nothing where it is not found or leads elsewhere."""
    answer = client.get(address)
    if answer.status_code != 200:
        return ""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


def told(client: Client, ways: Ways, addresses: Iterable[str]) -> dict[str, list[str]]:
    """The marks of the person that each address, export and search tells; of every address that answers at all."""
    pages = {address: page for address in addresses if (page := read(client, address))}
    for address in [each for each in pages if "/export/" in each]:
        pages[f"file of {address}"] = posted(client, address, EXPORTED)
    for words in SEARCHED:
        for route, name in (("matching:search", "words"), ("people:people", "search")):
            # What was typed stands in the box again.
            pages[f"{route} {words}"] = posted(client, reverse(route), {name: words}).replace(words, "")
    return {address: [mark for mark in ways.marks if mark in page] for address, page in pages.items()}


def posted(client: Client, address: str, data: Mapping[str, str]) -> str:
    answer = client.post(address, data, follow=True)
    return answer.content.decode(errors="replace") if answer.status_code == 200 else ""


def test_no_route_tells_of_a_restricted_person() -> None:
    here = house()
    examples = list(places(here))
    ways = ways_to_a_person(here)
    clients = {role: confirmed(here.client(role)) for role in ORDINARY}
    before = {role: told(client, ways, addresses(examples, ways)) for role, client in clients.items()}
    assert {mark for pages in before.values() for marks in pages.values() for mark in marks} == set(ways.marks)
    restriction = _closed(here, ways)
    assert _telling(clients, ways, before) == {}, "its existence hidden"
    # The routes that told of the person are those that could do so again.
    telling = {role: {page: marks for page, marks in pages.items() if marks} for role, pages in before.items()}
    Restriction.objects.filter(pk=restriction.pk).update(hides_existence=False)
    assert _telling(clients, ways, telling) == {}, "its existence known"
    Restriction.objects.filter(pk=restriction.pk).update(only_listed=False)
    for role in ORDINARY:
        restriction.entries.create(user=here.user(role), allowed=False)
    assert _telling(clients, ways, telling) == {}, "kept out by name"


def _closed(here: House, ways: Ways) -> Restriction:
    return restrict(
        kind="person",
        object_id=str(ways.person.pk),
        category=RestrictionCategory.PROCEEDINGS,
        reason="synthetic",
        ask="The desk on extension 12",
        hides_existence=True,
        lets_duty_team_in=False,
        by=here.viewer("privacy_officer", at=timezone.now()),
    )


def _telling(
    clients: Mapping[str, Client], ways: Ways, before: Mapping[str, Mapping[str, list[str]]]
) -> dict[str, dict[str, list[str]]]:
    """By role the addresses that tell of the person now, among those that answered before."""
    found = {}
    for role, client in clients.items():
        now = told(client, ways, [address for address in before[role] if address.startswith("/")])
        if telling := {address: marks for address, marks in now.items() if marks}:
            found[role] = telling
    return found
