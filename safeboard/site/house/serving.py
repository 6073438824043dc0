"""The web server and the worker as two processes of ours: started together, and stopped when either ends."""

import signal
import socket
import subprocess  # our own programs, by list
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from safeboard.foundation.kernel.errors import BadInput, Problem

LONGEST_STOP_SECONDS = 20
"""How long running work may take to end before it is ended."""


def web(host: str, port: int, processes: int) -> list[str]:
    """The web server's command."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(processes), "--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
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


def keep_running(commands: Sequence[Sequence[str]]) -> int:
    """Run the commands until one ends or we are told to stop; then stop the others. The exit status of the first."""
    with _stop_signals_as_interrupt(), _started(commands) as running:
        try:
            while all(process.poll() is None for process in running):
                time.sleep(0.2)
        except KeyboardInterrupt:
            return 0
        return next(process.returncode for process in running if process.returncode is not None) or 1


@contextmanager
def _started(commands: Sequence[Sequence[str]]) -> Iterator[list[subprocess.Popen[bytes]]]:
    # Each in a group of its own: Ctrl-C reaches us alone, and we stop them in order.
    running = [subprocess.Popen(list(command), start_new_session=True) for command in commands]  # noqa: S603
    try:
        yield running
    finally:
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(LONGEST_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def _stop_signals_as_interrupt() -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
