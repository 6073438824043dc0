"""Who took part in the reference city's conferences, and which key issues were found there: as often as printed."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Final

from safeboard.figures.city import reference_numbers as numbers
from safeboard.figures.city.conferences import Conference, invitations, issue_row
from safeboard.foundation.kernel.periods import Period

Row = dict[str, Any]

_OLD_ENOUGH: Final = 8


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
            yield from invitations(each, rng, parent_came=each.id in parents, child_came=each.id in children)


def _chosen(conferences: Sequence[Conference], count: int, rng: Random) -> set[str]:
    return {each.id for each in rng.sample(conferences, count)}


def issue_rows(conferences: Sequence[Conference], rng: Random) -> Iterator[Row]:
    """The key issues of the initial conferences at which they were recorded; NONE where none of them was found."""
    for year, counts in numbers.ISSUES.items():
        initial = [each for each in held_in(conferences, year) if each.kind == "INITIAL"]
        recorded = rng.sample(initial, counts.recorded)
        found = _issues(counts, rng) + [("NONE",)] * (counts.recorded - counts.any_of_them)
        for conference, codes in sorted(zip(recorded, found, strict=True), key=lambda pair: pair[0].id):
            yield from (issue_row(conference, code) for code in codes)


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
