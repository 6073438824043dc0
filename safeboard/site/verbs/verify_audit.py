"""`./run verify-audit`: whether the audit trail is as it was written."""

import argparse
import os

from django.core.management import call_command

from safeboard.site.house.opening import opened
from safeboard.site.verbs.house_words import add_data, house_of

NAME = "verify-audit"
PURPOSE = "Work the audit trail's chain out again: exit 0 if it is whole, 1 if an entry was changed, removed or added."
EXAMPLE = "./run verify-audit --data demo-house"


def add_words(words: argparse.ArgumentParser) -> None:
    add_data(words)


def work(asked: argparse.Namespace) -> int:
    with opened(house_of(asked, os.environ.get("SAFEBOARD_MODE", "local"))):
        call_command("verify_audit")
    return 0
