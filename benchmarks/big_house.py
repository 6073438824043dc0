"""A house with a million synthetic people and two hundred users, filled in a few minutes by COPY.

    python -m benchmarks.big_house --folder /tmp/big-house [--people 1000000] [--users 200] [--involved 50]

Names are as uneven as real ones: a hundredth are called by the commonest family name, and half the names are held by
few. Every third person has a former name; one in five hundred has a restricted record, open to five users. All have an
address that they share with two others and an NHS number (from 999, which nobody has), half have an agency's number.
Triggers are off while it is filled, so the trail holds nothing of it; the search index is then made in one go. Other
benchmarks call `prepare` within an opened house.
"""

import argparse
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from uuid import UUID

from safeboard.casework.matching.nicknames import pet_names
from safeboard.site.house.opening import House, opened

SEED = 20261125
NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
COMMON = (
    *("Smith", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Johnson", "Davies", "Patel", "Robinson"),
    *("Wright", "Thompson", "Evans", "Walker", "White", "Roberts", "Green", "Hall", "Wood", "Jackson"),
    *("Clarke", "Khan", "Ahmed", "Hussain", "Singh", "Kaur", "Begum", "Ali", "Murphy", "Kelly", "O'Brien"),
    *("Harris", "Martin", "Lewis", "Edwards", "Hughes", "Turner", "Hill", "Cooper", "Ward", "Moore"),
    *("Clark", "Morris", "Baker", "Harrison", "King", "Lee", "Allen", "Morgan", "James", "Scott"),
    *("Phillips", "Watson", "Davis", "Parker", "Bennett", "Price", "Griffiths", "Young", "Shaw", "Cook"),
    *("Mitchell", "Richardson", "Carter", "Collins", "Bailey", "Bell", "Marshall", "Miller", "Cox"),
    *("Adams", "Mills", "Webb", "Hunt", "Palmer", "Campbell", "Stevens", "Nowak", "Kowalski", "Popescu"),
    *("Okafor", "Adeyemi", "Nguyen", "Chen", "Rahman"),
)
SYLLABLES = (
    *("ash", "bar", "bur", "cald", "car", "col", "dun", "el", "fen", "gar", "hal", "har", "ing", "kel", "lang", "mar"),
    *("nor", "pen", "rad", "rush", "sel", "stan", "thor", "wal", "wes", "win", "wor", "yar"),
)
ENDINGS = ("ton", "ley", "field", "worth", "by", "ham", "ford", "wick", "den", "shaw", "man", "well", "ridge", "combe")
SINCE = date(2020, 1, 1)
CLOSED_EVERY = 500
STREETS = ("Street", "Road", "Avenue", "Lane", "Close", "Drive", "Crescent", "Grove")
TABLES = {
    "people_person": "id area_id agency_id sensitivity kind status born_on born_estimated sex ethnicity disabilities "
    "first_language communication added_at",
    "people_personname": "id person_id kind given family",
    "people_address": "id area_id lines postcode uprn",
    "people_personaddress": "id person_id address_id kind sensitivity",
    "people_identifier": "id person_id area_id kind issuer_id value",
}
Row = Sequence[object]


def fill(people: int, users: int, involved: int) -> None:
    """Fill the open house, unless it holds people already. `involved`: how many people each practitioner works with."""
    from django.db import connection  # noqa: PLC0415 - Django is ready only once the house is open

    from safeboard.casework.people.models import Person  # noqa: PLC0415

    if Person.objects.exists():
        return
    area, agencies = _agencies()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table, rows in _tables(people, area, agencies).items():
            columns = TABLES[table].split()
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            if columns[0] == "id" and table != "people_person":
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'")
        cursor.execute("SELECT matching_refresh_all()")
        cursor.execute("ANALYZE")
    _users(users, agencies, involved)


def _agencies() -> tuple[int, dict[str, int]]:
    from safeboard.site.demo.users import make_agencies, make_area  # noqa: PLC0415

    area = make_area()
    return area.pk, {agency.name: agency.pk for agency in make_agencies(area)}


def _tables(people: int, area: int, agencies: dict[str, int]) -> dict[str, Iterable[Row]]:
    chance = random.Random(SEED)
    keys = [str(UUID(int=chance.getrandbits(128), version=4)) for _ in range(people)]
    home = agencies["Children's Social Care"]
    return {
        "people_person": _people(keys, area, home),
        "people_personname": _names(keys),
        "people_address": _addresses(people, area),
        "people_personaddress": ((at + 1, key, at // 3 + 1, "main", 2) for at, key in enumerate(keys)),
        "people_identifier": _identifiers(keys, area, agencies["City Police"]),
    }


def _people(keys: Sequence[str], area: int, agency: int) -> Iterator[Row]:
    chance = random.Random(SEED + 1)
    for key in keys:
        is_child = chance.random() < 0.3
        born = date(2026, 10, 1) - timedelta(
            days=chance.randrange(1, 6500) if is_child else chance.randrange(6600, 30000)
        )
        kind, sex = ("child" if is_child else "adult"), chance.choice("MF")
        yield key, area, agency, 2, kind, "current", born, False, sex, "NOBT", "{}", "", "", NOW


def family_names() -> list[str]:
    """The common names first; after them some ten thousand rare ones, as syllables allow."""
    made = [f"{one}{two}{end}".title() for one in ("", *SYLLABLES) for two in SYLLABLES for end in ENDINGS]
    random.Random(SEED).shuffle(made)
    return [*COMMON, *dict.fromkeys(made)]


def given_names() -> list[str]:
    return [name.title() for name in sorted(pet_names(), key=lambda name: random.Random(name).random())]


def uneven(names: Sequence[str]) -> list[float]:
    """Running weights: the nth name is about 1/n as common as the first."""
    return list(accumulate(1 / (place + 12) for place in range(len(names))))


def _names(keys: Sequence[str]) -> Iterator[Row]:
    chance = random.Random(SEED + 2)
    families, givens = family_names(), given_names()
    of_families, of_givens = uneven(families), uneven(givens)
    number = 0
    for at, key in enumerate(keys):
        family = chance.choices(families, cum_weights=of_families)[0]
        given = " ".join(chance.choices(givens, cum_weights=of_givens, k=1 + (chance.random() < 0.4)))
        number += 1
        yield number, key, "current", given, family
        if at % 3 == 0:
            number += 1
            yield number, key, "former", given, chance.choices(families, cum_weights=of_families)[0]


def _addresses(people: int, area: int) -> Iterator[Row]:
    chance = random.Random(SEED + 3)
    streets = [f"{one}{end}".title() for one in SYLLABLES for end in ENDINGS]
    for number in range(1, people // 3 + 2):
        lines = f"{chance.randrange(1, 200)} {chance.choice(streets)} {chance.choice(STREETS)}, Reference City"
        unit = f"{chance.choice('ABDEFGHJLN')}{chance.choice('PQRSTUWXYZ')}"
        postcode = f"CV{chance.randrange(1, 40)} {chance.randrange(1, 10)}{unit}"
        yield number, area, lines, postcode, ""


def _identifiers(keys: Sequence[str], area: int, police: int) -> Iterator[Row]:
    number = 0
    for at, key in enumerate(keys):
        number += 1
        yield number, key, area, "nhs", None, f"999{at:07}"
        if at % 2:
            number += 1
            yield number, key, area, "local", police, f"PN{at:08}"


def _users(users: int, agencies: dict[str, int], involved: int) -> None:
    """Users in turn of the roles that work with people; each practitioner is involved with some."""
    from safeboard.casework.people.models import Person  # noqa: PLC0415
    from safeboard.foundation.access.models import Involvement, Seat, User  # noqa: PLC0415

    seats = (("social_worker", "Children's Social Care"), ("practitioner", "North Primary School"))
    keys = list(Person.objects.order_by("pk").values_list("pk", flat=True)[: users * involved])
    first = None
    for number in range(users):
        role, agency = seats[number % 4 == 3]
        user = User.objects.create_user(f"user{number}@big.example", f"Synthetic User {number}")
        Seat.objects.create(user=user, role=role, agency_id=agencies[agency], starts_on=SINCE)
        first = first or user
        if role == "practitioner":
            Involvement.objects.bulk_create(
                Involvement(
                    kind="person", object_id=str(key), user=user, why="synthetic", said_by=first, starts_on=SINCE
                )
                for key in keys[number * involved : (number + 1) * involved]
            )


def _restrictions() -> None:
    """Close a five-hundredth of the records to all but five users; that one in ten of them exists is hidden too."""
    from safeboard.casework.people.models import Person  # noqa: PLC0415
    from safeboard.foundation.access.models import Restriction, RestrictionEntry, User  # noqa: PLC0415

    if Restriction.objects.exists():
        return
    users = list(User.objects.filter(email__startswith="user").order_by("pk"))
    closed = list(Person.objects.order_by("pk").values_list("pk", "area_id")[::CLOSED_EVERY])
    made = Restriction.objects.bulk_create(
        Restriction(
            kind="person",
            object_id=str(key),
            area_id=area,
            category="staff relative",
            reason="synthetic",
            ask="the duty manager",
            hides_existence=number % 10 == 0,
            set_by=users[0],
            starts_at=NOW - timedelta(days=30),
            ends_at=NOW + timedelta(days=300),
            review_on=NOW.date() + timedelta(days=60),
        )
        for number, (key, area) in enumerate(closed)
    )
    RestrictionEntry.objects.bulk_create(
        RestrictionEntry(restriction=each, user=users[(number * 5 + at) % len(users)], allowed=True)
        for number, each in enumerate(made)
        for at in range(5)
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.big_house", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--involved", type=int, default=50)
    given = parser.parse_args()
    with opened(House(given.folder.resolve(), "local")):
        prepare(given.people, given.users, given.involved)


def prepare(people: int, users: int = 200, involved: int = 50) -> None:
    """Migrate the open house and fill it."""
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    fill(people, users, involved)
    _restrictions()
    print(f"{people:,} people and {users} users in {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
