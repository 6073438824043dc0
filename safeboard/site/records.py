"""What each kind of record is: its model, its name in words, its page. The one place that knows every room."""

from collections.abc import Collection, Mapping
from uuid import UUID

from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.models import Person
from safeboard.casework.people.selectors import shown
from safeboard.figures.performance.models import HouseSnapshot, PublishedReport, Upload
from safeboard.foundation.access.guards import OPENING, RESTRICTION
from safeboard.foundation.access.models import BreakGlass, Restriction
from safeboard.foundation.access.records import RecordKind, record_kind
from safeboard.foundation.access.viewer import Viewer
from safeboard.tools.actions.guards import ACTION, SOURCE
from safeboard.tools.actions.models import ActionItem, Source
from safeboard.tools.contacts.guards import CONTACT
from safeboard.tools.contacts.models import Contact


def names_of(viewer: Viewer, people: Collection[Person]) -> Mapping[UUID, str]:
    """Current names of people whom the viewer may open."""
    known = shown(viewer, [person.pk for person in people])
    return {key: who.name for key, who in known.items() if who}


record_kind(
    PERSON, RecordKind(Person, "person", "people:person", argument="person", titles=names_of, record="person's record")
)
record_kind(ACTION, RecordKind(ActionItem, "action", "actions:action"))
record_kind(SOURCE, RecordKind(Source, "source of actions", "actions:source"))
record_kind(CONTACT, RecordKind(Contact, "contact", "contacts:contact"))
record_kind(OPENING, RecordKind(BreakGlass, "opening by break-glass", "confidentiality:opening"))
record_kind(RESTRICTION, RecordKind(Restriction, "restriction", "confidentiality:restriction"))
record_kind("upload", RecordKind(Upload, "upload", "performance-upload"))
record_kind("snapshot", RecordKind(HouseSnapshot, "snapshot", "performance-snapshot"))
record_kind("published_report", RecordKind(PublishedReport, "report", "performance-report"))
