"""Who took part in the reference city's conferences, and which key issues were found there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, Final

from safeboard.figures.city import reference_numbers as numbers
from safeboard.figures.city.draws import Weighted
from safeboard.figures.city.records import Child
from safeboard.figures.city.rows import Rows
from safeboard.foundation.kernel.months import completed_years
from safeboard.foundation.kernel.periods import Period

Row = dict[str, Any]

_ATTENDING: Final = Weighted({"PN1": 6, "PN2": 2, "PN3": 1, "PN4": 1})
_ABSENT: Final = Weighted({"PN5": 3, "PN6": 5, "PN7": 4})
_UNDER_4: Final = "PN0"
_HAS_OPINION: Final = 4
_OLD_ENOUGH: Final = 8

_AGENCIES: Final[dict[str, tuple[float, float, int, int]]] = {
    "SOCIAL_CARE": (1.0, 0.99, -1, 18),
    "HEALTH": (0.97, 0.86, -1, 18),
    "EDUCATION": (0.95, 0.81, 4, 18),
    "EARLY_YEARS": (0.6, 0.7, 1, 4),
    "POLICE": (0.85, 0.58, -1, 18),
    "PROBATION": (0.2, 0.55, -1, 18),
    "YOUTH": (0.4, 0.6, 12, 18),
    "VOLUNTARY": (0.25, 0.75, -1, 18),
    "HOUSING": (0.2, 0.45, -1, 18),
    "OTHER": (0.15, 0.6, -1, 18),
}
"""For each agency: how often it is invited, how often it then comes, and from and below which age of the child."""


@dataclass(frozen=True, slots=True)
class Conference:
    """An initial conference or a review about one child."""

    id: str
    kind: str
    held: date
    child: Child

    @property
    def age(self) -> int:
        return completed_years(self.child.born, self.held)


def conferences_of(child: Child, rows: Rows) -> Iterator[Conference]:
    """The child's conferences since April 2007, from its rows."""
    for row in rows["ssd_initial_cp_conference"]:
        yield Conference(row["icpc_icpc_id"], "INITIAL", row["icpc_icpc_date"], child)
    for row in rows["ssd_cp_reviews"]:
        yield Conference(row["cppr_cp_review_id"], "REVIEW", row["cppr_cp_review_date"], child)


def held_in(conferences: Sequence[Conference], year: int) -> list[Conference]:
    """Those of the reporting year ending in `year`, by day."""
    period = Period.year_ending(year)
    within = (each for each in conferences if period.start <= each.held <= period.end)
    return sorted(within, key=lambda each: (each.held, each.id))


def attendance_rows(conferences: Sequence[Conference], rng: Random) -> Iterator[Row]:
    """For every conference of both years a row for the parents, one for the child and one for each agency invited."""
    for year in numbers.FLOWS:
        held = held_in(conferences, year)
        parents = _chosen(held, round(len(held) * numbers.PARENTS_ATTENDING[year] / 1000), rng)
        older = [each for each in held if each.age >= _OLD_ENOUGH]
        children = _chosen(older, round(len(held) * numbers.CHILDREN_ATTENDING[year] / 1000), rng)
        for each in held:
            yield _attender(each, "PARENT", each.id in parents)
            yield _attender(each, "CHILD", each.id in children) | {
                "cona_participation": _participation(each, each.id in children, rng)
            }
            yield from _agencies(each, rng)


def _chosen(conferences: Sequence[Conference], count: int, rng: Random) -> set[str]:
    return {each.id for each in rng.sample(conferences, count)}


def _attender(conference: Conference, attender: str, attended: bool) -> Row:
    return {
        "cona_attendance_id": f"{conference.id}/{attender}",
        "cona_person_id": conference.child.id,
        "cona_conference_id": conference.id,
        "cona_conference_kind": conference.kind,
        "cona_conference_date": conference.held,
        "cona_attender": attender,
        "cona_attended": attended,
    }


def _participation(conference: Conference, attended: bool, rng: Random) -> str:
    if conference.age < _HAS_OPINION:
        return _UNDER_4
    return (_ATTENDING if attended else _ABSENT).draw(rng)


def _agencies(conference: Conference, rng: Random) -> Iterator[Row]:
    for agency, (invited, comes, youngest, below) in _AGENCIES.items():
        if youngest <= conference.age < below and rng.random() < invited:
            row = _attender(conference, "AGENCY", rng.random() < comes)
            yield row | {"cona_attendance_id": f"{conference.id}/{agency}", "cona_agency": agency}


def issue_rows(conferences: Sequence[Conference], rng: Random) -> Iterator[Row]:
    """The key issues of the initial conferences at which they were recorded; NONE where none of them was found."""
    for year, counts in numbers.ISSUES.items():
        initial = [each for each in held_in(conferences, year) if each.kind == "INITIAL"]
        recorded = rng.sample(initial, counts.recorded)
        found = _issues(counts, rng) + [("NONE",)] * (counts.recorded - counts.any_of_them)
        for conference, codes in sorted(zip(recorded, found, strict=True), key=lambda pair: pair[0].id):
            for code in codes:
                yield {
                    "coni_issue_id": f"{conference.id}/{code}",
                    "coni_person_id": conference.child.id,
                    "coni_conference_id": conference.id,
                    "coni_conference_date": conference.held,
                    "coni_issue": code,
                }


def _issues(counts: numbers.Issues, rng: Random) -> list[tuple[str, ...]]:
    """A combination for each conference with an issue, so that every issue occurs exactly as often as it should."""
    violent, others = counts.domestic_violence, counts.any_of_them - counts.domestic_violence
    both, alcohol = others // 4, others // 2
    drugs = others - both - alcohol
    found = [{"DOMESTIC_VIOLENCE"} for _ in range(violent)]
    for place in rng.sample(range(violent), counts.alcohol - alcohol - both):
        found[place].add("ALCOHOL")
    for place in rng.sample(range(violent), counts.drugs - drugs - both):
        found[place].add("DRUGS")
    found += [{"ALCOHOL", "DRUGS"}] * both + [{"ALCOHOL"}] * alcohol + [{"DRUGS"}] * drugs
    return [tuple(sorted(codes)) for codes in found]
