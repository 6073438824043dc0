"""Verify the audit trail and say in words what was found."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from safeboard.foundation.audit.chain import verify


class Command(BaseCommand):
    help = "Verify the audit trail's chain."

    def handle(self, **_: Any) -> None:
        verified = verify()
        for number, wrong in verified.wrong:
            self.stderr.write(f"Entry {number}: {wrong}.")
        if verified.wrong:
            self.stderr.write(
                f"The trail is NOT whole: {len(verified.wrong)} things wrong in {verified.entries} entries."
            )
            sys.exit(1)
        self.stdout.write(f"The trail is whole: {verified.entries} entries, each following from the one before.")
