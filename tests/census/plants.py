"""Ways of breaking a random clean child: what a fault does to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from tests.census.cases import P2, S2, E, I, P
from tests.census.kids import FIRST, LAST, Kid
from tests.census.returns import UPN_LETTERS, upn

Plant = Callable[[Kid], None]


@dataclass(frozen=True)
class Fault:
    """How to break one rule: the kind of child it takes, what is done to it, and every code that must be found."""

    kind: Callable[[Random], Kid]
    plant: Plant
    found: tuple[str, ...]


def sets(path: str, *values: str | None) -> Plant:
    return lambda kid: kid.put(path, kid.rng.choice(values))


def before(path: str, other: str, most: int = 30) -> Plant:
    return lambda kid: kid.move(path, other, -kid.some(most))


def after(path: str, other: str, most: int = 30) -> Plant:
    return lambda kid: kid.move(path, other, kid.some(most))


def outside(path: str) -> Plant:
    """A day after the year, where the day before it would break other rules."""
    return lambda kid: kid.put(path, LAST + timedelta(days=kid.some(300)))


def weekend(path: str) -> Plant:
    return lambda kid: kid.put(path, kid.rng.choice(["2025-09-06", "2025-09-07", "2026-01-03", "2026-02-01"]))


def together(*plants: Plant) -> Plant:
    def plant(kid: Kid) -> None:
        for one in plants:
            one(kid)

    return plant


def out(*groups: str) -> Plant:
    return together(*(lambda kid, group=group: kid.out(group) for group in groups))  # type: ignore[misc]


def wrong_letter(kid: Kid) -> None:
    number = upn(kid.rng.randrange(50_000_000, 60_000_000), temporary=kid.rng.random() < 0.5)
    others = [letter for letter in UPN_LETTERS if letter != number[0]]
    kid.put(f"{I}UPN", kid.rng.choice(others) + number[1:])


def old(kid: Kid) -> None:
    kid.put(f"{I}PersonBirthDate", LAST.replace(year=2001) - timedelta(days=kid.some(2000)))


def unborn(kid: Kid, away: int) -> None:
    kid.put(f"{I}PersonBirthDate", None)
    kid.put(f"{I}Sex", "U")
    kid.put(f"{I}ExpectedPersonBirthDate", LAST + timedelta(days=away))
    kid.put(f"{E}CINreferralDate", LAST - timedelta(days=1))


def second(path: str, start: str, base: str, days: int, *, end: str = "", lasts: int = 10) -> Plant:
    """A second one of a group, so many days from a date of the child."""

    def plant(kid: Kid) -> None:
        kid.move(f"{path}{start}", base, days)
        if end:
            kid.move(f"{path}{end}", f"{path}{start}", lasts)

    return plant


def another_episode(day: Callable[[Kid], str], *, no_further: bool = False) -> Plant:
    def plant(kid: Kid) -> None:
        kid.put("CINdetails[2]/CINreferralDate", day(kid))
        kid.put("CINdetails[2]/ReferralSource", "6")
        kid.put("CINdetails[2]/PrimaryNeedCode", "N1")
        kid.put("CINdetails[2]/ReferralNFA", "true" if no_further else "false")

    return plant


def plan_of(path: str) -> Plant:
    return together(
        sets(f"{path}InitialCategoryOfAbuse", "NEG"),
        sets(f"{path}LatestCategoryOfAbuse", "EMO"),
        sets(f"{path}NumberOfPreviousCPP", "1"),
    )


def fault(code: str, kind: Callable[[Random], Kid], *plants: Plant, also: str = "") -> tuple[str, Fault]:
    return code, Fault(kind, together(*plants), tuple(sorted([code, *also.split()])))


def late_enough(kid: Kid) -> None:
    """The whole case so late that a date moved back a little stays in the year."""
    if kid.day(f"{E}CINreferralDate") < FIRST + timedelta(days=20):
        kid.move(f"{E}CINreferralDate", f"{E}CINreferralDate", 20)


def workday(kid: Kid, path: str) -> None:
    day = kid.day(f"{E}CINreferralDate")
    kid.put(path, day + timedelta(days=max(0, day.weekday() - 4) and 7 - day.weekday()))


def conference_for_second(kid: Kid, days: int) -> None:
    """A second enquiry, with the conference on whose day the second plan starts."""
    kid.move(f"{P2}CPPstartDate", f"{P}CPPstartDate", days - days % 7)
    kid.move(f"{S2}S47ActualStartDate", f"{P2}CPPstartDate", -5)
    kid.move(f"{S2}DateOfInitialCPC", f"{P2}CPPstartDate", 0)
    kid.put(f"{S2}ICPCnotRequired", "false")
