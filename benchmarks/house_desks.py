"""What the users of benchmarks/house_load.py do, as locust runs them: pages by role, until enough were asked for."""

import json
import os
import random
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import gevent
from locust import FastHttpUser, between, events, task

DESKS = json.loads(Path(os.environ["DESKS"]).read_text())
REQUESTS = int(os.environ["REQUESTS"])
PAUSE = float(os.environ["PAUSE"])
NAMES = ("smith", "jones", "patel", "khan", "kowalski", "obrien", "taylor brown", "ashton")
_numbers, _asked = count(), count(1)
_chance = random.Random(1)

Page = tuple[str, Callable[[dict[str, Any]], str]]
FIRST: Page = ("first page", lambda desk: "/")
PERSON: Page = ("a person", lambda desk: f"/people/{_chance.choice(desk['people'])}/")
NETWORK: Page = ("a family network", lambda desk: f"/people/{_chance.choice(desk['people'])}/network/")
PEOPLE: Page = ("list of people", lambda desk: f"/people/?page={_chance.randrange(1, 40)}")
SEARCH: Page = ("people by name", lambda desk: f"/people/?search={_chance.choice(NAMES)}")
ACTIONS: Page = ("list of actions", lambda desk: "/actions/?all=1")
ACTION: Page = ("an action", lambda desk: f"/actions/{_chance.choice(desk['actions'])}/")
SLIPPAGE: Page = ("slippage", lambda desk: "/actions/slippage/")
MEASURES: Page = ("measures", lambda desk: "/performance/")
SNAPSHOTS: Page = ("snapshots", lambda desk: "/performance/snapshots/")
TRAIL: Page = ("trail", lambda desk: "/trail/")
PAGES: dict[str, list[Page]] = {
    "social_worker": [FIRST, PERSON, PERSON, PERSON, SEARCH, SEARCH, PEOPLE, NETWORK],
    "business_manager": [FIRST, ACTIONS, ACTIONS, ACTION, ACTION, SLIPPAGE, MEASURES],
    "chair": [FIRST, ACTIONS, ACTION, SLIPPAGE, MEASURES],
    "analyst": [FIRST, MEASURES, MEASURES, SNAPSHOTS, ACTIONS],
    "privacy_officer": [FIRST, TRAIL, TRAIL],
}


class Desk(FastHttpUser):  # type: ignore[misc]
    """One user, signed in."""

    wait_time = between(PAUSE / 2, PAUSE * 3 / 2)

    def on_start(self) -> None:
        self.desk = DESKS[next(_numbers) % len(DESKS)]

    @task  # type: ignore[misc]
    def page(self) -> None:
        name, address = _chance.choice(PAGES[self.desk["role"]])
        headers = {"Cookie": f"sessionid={self.desk['session']}"}
        with self.client.get(
            address(self.desk), name=name, headers=headers, allow_redirects=False, catch_response=True
        ) as answer:
            if answer.status_code != 200:
                answer.failure(f"{answer.status_code}")
        if next(_asked) >= REQUESTS and self.environment.runner is not None:
            # Not by the user itself, which the runner ends first: it would never come to end the others.
            gevent.spawn(self.environment.runner.quit)


@events.quitting.add_listener  # type: ignore[untyped-decorator]
def _tell(environment: Any, **_: Any) -> None:
    total = environment.stats.total
    for each in sorted(environment.stats.entries.values(), key=lambda one: one.name):
        print(
            f"{each.name:20} {each.num_requests:7,}   median {each.median_response_time:5.0f} ms   "
            f"95th {each.get_response_time_percentile(0.95):5.0f} ms   failed {each.num_failures}"
        )
    print(
        f"{'all':20} {total.num_requests:7,}   median {total.median_response_time:5.0f} ms   "
        f"95th {total.get_response_time_percentile(0.95):5.0f} ms   failed {total.num_failures}   "
        f"{total.total_rps:.0f} a second"
    )
    environment.process_exit_code = int(total.num_failures > 0)
