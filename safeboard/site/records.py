"""What each kind of record is: its model, its name in words, its page. The one place that knows every room."""

from collections.abc import Collection, Mapping
from uuid import UUID

from safeboard.casework.people.codes import NameKind
from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.models import Person, PersonName
from safeboard.foundation.access.guards import OPENING, RESTRICTION
from safeboard.foundation.access.models import BreakGlass, Restriction
from safeboard.foundation.access.records import RecordKind, record_kind
from safeboard.foundation.access.viewer import Viewer
from safeboard.tools.actions.guards import ACTION, SOURCE
from safeboard.tools.actions.models import ActionItem, Source
from safeboard.tools.contacts.guards import CONTACT
from safeboard.tools.contacts.models import Contact


def names_of(viewer: Viewer, people: Collection[Person]) -> Mapping[UUID, str]:
    """Current names of people whom the viewer has been found to know of."""
    names = PersonName.objects.filter(person__in=people, kind=NameKind.CURRENT)
    return {person.pk: "Name not known" for person in people} | {name.person_id: name.full for name in names}


record_kind(PERSON, RecordKind(Person, "person", "people:person", argument="person", titles=names_of))
record_kind(ACTION, RecordKind(ActionItem, "action", "actions:action"))
record_kind(SOURCE, RecordKind(Source, "source of actions", "actions:source"))
record_kind(CONTACT, RecordKind(Contact, "contact", "contacts:contact"))
record_kind(OPENING, RecordKind(BreakGlass, "opening by break-glass", "confidentiality:opening"))
record_kind(RESTRICTION, RecordKind(Restriction, "restriction", "confidentiality:restriction"))
