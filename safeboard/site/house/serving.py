"""The web server and the worker as two processes of ours: started and stopped together."""

import signal
import socket
import subprocess  # our own programs, by list
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from safeboard.foundation.kernel.errors import BadInput, Problem

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WEB_PROCESSES = 4
"""Two a core of a small server: a lasting connection stays with the process that took it, and where one has more than
its share the machine's own sharing of the cores evens it out. Measured in docs/benchmarks.md."""
THREADS = 2
"""In a process: one page may wait for the database while another is made; more of them only make each other slower."""
LONGEST_STOP_SECONDS = 20
"""How long running work may take to end before it is ended."""
LIVED_SECONDS = 10
MOST_EARLY_ENDS = 5
"""A process that ends within so many seconds has not lived; after so many such ends it is not started again."""


def web(host: str, port: int, processes: int) -> list[str]:
    """The web server's command."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(processes), "--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning"),
        "safeboard.site.wsgi:application",
    ]


def worker() -> list[str]:
    """The worker's command: jobs and what is due at night."""
    return [sys.executable, "-m", "django", "procrastinate", "--verbosity=0", "worker"]


def refuse_taken_port(host: str, port: int) -> None:
    """BadInput where somebody else listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(
                Problem(
                    message="The web server cannot listen there: another program does, or it is not our address.",
                    element="--port",
                    found=f"{host}:{port}",
                    remedy="Stop the other program, or give another --port.",
                )
            ) from error


def keep_running(commands: Sequence[Sequence[str]], *, port: int, host: str, said: str) -> int:
    """Run the commands until we are told to stop; one that ends (the database was away, say) is started again.

    What is `said` is printed once somebody listens at the port: whoever follows the address then finds the house.
    0 when told to stop; 1 when a command ends again and again as soon as it is started: the others are stopped then.
    """
    with _started(commands) as running:
        try:
            up = False
            while all(child.look_after() for child in running):
                if not up and (up := _listens(host, port)):
                    print(said, flush=True)
                time.sleep(0.2)
        except KeyboardInterrupt:
            return 0
        return 1


def _listens(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


class _Child:
    """One command, started again when it ends, with longer waits in between."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = list(command)
        self.early_ends = 0
        self.start()

    def start(self) -> None:
        # In a group of its own: Ctrl-C reaches us alone, and we stop the children in order.
        self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603
        self.started_at = time.monotonic()

    def look_after(self) -> bool:
        """Start it again if it has ended. False when that is of no use."""
        if self.process.poll() is None:
            return True
        lived = time.monotonic() - self.started_at
        self.early_ends = self.early_ends + 1 if lived < LIVED_SECONDS else 0
        if self.early_ends > MOST_EARLY_ENDS:
            return False
        time.sleep(self.early_ends)
        self.start()
        return True

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(LONGEST_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def _started(commands: Sequence[Sequence[str]]) -> Iterator[list[_Child]]:
    running: list[_Child] = []
    try:
        for command in commands:
            running.append(_Child(command))
        yield running
    finally:
        for child in running:
            child.stop()


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Being told to end, and the terminal being closed, stop things in order as Ctrl-C does, from the first moment."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for number in STOP_SIGNALS:  # once: a second one must not interrupt the stopping
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
