"""The reference city's domestic violence screenings, MAPPA cases, common assessments and contacts."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from safeboard.figures.city import reference_numbers as numbers
from safeboard.figures.city.draws import SOURCES, Weighted, day_between, parts
from safeboard.figures.city.records import Child
from safeboard.foundation.kernel.months import add_months
from safeboard.foundation.kernel.periods import Period

Row = dict[str, Any]

_TO_SOCIAL_CARE: Final = Weighted({"3": 7, "4": 3})
_NOT_TO_SOCIAL_CARE: Final = Weighted({"1": 4, "2": 6})
_CASE_CATEGORIES: Final = Weighted({"1": 55, "2": 38, "3": 7})
_SHARED_LEVELS: Final = Weighted({"2": 8, "3": 2})
_CASES_WITHOUT_RISK: Final = 14
_ORDINARY_CASES: Final = 60
_EXTRA_CONTACTS: Final = 1.3
_CAF_AGENCIES: Final = Weighted(
    {
        "EDUCATION": 311,
        "HEALTH": 37,
        "EARLY_YEARS": 35,
        "OTHER": 16,
        "YOUTH": 15,
        "SOCIAL_CARE": 11,
        "VOLUNTARY": 7,
        "POLICE": 1,
    }
)
"""In the proportions of report lines 697-704."""


def screening_rows(rng: Random) -> Iterator[Row]:
    """Both years' screenings, more in most months than in the one before."""
    for year, (screened, investigated) in numbers.SCREENINGS.items():
        period = Period.year_ending(year)
        days = sorted(
            day
            for place, count in enumerate(parts(rng, screened, [100 + 2 * month for month in range(12)]))
            for day in _days_of_month(add_months(period.start, place), count, rng)
        )
        chosen = set(rng.sample(range(screened), investigated))
        for number, day in enumerate(days):
            level = (_TO_SOCIAL_CARE if number in chosen else _NOT_TO_SOCIAL_CARE).draw(rng)
            yield {
                "dvsc_screening_id": f"DV{year}-{number + 1:04d}",
                "dvsc_screening_date": day,
                "dvsc_level": level,
                "dvsc_needs_investigation": number in chosen,
            }


def _days_of_month(first: date, count: int, rng: Random) -> list[date]:
    return [day_between(rng, first, add_months(first, 1) - timedelta(days=1)) for _ in range(count)]


def mappa_rows(rng: Random) -> Iterator[Row]:
    """Cases by when they were managed; none has a serious further offence (report line 1126)."""
    spans = [
        *[_span(when, rng) for when, count in numbers.MAPPA_CASES.items() for _ in range(count)],
        *[_span(rng.choice(tuple(numbers.MAPPA_CASES)), rng) for _ in range(_CASES_WITHOUT_RISK + _ORDINARY_CASES)],
    ]
    shared = sum(numbers.MAPPA_CASES.values()) + _CASES_WITHOUT_RISK
    for number, (first, last) in enumerate(spans):
        risk = number < shared - _CASES_WITHOUT_RISK or (number >= shared and rng.random() < 0.5)
        yield {
            "mapp_case_id": f"MP{number + 1:03d}",
            "mapp_start_date": first,
            "mapp_end_date": last,
            "mapp_category": _CASE_CATEGORIES.draw(rng),
            "mapp_level": _SHARED_LEVELS.draw(rng) if number < shared else "1",
            "mapp_risk_to_children": risk,
            "mapp_serious_further_offence_date": None,
        }


def _span(when: str, rng: Random) -> tuple[date, date | None]:
    if when == "both years":
        last = day_between(rng, date(2008, 5, 1), date(2009, 3, 20)) if rng.random() < 0.4 else None
        return day_between(rng, date(2006, 10, 2), date(2008, 3, 14)), last
    if when == str(numbers.FIRST_YEAR):
        return day_between(rng, date(2006, 7, 3), date(2007, 9, 28)), day_between(
            rng, date(2007, 10, 1), date(2008, 3, 28)
        )
    last = day_between(rng, date(2009, 1, 5), date(2009, 3, 25)) if rng.random() < 0.3 else None
    return day_between(rng, date(2008, 4, 2), date(2008, 12, 31)), last


def caf_rows(children: Sequence[Child], rng: Random) -> Iterator[Row]:
    """Common assessments by the month of their completion, April 2005 to March 2009, of children born by then."""
    eldest = sorted(children, key=lambda child: child.born)[: len(children) * 3 // 5]
    number = 0
    for year, months in enumerate(numbers.CAFS_BY_MONTH, start=2005):
        for place, count in enumerate(months):
            for day in sorted(_days_of_month(add_months(date(year, 4, 1), place), count, rng)):
                number += 1
                yield {
                    "caf_assessment_id": f"CAF{number:04d}",
                    "caf_person_id": rng.choice(eldest).id,
                    "caf_completed_date": day,
                    "caf_agency": _CAF_AGENCIES.draw(rng),
                    "caf_level": "2" if rng.random() < 0.86 else "3",
                }


def contact_rows(children: Sequence[Child], rng: Random) -> Iterator[Row]:
    """A contact for every referral of the two years, and as many again and more that led to none."""
    contacts = [
        (episode.referred, child.id, episode.source)
        for child in children
        for episode in child.episodes
        if episode.referred > numbers.BEFORE
    ]
    for year, flow in numbers.FLOWS.items():
        period = Period.year_ending(year)
        for _ in range(int(flow.referrals * _EXTRA_CONTACTS)):
            contacts.append((day_between(rng, period.start, period.end), rng.choice(children).id, SOURCES.draw(rng)))
    for number, (day, person, source) in enumerate(sorted(contacts)):
        yield {
            "cont_contact_id": f"CO{number + 1:05d}",
            "cont_person_id": person,
            "cont_contact_date": day,
            "cont_contact_source_code": source,
        }
