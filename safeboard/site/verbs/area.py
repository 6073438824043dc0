"""`./run area`: begins an area, with its board and its first administrator."""

import argparse
import os

from django.core.management import call_command

from safeboard.site.house.migrating import migrate
from safeboard.site.house.opening import opened
from safeboard.site.verbs.house_words import add_data, house_of

NAME = "area"
PURPOSE = "Begin an area: its board and its first administrator, who chooses a password by the link printed."
EXAMPLE = './run area E08000026 --administrator ada@example.gov.uk --name "Ada Oak" --address https://safeboard.example'


def add_words(words: argparse.ArgumentParser) -> None:
    add_data(words)
    words.add_argument("area", help="the area's ONS code, three-digit code or name")
    words.add_argument("--administrator", required=True, metavar="EMAIL", help="the first administrator's address")
    words.add_argument("--name", required=True, help="the first administrator's name")
    known = os.environ.get("SAFEBOARD_ADDRESS", "")
    words.add_argument("--address", default=known, help="where the house is found (default: SAFEBOARD_ADDRESS)")


def work(asked: argparse.Namespace) -> int:
    given = {"administrator": asked.administrator, "name": asked.name, "address": asked.address}
    with opened(house_of(asked, os.environ.get("SAFEBOARD_MODE", "local"))):
        migrate()
        call_command("begin_area", asked.area, **given)
    return 0
