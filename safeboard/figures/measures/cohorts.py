"""The funnel from referral to plan as cohorts: each event of the period is followed to the next stage.

By identifiers alone, never by nearness of dates: matching by nearness counts twice (domain/published-figures.md 6). The
latest events are set apart as too recent to know.
"""

from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures import frames
from safeboard.figures.measures.assessments import assessments, not_part_of_core
from safeboard.figures.measures.definition import Group, Mark, Measure
from safeboard.figures.measures.enquiries import conferences, conferences_in, enquiries_in
from safeboard.figures.measures.referrals import referrals_in
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

FOLLOW_REFERRAL: Final = 30
FOLLOW_ASSESSMENT: Final = 63
FOLLOW_ENQUIRY: Final = 60
FOLLOW_CONFERENCE: Final = 45
"""Calendar days for which an event is followed. Not limits of the guidance: 30, 60 and 45 are those of London's open
tool (liia-tools, domain/indicators.md (a)); 63, nine weeks, is as long as a single assessment may take."""

REACHED: Final = "reached"
NOT_REACHED: Final = "not reached"
TOO_RECENT: Final = "too recent to know"

_OUTCOME: Final = Group("outcome", "Outcome", (REACHED, NOT_REACHED, TOO_RECENT), share=True)

_REFERRED: Final = "ssd_cin_episodes.cine_referral_date"
_ASSESSMENT_BEGUN: Final = "ssd_cin_assessments.cina_assessment_start_date"
_ASSESSMENT_EPISODE: Final = "ssd_cin_assessments.cina_referral_id"
_ENQUIRY_BEGUN: Final = "ssd_s47_enquiry.s47e_s47_start_date"
_ENQUIRY_EPISODE: Final = "ssd_s47_enquiry.s47e_referral_id"
_HELD: Final = "ssd_initial_cp_conference.icpc_icpc_date"
_HELD_ENQUIRY: Final = "ssd_initial_cp_conference.icpc_s47_enquiry_id"
_HELD_EPISODE: Final = "ssd_initial_cp_conference.icpc_referral_id"
_PLAN_BEGUN: Final = "ssd_cp_plans.cppl_cp_plan_start_date"
_PLAN_EPISODE: Final = "ssd_cp_plans.cppl_referral_id"


_SOURCE: Final = (
    "report section 22; domain/indicators.md (a); windows as in liia-tools, a data tool shared by London councils"
)


def _choice(event: str, days: int) -> str:
    return (
        f"Followed for {days} calendar days by identifiers, never by nearness of dates. Where the records end before "
        f"{event} plus {days} days and the next stage is not reached yet, it is too recent to know. Those stay in the "
        "denominator, so the share can only rise when they become known."
    )


def _with_outcome(
    cohort: nw.LazyFrame[Any], reached: nw.LazyFrame[Any], snapshot: Snapshot, *, since: str, follow: int
) -> nw.LazyFrame[Any]:
    """Each of the cohort with its outcome; `reached` holds the keys of those that got to the next stage in time."""
    marked = frames.with_membership(cohort, reached, on="key", among="key", name="counted")
    too_recent = frames.days_later(since, follow) > snapshot.manifest.reference_date
    left = nw.when(too_recent).then(nw.lit(TOO_RECENT)).otherwise(nw.lit(NOT_REACHED))
    return marked.with_columns(outcome=nw.when(nw.col("counted")).then(nw.lit(REACHED)).otherwise(left))


def _within(event: str, since: str, follow: int) -> nw.Expr:
    return nw.col(event).is_between(nw.col(since), frames.days_later(since, follow))


