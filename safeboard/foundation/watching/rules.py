"""What in the trail is looked into: decided from readings alone, without the database."""

import random
import unicodedata
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from safeboard.foundation.kernel.working_days import OutsideCalendar, is_working_day
from safeboard.foundation.watching.codes import Cause
from safeboard.foundation.watching.thresholds import Many, Thresholds

HERE = ZoneInfo("Europe/London")

Record = tuple[str, str]
"""A kind and a key."""
Address = tuple[str, str]
"""A postcode, and the house and street (of a user: the house alone is enough)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody opened a record: the number of the entry, when, in which role."""

    number: int
    at: datetime
    role: str
    record: Record

    @property
    def day(self) -> date:
        return self.at.astimezone(HERE).date()


@dataclass(frozen=True, slots=True)
class Told:
    """What the area that holds a record tells of it for alerts: every surname, plain, and address. Never stored."""

    surnames: frozenset[str] = frozenset()
    addresses: frozenset[Address] = frozenset()


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of a user for alerts. `colleagues` are the records connected with others of their agency."""

    key: int
    surnames: frozenset[str] = frozenset()
    address: Address | None = None
    own: frozenset[Record] = frozenset()
    colleagues: frozenset[Record] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A cause found: the first reading that made it, its record where there is one, and how many made it."""

    cause: Cause
    first: Reading
    count: int
    once: str
    record: Record = field(default=("", ""))


def plain(text: str) -> str:
    """Small letters and figures alone: "O'Brien" and "Ó Brien" are one, and so are "CV1 2AB" and "cv12ab"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if letter.isalnum())


def surnames_in(name: str) -> frozenset[str]:
    """The surname at the end of a name, whole and by its parts: "Sam Ash-Elm" gives "ashelm", "ash" and "elm"."""
    last = name.split()[-1] if name.split() else ""
    return frozenset(each for each in (plain(last), *(plain(part) for part in last.split("-"))) if each)


def same_home(one: Address, other: Address) -> bool:
    """Whether the postcode is the same and the second begins with the first's house: "12" and "12 Elm Road"."""
    house, lines = ([plain(word) for word in each[1].replace(",", " ").split()] for each in (one, other))
    return plain(one[0]) == plain(other[0]) != "" and bool(house) and lines[: len(house)] == house


def found_in(
    readings: Sequence[Reading], reader: Reader, told: Mapping[Record, Told], limits: Thresholds
) -> list[Found]:
    """Every cause in one user's readings, in their order. `once` says which are the same cause."""
    by_record = [
        each for record in dict.fromkeys(r.record for r in readings) for each in _of(record, reader, told, limits)
    ]
    first = {record: next(r for r in readings if r.record == record) for record, _ in by_record}
    times = Counter(reading.record for reading in readings)
    return [
        *(
            Found(cause, first[record], times[record], f"{cause}|{reader.key}|{record[0]}|{record[1]}", record)
            for record, cause in by_record
        ),
        *_many(readings, reader.key, limits.many, Cause.MANY),
        *_out_of_hours(readings, reader, limits),
    ]


def _of(
    record: Record, reader: Reader, told: Mapping[Record, Told], limits: Thresholds
) -> Iterator[tuple[Record, Cause]]:
    said = told.get(record, Told())
    if (reader.surnames & said.surnames) - limits.common_surnames:
        yield record, Cause.OWN_NAME
    if reader.address and any(same_home(reader.address, each) for each in said.addresses):
        yield record, Cause.OWN_ADDRESS
    if record in reader.own:
        yield record, Cause.OWN_RECORD
    elif record in reader.colleagues:
        yield record, Cause.STAFF_FAMILY


def refused_often(refusals: Sequence[Reading], user: int, limits: Thresholds) -> list[Found]:
    """Every day on which one user was refused many different addresses in a short time: `record` is the address."""
    return list(_many(refusals, user, (limits.refused,), Cause.REFUSED))


def _many(readings: Sequence[Reading], user: int, limits: Iterable[Many], cause: Cause) -> Iterator[Found]:
    """One for each day and threshold on which it was passed."""
    for limit in limits:
        told: set[date] = set()
        window: deque[Reading] = deque()
        held: Counter[Record] = Counter()
        for reading in readings:
            window.append(reading)
            held[reading.record] += 1
            while reading.at - window[0].at > limit.within:
                gone = window.popleft().record
                held[gone] -= 1
                if not held[gone]:
                    del held[gone]
            if len(held) >= limit.records and reading.day not in told:
                told.add(reading.day)
                yield Found(cause, window[0], len(held), f"{cause}|{user}|{limit.records}|{reading.day}")


def _out_of_hours(readings: Sequence[Reading], reader: Reader, limits: Thresholds) -> Iterator[Found]:
    """One for each day."""
    out: dict[date, list[Reading]] = {}
    for reading in readings:
        if reading.role not in limits.round_the_clock and is_out_of_hours(reading.at, limits):
            out.setdefault(reading.day, []).append(reading)
    for day, each in out.items():
        yield Found(Cause.OUT_OF_HOURS, each[0], len(each), f"{Cause.OUT_OF_HOURS}|{reader.key}|{day}")


def is_out_of_hours(at: datetime, limits: Thresholds) -> bool:
    """Whether a moment is outside working hours, by the clock on the wall: weekends and bank holidays always are."""
    here = at.astimezone(HERE)
    try:
        works = is_working_day(here.date())
    except OutsideCalendar:
        works = here.isoweekday() < 6
    return not (works and limits.begin <= here.time() < limits.end)


def drawn(entries: Sequence[int], how_many: int, seed: str) -> list[int]:
    """So many of the entries, by lot; the same seed draws the same ones. All of them where there are no more."""
    by_lot = random.Random(seed)  # noqa: S311 - drawn again by anybody who doubts it; the seed itself is not guessable
    return sorted(by_lot.sample(sorted(entries), min(how_many, len(entries))))
