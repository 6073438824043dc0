"""What the rooms above tell those who look after the trail: surnames and addresses of records."""

from collections.abc import Collection, Mapping
from uuid import UUID

from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.models import PersonAddress, PersonName
from safeboard.foundation.watching.rules import Address, Told, surnames_in
from safeboard.foundation.watching.told import tells


def people_told(keys: Collection[str]) -> Mapping[str, Told]:
    """Every surname and address, past ones too, of people by key. Read by the worker alone, and not stored."""
    surnames: dict[str, set[str]] = {}
    addresses: dict[str, set[Address]] = {}
    people = [key for each in keys if (key := _key(each)) is not None]
    for key, family in PersonName.objects.filter(person__in=people).values_list("person_id", "family"):
        for word in family.split()[-1:]:
            surnames.setdefault(str(key), set()).update(surnames_in(word))
    rows = PersonAddress.objects.filter(person__in=people).values_list(
        "person_id", "address__postcode", "address__lines"
    )
    for key, postcode, lines in rows:
        addresses.setdefault(str(key), set()).add((postcode, lines))
    return {key: Told(frozenset(surnames.get(key, ())), frozenset(addresses.get(key, ()))) for key in keys}


def _key(text: str) -> UUID | None:
    """None for what is no key of a person: one odd entry of the trail must not stop the looking through all others."""
    try:
        return UUID(text)
    except ValueError:
        return None


tells(PERSON, people_told)
