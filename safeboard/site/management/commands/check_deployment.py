"""Say everything unsafe in how this house is set up."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from safeboard.site.house.checking import unsafe


class Command(BaseCommand):
    help = "Look for anything unsafe in how the house is set up."
    requires_system_checks: list[str] = []

    def handle(self, **_: Any) -> None:
        problems = unsafe()
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            self.stderr.write(f"Not safe: {len(problems)} to mend.")
            sys.exit(1)
        self.stdout.write("Nothing unsafe was found.")
