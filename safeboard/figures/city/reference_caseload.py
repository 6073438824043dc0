"""The reference city's episodes: enquiries and plans first, then as many other referrals as each year still lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from safeboard.figures.city import reference_numbers as numbers
from safeboard.figures.city.casework import (
    close,
    core_assessment,
    days_to_conference,
    enquiry,
    initial_assessment,
    reviews,
    year_end,
)
from safeboard.figures.city.draws import (
    CLOSURES,
    NEEDS,
    PLAN_NEEDS,
    SOURCES,
    day_between,
    factors,
    on_or_after,
    on_or_before,
    parts,
    working_day_between,
)
from safeboard.figures.city.records import Assessment, Child, Episode, Plan
from safeboard.figures.city.reference_plans import Draft, carried_days
from safeboard.foundation.kernel.periods import Period
from safeboard.foundation.kernel.working_days import add_working_days

_CONCEPTION: Final = timedelta(days=250)
"""A referral is this long before a birth at most, well inside the 280 days of census rule 8606."""

_REFERRALS_BY_MONTH: Final = (98, 101, 104, 106, 82, 97, 108, 109, 84, 103, 101, 116)
"""April to March: fewer when schools are closed."""

_OLD_EPISODES: Final = 620
_ON_WEEKENDS: Final = 0.05
_NOTHING_FURTHER: Final = 0.55
_CORE_WITHOUT_ENQUIRY: Final = 0.33
_NO_FACTOR: Final = 0.2
_LATE_FIRST_REVIEWS: Final = 3


@dataclass(slots=True, eq=False)
class Case:
    """An episode, the plan drawn for it if there is one, and its child once `children_of` has found one."""

    episode: Episode
    draft: Draft | None = None
    child: Child | None = None


def draw_caseload(rng: Random, drafts: Sequence[Draft]) -> list[Case]:
    """Every episode of the reference city, in order of referral."""
    cases: list[Case] = []
    episodes: dict[int, Episode] = {}
    followed = {id(draft.earlier) for draft in drafts if draft.earlier}
    for draft in drafts:
        before = episodes.get(id(draft.earlier))
        episode = _protected(draft, before, rng)
        if draft.ended is not None:
            close(episode, rng, (3, 12) if id(draft) in followed else (5, 150), CLOSURES.draw(rng), numbers.END)
        episodes[id(draft)] = episode
        cases.append(Case(episode, draft))
    _delay_first_reviews(cases)
    for year in numbers.FLOWS:
        cases += (Case(episode) for episode in _enquiries_without_plan(year, rng))
    for year, flow in numbers.FLOWS.items():
        hosts = sum(Period.year_ending(year).start <= case.episode.referred <= date(year, 3, 31) for case in cases)
        cases += (Case(episode) for episode in _other_referrals(year, flow, flow.initial_assessments - hosts, rng))
    cases += (Case(episode) for episode in _old_episodes(rng))
    for case in cases:
        _find_factors(case.episode, rng)
    return sorted(cases, key=lambda case: case.episode.referred)


def _protected(draft: Draft, before: Episode | None, rng: Random) -> Episode:
    """The episode around a plan, after the one `before`. Of what preceded April 2007 only the plan itself is drawn."""
    if draft.started <= numbers.BEFORE:
        referred = on_or_before(draft.started - timedelta(days=rng.randint(25, 70)))
        episode = Episode(referred, SOURCES.draw(rng), PLAN_NEEDS.draw(rng))
    else:
        begun = draft.enquiry_started or _enquiry_day(draft.started, rng)
        closed = before.closed if before and before.closed else date.min
        earliest = max(draft.born - _CONCEPTION, closed + timedelta(days=5))
        episode = _with_enquiry(begun, draft.started, rng, earliest=earliest, by=draft.ended)
        episode.need = PLAN_NEEDS.draw(rng)
    held = reviews(rng, draft.started, draft.ended or numbers.END, held_at_end=draft.ended is not None)
    episode.plans.append(Plan(draft.started, draft.ended, draft.first, draft.latest, draft.previous, held))
    return episode


def _enquiry_day(conference: date, rng: Random) -> date:
    """The first day of an enquiry of the same reporting year that led to this conference."""
    begun = add_working_days(conference, -days_to_conference(rng))
    return max(begun, on_or_after(Period.year_ending(year_end(conference).year).start))


def _with_enquiry(
    begun: date,
    conference: date | None,
    rng: Random,
    *,
    not_required: bool = False,
    earliest: date = date.min,
    by: date | None = None,
) -> Episode:
    """An episode with an enquiry and the assessments around it, not yet closed.

    It is referred on `earliest` or later, and its assessments are authorised `by` the end of a plan that has ended.
    """
    share = rng.random()
    lag = rng.randint(0, 3) if share < 0.55 else rng.randint(4, 20) if share < 0.82 else rng.randint(21, 240)
    referred = max(on_or_before(begun - timedelta(days=lag)), min(earliest, begun))
    episode = Episode(referred, SOURCES.draw(rng), NEEDS.draw(rng))
    after = begun
    if referred > numbers.BEFORE:
        flow = numbers.FLOWS[year_end(referred).year]
        latest = min(year_end(referred), add_working_days(begun, 1))
        initial = initial_assessment(rng, referred, flow.on_time_initial, latest)
        episode.assessments.append(initial)
        after = max(begun, add_working_days(initial.authorised or latest, 1))
    episode.enquiries.append(enquiry(begun, conference, not_required=not_required))
    if after <= numbers.END:
        on_time = numbers.FLOWS[max(year_end(after).year, numbers.FIRST_YEAR)].on_time_core
        core = core_assessment(rng, after, on_time, max(conference or after, after))
        core.authorised = min(core.authorised or numbers.END, by or date.max)
        episode.assessments.append(core)
    return _as_known_on_last_day(episode)


def _as_known_on_last_day(episode: Episode) -> Episode:
    """An assessment that would be authorised after the last day is still under way."""
    for assessment in episode.assessments:
        if assessment.authorised is not None and assessment.authorised > numbers.END:
            assessment.authorised = None
    return episode


def _delay_first_reviews(cases: Sequence[Case]) -> None:
    """Three plans had their first review of 2007-08 late, so that not every figure of that year is 100%."""
    late = [
        case.episode.plans[0]
        for case in cases
        if case.draft
        and case.draft.cohort == "2007-08, ended 2008-09"
        and len(case.episode.plans[0].reviews) > 1
        and case.draft.started < date(2007, 9, 1)
    ]
    for plan in late[:_LATE_FIRST_REVIEWS]:
        plan.reviews = (on_or_after(plan.started + timedelta(days=104)), *plan.reviews[1:])


def _enquiries_without_plan(year: int, rng: Random) -> Iterator[Episode]:
    """The year's enquiries that led to no plan: a conference without one, none required, or not finished."""
    flow, period = numbers.FLOWS[year], Period.year_ending(year)
    carried = carried_days(year)[flow.carried_plans :]
    with_conference = flow.conferences - flow.plans - len(carried)
    first = add_working_days(period.day_before, 9)
    conferences = [working_day_between(rng, first, period.end) for _ in range(with_conference)]
    days: list[tuple[date, date | None]] = [*carried, *((_enquiry_day(day, rng), day) for day in conferences)]
    unfinished = flow.unfinished_enquiries if year == numbers.LAST_YEAR else 0
    not_required = flow.enquiries - flow.unfinished_enquiries - (flow.conferences - flow.carried_conferences)
    for begun, conference in days:
        yield _closed_after(_with_enquiry(begun, conference, rng), rng)
    for _ in range(not_required):
        begun = working_day_between(rng, period.start, period.end)
        yield _closed_after(_with_enquiry(begun, None, rng, not_required=True), rng)
    for back in range(unfinished):
        yield _with_enquiry(add_working_days(period.end, -back), None, rng)


