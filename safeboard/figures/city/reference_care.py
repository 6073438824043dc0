"""Police protection and looked-after periods of the reference city."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from safeboard.figures.city import reference_numbers as numbers
from safeboard.figures.city.draws import day_between
from safeboard.figures.city.records import Child
from safeboard.figures.city.reference_caseload import Case
from safeboard.figures.city.reference_plans import Draft
from safeboard.foundation.kernel.periods import Period

Row = dict[str, Any]

_DAY: Final = timedelta(days=1)
_LAST_PROTECTED: Final = timedelta(days=8)
"""No power is used so late in a year that the child might still be looked after, by it, on 31 March."""

_LARGEST_FAMILY: Final = 5
_OTHERS_LOOKED_AFTER: Final = 90
_SHORT_BREAKS: Final = 12
_NEW_BORN: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Protection:
    """One child's police protection. Brothers and sisters share `family` and `day`."""

    child: Child
    family: str
    day: date
    became_looked_after: bool = True


def draw_protections(cases: Sequence[Case], rng: Random) -> list[Protection]:
    """The families and children of each year; in this city's two years each child has an enquiry within days of it."""
    drawn: list[Protection] = []
    taken = {case.child.id for case in cases if case.draft and case.draft.looked_after and case.child}
    for year, (families, children) in numbers.POLICE_PROTECTION.items():
        sizes = _family_sizes(families, children, rng)
        candidates = _candidates(cases, year, taken, rng)
        step = len(candidates) // families
        for number, size in enumerate(sizes):
            members = candidates[number * step : number * step + size]
            drawn += _family(members, f"F{year}-{number + 1:03d}", became_looked_after=True)
            taken |= {child.id for child, _ in members}
        spare = [pair for pair in candidates if pair[0].id not in taken]
        for number in range(numbers.POLICE_PROTECTION_NOT_LOOKED_AFTER.get(year, 0)):
            home = spare[number * len(spare) // 12]
            drawn += _family([home], f"F{year}-H{number + 1:02d}", became_looked_after=False)
            taken.add(home[0].id)
    return drawn


def _family_sizes(families: int, children: int, rng: Random) -> list[int]:
    sizes = [1] * families
    while sum(sizes) < children:
        place = rng.randrange(families)
        if sizes[place] < _LARGEST_FAMILY:
            sizes[place] += 1
    return sizes


def _candidates(cases: Sequence[Case], year: int, taken: set[str], rng: Random) -> list[tuple[Child, date]]:
    """Children not yet taken with a day in that year, by day: the day their enquiry began, or any before April 2007."""
    period = Period.year_ending(year)
    last = period.end - _LAST_PROTECTED
    found: dict[str, tuple[Child, date]] = {}
    for case in cases:
        child = case.child
        if child is None or child.id in taken or child.id in found:
            continue
        if year < numbers.FIRST_YEAR:
            days = [day_between(rng, period.start, last)] if not case.draft and not case.episode.enquiries else []
        else:
            days = [enquiry.started for enquiry in case.episode.enquiries]
        for day in days:
            if period.start <= day <= last and child.born + _NEW_BORN <= day - timedelta(days=10):
                found[child.id] = child, day
    return sorted(found.values(), key=lambda pair: (pair[1], pair[0].id))


def _family(members: Sequence[tuple[Child, date]], family: str, *, became_looked_after: bool) -> Iterator[Protection]:
    day = min(day for _, day in members)
    for child, _ in members:
        yield Protection(child, family, day, became_looked_after)


def protection_rows(protections: Sequence[Protection]) -> Iterator[Row]:
    """Police protection rows, by family."""
    for protection in protections:
        yield {
            "polp_protection_id": f"{protection.family}/{protection.child.id}",
            "polp_person_id": protection.child.id,
            "polp_family_id": protection.family,
            "polp_start_date": protection.day,
            "polp_became_looked_after": protection.became_looked_after,
        }


def looked_after_rows(cases: Sequence[Case], protections: Sequence[Protection], rng: Random) -> Iterator[Row]:
    """Looked-after periods: of children with a plan on a 31 March as drawn for it, after protection, and of others."""
    taken = {protection.child.id for protection in protections}
    for case in cases:
        if case.draft and case.draft.looked_after and case.child:
            taken.add(case.child.id)
            yield _with_plan(case.child, case.draft, rng)
    for protection in protections:
        if protection.became_looked_after:
            wished = protection.day + timedelta(days=rng.choice((3, 3, 3, 10, 21, 45, 90)))
            yield _period(protection.child, protection.day, _before_stock(protection.child, protection.day, wished))
    planned = {case.child.id for case in cases if case.draft and case.child}
    others = [
        case
        for case in cases
        if case.child
        and case.child.id not in taken | planned
        and case.episode.closed is None
        and not case.episode.no_further_action
        and case.child.born < case.episode.referred
    ]
    for place, case in enumerate(rng.sample(others, _OTHERS_LOOKED_AFTER + _SHORT_BREAKS)):
        if case.child:
            first = day_between(rng, case.episode.referred, numbers.END)
            yield _period(case.child, first, None) | {"clae_short_breaks_only": place >= _OTHERS_LOOKED_AFTER}
    yield from _short_breaks_with_plan(cases, taken)


def _with_plan(child: Child, draft: Draft, rng: Random) -> Row:
    """A period open on the 31 Marches named, begun since the plan, the birth and the last 31 March not named."""
    years = [int(year) for year in draft.looked_after]
    since = max(draft.started, child.born, date(min(years) - 1, 4, 1)) + _DAY
    first = day_between(rng, min(since, date(min(years), 3, 30)), date(min(years), 3, 30))
    if years[-1] == numbers.LAST_YEAR:
        return _period(child, first, None)
    return _period(child, first, day_between(rng, date(2008, 4, 15), date(2009, 3, 20)))


def _before_stock(child: Child, first: date, wished: date) -> date:
    """The last day, brought before the next 31 March where the child has a plan on it."""
    end = next(day for day in (date(2006, 3, 31), date(2007, 3, 31), numbers.BETWEEN, numbers.END) if day >= first)
    plans = [plan for episode in child.episodes for plan in episode.plans]
    planned = any(plan.started <= end and (plan.ended is None or plan.ended > end) for plan in plans)
    return min(wished, end - _DAY) if planned else min(wished, numbers.END)


def _short_breaks_with_plan(cases: Sequence[Case], taken: set[str]) -> Iterator[Row]:
    """Three children with an open plan have short breaks, which do not make them looked after in any figure."""
    with_plan = [
        case
        for case in cases
        if case.draft and case.draft.cohort == "2008-09, open" and case.child and case.child.id not in taken
    ]
    for case in with_plan[::60][:3]:
        if case.child and case.draft:
            first = max(case.draft.started, case.child.born) + _DAY
            if first <= numbers.END:
                yield _period(case.child, first, None) | {"clae_short_breaks_only": True}


def _period(child: Child, first: date, last: date | None) -> Row:
    return {
        "clae_cla_episode_id": f"{child.id}/l{first}",
        "clae_person_id": child.id,
        "clae_cla_episode_start_date": first,
        "clae_cla_episode_ceased_date": last,
        "clae_short_breaks_only": False,
    }
