"""A house opened for work: its settings put into the environment, its database up, Django ready."""

import fcntl
import os
import subprocess  # the server's own programs, by list
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from django.db import OperationalError, connection

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
        _refuse_without_database()
        yield house
    finally:
        if server is not None and started:
            server.stop()


@contextmanager
def opened_as_begun(house: House) -> Iterator[House]:
    """The same for work on a house that is there already. BadInput, and no folder made, where there is none."""
    if house.server is not None and not (house.server.data / "PG_VERSION").exists():
        raise BadInput(_no_house(str(house.folder)))
    with opened(house):
        if "audit_trailblock" not in connection.introspection.table_names():
            raise BadInput(_no_house("a database without our tables"))
        yield house


@contextmanager
def opened_alone(house: House) -> Iterator[House]:
    """The same for who serves the house: nobody else serves it meanwhile, and its server is stopped at the end.

    One found up is stopped too: it was left by somebody who was ended before they could stop it. Where DATABASE_URL
    names the server, several machines may serve from it.
    """
    make_folder(house.folder)
    if house.server is None:
        with opened(house):
            yield house
        return
    with (house.folder / "serving").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BadInput(_served_already(house.folder)) from error
        try:
            with opened(house):
                yield house
        finally:
            house.server.stop()


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


def _refuse_without_database() -> None:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise BadInput(
            Problem(
                message=f"The database cannot be reached. It says: {str(error).strip()}",
                element="DATABASE_URL",
                remedy="See that the server runs, and that the name, role and password are right.",
            )
        ) from error


def _no_house(found: str) -> Problem:
    return Problem(
        message="There is no house here.",
        element="--data",
        found=found,
        expected="a house begun by ./run serve, ./run demo, ./run area or ./run roles",
        remedy="Name the house's folder with --data (that of ./run demo is demo-house), or its DATABASE_URL.",
    )


def _served_already(folder: Path) -> Problem:
    return Problem(
        message="This house is being served already.",
        element="--data",
        found=str(folder),
        remedy="Use that one, stop it first, or name another folder.",
    )