def _closed_after(episode: Episode, rng: Random) -> Episode:
    if all(assessment.authorised for assessment in episode.assessments):
        close(episode, rng, (5, 260), CLOSURES.draw(rng), numbers.END)
    return episode


def _other_referrals(year: int, flow: numbers.Flow, assessed: int, rng: Random) -> Iterator[Episode]:
    """The year's referrals without an enquiry: `assessed` of them with an initial assessment."""
    period = Period.year_ending(year)
    for _ in range(numbers.ASSESSMENTS_OVER_YEAR_END):
        yield _over_year_end(period, flow, rng)
    for referred in _referral_days(period, assessed - numbers.ASSESSMENTS_OVER_YEAR_END, rng):
        yield _assessed(referred, flow, rng)
    for referred in _referral_days(period, flow.no_assessment, rng):
        episode = Episode(referred, SOURCES.draw(rng), NEEDS.draw(rng))
        close(episode, rng, (3, 30), "RC7", numbers.END)
        yield episode
    for referred in _referral_days(period, flow.referrals - flow.initial_assessments - flow.no_assessment, rng):
        yield Episode(referred, SOURCES.draw(rng), None, no_further_action=True)


def _referral_days(period: Period, count: int, rng: Random) -> Iterator[date]:
    for place, referrals in enumerate(parts(rng, count, _REFERRALS_BY_MONTH)):
        year, month = divmod(period.start.month - 1 + place, 12)
        first = date(period.start.year + year, month + 1, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        for _ in range(referrals):
            draw = day_between if rng.random() < _ON_WEEKENDS else working_day_between
            yield draw(rng, first, last)


def _over_year_end(period: Period, flow: numbers.Flow, rng: Random) -> Episode:
    """Referred in the year's last days, its initial assessment begun in the year and authorised in the next."""
    referred = add_working_days(period.end, -rng.randint(0, 4))
    episode = Episode(referred, SOURCES.draw(rng), NEEDS.draw(rng))
    started = on_or_before(min(add_working_days(referred, 1), period.end))
    authorised = add_working_days(period.end, rng.randint(1, 6))
    episode.assessments.append(Assessment("INITIAL", max(started, referred), authorised))
    _as_known_on_last_day(episode)
    if period.end < numbers.END:
        _go_on(episode, flow, rng)
    return episode


def _assessed(referred: date, flow: numbers.Flow, rng: Random) -> Episode:
    episode = Episode(referred, SOURCES.draw(rng), NEEDS.draw(rng))
    episode.assessments.append(initial_assessment(rng, referred, flow.on_time_initial, year_end(referred)))
    _go_on(episode, flow, rng)
    return episode


def _go_on(episode: Episode, flow: numbers.Flow, rng: Random) -> None:
    """Close with nothing further in the year of the initial assessment, or help, with or without a core one."""
    authorised = episode.last_event()
    if rng.random() < _NOTHING_FURTHER:
        closed = on_or_after(authorised + timedelta(days=rng.randint(0, 7)))
        episode.closed, episode.reason = min(closed, max(authorised, on_or_before(year_end(authorised)))), "RC8"
        return
    if rng.random() < _CORE_WITHOUT_ENQUIRY:
        started = add_working_days(authorised, rng.randint(1, 12))
        if started <= numbers.END:
            episode.assessments.append(core_assessment(rng, started, flow.on_time_core, started))
            _as_known_on_last_day(episode)
    if all(assessment.authorised for assessment in episode.assessments):
        close(episode, rng, (20, 480), CLOSURES.draw(rng), numbers.END)


def _old_episodes(rng: Random) -> Iterator[Episode]:
    """Children in need without a plan whose episode was open when the first year began."""
    for _ in range(_OLD_EPISODES):
        referred = working_day_between(rng, date(2005, 1, 4), date(2007, 3, 30))
        episode = Episode(referred, SOURCES.draw(rng), NEEDS.draw(rng))
        closed = on_or_after(numbers.BEFORE + timedelta(days=1 + int(rng.expovariate(1 / 300))))
        if closed <= numbers.END:
            episode.closed, episode.reason = closed, CLOSURES.draw(rng)
        yield episode


def _find_factors(episode: Episode, rng: Random) -> None:
    """Factors for every authorised assessment; none found stands alone, in an episode closed with nothing further."""
    for assessment in episode.assessments:
        if assessment.authorised is not None:
            nothing = episode.reason == "RC8" and rng.random() < _NO_FACTOR
            assessment.factors = ("21",) if nothing else factors(rng)
