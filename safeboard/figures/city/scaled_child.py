"""A plausible random child of today: single assessments, child in need plans, everything as the census has it.

Everything is drawn as if time went on and then cut at the last day of the last year, as a council's records would be.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from safeboard.figures.city.casework import (
    YOUNG_ENQUIRY,
    close,
    days_to_conference,
    enquiry,
    reviews,
    single_assessment,
    year_end,
)
from safeboard.figures.city.draws import (
    CATEGORIES,
    CLOSURES,
    ETHNICITIES,
    NEEDS,
    SOURCES,
    Weighted,
    disabilities,
    factors,
    on_or_after,
    on_or_before,
    pupil_number,
)
from safeboard.figures.city.records import Child, CinPlan, Enquiry, Episode, Plan
from safeboard.foundation.kernel.months import add_months
from safeboard.foundation.kernel.periods import Period
from safeboard.foundation.kernel.working_days import add_working_days

EARLY_HELP_SINCE: Final = date(2022, 4, 1)
"""The census has source 5D and closure RC9 from 2022-23 (domain/census.md)."""

_SOURCES_SINCE: Final = Weighted({"5D": 6, "": 94})
_ADULT: Final = 12 * 18

_NO_ACTION: Final = 0.14
_STOCK: Final = 0.05
_NOTHING_FURTHER: Final = 0.42
_ENQUIRED: Final = 0.3
_CONFERENCE: Final = 0.4
_PLAN: Final = 0.86
_CIN_PLAN: Final = 0.55
_REFERRED_AGAIN: Final = 0.22
_NO_FACTOR: Final = 0.2
_EARLY_HELP: Final = 0.15
_PREVIOUS: Final = 0.12
_LATE_REVIEW: Final = 0.05
_MOST_EPISODES: Final = 5


@dataclass(frozen=True, slots=True)
class Span:
    """The days of the city's returns, both inclusive."""

    first: date
    last: date

    @classmethod
    def ending(cls, last_year: int, years: int) -> "Span":
        """So many reporting years, the last of which ends in `last_year`."""
        return cls(Period.year_ending(last_year - years + 1).start, Period.year_ending(last_year).end)


def draw_child(rng: Random, number: int, span: Span) -> Child:
    """The child of that number, with one episode or more of which each is in a return of the span."""
    stock = rng.random() < _STOCK
    days = (span.last - span.first).days
    first = _stock_episode(rng, span) if stock else _episode(rng, span.first + timedelta(rng.randint(0, days)), span, 0)
    child = Child(f"C{number:08d}", _born(rng, first), "M" if rng.random() < 0.51 else "F", ETHNICITIES.draw(rng))
    child.disabilities = disabilities(rng)
    child.episodes.append(first)
    while len(child.episodes) < _MOST_EPISODES and rng.random() < _REFERRED_AGAIN:
        again = _again(rng, child, span)
        if again is None:
            break
        child.episodes.append(again)
    _find_pupil_number(rng, child, number, span)
    return child


def _born(rng: Random, first: Episode) -> date:
    if rng.random() < 0.025:
        return first.referred + timedelta(days=rng.randint(15, 200))
    return first.referred - timedelta(days=int(6200 * rng.betavariate(1.0, 1.35)))


def _find_pupil_number(rng: Random, child: Child, number: int, span: Span) -> None:
    if child.born > date(span.last.year - 5, 8, 31):
        child.upn_unknown = "UN1"
    elif rng.random() < 0.02:
        child.upn_unknown = "UN4"
    else:
        child.upn = pupil_number(number)


def _again(rng: Random, child: Child, span: Span) -> Episode | None:
    """The next episode, some time after the last one; None if that is open or there is no time left for another."""
    last = child.episodes[-1]
    ended = last.closed or (last.referred if last.no_further_action else None)
    if ended is None:
        return None
    referred = ended + timedelta(days=15 + int(rng.expovariate(1 / 260)))
    if referred > min(span.last, add_months(child.born, _ADULT)):
        return None
    return _episode(rng, referred, span, sum(len(episode.plans) for episode in child.episodes))


def _stock_episode(rng: Random, span: Span) -> Episode:
    """An episode open when the first year begins; of what went before only a plan still open is drawn."""
    referred = on_or_before(span.first - timedelta(days=rng.randint(40, 700)))
    episode = Episode(referred, SOURCES.draw(rng), NEEDS.draw(rng))
    ended = on_or_after(span.first + timedelta(days=20 + int(rng.expovariate(1 / 220))))
    if rng.random() < _ENQUIRED:
        started = on_or_before(referred + timedelta(days=rng.randint(20, 35)))
        _add_plan(rng, episode, started, ended, 0, span)
    episode.closed, episode.reason = on_or_after(ended + timedelta(days=rng.randint(0, 30))), CLOSURES.draw(rng)
    _cut(episode, span.last)
    return episode


