"""Contacts of a synthetic house."""

from safeboard.tools.contacts.codes import Part
from safeboard.tools.contacts.models import Contact
from safeboard.tools.contacts.services import Entry, add_contact
from tests.house.synthetic import House


def an_entry(here: House, kind: str = "police", name: str = "Duty desk", **more: str) -> Entry:
    return Entry(agency=here.agencies[kind], part=Part.DUTY, name=name, **{"telephone": "01632 960001", **more})


def a_contact(here: House, kind: str = "police", name: str = "Duty desk") -> Contact:
    return add_contact(entry=an_entry(here, kind, name), by=here.viewer("business_manager"))
