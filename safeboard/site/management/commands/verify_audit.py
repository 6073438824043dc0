"""Verify the audit trail and say in words what was found."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from safeboard.foundation.audit.chain import BEGINNING, State, verify


class Command(BaseCommand):
    help = "Verify the audit trail's chain."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=State.parsed, default=BEGINNING)

    def handle(self, *, since: State, **_: Any) -> None:
        verified = verify(since)
        for what, number, wrong in verified.wrong:
            self.stderr.write(f"{what.capitalize()} {number}: {wrong}.")
        if verified.wrong:
            things = "1 thing is" if len(verified.wrong) == 1 else f"{len(verified.wrong)} things are"
            self.stderr.write(f"The trail is NOT whole: {things} wrong in {verified.entries} entries.")
            sys.exit(1)
        self.stdout.write(f"The trail is whole: {verified.entries} entries, each following from the one before.")
        self.stdout.write(f"Its state, to be kept elsewhere: {verified.state}")
