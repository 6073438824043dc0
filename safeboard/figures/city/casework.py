"""How work on a synthetic child runs, so that no census return of it ever gives a finding.

The census asks of every return that work under way at its end is young: an unauthorised assessment began at most 45
working days before (rule 8670Q), an enquiry whose conference is still to come at most 15 (8675Q). One peer counts a day
less for each, so generated work is younger still.
"""

from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Final

from safeboard.figures.city.draws import on_or_after, on_or_before, working_day_between
from safeboard.figures.city.records import Assessment, Enquiry, Episode
from safeboard.foundation.kernel.months import add_months
from safeboard.foundation.kernel.working_days import add_working_days

_YOUNG_ASSESSMENT: Final = 42
"""Working days before a return's end within which an assessment may still be open in it."""

YOUNG_ENQUIRY: Final = 12
"""Working days before a return's end within which an enquiry's conference may still be to come."""

CONFERENCE_WITHIN: Final = 15
"""Working days from the strategy discussion in which the conference is due: the census item InitialCPCtarget."""

_REVIEW_EARLY: Final = 5
"""Days a punctual review is held before the day it is due, at least."""

_REVIEW_LATE: Final = 30
"""Days a late review is held after the day it is due, at most."""


@lru_cache(maxsize=65_536)
def year_end(day: date) -> date:
    """The 31 March on or after `day`."""
    end = date(day.year, 3, 31)
    return end if day <= end else date(day.year + 1, 3, 31)


@lru_cache(maxsize=1024)
def _youngest_from(end: date) -> date:
    return add_working_days(end, -_YOUNG_ASSESSMENT)


def authorised_by(started: date, wished: date, not_before: date) -> date:
    """The day an assessment is authorised: as wished unless a return would find it open too long.

    Never before `not_before`, which must then be in the same reporting year or the assessment young at its end.
    """
    end = year_end(started)
    if wished > end and started < _youngest_from(end):
        wished = on_or_before(end)
    return max(wished, not_before)


def initial_assessment(rng: Random, referred: date, on_time: float, latest: date) -> Assessment:
    """An initial assessment done by `latest`, within 7 working days of the referral in about `on_time` of cases."""
    started = min(add_working_days(referred, rng.choice((1, 1, 1, 2))), latest)
    started = max(on_or_before(started), referred)
    days = rng.randint(2, 7) if rng.random() < on_time else rng.randint(8, 30)
    authorised = max(on_or_before(min(add_working_days(referred, days), latest)), started)
    return Assessment("INITIAL", started, authorised)


def core_assessment(rng: Random, started: date, on_time: float, not_before: date) -> Assessment:
    """A core assessment, within 35 working days of its start in about `on_time` of cases."""
    days = rng.randint(15, 35) if rng.random() < on_time else rng.randint(36, 60)
    return Assessment("CORE", started, authorised_by(started, add_working_days(started, days), not_before))


def single_assessment(rng: Random, referred: date, on_time: float) -> Assessment:
    """A single assessment, within 45 working days of the referral in about `on_time` of cases."""
    started = on_or_after(referred + timedelta(days=rng.randint(0, 3)))
    days = rng.randint(5, 45) if rng.random() < on_time else rng.randint(46, 70)
    wished = max(add_working_days(referred, days), started)
    return Assessment("SINGLE", started, authorised_by(started, wished, started))


def enquiry(started: date, conference: date | None = None, *, not_required: bool = False) -> Enquiry:
    """A section 47 enquiry with the day its conference is due."""
    return Enquiry(started, add_working_days(started, CONFERENCE_WITHIN), conference, not_required)


def days_to_conference(rng: Random) -> int:
    """Working days from the strategy discussion to the conference; nearly four in five within 15."""
    share = rng.random()
    if share < 0.4:
        return rng.randint(4, 10)
    if share < 0.79:
        return rng.randint(11, CONFERENCE_WITHIN)
    return rng.randint(CONFERENCE_WITHIN + 1, 24)


def reviews(rng: Random, started: date, last: date, *, held_at_end: bool, late: float = 0) -> tuple[date, ...]:
    """Reviews of a plan to `last`: within 3 months of its start, then within 6 months of the one before.

    About `late` of them, from 0 to 1, are held some weeks after they were due. `held_at_end` adds the review that ends
    a plan on `last`, unless one was held in the month before.
    """
    held: list[date] = []
    earliest, due = started + timedelta(days=55), add_months(started, 3)
    while True:
        if late and rng.random() < late:
            day = working_day_between(rng, due + timedelta(days=1), due + timedelta(days=_REVIEW_LATE))
        else:
            day = working_day_between(rng, earliest, due - timedelta(days=_REVIEW_EARLY))
        if day >= last:
            break
        held.append(day)
        earliest, due = day + timedelta(days=120), add_months(day, 6)
    if held_at_end and last - (held[-1] if held else started) > timedelta(days=30):
        held.append(last)
    return tuple(held)


def close(episode: Episode, rng: Random, days: tuple[int, int], reason: str, by: date) -> None:
    """Close the episode `days` after its last event; it stays open where that is after `by`."""
    closed = on_or_after(episode.last_event() + timedelta(days=rng.randint(*days)))
    if closed <= by:
        episode.closed, episode.reason = closed, reason
