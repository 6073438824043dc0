"""`./run verify-audit`: whether the audit trail is as it was written."""

import argparse
import os

from django.core.management import call_command

from safeboard.foundation.audit.chain import BEGINNING, State
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.site.house.opening import opened_as_begun
from safeboard.site.verbs.house_words import add_data, house_of

NAME = "verify-audit"
PURPOSE = "Work the audit trail's chain out again: exit 0 if it is whole, 1 if an entry was changed, removed or added."
EXAMPLE = "./run verify-audit --data demo-house\n  ./run verify-audit --since 4711 0f3c..."


def add_words(words: argparse.ArgumentParser) -> None:
    add_data(words)
    words.add_argument(
        "--since",
        nargs=2,
        metavar=("NUMBER", "HASH"),
        help="a state printed earlier: fails if what led to it was rewritten, and reads only what came after",
    )


def work(asked: argparse.Namespace) -> int:
    with opened_as_begun(house_of(asked, os.environ.get("SAFEBOARD_MODE", "local"))):
        call_command("verify_audit", since=_state(*asked.since) if asked.since else BEGINNING)
    return 0


def _state(number: str, kept: str) -> State:
    if number.isascii() and number.isdigit():
        return State(int(number), kept)
    remedy = "Give the number and the state as they were printed."
    raise BadInput(Problem("This is not the number of a state.", remedy, element="--since", found=number))
