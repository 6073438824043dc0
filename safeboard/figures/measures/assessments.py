"""Assessments: how many, how quickly, and what they found (NI 59, NI 60; DfE tables C2 and C3)."""

from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures import frames
from safeboard.figures.measures.definition import Group, Mark, Measure, Polarity
from safeboard.figures.measures.limits import limit
from safeboard.figures.tables import codes
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

INITIAL: Final = "INITIAL"
CORE: Final = "CORE"
SINGLE: Final = "SINGLE"

DURATION_BANDS: Final = {
    "same day": (0, 0),
    "1-10": (1, 10),
    "11-20": (11, 20),
    "21-30": (21, 30),
    "31-40": (31, 40),
    "41-45": (41, 45),
    "46-50": (46, 50),
    "51-60": (51, 60),
    "61+": (61, None),
}
"""Working days from referral to authorisation, as the columns of DfE table C2 are named. Not a limit: those are
guidance."""

NO_FACTOR: Final = "21"

NO_USABLE_REFERRAL: Final = "no usable referral date"

_TABLE: Final = "ssd_cin_assessments"
_STARTED: Final = f"{_TABLE}.cina_assessment_start_date"
_AUTHORISED: Final = f"{_TABLE}.cina_assessment_auth_date"
_KIND: Final = f"{_TABLE}.cina_assessment_kind"
_EPISODE: Final = f"{_TABLE}.cina_referral_id"
_REFERRED: Final = "ssd_cin_episodes.cine_referral_date"


def assessments(snapshot: Snapshot) -> nw.LazyFrame[Any]:
    """Every assessment: key, person, episode (the referral's key), kind, started, authorised."""
    return frames.take(
        snapshot,
        _TABLE,
        key="cina_assessment_id",
        person="cina_person_id",
        episode="cina_referral_id",
        kind="cina_assessment_kind",
        started="cina_assessment_start_date",
        authorised="cina_assessment_auth_date",
    )


def not_part_of_core() -> nw.Expr:
    """Initial, single and unrecorded kinds: a census of today has single assessments alone and records no kind."""
    return (nw.col("kind") != CORE).fill_null(True)


