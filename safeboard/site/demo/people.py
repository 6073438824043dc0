"""The demonstration's families: some sixty, of every shape that the pages must show, plainly synthetic."""

from collections.abc import Callable, Sequence
from datetime import date
from random import Random
from typing import Final

from django.conf import settings
from django.db import transaction

from safeboard.casework.people.codes import AddressKind, NameKind, RelationshipKind
from safeboard.casework.people.models import Address, Person, PersonAddress, PersonName
from safeboard.foundation.access.models import Involvement, User
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.agencies.models import Agency
from safeboard.site.demo.family_making import Gathered

FAMILIES: Final = 60
SEED: Final = "demonstration families"
BEFORE_ADOPTION: Final = "Formerham"
"""The name, borne by nobody else, of a child whose record is sealed and of the birth mother."""
Kind = RelationshipKind


class NotADemonstration(RuntimeError):
    """Synthetic people were about to be written into a house that holds real records."""


@transaction.atomic
def make_people(agencies: Sequence[Agency], users: Sequence[User], today: date) -> None:
    """Fill an empty demonstration once. Refuses every other house."""
    if not settings.DEMO:
        raise NotADemonstration("Only a demonstration house is filled with synthetic people.")
    if Person.objects.exists():
        return
    made = Gathered(agencies[0].area_id, {agency.name: agency for agency in agencies}, today, Random(SEED))  # noqa: S311
    for number in range(FAMILIES):
        SHAPES[number % len(SHAPES)](made)
    sealed_after_adoption(made)  # last, so that it changes none of the others
    made.save()
    _involve(made, users)


def _involve(made: Gathered, users: Sequence[User]) -> None:
    """The school and the health services work with some of the children, so that their people see somebody."""
    keeper = next(user for user in users if user.seats.filter(role="social_worker").exists())
    children = [person for person in made.rows[Person] if person.kind == "child"]
    for place, name in enumerate(("North Primary School", "Hospital Trust", "City Police")):
        Involvement.objects.bulk_create(
            Involvement(
                kind="person",
                object_id=str(child.pk),
                agency=made.agencies[name],
                why="Works with the child",
                said_by=keeper,
                starts_on=made.day(0.5),
            )
            for child in children[place::9]
        )


def together(made: Gathered) -> None:
    """A couple with children and grandparents on one side."""
    name, rng = made.surname(), made.rng
    mother, father = made.person(name, "F", 33), made.person(name, "M", 36)
    children = [made.person(name, rng.choice("FM"), years) for years in (11, 8, 3)[: rng.randrange(1, 4)]]
    grandmother, grandfather = made.person(made.surname(), "F", 61), made.person(name, "M", 66)
    made.tie(mother, Kind.SPOUSE, father, since=made.day(12))
    made.parents(mother, father, of=children)
    made.parents(grandmother, grandfather, of=[father])
    made.tie(grandmother, Kind.SPOUSE, grandfather, since=made.day(40))
    made.home("Family home", mother, father, *children, since=made.day(6))
    if rng.random() < 0.4:
        made.flag(children[0], "young carer", "Young Carers Charity")


def stepfamily(made: Gathered) -> None:
    """Parents who have parted, the mother's new partner, and a half-brother or half-sister."""
    name, new, rng = made.surname(), made.surname(), made.rng
    mother, father = made.person(new, "F", 34), made.person(name, "M", 37)
    partner = made.person(new, "M", 35)
    older = [made.person(name, rng.choice("FM"), years) for years in (13, 10)]
    younger = [made.person(new, rng.choice("FM"), 2)]
    made.tie(mother, Kind.SPOUSE, father, since=made.day(15), ends_on=made.day(5))
    made.tie(mother, Kind.PARTNER, partner, since=made.day(4))
    made.parents(mother, father, of=older)
    made.parents(mother, partner, of=younger)
    made.tie(partner, Kind.STEP_PARENT, *older)
    where = made.home("Mother's household", mother, partner, *older, *younger, since=made.day(4))
    made.home("Father's home", father, since=made.day(5))
    made.keep(PersonName(person=mother, kind=NameKind.FORMER, given="", family=name, ends_on=made.day(4)))
    if rng.random() < 0.5:
        made.warn(partner, "dangerous dog", "Ring before you come: the dog is shut in the kitchen.", where)


def fled(made: Gathered) -> None:
    """A mother in hiding with her child, another on the way; the father must not learn where."""
    name = made.surname()
    mother, father = made.person(name, "F", 27), made.person(made.surname(), "M", 31)
    child = made.person(name, made.rng.choice("FM"), 5)
    unborn = made.unborn(name, made.rng.randrange(4, 26))
    made.tie(mother, Kind.PARTNER, father, since=made.day(7), ends_on=made.day(0.3))
    made.parents(mother, father, of=[child, unborn])
    refuge = Address(area_id=made.area, lines="Refuge, care of the office, 1 Example Street, Sampleton")
    made.keep(refuge)
    for person in (mother, child):
        row = PersonAddress(person=person, address=refuge, kind=AddressKind.SAFE_CONTACT)
        row.sensitivity = Sensitivity.SENSITIVE
        made.keep(row)
        made.warn(person, "address withheld", "Tell nobody where they are, the father least.")
    made.warn(mother, "do not telephone", "He has her old telephone. Write to the refuge's office.", review=-20)
    made.home("Father's home", father, since=made.day(3))
    made.flag(unborn, "unborn protection", "Hospital Trust", 200, "Ring the duty team from the labour ward.")
    made.flag(mother, "marac", "City Police")


