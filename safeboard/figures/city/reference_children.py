"""Whose episodes they are: every child of the reference city, some referred again, none with two episodes at once."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from safeboard.figures.city import reference_numbers as numbers
from safeboard.figures.city.draws import ETHNICITIES, disabilities, pupil_number
from safeboard.figures.city.records import Child, Episode
from safeboard.figures.city.reference_caseload import Case
from safeboard.figures.city.reference_plans import Draft
from safeboard.foundation.kernel.months import add_months

_REFERRED_AGAIN: Final = 0.24
_BEFORE_BIRTH: Final = 0.02
_ADULT: Final = 12 * 18
_SCHOOL_AGE: Final = date(2004, 8, 31)
"""Born by then, a child is of school age for the last return's pupil numbers (census rule 8770Q: six years before)."""

_NUMBER_NOT_FOUND: Final = 0.02
_FORMER_NUMBER: Final = 0.03
_PAUSE: Final = timedelta(days=12)


def children_of(cases: Sequence[Case], rng: Random) -> list[Child]:
    """The children of these episodes, which come in order of referral; each case is told its child."""
    children: list[Child] = []
    by_draft: dict[int, Child] = {}
    free: list[Child] = []
    followed = {id(case.draft.earlier) for case in cases if case.draft and case.draft.earlier}
    for case in cases:
        draft, episode = case.draft, case.episode
        child = by_draft.get(id(draft.earlier)) if draft and draft.earlier else None
        if child is None and draft is None and not episode.enquiries and rng.random() < _REFERRED_AGAIN:
            child = _known(free, episode, rng)
        if child is None:
            child = _new(len(children) + 1, draft, episode, rng)
            children.append(child)
        child.episodes.append(episode)
        case.child = child
        if draft:
            by_draft[id(draft)] = child
        if id(draft) not in followed and (episode.closed or episode.no_further_action):
            free.append(child)
    for number, child in enumerate(children, start=1):
        _find_pupil_number(child, number, rng)
    return children


def _known(free: list[Child], episode: Episode, rng: Random) -> Child | None:
    """A child without an open episode, to be referred again: taken off the list, and still a child while it is open."""
    for _ in range(8):
        place = rng.randrange(len(free)) if free else 0
        if free and _may_return(free[place], episode):
            free[place], free[-1] = free[-1], free[place]
            return free.pop()
    return None


def _may_return(child: Child, episode: Episode) -> bool:
    last = child.episodes[-1]
    since = last.closed or last.referred
    return since + _PAUSE < episode.referred and add_months(child.born, _ADULT) > (episode.closed or numbers.END)


def _new(number: int, draft: Draft | None, episode: Episode, rng: Random) -> Child:
    identifier = f"RC{number:05d}"
    sex = "M" if rng.random() < 0.515 else "F"
    if draft:
        return Child(identifier, draft.born, sex, draft.ethnicity, disabilities(rng))
    return Child(identifier, _born(episode, rng), sex, ETHNICITIES.draw(rng), disabilities(rng))


def _born(episode: Episode, rng: Random) -> date:
    """A birth that leaves the child under 18 to the end of the episode; younger children are referred more often."""
    if rng.random() < _BEFORE_BIRTH:
        return episode.referred + timedelta(days=rng.randint(20, 200))
    earliest = add_months(episode.closed or numbers.END, -_ADULT) + timedelta(days=2)
    days = (episode.referred - earliest).days
    return episode.referred - timedelta(days=int(days * rng.betavariate(1.0, 1.4)))


def _find_pupil_number(child: Child, number: int, rng: Random) -> None:
    only_no_action = all(episode.no_further_action for episode in child.episodes)
    if child.born > _SCHOOL_AGE:
        child.upn_unknown = "UN1"
    elif only_no_action and rng.random() < 0.4:
        child.upn_unknown = "UN7"
    elif rng.random() < _NUMBER_NOT_FOUND:
        child.upn_unknown = "UN4"
    else:
        child.upn = pupil_number(number)
        if rng.random() < _FORMER_NUMBER:
            child.former_upn = pupil_number(500_000 + number)
