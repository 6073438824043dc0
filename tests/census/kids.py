"""Random clean children of the census of 2025-26, of four kinds, seeded; no rule fires in any of them."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from safeboard.figures.tables.codes import ABUSE, ETHNICITY, FACTOR, PRIMARY_NEED, REFERRAL_SOURCE
from tests.census.cases import A, C, E, F, I, N, P, S
from tests.census.returns import DISABILITIES

FIRST = date(2025, 4, 1)
LAST = date(2026, 3, 31)
R = f"{P}Reviews/CPPreviewDate"

FACTORS = [code for code in FACTOR if code not in ("18A", "19A", "21")]


class Kid:
    """One child as texts by path, in the order in which they are put into the XML."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.texts: dict[str, str | None] = {}

    def put(self, path: str, value: date | str | None) -> None:
        self.texts[path] = value.isoformat() if isinstance(value, date) else value

    def day(self, path: str) -> date:
        return date.fromisoformat(self.texts[path] or "")

    def move(self, path: str, other: str, days: int) -> None:
        """Sets the date at `path` to that many days from the date at `other`."""
        self.put(path, self.day(other) + timedelta(days=days))

    def out(self, group: str) -> None:
        """Takes a whole group out."""
        self.texts = {path: text for path, text in self.texts.items() if not path.startswith(group)}

    def some(self, most: int) -> int:
        """A number of days from 1 to `most`; often 1, where boundaries are."""
        return 1 if self.rng.random() < 0.5 else self.rng.randint(1, most)


def person(rng: Random) -> Kid:
    kid = Kid(rng)
    kid.put(f"{I}PersonBirthDate", date(2010, 1, 1) + timedelta(days=rng.randrange(5000)))
    kid.put(f"{I}Sex", rng.choice("MF"))
    kid.put(f"{C}Ethnicity", rng.choice([*ETHNICITY]))
    for place, code in enumerate(rng.choice([["NONE"], [rng.choice(DISABILITIES)], rng.sample(DISABILITIES, 2)]), 1):
        kid.put(f"{C}Disabilities/Disability[{place}]", code)
    return kid


def _episode(kid: Kid, referral: date, *, no_action: bool = False) -> None:
    kid.put(f"{E}CINreferralDate", referral)
    kid.put(f"{E}ReferralSource", kid.rng.choice([*REFERRAL_SOURCE]))
    if not no_action:
        kid.put(f"{E}PrimaryNeedCode", kid.rng.choice([*PRIMARY_NEED]))
    kid.put(f"{E}ReferralNFA", kid.rng.choice(("true", "1", "TRUE") if no_action else ("false", "0", "FALSE")))


def _assessment(kid: Kid, longest: int) -> None:
    kid.move(f"{A}AssessmentActualStartDate", f"{E}CINreferralDate", kid.rng.randint(0, 5))
    kid.move(f"{A}AssessmentAuthorisationDate", f"{A}AssessmentActualStartDate", kid.rng.randint(5, longest))
    for place, code in enumerate(kid.rng.sample(FACTORS, kid.rng.randint(1, 4)), 1):
        kid.put(f"{F}/AssessmentFactors[{place}]", code)


def no_action(rng: Random) -> Kid:
    """A referral that ended in no further action."""
    kid = person(rng)
    _episode(kid, FIRST + timedelta(days=rng.randrange(360)), no_action=True)
    return kid


def closed(rng: Random) -> Kid:
    """Assessed and closed in the year."""
    kid = person(rng)
    _episode(kid, FIRST + timedelta(days=rng.randrange(100)))
    _assessment(kid, 60)
    kid.move(f"{E}CINclosureDate", f"{A}AssessmentAuthorisationDate", rng.randint(1, 100))
    kid.put(f"{E}ReasonForClosure", rng.choice(["RC7", "RC8", "RC9"]))
    return kid


def enquiry(rng: Random) -> Kid:
    """Open, with a Section 47 enquiry and its conference but no plan."""
    kid = person(rng)
    _episode(kid, FIRST + timedelta(days=rng.randrange(120)))
    _assessment(kid, 60)
    kid.move(f"{S}S47ActualStartDate", f"{E}CINreferralDate", rng.randint(2, 10))
    held = kid.day(f"{S}S47ActualStartDate") + timedelta(days=rng.randint(5, 18))
    kid.put(f"{S}DateOfInitialCPC", held + timedelta(days=max(0, held.weekday() - 4) and 7 - held.weekday()))
    kid.put(f"{S}ICPCnotRequired", rng.choice(["false", "0", "FALSE"]))
    return kid


def cin_plan(rng: Random) -> Kid:
    """Open, with a child in need plan."""
    kid = person(rng)
    _episode(kid, FIRST + timedelta(days=rng.randrange(120)))
    _assessment(kid, 60)
    kid.move(f"{N}CINPlanStartDate", f"{E}CINreferralDate", rng.randint(1, 30))
    kid.move(f"{N}CINPlanEndDate", f"{N}CINPlanStartDate", rng.randint(5, 90))
    return kid


def plan(rng: Random) -> Kid:
    """Open, with an enquiry, a conference, the protection plan it decided on and two reviews, maybe ended."""
    kid = enquiry(rng)
    kid.move(f"{P}CPPstartDate", f"{S}DateOfInitialCPC", 0)
    for field in ("InitialCategoryOfAbuse", "LatestCategoryOfAbuse"):
        kid.put(f"{P}{field}", rng.choice([*ABUSE]))
    kid.put(f"{P}NumberOfPreviousCPP", str(rng.randint(0, 3)))
    kid.move(R, f"{P}CPPstartDate", rng.randint(60, 90))
    kid.move(f"{R}[2]", R, rng.randint(30, 60))
    if rng.random() < 0.5:
        kid.move(f"{P}CPPendDate", f"{R}[2]", rng.randint(1, 20))
    return kid


KINDS: tuple[Callable[[Random], Kid], ...] = (no_action, closed, enquiry, cin_plan, plan)
