"""`./run backup`: the whole house in one encrypted file, proved by restoring it."""

import argparse
import os
from pathlib import Path

from django.utils import timezone

from safeboard.site.house.backup import write_backup
from safeboard.site.house.keys import make_key, read_key
from safeboard.site.house.opening import opened_as_begun
from safeboard.site.house.proving import prove
from safeboard.site.verbs.house_words import add_data, house_of

NAME = "backup"
PURPOSE = "Write the whole house to one encrypted file, and prove it by restoring it beside the house."
EXAMPLE = "./run backup --make-key ../safeboard.key\n  ./run backup --key ../safeboard.key --to house.backup"


def add_words(words: argparse.ArgumentParser) -> None:
    add_data(words)
    words.add_argument("--make-key", type=Path, metavar="FILE", help="only make a key; keep it away from the house")
    words.add_argument("--key", type=Path, metavar="FILE", help="the key the backup is written with")
    words.add_argument("--to", type=Path, default=Path("house.backup"), metavar="FILE", help="the file to write")


def work(asked: argparse.Namespace) -> int:
    if asked.make_key:
        make_key(asked.make_key)
        print(f"{asked.make_key}: the key. Without it no backup opens; keep two copies, none of them in the house.")
        return 0
    key = read_key(asked.key or Path("(none given)"))
    with opened_as_begun(house_of(asked, os.environ.get("SAFEBOARD_MODE", "local"))):
        write_backup(asked.to, key, timezone.now())
        manifest = prove(asked.to, key)
    print(f"{asked.to}: {sum(manifest['rows'].values()):,} rows, restored and counted, its audit trail whole.")
    return 0