def _referrals_followed(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    cohort = referrals_in(snapshot, period)
    begun = assessments(snapshot).filter(not_part_of_core()).select("episode", "started")
    reached = cohort.join(begun, left_on="key", right_on="episode", how="inner").filter(
        _within("started", "referred", FOLLOW_REFERRAL)
    )
    return _with_outcome(cohort, reached, snapshot, since="referred", follow=FOLLOW_REFERRAL)


def _assessments_followed(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    begun = assessments(snapshot).filter(not_part_of_core(), frames.in_period("started", period))
    cohort = begun.select("key", "person", "episode", "started")
    enquiries = frames.take(snapshot, "ssd_s47_enquiry", of="s47e_referral_id", enquired="s47e_s47_start_date")
    # An enquiry may open before the assessment that belongs to it, so only the far end is bounded.
    reached = cohort.join(enquiries, left_on="episode", right_on="of", how="inner").filter(
        nw.col("enquired") <= frames.days_later("started", FOLLOW_ASSESSMENT)
    )
    return _with_outcome(cohort, reached, snapshot, since="started", follow=FOLLOW_ASSESSMENT)


def _enquiries_followed(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    cohort = enquiries_in(snapshot, period)
    held = conferences(snapshot)
    named = held.filter(frames.present("enquiry")).select(of="enquiry", held="held")
    loose = held.filter(~frames.present("enquiry")).select(of="episode", held="held")
    reached = _reached(cohort, named, loose).filter(_within("held", "started", FOLLOW_ENQUIRY))
    return _with_outcome(cohort, reached, snapshot, since="started", follow=FOLLOW_ENQUIRY)


def _conferences_followed(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    cohort = conferences_in(snapshot, period)
    plans = frames.take(
        snapshot,
        "ssd_cp_plans",
        conference="cppl_icpc_id",
        episode="cppl_referral_id",
        began="cppl_cp_plan_start_date",
        temporary="cppl_cp_plan_ola",
    ).filter(~frames.is_true("temporary"))
    named = plans.filter(frames.present("conference")).select(of="conference", began="began")
    loose = plans.filter(~frames.present("conference")).select(of="episode", began="began")
    reached = _reached(cohort, named, loose).filter(_within("began", "held", FOLLOW_CONFERENCE))
    return _with_outcome(cohort, reached, snapshot, since="held", follow=FOLLOW_CONFERENCE)


def _reached(cohort: nw.LazyFrame[Any], named: nw.LazyFrame[Any], loose: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The cohort beside the events that name it, and beside those that name nothing but the episode."""
    by_name = cohort.join(named, left_on="key", right_on="of", how="inner", suffix="_next")
    by_episode = cohort.join(loose, left_on="episode", right_on="of", how="inner", suffix="_next")
    return nw.concat([by_name, by_episode])


ASSESSMENTS: Final = Measure(
    id="funnel_cohort_assessments",
    title="Referrals followed to assessment",
    meaning="Of the referrals in the period, the share for which an initial or single assessment began soon after, in "
    "the same episode.",
    source=_SOURCE,
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those with an assessment linked to their episode, core assessments left out, that "
    f"began from the referral date to {FOLLOW_REFERRAL} calendar days after it, both included",
    denominator="Referral episodes whose referral date lies in the period",
    needs=(_REFERRED, _ASSESSMENT_EPISODE, _ASSESSMENT_BEGUN),
    rows=_referrals_followed,
    table="ssd_cin_episodes",
    mark=Mark.CHOSEN,
    groups=(_OUTCOME,),
    choice=_choice("the referral", FOLLOW_REFERRAL),
)

SECTION_47: Final = Measure(
    id="funnel_cohort_section_47",
    title="Assessments followed to section 47 enquiry",
    meaning="Of the initial or single assessments begun in the period, the share whose episode has a section 47 "
    "enquiry.",
    source=_SOURCE,
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those whose episode has a section 47 enquiry that began at any time up to "
    f"{FOLLOW_ASSESSMENT} calendar days after the assessment began, that day included",
    denominator="Assessments that began in the period, core assessments left out",
    needs=(_ASSESSMENT_EPISODE, _ASSESSMENT_BEGUN, _ENQUIRY_EPISODE, _ENQUIRY_BEGUN),
    rows=_assessments_followed,
    table="ssd_cin_assessments",
    mark=Mark.CHOSEN,
    groups=(_OUTCOME,),
    choice="An enquiry of the episode that began before the assessment counts as well. "
    + _choice("the start of the assessment", FOLLOW_ASSESSMENT),
)

CONFERENCES: Final = Measure(
    id="funnel_cohort_conferences",
    title="Section 47 enquiries followed to initial conference",
    meaning="Of the section 47 enquiries begun in the period, the share that led to an initial conference.",
    source=_SOURCE,
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those with an initial conference that names the enquiry, or that names no enquiry "
    f"and belongs to the same episode, held from the enquiry's start to {FOLLOW_ENQUIRY} calendar days after it, both "
    "included",
    denominator="Section 47 enquiries that began in the period",
    needs=(_ENQUIRY_BEGUN, _ENQUIRY_EPISODE, _HELD, _HELD_ENQUIRY, _HELD_EPISODE),
    rows=_enquiries_followed,
    table="ssd_s47_enquiry",
    mark=Mark.CHOSEN,
    groups=(_OUTCOME,),
    choice=_choice("the start of the enquiry", FOLLOW_ENQUIRY),
)

PLANS: Final = Measure(
    id="funnel_cohort_plans",
    title="Initial conferences followed to plan",
    meaning="Of the initial conferences held in the period, the share that led to a child protection plan.",
    source=_SOURCE,
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those with a plan that names the conference, or that names no conference and "
    f"belongs to the same episode, started from the conference to {FOLLOW_CONFERENCE} calendar days after it, both "
    "included; temporary plans held for another council left out",
    denominator="Initial conferences held in the period, one for each child",
    needs=(_HELD, _HELD_EPISODE, _PLAN_BEGUN, _PLAN_EPISODE),
    rows=_conferences_followed,
    table="ssd_initial_cp_conference",
    mark=Mark.CHOSEN,
    groups=(_OUTCOME,),
    choice=_choice("the conference", FOLLOW_CONFERENCE),
)

MEASURES: Final = (ASSESSMENTS, SECTION_47, CONFERENCES, PLANS)
