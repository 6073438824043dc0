"""The reference city's plans: their days, categories and children, so drawn that both stocks come out as printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Final

from safeboard.figures.city import reference_numbers as numbers
from safeboard.figures.city.draws import (
    CATEGORIES,
    ETHNICITIES,
    MINORITIES,
    day_between,
    on_or_before,
    shuffled,
    working_day_between,
)
from safeboard.foundation.kernel.months import add_months
from safeboard.foundation.kernel.periods import Period
from safeboard.foundation.kernel.working_days import add_working_days

_BEFORE_BIRTH: Final = timedelta(days=150)
"""How long before a birth a plan may start, so that its referral is within 280 days of it (census rule 8606)."""

_UNBORN: Final = (timedelta(days=15), timedelta(days=95))
_RECATEGORISED: Final = 0.06
_YEARS: Final = {
    "under 1": (0, 0),
    "1 to 4": (1, 4),
    "5 to 9": (5, 9),
    "10 to 15": (10, 15),
    "16 and over": (16, 16),
}
_IN_NO_STOCK: Final = ("old, ended 2007-08", "2007-08, ended 2007-08", "2008-09, ended 2008-09")
_SINCE_EARLIER_PLAN: Final = timedelta(days=110)
_OLD_ENOUGH: Final = timedelta(days=1200)


@dataclass(slots=True, eq=False)
class Draft:
    """One plan and what is known of its child. `earlier` is the plan this child had before, where both are here.

    `enquiry_started` is set where the conference was held in this city's two years. `looked_after` names the years on
    whose last day the child is looked after.
    """

    cohort: str
    started: date
    ended: date | None
    latest: str = ""
    first: str = ""
    born: date = date.min
    ethnicity: str = ""
    previous: int = 0
    looked_after: tuple[str, ...] = ()
    enquiry_started: date | None = None
    earlier: "Draft | None" = None


def draw_plans(rng: Random) -> list[Draft]:
    """All 663 plans of the reference city, by cohort, each with its category, child's birth and ethnicity."""
    drafts = [draft for cohort in numbers.COHORTS for draft in _days(cohort, rng)]
    _carry_over(drafts)
    for profile in numbers.PROFILES:
        _fit(profile, [draft for draft in drafts if draft.cohort in profile.cohorts], rng)
    for draft in drafts:
        if not draft.latest:
            _fill_in(draft, rng)
        draft.first = CATEGORIES.draw(rng) if rng.random() < _RECATEGORISED else draft.latest
    _repeat(drafts, rng)
    return drafts


def _days(cohort: numbers.Cohort, rng: Random) -> list[Draft]:
    drafts = []
    for (shortest, longest), count in cohort.durations.items():
        for _ in range(count):
            if cohort.ends_in is None:
                drafts.append(Draft(cohort.name, working_day_between(rng, *cohort.starts), None))
                continue
            year = Period.year_ending(cohort.ends_in)
            while True:
                started = working_day_between(rng, *cohort.starts)
                ended = on_or_before(started + timedelta(days=rng.randint(shortest, longest)))
                if year.start < ended < year.end:
                    break
            drafts.append(Draft(cohort.name, started, ended))
    return drafts


def _carry_over(drafts: Sequence[Draft]) -> None:
    """Move the first open plans of each year to its first days, after an enquiry begun in the year before."""
    for year, cohort in ((numbers.FIRST_YEAR, "2007-08, open"), (numbers.LAST_YEAR, "2008-09, open")):
        moved = [draft for draft in drafts if draft.cohort == cohort][: numbers.FLOWS[year].carried_plans]
        for draft, days in zip(moved, carried_days(year), strict=False):
            draft.enquiry_started, draft.started = days


