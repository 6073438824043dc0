"""A real OpenID Connect provider in a process of its own, as an agency would run one."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests

LONGEST_START_SECONDS = 60


@dataclass(frozen=True)
class Provider:
    """A provider that is up."""

    issuer: str

    def client(self, back: str) -> tuple[str, str]:
        """Make us known there: our identifier and secret. `back` is the one address it sends people to."""
        asked = {"redirect_uris": [back], "token_endpoint_auth_method": "client_secret_post"}
        made = requests.post(f"{self.issuer}/oauth2/clients", json=asked, timeout=20).json()
        return made["client_id"], made["client_secret"]

    def agree(self, authorise: str, sub: str) -> str:
        """What the person does at the provider: sign in as `sub`. Returns the address the browser is sent back to."""
        answer = requests.post(authorise, data={"sub": sub}, allow_redirects=False, timeout=20)
        assert answer.status_code in (302, 303), answer.text
        return answer.headers["Location"]


@contextmanager
def provider(people: list[dict[str, object]]) -> Iterator[Provider]:
    """A provider with these people (claims, `sub` among them), which asks every client for its secret."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    claims = [word for person in people for word in ("--user-claims", json.dumps(person))]
    command = [
        sys.executable,
        "-m",
        "oidc_provider_mock",
        "--port",
        str(port),
        "--require-registration",
        "true",
        *claims,
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        issuer = f"http://127.0.0.1:{port}"
        _wait(issuer)
        yield Provider(issuer)
    finally:
        process.terminate()
        process.wait(20)


def _wait(issuer: str) -> None:
    end = time.monotonic() + LONGEST_START_SECONDS
    while True:
        try:
            requests.get(f"{issuer}/.well-known/openid-configuration", timeout=5).raise_for_status()
        except requests.ConnectionError:
            assert time.monotonic() < end, "the provider did not start"
            time.sleep(0.1)
        else:
            return
