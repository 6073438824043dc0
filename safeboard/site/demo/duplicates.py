"""Two of the demonstration's children recorded a second time, as it happens, and found by the comparison."""

from datetime import date, timedelta

from django.utils import timezone

from safeboard.casework.matching.duplicates import propose_duplicates
from safeboard.casework.matching.models import Pair
from safeboard.casework.people.codes import AddressKind, NameKind, PersonKind
from safeboard.casework.people.models import Person, PersonAddress, PersonName
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.agencies.models import BoardArea

SECOND_TIMES = 2


def make_duplicates(area: BoardArea, on: date) -> None:
    """A second record of each of two children, by what somebody heard. Nothing happens where they are there already."""
    children = Person.objects.filter(
        area=area, kind=PersonKind.CHILD, sensitivity=Sensitivity.PERSONAL, born_on__lt=on - timedelta(days=1)
    )
    known = children.filter(addresses__kind=AddressKind.MAIN, addresses__ends_on=None).order_by("added_at", "pk")
    if Pair.objects.filter(one__area=area).exists():
        return
    for child in known.distinct()[:SECOND_TIMES]:
        _again(child)
    propose_duplicates(area, timezone.now())


def _again(child: Person) -> None:
    name = child.names.get(kind=NameKind.CURRENT)
    second = Person.objects.create(
        area=child.area,
        agency=child.agency,
        kind=child.kind,
        sex=child.sex,
        born_on=child.born_on,
        added_at=timezone.now(),
    )
    family = name.family[:-1] if len(name.family) > 5 else f"{name.family}e"
    PersonName.objects.create(person=second, kind=NameKind.CURRENT, given=name.given, family=family)
    for lived in child.addresses.filter(kind=AddressKind.MAIN, ends_on=None)[:1]:
        PersonAddress.objects.create(person=second, address=lived.address, kind=AddressKind.MAIN)
