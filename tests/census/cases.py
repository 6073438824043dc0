"""What a case is: a child, changed so that it breaks one rule or just does not, and every finding to be expected."""

from dataclasses import dataclass

from tests.census.returns import Changes

I = "ChildIdentifiers/"  # noqa: E741 - one letter a group keeps a case on one line
C = "ChildCharacteristics/"
E = "CINdetails/"
A = "CINdetails/Assessments/"
A2 = "CINdetails/Assessments[2]/"
F = "CINdetails/Assessments/FactorsIdentifiedAtAssessment"
F2 = "CINdetails/Assessments[2]/FactorsIdentifiedAtAssessment"
N = "CINdetails/CINPlanDates/"
N2 = "CINdetails/CINPlanDates[2]/"
S = "CINdetails/Section47/"
S2 = "CINdetails/Section47[2]/"
P = "CINdetails/ChildProtectionPlans/"
P2 = "CINdetails/ChildProtectionPlans[2]/"
E2 = "CINdetails[2]/"


@dataclass(frozen=True)
class Case:
    """`found` are the codes of every finding about the child, in the order of the report."""

    code: str
    what: str
    base: Changes
    changes: Changes
    found: tuple[str, ...]

    @property
    def breaks(self) -> bool:
        return self.code in self.found


def breaks(code: str, what: str, base: Changes, changes: Changes, found: str = "") -> Case:
    """A child that breaks the rule; `found` where it breaks others too."""
    return Case(code, what, base, changes, tuple((found or code).split()))


def passes(code: str, what: str, base: Changes, changes: Changes, found: str = "") -> Case:
    """A child that just does not break the rule; `found` where it breaks others."""
    return Case(code, what, base, changes, tuple(found.split()))


def without(base: Changes, *groups: str) -> Changes:
    """The base without everything in those groups."""
    return {path: text for path, text in base.items() if not path.startswith(groups)}
