"""Fill a demonstration house and print the links that sign in as each of its users. Refuses any other house."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from safeboard.foundation.access.roles import roles
from safeboard.foundation.signing_in.demo import demo_link
from safeboard.site.demo.actions import make_actions
from safeboard.site.demo.contacts import make_contacts
from safeboard.site.demo.duplicates import make_duplicates
from safeboard.site.demo.people import make_people
from safeboard.site.demo.performance import ask_for_city
from safeboard.site.demo.users import make_agencies, make_area, make_users


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
        self.stdout.write("Each link signs in once; start the demonstration again for new ones.")
        for user in users:
            seat = user.seats.get()
            who = f"{user.name:16} {roles()[seat.role].title:28} {seat.agency.name:28}"
            self.stdout.write(f"{who} {address}{demo_link(user)}")