def kinship(made: Gathered) -> None:
    """Grandparents with special guardianship; the mother has died."""
    name, rng = made.surname(), made.rng
    grandmother, grandfather = made.person(name, "F", 58), made.person(name, "M", 60)
    mother = made.person(name, "F", 29, died_on=made.day(1))
    aunt = made.person(name, "F", 33)
    father = made.person(made.surname(), "M", 32)
    children = [made.person(name, rng.choice("FM"), years) for years in (9, 6)]
    made.tie(grandmother, Kind.SPOUSE, grandfather, since=made.day(35))
    made.parents(grandmother, grandfather, of=[mother, aunt])
    made.parents(mother, father, of=children)
    made.tie(grandmother, Kind.SPECIAL_GUARDIAN, *children, confirmed=True)
    made.home("Grandparents' home", grandmother, grandfather, *children, since=made.day(1))
    made.flag(children[0], "court order", "Children's Social Care", 300, "Contact with the father is supervised.")


def fostered(made: Gathered) -> None:
    """Two children with foster carers, a third adopted into another family."""
    name, other, rng = made.surname(), made.surname(), made.rng
    mother = made.person(name, "F", 30)
    father = made.person(made.surname(), "M", 34, sensitivity=Sensitivity.SEALED)
    children = [made.person(name, rng.choice("FM"), years) for years in (12, 7)]
    adopted = made.person(other, rng.choice("FM"), 3, sensitivity=Sensitivity.SENSITIVE)
    carers = [made.person(made.surname(), "F", 49), made.person(made.surname(), "M", 52)]
    parents = [made.person(other, "F", 39), made.person(other, "M", 41)]
    made.parents(mother, father, of=children)
    made.tie(mother, Kind.PARENT, adopted)
    made.tie(parents[0], Kind.SPOUSE, parents[1], since=made.day(9))
    for parent in parents:
        made.tie(parent, Kind.ADOPTIVE_PARENT, adopted, confirmed=True)
    made.tie(carers[0], Kind.SPOUSE, carers[1], since=made.day(20))
    for carer in carers:
        made.tie(carer, Kind.FOSTER_CARER, *children, confirmed=True)
    made.home("Foster home", *carers, *children, since=made.day(2))
    for child in children:
        made.flag(child, "looked after", "Children's Social Care", 180)
    made.warn(mother, "violence", "Has threatened staff: meet her at the office only.")


def three_partners(made: Gathered) -> None:
    """A mother of five by three partners, her own parents, a brother with children."""
    name, rng = made.surname(), made.rng
    mother = made.person(name, "F", 38)
    partners = [made.person(made.surname(), "M", years) for years in (42, 40, 35)]
    broods = [[made.person(name, rng.choice("FM"), years) for years in ages] for ages in ((17, 15), (11, 9), (1,))]
    for place, (partner, brood) in enumerate(zip(partners, broods, strict=True)):
        over = {"ends_on": made.day((12, 6)[place])} if place < 2 else {}
        made.tie(mother, Kind.PARTNER, partner, since=made.day((19, 12, 3)[place]), **over)
        made.parents(mother, partner, of=brood)
    grandmother = made.person(name, "F", 64)
    grandfather = made.person(name, "M", 70, died_on=made.day(3))
    brother, wife = made.person(name, "M", 41), made.person(made.surname(), "F", 40)
    cousins = [made.person(name, rng.choice("FM"), years) for years in (14, 12)]
    made.tie(grandmother, Kind.SPOUSE, grandfather, since=made.day(45))
    made.parents(grandmother, grandfather, of=[mother, brother])
    made.tie(brother, Kind.SPOUSE, wife, since=made.day(16))
    made.parents(brother, wife, of=cousins)
    made.tie(partners[2], Kind.STEP_PARENT, *broods[1])
    made.home("Mother's household", mother, partners[2], *broods[1], *broods[2], since=made.day(3))
    made.home("Grandmother's home", grandmother, broods[0][1], since=made.day(8))
    made.flag(broods[0][0], "missing", "City Police", 3, "Third time this month.")
    made.flag(broods[0][0], "exploitation", "City Police", 90)


def alone(made: Gathered) -> None:
    """A young mother, the father not named; a friend of the family helps."""
    name = made.surname()
    mother = made.person(name, "F", 19)
    baby = made.person(name, made.rng.choice("FM"), 0.4, born_on=made.day(0.2, 90))
    friend = made.person(made.surname(), "F", 45)
    made.tie(mother, Kind.PARENT, baby, confirmed=True)
    made.tie(friend, Kind.FRIEND, mother)
    made.tie(friend, Kind.CARER, baby)
    made.home("Mother and baby", mother, baby, since=made.day(0.5))
    made.keep(PersonName(person=mother, kind=NameKind.KNOWN_AS, given="Bobbie", family=name))
    made.flag(baby, "protection plan", "Children's Social Care", 120)


def sealed_after_adoption(made: Gathered) -> None:
    """The record that a child had before an adoption: sealed, and so not found from the birth mother's either."""
    mother = made.person(BEFORE_ADOPTION, "F", 26)
    child = made.person(BEFORE_ADOPTION, "F", 5, sensitivity=Sensitivity.SEALED)
    made.parents(mother, of=[child])


SHAPES: Final[tuple[Callable[[Gathered], None], ...]] = (
    together,
    stepfamily,
    fled,
    kinship,
    fostered,
    three_partners,
    alone,
)
