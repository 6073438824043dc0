"""How fast people are found among a million: names as heard against an exact key, on the same server.

    python -m benchmarks.house_search --folder /tmp/big-house [--people 1000000] [--times 200]

The house is filled on the first run (some twenty minutes) and used as it is after that. Each search is made as a social
worker of the area, who may open nearly everybody, from what was typed to ranked people with their reasons. The exact
key is an NHS number typed into the same box. The lines that begin with "page" are whole requests, with session, policy,
trail and template; those with "service" the search alone. The bare query is the least look-up through the policy.
"""

import argparse
import gc
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.big_house import SEED, prepare
from safeboard.site.house.opening import House, opened

if TYPE_CHECKING:
    from safeboard.foundation.access.models import User

EXACT = "an NHS number"
"""The exact key, typed into the same box."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.house_search", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=200)
    given = parser.parse_args()
    with opened(House(given.folder.resolve(), "local")):
        prepare(given.people)
        measure(given.times)


def measure(times: int) -> None:
    """Print what each way of searching takes. They take turns, so that other work on the machine meets all alike."""
    ways = _ways(times)
    gc.collect()
    gc.freeze()  # as the web server does, once all is loaded
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(-5, times):
        for way, asked in ways.items():
            begun = time.perf_counter()
            asked(max(turn, 0))
            if turn >= 0:
                spent[way].append((time.perf_counter() - begun) * 1000)
    for way, each in spent.items():
        key = f"{way.partition(':')[0]}: {EXACT}"
        exact = {at: percentile(spent[key], at) for at in (50, 95)}
        ratios = "  ".join(f"{percentile(each, at) / exact[at]:.1f} times" for at in (50, 95))
        print(f"{way:36} p50 {percentile(each, 50):6.1f} ms  p95 {percentile(each, 95):6.1f} ms  {ratios}")


def percentile(values: Sequence[float], at: int) -> float:
    return statistics.quantiles(values, n=100)[at - 1]


Typed = Callable[[int], str]
"""What is typed into the box at one turn."""


def _ways(times: int) -> dict[str, Callable[[int], object]]:
    from benchmarks.big_house import NOW  # noqa: PLC0415 - once the house is open
    from safeboard.casework.matching.searching import search  # noqa: PLC0415
    from safeboard.casework.people.models import Person  # noqa: PLC0415
    from safeboard.foundation.access.models import User  # noqa: PLC0415
    from safeboard.foundation.access.policy import visible  # noqa: PLC0415
    from safeboard.foundation.access.viewer import viewer_of  # noqa: PLC0415
    from safeboard.foundation.access.words import Action  # noqa: PLC0415

    viewer = viewer_of(User.objects.get(email="user0@big.example"), NOW)
    on_the_page = _search_page(viewer.user)
    typed = _typed(times)

    def bare(number: str) -> list[Person]:
        return list(visible(Person.objects.filter(identifiers__value=number), viewer, Action.FIND))

    return {
        **{f"page: {way}": lambda turn, words=words: on_the_page(words(turn)) for way, words in typed.items()},
        "service: one bare query by a number": lambda turn: bare(typed[EXACT](turn)),
        **{f"service: {way}": lambda turn, words=words: search(viewer, words(turn)) for way, words in typed.items()},
    }


def _typed(times: int) -> dict[str, Typed]:
    """The ways of asking: an exact key, and the names of people of the house, as they may be typed."""
    from safeboard.casework.people.models import PersonName  # noqa: PLC0415 - once the house is open

    chance = random.Random(SEED)
    last = PersonName.objects.order_by("-pk").values_list("pk", flat=True)[0]
    wanted = [chance.randrange(1, last) for _ in range(times)]
    rows = PersonName.objects.filter(pk__in=wanted).select_related("person")
    names = [(row.given, row.family, row.person.born_on) for row in rows]
    numbers = [f"999{chance.randrange(100_000):07}" for _ in range(times)]
    words: dict[str, Callable[[str, str, object], str]] = {
        "first and family name": lambda given, family, born: f"{given.split()[0]} {family}",
        "name and date of birth": lambda given, family, born: f"{given} {family} {born}",
        "name and year of birth": lambda given, family, born: f"{family} {given.split()[0]} {str(born)[:4]}",
        "misspelt name": lambda given, family, born: f"{given.split()[0]} {slipped(family)}",
        "family name alone": lambda given, family, born: family,
    }
    return {EXACT: lambda turn: numbers[turn]} | {
        way: lambda turn, make=make: make(*names[turn % len(names)]) for way, make in words.items()
    }


def _search_page(user: "User") -> Callable[[str], None]:
    """The search page, used by somebody who is signed in by two steps."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - once the house is open
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "-"}})
    client = Client(headers={"Host": "localhost", "HX-Request": "true"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("matching:search")

    def on_the_page(words: str) -> None:
        assert client.post(page, {"words": words}).status_code == 200

    return on_the_page


def slipped(word: str) -> str:
    """Two letters the other way round."""
    return f"{word[:1]}{word[2:3]}{word[1:2]}{word[3:]}"


if __name__ == "__main__":
    main()
