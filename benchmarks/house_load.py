"""Fifty users at once on the real pages of a house with a million people: how long pages take, and whether any fails.

    python -m benchmarks.house_load --folder /tmp/big-house [--requests 20000] [--users 50] [--pause 1.0] [--port 8108]
                                [--processes 4]

The goal: 95 of 100 pages under 200 ms on two cores, no error. The house has been filled by benchmarks/big_house.py; the
demonstration's actions and figures are put beside; web server and database are those of `./run serve`. Each user looks
at a page, then for about `--pause` seconds at nothing, as a quick reader would: with the pauses given here, far below
the bound of requests a minute. It stops by itself after so many
requests and prints a line for each kind of page.
"""

import argparse
import json
import os
import secrets
import subprocess
import sys
import time
import urllib.request
from datetime import date
from pathlib import Path

from safeboard.site.house.opening import House, opened
from safeboard.site.house.serving import WEB_PROCESSES, web

ROLES = ("social_worker", "social_worker", "business_manager", "chair", "analyst", "privacy_officer")
"""Who sits at the desks, in turn."""
SINCE = date(2020, 1, 1)
SOME = 500
"""Records of each kind whose pages are opened."""


def prepare(folder: Path, users: int) -> None:
    """Add actions and figures to the open house, and write for each user a session and which records to open."""
    from django.core.management import call_command  # noqa: PLC0415 - Django is ready only once the house is open
    from django.utils import timezone  # noqa: PLC0415

    from safeboard.site.demo.actions import make_actions  # noqa: PLC0415
    from safeboard.site.demo.performance import ask_for_city  # noqa: PLC0415
    from safeboard.site.demo.users import make_agencies, make_area, make_users  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    area = make_area()
    agencies = make_agencies(area)
    make_actions(agencies, make_users(agencies), timezone.localdate())
    ask_for_city(area)
    call_command("procrastinate", "worker", "--one-shot", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    (folder / "desks.json").write_text(json.dumps([_desk(number) for number in range(users)]))


def _desk(number: int) -> dict[str, object]:
    """A user at a desk: the role, the session's key, and keys of records that may be opened."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from safeboard.casework.people.models import Person  # noqa: PLC0415
    from safeboard.foundation.access.models import Seat, User  # noqa: PLC0415
    from safeboard.foundation.access.policy import visible  # noqa: PLC0415
    from safeboard.foundation.access.roles import roles  # noqa: PLC0415
    from safeboard.foundation.access.viewer import viewer_of  # noqa: PLC0415
    from safeboard.foundation.access.words import Action  # noqa: PLC0415
    from safeboard.foundation.agencies.kinds import AgencyKind  # noqa: PLC0415
    from safeboard.site.demo.users import make_agencies, make_area  # noqa: PLC0415
    from safeboard.tools.actions.models import ActionItem  # noqa: PLC0415

    role = roles()[ROLES[number % len(ROLES)]]
    user = User.objects.create_user(f"desk{number}-{secrets.token_hex(4)}@big.example", f"Synthetic Desk {number}")
    able = [each for each in make_agencies(make_area()) if role.may_be_held_in(AgencyKind(each.kind))]
    Seat.objects.create(user=user, role=role.key, agency=able[0], starts_on=SINCE)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "synthetic"})
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    viewer = viewer_of(user, timezone.now())
    assert viewer is not None
    people = visible(Person.objects.all(), viewer, Action.OPEN).order_by("pk").values_list("pk", flat=True)
    actions = visible(ActionItem.objects.all(), viewer, Action.OPEN).values_list("pk", flat=True)
    return {
        "role": role.key,
        "session": session.session_key,
        "people": [str(key) for key in people[number * SOME : number * SOME + SOME]],
        "actions": [str(key) for key in actions[:SOME]],
    }


def run(folder: Path, requests: int, users: int, pause: float, port: int, processes: int) -> int:
    """Serve the open house and set the users on it. The exit status of the load: 1 where any page failed."""
    server = subprocess.Popen(web("127.0.0.1", port, processes), start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/health/")
        load = [sys.executable, "-m", "locust", "-f", str(Path(__file__).with_name("house_desks.py")), "--headless"]
        load += ["--users", str(users), "--spawn-rate", str(users), "--host", address, "--only-summary"]
        known = {"DESKS": str(folder / "desks.json"), "REQUESTS": str(requests), "PAUSE": str(pause)}
        return subprocess.run(load, env={**os.environ, **known}).returncode
    finally:
        server.terminate()
        server.wait()


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The web server did not start.")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.house_load", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two pages of a user, on average")
    parser.add_argument("--port", type=int, default=8108)
    parser.add_argument("--processes", type=int, default=WEB_PROCESSES, help="web processes")
    given = parser.parse_args()
    folder = given.folder.resolve()
    with opened(House(folder, "local")):
        prepare(folder, given.users)
        sys.exit(run(folder, given.requests, given.users, given.pause, given.port, given.processes))


if __name__ == "__main__":
    main()
