"""Fill a demonstration house and print the links that sign in as each of its users. Refuses any other house."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from safeboard.foundation.access.models import User
from safeboard.foundation.access.roles import roles
from safeboard.foundation.signing_in.demo import demo_link
from safeboard.site.demo.access_reviews import make_access_reviews
from safeboard.site.demo.actions import make_actions
from safeboard.site.demo.contacts import make_contacts
from safeboard.site.demo.duplicates import make_duplicates
from safeboard.site.demo.people import make_people
from safeboard.site.demo.performance import ask_for_city
from safeboard.site.demo.readings import make_sample
from safeboard.site.demo.users import make_agencies, make_area, make_users

HEADINGS = ("User", "Role", "Agency", "Link that signs in")


class Command(BaseCommand):
    help = "Fill a demonstration house with synthetic records."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="http://localhost:8000")

    def handle(self, *, address: str, **_: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only a demonstration house is filled with synthetic records: ./run demo.")
        area = make_area()
        agencies = make_agencies(area)
        users = make_users(agencies)
        make_actions(agencies, users, timezone.localdate())
        make_people(agencies, users, timezone.localdate())
        make_duplicates(area, timezone.localdate())
        ask_for_city(area)
        make_contacts(agencies, users, timezone.localdate())
        make_sample(area, users, timezone.now())
        make_access_reviews(agencies, users, timezone.now())
        self.stdout.write(
            "A user for each role. Each link signs in once; start the demonstration again for new ones.\n"
        )
        for line in lined_up([HEADINGS, *(row_of(user, address) for user in users)]):
            self.stdout.write(line)


def row_of(user: User, address: str) -> Sequence[str]:
    """A user by the seat that the demonstration gave them, with their link."""
    seat = user.seats.order_by("id")[0]  # somebody may have given them others
    return user.name, roles()[seat.role].title, seat.agency.name, f"{address}{demo_link(user)}"


def lined_up(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines with their columns below one another, as wide as the widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
