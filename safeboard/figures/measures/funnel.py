"""The funnel from referral to plan as period ratios, the form of national tables (domain/indicators.md (a), (b)).

The events of one stage in the period over those of the stage before: not the same children. `cohorts` has the other
form, which follows them.
"""

from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures import frames
from safeboard.figures.measures.assessments import INITIAL, SINGLE, assessments, completed_in, not_part_of_core
from safeboard.figures.measures.definition import Mark, Measure
from safeboard.figures.measures.enquiries import conferences_in, enquiries_in
from safeboard.figures.measures.plans import plans_started
from safeboard.figures.measures.referrals import referrals_in
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

_REFERRED: Final = "ssd_cin_episodes.cine_referral_date"
_ASSESSED: Final = "ssd_cin_assessments.cina_assessment_auth_date"
_ENQUIRY_BEGUN: Final = "ssd_s47_enquiry.s47e_s47_start_date"
_HELD: Final = "ssd_initial_cp_conference.icpc_icpc_date"
_PLAN_BEGUN: Final = "ssd_cp_plans.cppl_cp_plan_start_date"

_SOURCE: Final = "report section 22; domain/indicators.md (a)"
_NOT_THE_SAME: Final = (
    "Both numbers are of events dated in the period; they are not the same children, so the share can pass 100%. Each "
    "child counts at each stage as often as the event happened."
)
_NO_CORE: Final = "Core assessments are left out; an assessment whose kind is not recorded is counted."


def _over(stage: nw.LazyFrame[Any], previous: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Both stages' rows: this stage's in the numerator only, the previous one's in the denominator only."""
    numerator = stage.select("key", "person", counted=nw.lit(True), base=nw.lit(False))
    denominator = previous.select("key", "person", counted=nw.lit(False), base=nw.lit(True))
    return nw.concat([numerator, denominator])


def _completed(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return completed_in(snapshot, period).filter(not_part_of_core())


def _assessments_over_referrals(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return _over(_completed(snapshot, period), referrals_in(snapshot, period))


def _enquiries_over_assessments(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return _over(enquiries_in(snapshot, period), _completed(snapshot, period))


def _conferences_over_enquiries(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return _over(conferences_in(snapshot, period), enquiries_in(snapshot, period))


def _plans_over_conferences(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return _over(plans_started(snapshot, period), conferences_in(snapshot, period))


def _referrals_assessed(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    begun = assessments(snapshot).filter(nw.col("kind").is_in((INITIAL, SINGLE)), nw.col("started") <= period.end)
    return frames.with_membership(referrals_in(snapshot, period), begun, on="key", among="episode", name="counted")


ASSESSMENTS: Final = Measure(
    id="funnel_period_assessments",
    title="Assessments as a share of referrals",
    meaning="For every 100 referrals in the period, how many initial or single assessments were finished in it.",
    source=_SOURCE,
    edition="1",
    unit=Unit.PERCENT,
    numerator="Assessments authorised in the period, core assessments left out",
    denominator="Referral episodes whose referral date lies in the period",
    needs=(_REFERRED, _ASSESSED),
    rows=_assessments_over_referrals,
    table="ssd_cin_assessments",
    mark=Mark.CHOSEN,
    choice=f"{_NOT_THE_SAME} {_NO_CORE}",
    separate_base=True,
)

SECTION_47: Final = Measure(
    id="funnel_period_section_47",
    title="Section 47 enquiries as a share of assessments",
    meaning="For every 100 initial or single assessments finished in the period, how many section 47 enquiries began.",
    source=_SOURCE,
    edition="1",
    unit=Unit.PERCENT,
    numerator="Section 47 enquiries that began in the period",
    denominator="Assessments authorised in the period, core assessments left out",
    needs=(_ASSESSED, _ENQUIRY_BEGUN),
    rows=_enquiries_over_assessments,
    table="ssd_s47_enquiry",
    mark=Mark.CHOSEN,
    choice=f"{_NOT_THE_SAME} {_NO_CORE}",
    separate_base=True,
)

CONFERENCES: Final = Measure(
    id="funnel_period_conferences",
    title="Initial conferences as a share of section 47 enquiries",
    meaning="For every 100 section 47 enquiries begun in the period, how many initial conferences were held.",
    source=_SOURCE,
    edition="1",
    unit=Unit.PERCENT,
    numerator="Initial conferences held in the period, one for each child",
    denominator="Section 47 enquiries that began in the period",
    needs=(_ENQUIRY_BEGUN, _HELD),
    rows=_conferences_over_enquiries,
    table="ssd_initial_cp_conference",
    mark=Mark.CHOSEN,
    choice=_NOT_THE_SAME,
    separate_base=True,
)

PLANS: Final = Measure(
    id="funnel_period_plans",
    title="New plans as a share of initial conferences",
    meaning="For every 100 initial conferences held in the period, how many child protection plans started.",
    source=_SOURCE,
    edition="1",
    unit=Unit.PERCENT,
    numerator="Child protection plans that started in the period, temporary plans held for another council left out",
    denominator="Initial conferences held in the period, one for each child",
    needs=(_HELD, _PLAN_BEGUN),
    rows=_plans_over_conferences,
    table="ssd_cp_plans",
    mark=Mark.CHOSEN,
    choice=_NOT_THE_SAME,
    separate_base=True,
)

NI_68: Final = Measure(
    id="ni_68",
    title="Referrals going on to initial assessment (NI 68)",
    meaning="Of the referrals in the period, the share that led to an initial or single assessment of the child.",
    source="NI 68, national indicator set 2008-09; domain/indicators.md (b)",
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those with an initial or single assessment linked to their episode that began on or "
    "before the last day of the period",
    denominator="Referral episodes whose referral date lies in the period",
    needs=(
        _REFERRED,
        "ssd_cin_assessments.cina_assessment_kind",
        "ssd_cin_assessments.cina_referral_id",
        "ssd_cin_assessments.cina_assessment_start_date",
    ),
    rows=_referrals_assessed,
    table="ssd_cin_episodes",
    mark=Mark.CHOSEN,
    choice="The handbook's numerator could not be confirmed: here these very referrals are followed to their "
    "assessment, finished or not. The other reading, assessments of the period over referrals of the period, is "
    "funnel_period_assessments.",
)

MEASURES: Final = (ASSESSMENTS, SECTION_47, CONFERENCES, PLANS, NI_68)