def carried_days(year: int) -> list[tuple[date, date]]:
    """Enquiry and conference days either side of the 31 March before `year`, as many as conferences carried over."""
    before = Period.year_ending(year).day_before
    count = numbers.FLOWS[year].carried_conferences
    pairs = list(product(range(1, 5), range(1, 7)))
    spread = pairs[:: len(pairs) // count][:count]
    return [(add_working_days(before, -back), add_working_days(before, on)) for back, on in spread]


def _fit(profile: numbers.Profile, drafts: list[Draft], rng: Random) -> None:
    """Give these plans exactly the profile's ages, categories, ethnicities and looked-after children."""
    _fit_births(profile.ages, profile.on, drafts, rng)
    for draft, category in zip(drafts, shuffled(rng, profile.categories), strict=True):
        draft.latest = category
    unborn_first = sorted(drafts, key=lambda draft: draft.born <= profile.on)
    for draft, ethnicity in zip(unborn_first, _shuffled_after(rng, "NOBT", profile.ethnicities), strict=True):
        draft.ethnicity = MINORITIES.draw(rng) if ethnicity == "minority" else ethnicity
    for draft, years in zip(unborn_first, _shuffled_after(rng, "", profile.looked_after), strict=True):
        draft.looked_after = tuple(years.split())


def _shuffled_after(rng: Random, first: str, counts: Mapping[str, int]) -> list[str]:
    """The labels shuffled, but for two of `first` (or as many as there are) ahead of them: those of unborn children."""
    ahead = min(counts.get(first, 0), 2)
    return [first] * ahead + shuffled(rng, {**counts, first: counts.get(first, 0) - ahead})


def _fit_births(ages: Mapping[str, int], on: date, drafts: Sequence[Draft], rng: Random) -> None:
    """Births that give these ages on that day, no plan starting long before the birth: oldest plans choose first."""
    labels = shuffled(rng, ages)
    for draft in sorted(drafts, key=lambda draft: (draft.started, draft.ended or on)):
        label = next(label for label in labels if _fits(label, on, draft.started))
        labels.remove(label)
        earliest, latest = _births(label, on)
        draft.born = day_between(rng, earliest, min(latest, draft.started + _BEFORE_BIRTH))


def _births(label: str, on: date) -> tuple[date, date]:
    """The days on which a child of that age was or is to be born, a few days off each edge."""
    if label == "unborn":
        return on + _UNBORN[0], on + _UNBORN[1]
    youngest, oldest = _YEARS[label] if label in _YEARS else (int(label), int(label))
    inside = timedelta(days=5)
    return add_months(on, -12 * (oldest + 1)) + inside, add_months(on, -12 * youngest) - inside


def _fits(label: str, on: date, started: date) -> bool:
    return _births(label, on)[0] <= started + _BEFORE_BIRTH


def _fill_in(draft: Draft, rng: Random) -> None:
    """A plan in neither stock: any category, age and ethnicity."""
    draft.latest = CATEGORIES.draw(rng)
    draft.ethnicity = ETHNICITIES.draw(rng)
    draft.born = draft.started - timedelta(days=int(365.25 * rng.triangular(0.05, 15.5, 2.5)))


def _repeat(drafts: Sequence[Draft], rng: Random) -> None:
    """Decide whose plan is a second or later one, and link some to the plan the child had before in these years."""
    for draft in drafts:
        if draft.started <= numbers.BEFORE and rng.random() < 0.12:
            draft.previous = 1
    linked: set[int] = set()
    for ended_in, count in numbers.LINKED_PLANS.items():
        _link(ended_in, count, drafts, linked)
    for year in (numbers.FIRST_YEAR, numbers.LAST_YEAR):
        wanted = numbers.FLOWS[year].repeat_plans
        starts = [draft for draft in drafts if Period.year_ending(year).start <= draft.started <= date(year, 3, 31)]
        wanted -= sum(draft.previous > 0 for draft in starts)
        free = [draft for draft in starts if id(draft) not in linked and draft.started - draft.born > _OLD_ENOUGH]
        for draft in rng.sample(free, wanted):
            draft.previous = rng.choice((1, 1, 1, 2))


def _link(ended_in: str, count: int, drafts: Sequence[Draft], linked: set[int]) -> None:
    """Make `count` of the last year's open plans follow, for the same child, plans that ended in that year."""
    earlier = [draft for draft in drafts if draft.ended and draft.cohort.endswith(f"ended {ended_in}")]
    later = [draft for draft in drafts if draft.cohort == "2008-09, open"]
    for after in sorted(later, key=lambda draft: draft.started, reverse=True):
        if count == 0:
            return
        before = next((draft for draft in earlier if id(draft) not in linked and _may_precede(draft, after)), None)
        if before is None or id(after) in linked:
            continue
        before.born, before.ethnicity, before.previous = after.born, after.ethnicity, 0
        after.earlier, after.previous = before, 1
        linked |= {id(before), id(after)}
        count -= 1
    raise ValueError(f"too few plans that ended in {ended_in} can be followed by another")


def _may_precede(before: Draft, after: Draft) -> bool:
    """Whether one child can have had both: in no stock that a profile fixes, born in time, and well apart."""
    return (
        before.cohort in _IN_NO_STOCK
        and before.ended is not None
        and after.born + _OLD_ENOUGH / 3 < before.started
        and before.ended + _SINCE_EARLIER_PLAN < after.started
    )
