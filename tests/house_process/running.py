"""A demonstration house run as its user runs it: `./run demo` in processes of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_START_SECONDS = 300


def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`./run` with these words, and in the environment what is named instead of what the test run put into it."""
    return subprocess.run(_command(words), cwd=ROOT, env={**_environment(), **more}, capture_output=True, text=True)


@dataclass
class Running:
    """A demonstration that is up: where, what it printed, and its process."""

    data: Path
    address: str
    printed: str
    process: subprocess.Popen[str]

    def link(self, role: str) -> str:
        """The one-time link of a role, by the role's title."""
        found = re.search(rf"{re.escape(role)} .* (http\S+)", self.printed)
        assert found is not None
        return found[1]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@contextmanager
def demonstration() -> Iterator[Running]:
    """`./run demo` on a free port, in a folder that goes again."""
    with tempfile.TemporaryDirectory(prefix="sb-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        with _up("demo", Path(folder) / "house", Path(folder)) as running:
            yield running


@contextmanager
def served(data: Path) -> Iterator[Running]:
    """`./run serve` of a house that is there, on a free port."""
    with _up("serve", data, data.parent) as running:
        yield running


@contextmanager
def _up(verb: str, data: Path, folder: Path) -> Iterator[Running]:
    port = free_port()
    with (folder / f"printed-by-{verb}").open("w+") as printed:
        words = [verb, "--data", str(data), "--port", str(port), "--processes", "1"]
        process = subprocess.Popen(
            _command(words), cwd=ROOT, env=_environment(), stdout=printed, stderr=printed, text=True
        )
        try:
            _wait_until_up(port, process, Path(printed.name))
            said = Path(printed.name).read_text()
            yield Running(data, f"http://localhost:{port}", said, process)
        finally:
            process.terminate()
            process.wait(60)


def browser_without_script() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(port: int, process: subprocess.Popen[str], printed: Path) -> None:
    end = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if "(Ctrl-C stops it)" in printed.read_text():
            with urllib.request.urlopen(f"http://localhost:{port}/health/") as answer:
                assert answer.read() == b"up"
                return
        time.sleep(0.3)
    raise AssertionError(f"The demonstration did not start:\n{printed.read_text()[-2000:]}")


def _command(words: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "safeboard.site", *words]


def _environment() -> dict[str, str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("SAFEBOARD_", "DJANGO_"))}
    return {**inherited, "PYTHONPATH": str(ROOT)}
