"""Begin an area and say how its first administrator gets in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from safeboard.site.house.beginning import begin


class Command(BaseCommand):
    help = "Begin an area: its board and its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("area")
        parser.add_argument("--administrator", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--address", default="")

    def handle(self, *, area: str, administrator: str, name: str, address: str, **_: Any) -> None:
        link = begin(area, email=administrator, name=name)
        self.stdout.write(f"{area} is in the house. Its administrator signs in as {administrator}.")
        if link and address:
            self.stdout.write(f"To choose a password, within three days: {address.rstrip('/')}{link}")
        elif link:
            self.stdout.write("To choose a password, within three days, open this path at the address that")
            self.stdout.write(f"./run serve printed: {link}")
