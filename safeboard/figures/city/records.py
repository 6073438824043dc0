"""A synthetic child and its episodes, as a generator thinks of them before they become rows of standard tables."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Assessment:
    """An assessment; `authorised` is None while it is under way. `kind` is a code of the assessment kinds."""

    kind: str
    started: date
    authorised: date | None
    factors: tuple[str, ...] = ()


@dataclass(slots=True)
class Enquiry:
    """A section 47 enquiry: it led to a `conference`, none was required, or (neither) it is not finished."""

    started: date
    target: date
    conference: date | None = None
    not_required: bool = False


@dataclass(slots=True)
class Plan:
    """A child protection plan with its reviews. `previous` counts earlier plans with this council."""

    started: date
    ended: date | None
    first_category: str
    latest_category: str
    previous: int = 0
    reviews: tuple[date, ...] = ()


@dataclass(slots=True)
class CinPlan:
    """A child in need plan."""

    started: date
    ended: date | None


@dataclass(slots=True)
class Episode:
    """One referral and what followed from it. `closed` is None while open, and always for no further action."""

    referred: date
    source: str
    need: str | None
    no_further_action: bool = False
    closed: date | None = None
    reason: str | None = None
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    cin_plans: list[CinPlan] = field(default_factory=list)

    def last_event(self) -> date:
        """The latest day on which anything recorded here happened: an episode cannot close before it."""
        days = [self.referred]
        for assessment in self.assessments:
            days.append(assessment.authorised or assessment.started)
        for enquiry in self.enquiries:
            days.append(enquiry.conference or enquiry.started)
        days.extend(plan.ended or plan.started for plan in self.plans)
        days.extend(plan.ended or plan.started for plan in self.cin_plans)
        return max(days)


@dataclass(slots=True)
class Child:
    """A synthetic child. `born` may lie after the reference date: the child is then returned as unborn."""

    id: str
    born: date
    sex: str
    ethnicity: str
    disabilities: tuple[str, ...] = ("NONE",)
    upn: str | None = None
    former_upn: str | None = None
    upn_unknown: str | None = None
    episodes: list[Episode] = field(default_factory=list)