def _episode(rng: Random, referred: date, span: Span, plans_before: int) -> Episode:
    source = (_SOURCES_SINCE.draw(rng) if referred >= EARLY_HELP_SINCE else "") or SOURCES.draw(rng)
    if rng.random() < _NO_ACTION:
        return Episode(referred, source, None, no_further_action=True)
    episode = Episode(referred, source, NEEDS.draw(rng))
    assessment = single_assessment(rng, referred, 0.84)
    episode.assessments.append(assessment)
    done = assessment.authorised or assessment.started
    share = rng.random()
    if share < _NOTHING_FURTHER:
        _close_after_assessment(rng, episode, done)
    elif share < _NOTHING_FURTHER + _ENQUIRED:
        _enquire(rng, episode, plans_before, span)
    elif share < _NOTHING_FURTHER + _ENQUIRED + _CIN_PLAN * (1 - _NOTHING_FURTHER - _ENQUIRED):
        _add_cin_plan(rng, episode, done, span)
    assessment.factors = _factors(rng, episode)
    _cut(episode, span.last)
    if episode.closed is None and all(each.authorised for each in episode.assessments) and not _running(episode):
        close(episode, rng, (5, 160), CLOSURES.draw(rng), span.last)
    return episode


def _close_after_assessment(rng: Random, episode: Episode, done: date) -> None:
    """Closed in the reporting year of the assessment, so that its return holds both (rule 8825Q)."""
    closed = on_or_after(done + timedelta(days=rng.randint(0, 8)))
    episode.closed = min(closed, max(done, on_or_before(year_end(done))))
    early_help = episode.closed >= EARLY_HELP_SINCE and rng.random() < _EARLY_HELP
    episode.reason = "RC9" if early_help else "RC8"


def _enquire(rng: Random, episode: Episode, plans_before: int, span: Span) -> None:
    """An enquiry soon after the referral; the assessment has begun by then and is not authorised before it is over."""
    assessment = episode.assessments[0]
    begun = on_or_after(episode.referred + timedelta(days=rng.randint(0, 9)))
    assessment.started = min(assessment.started, begun)
    if rng.random() >= _CONFERENCE:
        episode.enquiries.append(enquiry(begun, not_required=True))
        assessment.authorised = max(assessment.authorised or begun, begun)
        if rng.random() < _CIN_PLAN:
            _add_cin_plan(rng, episode, assessment.authorised, span)
        return
    held = add_working_days(begun, days_to_conference(rng))
    end = year_end(begun)
    if held > end and begun < add_working_days(end, -YOUNG_ENQUIRY):
        held = on_or_before(end)
    episode.enquiries.append(enquiry(begun, held))
    assessment.authorised = max(assessment.authorised or held, held)
    if rng.random() < _PLAN:
        ended = on_or_after(held + timedelta(days=20 + int(rng.gammavariate(2.0, 145))))
        _add_plan(rng, episode, held, ended, plans_before, span)
        if rng.random() < _CIN_PLAN:
            _add_cin_plan(rng, episode, ended, span)


def _add_plan(rng: Random, episode: Episode, started: date, ended: date, before: int, span: Span) -> None:
    first = CATEGORIES.draw(rng)
    latest = first if rng.random() < 0.93 else CATEGORIES.draw(rng)
    previous = before or (1 if rng.random() < _PREVIOUS else 0)
    held = reviews(rng, started, min(ended, span.last), held_at_end=ended <= span.last, late=_LATE_REVIEW)
    episode.plans.append(Plan(started, ended, first, latest, previous, held))


def _add_cin_plan(rng: Random, episode: Episode, after: date, span: Span) -> None:
    started = add_working_days(min(after, span.last), rng.randint(1, 10))
    ended = on_or_after(started + timedelta(days=25 + int(rng.gammavariate(2.0, 75))))
    episode.cin_plans.append(CinPlan(started, ended))


def _factors(rng: Random, episode: Episode) -> tuple[str, ...]:
    nothing = episode.reason in ("RC8", "RC9") and rng.random() < _NO_FACTOR
    return ("21",) if nothing else factors(rng)


def _running(episode: Episode) -> bool:
    """Whether a plan of either sort is open or an enquiry unfinished."""
    return (
        any(plan.ended is None for plan in episode.plans)
        or any(plan.ended is None for plan in episode.cin_plans)
        or any(each.conference is None and not each.not_required for each in episode.enquiries)
    )


def _cut(episode: Episode, last: date) -> None:
    """Take off what happens after the last day; what is under way on it stays, without its end."""
    for assessment in episode.assessments:
        if assessment.authorised is not None and assessment.authorised > last:
            assessment.authorised, assessment.factors = None, ()
    episode.assessments = [each for each in episode.assessments if each.started <= last]
    episode.enquiries = [_cut_enquiry(each, last) for each in episode.enquiries if each.started <= last]
    episode.plans = [each for each in episode.plans if each.started <= last]
    episode.cin_plans = [each for each in episode.cin_plans if each.started <= last]
    for plan in episode.plans:
        plan.ended = _by(plan.ended, last)
    for cin_plan in episode.cin_plans:
        cin_plan.ended = _by(cin_plan.ended, last)
    if episode.closed is not None and episode.closed > last:
        episode.closed = episode.reason = None


def _by(day: date | None, last: date) -> date | None:
    return day if day is not None and day <= last else None


def _cut_enquiry(each: Enquiry, last: date) -> Enquiry:
    return enquiry(each.started) if each.conference is not None and each.conference > last else each
