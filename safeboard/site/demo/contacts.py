"""The demonstration's contacts: whom to call at each agency, some of them not checked for long."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from safeboard.foundation.access.models import User
from safeboard.foundation.agencies.models import Agency
from safeboard.tools.contacts.codes import Part
from safeboard.tools.contacts.models import Contact

CONTACTS: Final = (
    ("Children's Social Care", Part.DUTY, "Duty desk", "Weekdays 9 to 5", 20),
    ("Children's Social Care", Part.OUT_OF_HOURS, "Emergency duty team", "Nights, weekends, bank holidays", 20),
    ("Children's Social Care", Part.CONFERENCES, "Robin Applegarth", "Two weeks before the date", 60),
    ("Children's Social Care", Part.ALLEGATIONS, "Jude Brackenwell", "Within one working day", 210),
    ("City Police", Part.POLICE_UNIT, "Child abuse investigation desk", "Any time", 45),
    ("City Police", Part.DOMESTIC_ABUSE, "Ari Copperdale", "", 45),
    ("Hospital Trust", Part.DESIGNATED_DOCTOR, "Dr Noor Dellwood", "Mondays and Thursdays", 100),
    ("Hospital Trust", Part.NAMED_NURSE, "Chris Eastmere", "", 230),
    ("Primary Care", Part.DESIGNATED_NURSE, "Lee Farrowby", "", 30),
    ("Primary Care", Part.CHILD_DEATHS, "Mo Grangefield", "", 150),
    ("City Council", Part.PRIVACY, "Information desk", "", 90),
    ("North Primary School", Part.LINK_TEACHER, "Alex Hawthornden", "Term time", 15),
    ("Young Carers Charity", Part.SAFEGUARDING_LEAD, "Kit Inglewood", "", 190),
    ("Probation Service", Part.SAFEGUARDING_LEAD, "Val Juniper", "", 70),
    ("Safeguarding Children Board", Part.TRAINING, "Training desk", "", 10),
    ("Safeguarding Children Board", Part.REVIEWS, "Sam Ivybridge", "", 10),
)
"""Agency, part, name, when, and how many days ago it was checked."""


def make_contacts(agencies: Sequence[Agency], users: Sequence[User], today: date) -> None:
    """Fill an empty list. Telephone numbers are of the range kept free for stories."""
    if Contact.objects.exists():
        return
    by_name = {agency.name: agency for agency in agencies}
    checked_by = next(user for user in users if user.email.startswith("business-manager"))
    Contact.objects.bulk_create(
        Contact(
            area=by_name[agency].area,
            agency=by_name[agency],
            part=part,
            name=name,
            telephone=f"01632 960{number:03}",
            when=when,
            checked_on=today - timedelta(days=days_ago),
            checked_by=checked_by,
        )
        for number, (agency, part, name, when, days_ago) in enumerate(CONTACTS, start=1)
    )
