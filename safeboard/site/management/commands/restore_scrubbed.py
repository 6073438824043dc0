"""Puts a scrubbed copy of a backup into an empty house, and says how somebody gets into it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from safeboard.site.house.backup import row_counts
from safeboard.site.house.copying import restore_scrubbed
from safeboard.site.house.keys import read_key
from safeboard.site.house.opening import DATABASE
from safeboard.site.house.ways_in import ways_in


class Command(BaseCommand):
    """Called by `./run restore --scrub`, which has seen that the house is empty and not a live one."""

    help = "Put a scrubbed copy of a backup into an empty house."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path)
        parser.add_argument("--key", type=Path, required=True)
        parser.add_argument("--data", required=True)

    def handle(self, *args: Any, **given: Any) -> None:
        database = str(settings.DATABASES["default"]["NAME"] or DATABASE)
        restore_scrubbed(Path(given["backup"]), read_key(Path(given["key"])), database)
        self.stdout.write(
            f"{given['data']}: {sum(row_counts().values()):,} rows of a scrubbed copy. Nothing of an original was "
            "found in it.\nIt stays confidential all the same: how families hang together, and what became of whom, "
            f"is as it was.\nStart it with ./run serve --data {given['data']}. One user of each role chooses a "
            "password here, within three days:"
        )
        for role, address in ways_in(timezone.now()):
            self.stdout.write(f"  {role:<44}{address}")
