"""A house opened for work: its settings put into the environment, its database up, Django ready."""

import os
import subprocess  # the server's own programs, by list
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django

from safeboard.foundation.database.server import OWNER, Server, programs
from safeboard.foundation.kernel.errors import BadInput, Problem

SETTINGS = "safeboard.site.settings"
DATABASE = "safeboard"


@dataclass(frozen=True, slots=True)
class House:
    """One house. `folder` keeps its key, files and, unless DATABASE_URL names another, its own database server."""

    folder: Path
    mode: str

    @property
    def server(self) -> Server | None:
        """The house's own database server; None where DATABASE_URL names another."""
        return None if os.environ.get("DATABASE_URL") else Server(self.folder / "postgres", quick=self.mode == "demo")

    def environment(self) -> Mapping[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "SAFEBOARD_MODE": self.mode,
            "SAFEBOARD_DATA": str(self.folder),
        }


@contextmanager
def opened(house: House) -> Iterator[House]:
    """The house's database is up and Django ready. A server started here is stopped at the end; one found up stays."""
    make_folder(house.folder)
    os.environ.update(house.environment())
    server = house.server
    started = server is not None and not server.running
    try:
        if server is not None and started:
            server.start()
            make_database(server)
        django.setup()
        yield house
    finally:
        if server is not None and started:
            server.stop()


def make_folder(folder: Path) -> None:
    """Private, but open for passing through: the database server, not run as root, has its own folder within."""
    try:
        (folder / "static").mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711)
    except OSError as error:
        raise BadInput(
            Problem(
                message=f"The folder of the house cannot be made or used: {error.strerror}.",
                element="--data",
                found=str(folder),
                remedy="Name a folder on a disk with room in which you may write.",
            )
        ) from error


def make_database(server: Server) -> None:
    """Make the house's database where there is none yet."""
    listed = _psql(server, "-At", "-c", "SELECT datname FROM pg_database")
    if DATABASE not in listed.split():
        _psql(server, "-c", f"CREATE DATABASE {DATABASE}")


def _psql(server: Server, *words: str) -> str:
    command = [
        str(programs() / "psql"),
        "-h",
        str(server.folder),
        "-U",
        OWNER,
        "-d",
        "postgres",
        "-v",
        "ON_ERROR_STOP=1",
    ]
    return subprocess.run([*command, *words], check=True, capture_output=True, text=True).stdout  # noqa: S603
