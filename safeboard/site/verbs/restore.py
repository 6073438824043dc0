"""`./run restore`: a house out of a backup, into a new folder or an empty database; with `--scrub` a copy of nobody."""

import argparse
import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.site.house.backup import gather_statistics, read_manifest, restore_database, restore_files, row_counts
from safeboard.site.house.keys import read_key
from safeboard.site.house.opening import DATABASE, opened
from safeboard.site.verbs.house_words import add_data, house_of

NAME = "restore"
PURPOSE = "Restore a house from a backup into an empty one. Nothing is ever overwritten."
EXAMPLE = (
    "./run restore house.backup --key ../safeboard.key --data restored-house\n"
    "  ./run restore house.backup --key ../safeboard.key --data training-house --scrub"
)

SERVED_AT = "http://127.0.0.1:8000"
"""Where `./run serve` is found if nothing else is said."""


def add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("backup", type=Path, metavar="BACKUP")
    words.add_argument("--key", type=Path, required=True, metavar="FILE", help="the key it was written with")
    add_data(words)
    words.add_argument(
        "--scrub",
        action="store_true",
        help="make a copy for training or for finding a fault, with no real person in it (docs/for-administrators.md)",
    )


def work(asked: argparse.Namespace) -> int:
    key = read_key(asked.key)
    manifest = read_manifest(asked.backup)
    mode = os.environ.get("SAFEBOARD_MODE", "local")
    if asked.scrub and mode == "production":
        raise BadInput(_not_among_the_living())
    os.environ.setdefault("SAFEBOARD_ADDRESS", SERVED_AT)
    with opened(house_of(asked, mode)):
        _refuse_a_house_with_records(asked.data)
        if asked.scrub:
            call_command("restore_scrubbed", str(asked.backup), key=str(asked.key), data=str(asked.data))
            return 0
        restore_database(asked.backup, key, str(settings.DATABASES["default"]["NAME"] or DATABASE))
        gather_statistics()
        restore_files(asked.backup, key, Path(settings.MEDIA_ROOT))
        if row_counts() != manifest["rows"]:
            raise BadInput(
                Problem(message="The restored house is not what the backup says.", remedy="Take another backup.")
            )
    print(f"{asked.data}: {sum(manifest['rows'].values()):,} rows restored, as of {manifest['made_at']}.")
    return 0


def _not_among_the_living() -> Problem:
    return Problem(
        message="A scrubbed copy is not made with the settings of a live house.",
        element="SAFEBOARD_MODE",
        found="production",
        remedy="Make it on another machine, or without SAFEBOARD_MODE and DATABASE_URL in the environment.",
    )


def _refuse_a_house_with_records(folder: Path) -> None:
    if row_counts():
        raise BadInput(
            Problem(
                message="There is a house here already, and a backup never overwrites one.",
                element="--data",
                found=str(folder),
                remedy="Name an empty folder (or, with DATABASE_URL, an empty database).",
            )
        )
