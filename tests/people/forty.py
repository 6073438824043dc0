"""A synthetic family of forty over four generations, built as its workers would: through the services."""

from datetime import date
from typing import Any

from safeboard.casework.people import services
from safeboard.casework.people.codes import PersonKind, RelationshipKind
from safeboard.casework.people.models import Person, Relationship
from safeboard.casework.people.search_first import Searched
from tests.house.synthetic import NOW, House

Kind = RelationshipKind
GONE = date(2021, 6, 30)

WHO: dict[str, tuple[str, int | None]] = {
    # great-grandparents, grandparents and the grandfather's second wife
    "Agnes Ashcombe": ("F", 1930),
    "Bertram Ashcombe": ("M", 1928),
    "Cecily Ashcombe": ("F", 1955),
    "Douglas Birchley": ("M", 1952),
    "Edith Coldwell": ("F", 1957),
    "Frank Coldwell": ("M", 1954),
    "Gloria Coldwell-Hathersage": ("F", 1963),
    # the parents, their brothers and sisters, and all partners there were
    "Harriet Birchley": ("F", 1985),
    "Ivor Coldwell": ("M", 1983),
    "Jack Birchley": ("M", 1981),
    "Kate Birchley": ("F", 1983),
    "Laura Birchley-Wolverhampton": ("F", 1988),
    "Martin Dunmore": ("M", 1986),
    "Nigel Coldwell": ("M", 1994),
    "Olive Elmstead": ("F", 1980),
    "Peter Elmstead": ("M", 1979),
    "Quentin Fernhurst": ("M", 1982),
    "Rashid Greenhalt": ("M", 1984),
    "Stefan Hollins": ("M", 1987),
    "Tamsin Ivybridge": ("F", 1990),
    "Ursula Jessop": ("F", 1995),
    # the children
    "Robin Coldwell": ("M", 2018),
    "Violet Coldwell": ("F", 2016),
    "Will Fernhurst": ("M", 2006),
    "Xanthe Fernhurst": ("F", 2008),
    "Yusuf Greenhalt": ("M", 2013),
    "Unborn Hollins": ("U", None),
    "Zoe Hollins": ("F", 2012),
    "Adam Coldwell": ("M", 2022),
    "Bella Coldwell": ("F", 2024),
    "Carl Ivybridge": ("M", 2014),
    "Daisy Birchley": ("F", 2009),
    "Edward Birchley": ("M", 2011),
    "Fay Birchley": ("F", 2014),
    "George Dunmore": ("M", 2015),
    "Hope Dunmore": ("F", 2017),
    "Isla Dunmore": ("F", 2019),
    "Jude Elmstead": ("M", 2007),
    "Kim Elmstead": ("U", 2010),
    "Leo Jessop-Coldwell": ("M", 2020),
}
ROBIN = "Robin Coldwell"

