"""A scrubbed copy of a house, made from a backup: for training, or to look for a fault with no real person in it.

The live house is never touched, nor even asked. The backup is restored into a database server that exists only
meanwhile, on a socket in a private folder; it is scrubbed there, looked through, and taken out again as a dump, so that
nothing of an original stays in the copy's own files, not even where the database keeps what was overwritten.
"""

import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections
from pyrage import x25519

from safeboard.foundation.database.server import OWNER, Server
from safeboard.foundation.keeping.scrubbing import Scrubber
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.site.house.backup import dumped, gather_statistics, restore_database, restore_dump
from safeboard.site.house.leftovers import leftovers, mend_kept_texts, originals
from safeboard.site.house.opening import DATABASE, make_database
from safeboard.site.house.scrubbing import scrub, without_triggers
from safeboard.tools.actions.evidence import place_of
from safeboard.tools.actions.models import Evidence

LEFT_OUT = b"The file that was here is not in this copy.\n"


def restore_scrubbed(backup: Path, key: x25519.Identity, database: str) -> None:
    """Put a scrubbed copy of the backup into an empty database of this name on the house's server. No file comes along.

    BadInput, and nothing in that database, where the copy would still tell of somebody.
    """
    with tempfile.TemporaryDirectory(prefix="sb-") as folder:
        Path(folder).chmod(0o711)  # as a house's own: the server is not run as root
        dump = Path(folder) / "scrubbed.dump"
        server = Server(Path(folder) / "pg", quick=True)
        try:
            server.start()
            make_database(server)
            with connected_to(server):
                restore_database(backup, key, DATABASE)
                scrub_what_is_connected()
                with dump.open("wb") as to:
                    dumped()(to)
        finally:
            server.stop()
        with dump.open("rb") as scrubbed:
            restore_dump(scrubbed, database, backup)
    gather_statistics()
    put_files_in_place()
    settings.SCRUBBED_MARK.touch()


def scrub_what_is_connected() -> None:
    """Scrub the database that is connected, with a secret that nobody ever learns, and see that nothing is left."""
    call_command("migrate", verbosity=0, interactive=False)
    told = originals()
    scrubber = Scrubber(secrets.token_bytes(32), told.names, told.told_in)
    try:
        with without_triggers():
            scrub(scrubber)
            mend_kept_texts(told, scrubber)
    except DatabaseError as error:
        # Without its own words, which hold the row.
        raise BadInput(_not_taken(error)) from None
    if left := leftovers(told):
        raise BadInput(_still_tells(left))


def put_files_in_place() -> None:
    """A short text for each file of the original, and records that say so: record and file agree in a copy too."""
    for evidence in Evidence.objects.exclude(file_name=""):
        place = place_of(evidence)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(LEFT_OUT)
    Evidence.objects.exclude(file_name="").update(
        file_name="left-out.txt", media_type="text/plain", size=len(LEFT_OUT), sha256=sha256(LEFT_OUT).hexdigest()
    )


@contextmanager
def connected_to(server: Server) -> Iterator[None]:
    """The default connection, for a while, to another server."""
    default = connections["default"]
    other = default.copy()
    where = {"NAME": DATABASE, "USER": OWNER, "PASSWORD": "", "HOST": str(server.folder), "PORT": ""}
    other.settings_dict = {**default.settings_dict, **where}
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = default


def _not_taken(error: DatabaseError) -> Problem:
    said = getattr(error.__cause__, "diag", None)
    return Problem(
        message="The database did not take what was made up, so no copy was made.",
        found=f"table {said.table_name}, constraint {said.constraint_name}" if said else type(error).__name__,
        remedy="Tell who looks after this program which table and constraint these are.",
    )


def _still_tells(left: Sequence[str]) -> Problem:
    return Problem(
        message="The copy would still tell of somebody, so none was made.",
        found=f"something of the original in {', '.join(left)}",
        remedy="Tell who looks after this program which tables and columns these are; what stands in them, nobody.",
    )