def completed_in(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """The assessments authorised in the period."""
    return assessments(snapshot).filter(frames.in_period("authorised", period))


def _with_days_from_referral(frame: nw.LazyFrame[Any], snapshot: Snapshot) -> nw.LazyFrame[Any]:
    episodes = frames.take(snapshot, "ssd_cin_episodes", of="cine_referral_id", referred="cine_referral_date")
    linked = frame.join(episodes, left_on="episode", right_on="of", how="left")
    return frames.with_working_days(linked, snapshot, start="referred", end="authorised", name="days")


def _within(days: int) -> nw.Expr:
    return nw.col("days").is_between(0, days).fill_null(False)


def _assessments(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return completed_in(snapshot, period).select(
        "key", "person", counted=nw.lit(True), kind=frames.words("kind", codes.ASSESSMENT_KIND)
    )


def _initial_on_time(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    initial = completed_in(snapshot, period).filter(nw.col("kind") == INITIAL)
    days = limit("initial assessment", snapshot, period).value
    return _with_days_from_referral(initial, snapshot).with_columns(counted=_within(days))


def _core_on_time(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    core = completed_in(snapshot, period).filter(nw.col("kind") == CORE)
    timed = frames.with_working_days(core, snapshot, start="started", end="authorised", name="days")
    return timed.with_columns(counted=_within(limit("core assessment", snapshot, period).value))


def _single_on_time(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    single = completed_in(snapshot, period).filter((nw.col("kind") == SINGLE) | nw.col("kind").is_null())
    timed = _with_days_from_referral(single, snapshot)
    within = _within(limit("single assessment", snapshot, period).value)
    return timed.with_columns(counted=within, band=frames.bands("days", DURATION_BANDS))


def _factors(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    found = frames.take(
        snapshot, "ssd_assessment_factors", of="cinf_assessment_id", code="cinf_assessment_factor"
    ).filter(frames.present("code"))
    completed = completed_in(snapshot, period)
    return completed.join(found, left_on="key", right_on="of", how="inner").select(
        "key", "person", counted=nw.col("code") != NO_FACTOR, factor=frames.words("code", codes.FACTOR)
    )


ASSESSMENTS: Final = Measure(
    id="assessments",
    title="Assessments completed",
    meaning="How many assessments of a child's needs social care finished in the period.",
    source="DfE Children in need, table C2; report section 22; domain/indicators.md (c), (d)",
    edition="1",
    unit=Unit.COUNT,
    numerator="Assessments of any kind authorised in the period",
    denominator="",
    needs=(_AUTHORISED,),
    rows=_assessments,
    table=_TABLE,
    groups=(Group("kind", "Kind of assessment", tuple(codes.ASSESSMENT_KIND.words.values()), needs=(_KIND,)),),
)

NI_59: Final = Measure(
    id="ni_59",
    title="Initial assessments on time (NI 59)",
    meaning="Of the initial assessments finished in the period, the share finished within the working days that the "
    "guidance allows from the referral.",
    source="NI 59, national indicator set 2008-09; domain/indicators.md (c)",
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those authorised 0 or more working days after the referral date of their episode, "
    "and no more than the limit for an initial assessment",
    denominator="Initial assessments authorised in the period",
    needs=(_KIND, _EPISODE, _AUTHORISED, _REFERRED),
    rows=_initial_on_time,
    table=_TABLE,
    polarity=Polarity.HIGH_IS_GOOD,
    mark=Mark.CHOSEN,
    choice="The day of referral is day 0. An assessment linked to no referral, authorised before it, or dated outside "
    "the reviewed calendar of working days is in the denominator and not on time. The limit in force on the last day "
    "counted applies to the whole period.",
    rules=("initial assessment",),
)

NI_60: Final = Measure(
    id="ni_60",
    title="Core assessments on time (NI 60)",
    meaning="Of the core assessments finished in the period, the share finished within the working days that the "
    "guidance allows from their start.",
    source="NI 60, national indicator set 2008-09; domain/indicators.md (d)",
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those authorised 0 or more working days after their start date, and no more than "
    "the limit for a core assessment",
    denominator="Core assessments authorised in the period",
    needs=(_KIND, _STARTED, _AUTHORISED),
    rows=_core_on_time,
    table=_TABLE,
    polarity=Polarity.HIGH_IS_GOOD,
    mark=Mark.CHOSEN,
    choice="The start is the recorded start date, day 0. An assessment dated outside the reviewed calendar of working "
    "days is in the denominator and not on time. The limit in force on the last day counted applies to the whole "
    "period.",
    rules=("core assessment",),
)

WITHIN_45: Final = Measure(
    id="assessments_within_45_days",
    title="Assessments within 45 working days of referral",
    meaning="Of the assessments finished in the period, the share finished within the working days that the guidance "
    "allows from the referral, and how long each took.",
    source="DfE Children in need, table C2; domain/indicators.md (d), today's single measure",
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those authorised 0 or more working days after the referral date of their episode, "
    "and no more than the limit for a single assessment",
    denominator="Single assessments, and assessments whose kind is not recorded, authorised in the period",
    needs=(_EPISODE, _AUTHORISED, _REFERRED),
    rows=_single_on_time,
    table=_TABLE,
    polarity=Polarity.HIGH_IS_GOOD,
    mark=Mark.CHOSEN,
    groups=(
        Group(
            "band",
            "Working days from referral",
            tuple(DURATION_BANDS),
            share=True,
            unknown=NO_USABLE_REFERRAL,
        ),
    ),
    choice="Initial and core assessments of the years to 2013 are left out. The day of referral is day 0, and the "
    "same day means 0 working days. An assessment linked to no referral, authorised before it, or dated outside the "
    "reviewed calendar is in the denominator and in no band, as in DfE's table, and stands under its own label. The "
    "limit in force on the last day counted applies to the whole period.",
    rules=("single assessment",),
)

FACTORS: Final = Measure(
    id="assessment_factors",
    title="Factors found by assessments",
    meaning="Of the assessments finished in the period with their factors recorded, the share that found each factor, "
    "such as domestic abuse. One assessment may find many, so the shares add to more than 100%.",
    source="DfE Children in need, table C3; domain/indicators.md 1.4",
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those with at least one factor other than code 21 (no factors identified)",
    denominator="Assessments authorised in the period for which at least one factor code is recorded, code 21 included",
    needs=(_AUTHORISED, "ssd_assessment_factors.cinf_assessment_factor"),
    rows=_factors,
    table=_TABLE,
    mark=Mark.CHOSEN,
    groups=(Group("factor", "Factor", tuple(codes.FACTOR.words.values()), share=True),),
    choice="Assessments for which no factor code is recorded are left out of the denominator. Shares of a factor "
    "across 2020-21 do not compare: physical and sexual abuse were split by who did it.",
)

MEASURES: Final = (ASSESSMENTS, NI_59, NI_60, WITHIN_45, FACTORS)