COUPLES = (
    ("Agnes Ashcombe", "Bertram Ashcombe", Kind.SPOUSE, None),
    ("Cecily Ashcombe", "Douglas Birchley", Kind.SPOUSE, None),
    ("Edith Coldwell", "Frank Coldwell", Kind.SPOUSE, GONE),
    ("Frank Coldwell", "Gloria Coldwell-Hathersage", Kind.SPOUSE, None),
    ("Harriet Birchley", "Quentin Fernhurst", Kind.SPOUSE, GONE),
    ("Harriet Birchley", "Rashid Greenhalt", Kind.PARTNER, GONE),
    ("Harriet Birchley", "Ivor Coldwell", Kind.PARTNER, GONE),
    ("Harriet Birchley", "Stefan Hollins", Kind.PARTNER, None),
    ("Ivor Coldwell", "Tamsin Ivybridge", Kind.PARTNER, None),
    ("Jack Birchley", "Kate Birchley", Kind.SPOUSE, None),
    ("Laura Birchley-Wolverhampton", "Martin Dunmore", Kind.SPOUSE, None),
    ("Olive Elmstead", "Peter Elmstead", Kind.SPOUSE, GONE),
    ("Nigel Coldwell", "Ursula Jessop", Kind.PARTNER, None),
)
CHILDREN = (
    (("Agnes Ashcombe", "Bertram Ashcombe"), ("Cecily Ashcombe",)),
    (("Cecily Ashcombe", "Douglas Birchley"), ("Harriet Birchley", "Jack Birchley", "Laura Birchley-Wolverhampton")),
    (("Edith Coldwell", "Frank Coldwell"), ("Ivor Coldwell", "Olive Elmstead")),
    (("Frank Coldwell", "Gloria Coldwell-Hathersage"), ("Nigel Coldwell",)),
    (("Harriet Birchley", "Ivor Coldwell"), (ROBIN, "Violet Coldwell")),
    (("Harriet Birchley", "Quentin Fernhurst"), ("Will Fernhurst", "Xanthe Fernhurst")),
    (("Harriet Birchley", "Rashid Greenhalt"), ("Yusuf Greenhalt",)),
    (("Harriet Birchley", "Stefan Hollins"), ("Unborn Hollins",)),
    (("Stefan Hollins",), ("Zoe Hollins",)),
    (("Ivor Coldwell", "Tamsin Ivybridge"), ("Adam Coldwell", "Bella Coldwell")),
    (("Tamsin Ivybridge",), ("Carl Ivybridge",)),
    (("Jack Birchley", "Kate Birchley"), ("Daisy Birchley", "Edward Birchley", "Fay Birchley")),
    (("Laura Birchley-Wolverhampton", "Martin Dunmore"), ("George Dunmore", "Hope Dunmore")),
    (("Olive Elmstead", "Peter Elmstead"), ("Jude Elmstead", "Kim Elmstead")),
    (("Nigel Coldwell", "Ursula Jessop"), ("Leo Jessop-Coldwell",)),
)
OTHERS = (
    ("Laura Birchley-Wolverhampton", Kind.ADOPTIVE_PARENT, "Isla Dunmore"),
    ("Martin Dunmore", Kind.ADOPTIVE_PARENT, "Isla Dunmore"),
    ("Stefan Hollins", Kind.STEP_PARENT, ROBIN),
    ("Cecily Ashcombe", Kind.SPECIAL_GUARDIAN, "Xanthe Fernhurst"),
    ("Robin Coldwell", Kind.STEP_SIBLING, "Zoe Hollins"),
)


def forty(here: House) -> Person:
    """The child whose network has all forty."""
    by = here.viewer("social_worker")
    people: dict[str, Person] = {}
    for name, (sex, year) in WHO.items():
        given, family = name.split(" ", 1)
        who = PersonKind.UNBORN if year is None else PersonKind.CHILD if year > 2008 else PersonKind.ADULT
        born: dict[str, Any] = {"born_on": date(year, 5, 1)} if year else {"expected_on": date(2027, 1, 20)}
        searched = Searched(by.user.pk, by.seat.pk, NOW)
        people[name] = services.add_person(
            kind=who, given=given, family=family, sex=sex, searched=searched, by=by, **born
        )
    for one, other, kind, ended in COUPLES:
        relate(people[one], people[other], kind, by, ends_on=ended)
    for parents, children in CHILDREN:
        for parent in parents:
            for child in children:
                relate(people[parent], people[child], Kind.PARENT, by)
    for one, kind, other in OTHERS:
        relate(people[one], people[other], kind, by)
    services.record_death(person=people["Douglas Birchley"], died_on=date(2019, 2, 3), by=by)
    for title, members in (
        ("Harriet and Stefan's household", ("Harriet Birchley", "Stefan Hollins", ROBIN, "Violet Coldwell")),
        ("Grandmother's household", ("Cecily Ashcombe", "Xanthe Fernhurst")),
    ):
        first, *rest = (people[each] for each in members)
        services.add_household(person=first, title=title, members=rest, by=by)
    return people[ROBIN]


def relate(one: Person, other: Person, kind: RelationshipKind, by: Any, **days: Any) -> Relationship:
    return services.add_relationship(
        person=one, other=other, kind=kind, said_by="mother", confirmed=True, by=by, **days
    )
