"""`./run restore`: a house out of a backup, into a new folder or an empty database."""

import argparse
import os
from pathlib import Path

from django.conf import settings

from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.site.house.backup import read_manifest, restore_database, restore_files, row_counts
from safeboard.site.house.keys import read_key
from safeboard.site.house.opening import DATABASE, opened
from safeboard.site.verbs.house_words import add_data, house_of

NAME = "restore"
PURPOSE = "Restore a house from a backup into an empty one. Nothing is ever overwritten."
EXAMPLE = "./run restore house.backup --key ../safeboard.key --data restored-house"


def add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("backup", type=Path, metavar="BACKUP")
    words.add_argument("--key", type=Path, required=True, metavar="FILE", help="the key it was written with")
    add_data(words)


def work(asked: argparse.Namespace) -> int:
    key = read_key(asked.key)
    manifest = read_manifest(asked.backup)
    with opened(house_of(asked, os.environ.get("SAFEBOARD_MODE", "local"))):
        _refuse_a_house_with_records(asked.data)
        restore_database(asked.backup, key, str(settings.DATABASES["default"]["NAME"] or DATABASE))
        restore_files(asked.backup, key, Path(settings.MEDIA_ROOT))
        if row_counts() != manifest["rows"]:
            raise BadInput(
                Problem(message="The restored house is not what the backup says.", remedy="Take another backup.")
            )
    print(f"{asked.data}: {sum(manifest['rows'].values()):,} rows restored, as of {manifest['made_at']}.")
    return 0


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
