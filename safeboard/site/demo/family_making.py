"""Synthetic people for the demonstration, gathered row by row and written together. The same seed, the same people."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from nhs_number.validate import is_valid

from safeboard.casework.people.codes import (
    COUPLES,
    MUTUAL,
    AddressKind,
    IdentifierKind,
    NameKind,
    PersonKind,
    RelationshipKind,
    SaidBy,
)
from safeboard.casework.people.models import (
    Address,
    Flag,
    Household,
    HouseholdMember,
    Identifier,
    Person,
    PersonAddress,
    PersonName,
    Relationship,
    SafetyWarning,
)
from safeboard.figures.city.draws import disabilities, pupil_number
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.agencies.models import Agency

ROOTS: Final = ("Mock", "Sample", "Test", "Model", "Fable", "Draft", "Proxy", "Paper", "Figment", "Pattern")
ENDINGS: Final = ("bury", "ford", "ham", "ley", "wick", "ton", "worth", "by")
GIRLS: Final = (
    *("Amina", "Beth", "Chloe", "Deepa", "Ella", "Fatima", "Grace", "Hana", "Isla", "Jasmine", "Kasia", "Leah"),
    *("Maya", "Nia", "Olivia", "Priya", "Ruby", "Sade", "Tia", "Uma", "Wiktoria", "Yasmin", "Zara", "Siân"),
)
BOYS: Final = (
    *("Adam", "Ben", "Callum", "Dawid", "Ethan", "Femi", "George", "Hassan", "Idris", "Jay", "Kai", "Luca"),
    *("Mohammed", "Noah", "Oscar", "Pavel", "Ravi", "Sam", "Tomasz", "Usman", "Will", "Yusuf", "Zac", "Séamus"),
)
STREETS: Final = ("Example Street", "Specimen Road", "Placeholder Close", "Fiction Lane", "Nowhere Avenue")
ETHNICITIES: Final = ("WBRI",) * 12 + ("WOTH", "MWBC", "MWAS", "AIND", "APKN", "ABAN", "BCRB", "BAFR", "CHNE", "NOBT")
LANGUAGES: Final = ("English",) * 14 + ("Punjabi", "Urdu", "Polish", "Somali", "Romanian", "Arabic")


WRITTEN_IN_ORDER: Final[tuple[type[Model], ...]] = (
    *(Person, PersonName, Address, Household, Identifier, PersonAddress, HouseholdMember, Relationship),
    *(SafetyWarning, Flag),
)
Row = TypeVar("Row", bound=Model)


@dataclass
class Gathered:
    """Rows not written yet. `today` is the demonstration's day."""

    area: int
    agencies: dict[str, Agency]
    today: date
    rng: Random
    rows: dict[type[Any], list[Any]] = field(default_factory=dict)
    number: int = 0

    def keep(self, row: Row) -> Row:
        self.rows.setdefault(type(row), []).append(row)
        return row

    def save(self) -> None:
        """Write everything, those first that others refer to."""
        for kind in WRITTEN_IN_ORDER:
            kind._default_manager.bulk_create(self.rows.get(kind, []))

    def day(self, years: float, spread: int = 300) -> date:
        """A day so many years ago, give or take."""
        return self.today - timedelta(days=int(years * 365.25) + self.rng.randrange(spread))

    def surname(self) -> str:
        return f"{self.rng.choice(ROOTS)}{self.rng.choice(ENDINGS)}"

    def person(self, family: str, sex: str, years: float, **fields: Any) -> Person:
        """Somebody so old, with a name, numbers and what the census asks."""
        self.number += 1
        rng = self.rng
        born = fields.pop("born_on", self.day(years))
        adult = years >= 18
        made = self.keep(
            Person(
                id=UUID(int=rng.getrandbits(128), version=4),
                area_id=self.area,
                agency=self.agencies["Children's Social Care"],
                kind=PersonKind.ADULT if adult else PersonKind.CHILD,
                born_on=born,
                born_estimated=rng.random() < 0.04,
                sex=sex,
                ethnicity=rng.choice(ETHNICITIES),
                disabilities=[] if adult else list(disabilities(rng)),
                first_language=(language := rng.choice(LANGUAGES)),
                interpreter=None if language == "English" else rng.random() < 0.5,
                sensitivity=fields.pop("sensitivity", Sensitivity.PERSONAL),
                added_at=timezone.make_aware(datetime.combine(self.day(0.1, 900), time(10))),
                **fields,
            )
        )
        given = rng.choice(GIRLS if sex == "F" else BOYS)
        self.keep(PersonName(person=made, kind=NameKind.CURRENT, given=given, family=family))
        self._numbers(made, years)
        return made

    def _numbers(self, person: Person, years: float) -> None:
        if self.rng.random() < 0.9:
            self._number(person, IdentifierKind.NHS, synthetic_nhs_number(self.number))
        if 4 <= years < 18:
            self._number(person, IdentifierKind.UPN, pupil_number(700_000_000 + self.number))
        if self.rng.random() < 0.3:
            self._number(person, IdentifierKind.LOCAL, f"H{self.number:06d}", self.agencies["Hospital Trust"])

    def _number(self, person: Person, kind: IdentifierKind, value: str, issuer: Agency | None = None) -> None:
        self.keep(Identifier(person=person, area_id=self.area, kind=kind, value=value, issuer=issuer))

    def unborn(self, family: str, weeks: int) -> Person:
        """A child expected in so many weeks."""
        made = self.keep(
            Person(
                id=UUID(int=self.rng.getrandbits(128), version=4),
                area_id=self.area,
                agency=self.agencies["Children's Social Care"],
                kind=PersonKind.UNBORN,
                expected_on=self.today + timedelta(weeks=weeks),
                added_at=timezone.make_aware(datetime.combine(self.day(0, 60), time(10))),
            )
        )
        self.keep(PersonName(person=made, kind=NameKind.CURRENT, given="Unborn", family=family))
        return made

    def tie(
        self, first: Person, kind: RelationshipKind, *others: Person, since: date | None = None, **more: Any
    ) -> None:
        """`first` is the `kind` of each of the others."""
        for other in others:
            one, two = (first, other) if kind not in MUTUAL or first.pk < other.pk else (other, first)
            said = {"said_by": self.rng.choice(list(SaidBy)), "confirmed": self.rng.random() < 0.8, **more}
            if kind in COUPLES:
                said["starts_on"] = since
            self.keep(Relationship(person=one, other=two, kind=kind, **said))

    def parents(self, *parents: Person, of: list[Person]) -> None:
        for parent in parents:
            self.tie(parent, RelationshipKind.PARENT, *of, confirmed=True)

    def home(self, title: str, *people: Person, since: date | None = None) -> Address:
        """A household at an address of its own, where they all live."""
        self.number += 1
        where = self.keep(
            Address(
                area_id=self.area,
                lines=f"{self.rng.randrange(1, 180)} {self.rng.choice(STREETS)}, Sampleton",
                postcode=f"ZZ{self.rng.randrange(1, 10)} {self.rng.randrange(1, 10)}AA",
                uprn=str(900_000_000_000 + self.number),
            )
        )
        household = self.keep(Household(area_id=self.area, address=where, title=title, starts_on=since))
        for person in people:
            start = max(each for each in (since, person.born_on) if each) if since and person.born_on else None
            self.keep(HouseholdMember(household=household, person=person, starts_on=start))
            self.keep(PersonAddress(person=person, address=where, kind=AddressKind.MAIN, starts_on=start))
        return where

    def warn(self, person: Person, kind: str, text: str, where: Address | None = None, review: int = 60) -> None:
        start = self.day(0, 80) - timedelta(days=max(-review, 0) + 10)
        due = self.today + timedelta(days=review)
        self.keep(SafetyWarning(person=person, kind=kind, text=text, address=where, starts_on=start, review_on=due))

    def flag(self, person: Person, kind: str, agency: str, days: int = 60, text: str = "") -> None:
        start = self.today - timedelta(days=self.rng.randrange(5, 120))
        runs_out = max(start, self.today + timedelta(days=days))
        self.keep(
            Flag(
                person=person,
                kind=kind,
                text=text,
                agency=self.agencies[agency],
                starts_on=start,
                expires_on=runs_out,
            )
        )


def synthetic_nhs_number(number: int) -> str:
    """A number of the range that the NHS keeps for tests, 999, with the last digit that fits."""
    start = 999_000_000 + number * 7
    for first in range(start, start + 7):
        digits = str(first)
        for last in range(10):
            if is_valid(f"{digits}{last}"):
                return f"{digits}{last}"
    raise ValueError(f"{number} leads to no number of the test range")
