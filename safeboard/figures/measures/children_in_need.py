"""Children in need: episodes open at a day and over a year, primary need, and plans (DfE tables B1 to B7)."""

from dataclasses import replace
from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures import frames
from safeboard.figures.measures.definition import Group, Mark, Measure, Moment
from safeboard.figures.measures.enquiries import POPULATION_WORDS
from safeboard.figures.tables import codes
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

NEED_NOT_STATED: Final = "N0"

_TABLE: Final = "ssd_cin_episodes"
_NEEDS: Final = (
    "ssd_cin_episodes.cine_referral_date",
    "ssd_cin_episodes.cine_referral_nfa",
    "ssd_cin_episodes.cine_close_date",
)
_PRIMARY_NEED: Final = "ssd_cin_episodes.cine_cin_primary_need_code"

_EPISODE_WORDS: Final = (
    "An episode runs from its referral to its closure. A referral marked as no further action opens none; one with "
    "nothing recorded there does. An episode that closed on a day is not open at the end of that day."
)

_BY_NEED: Final = Group(
    "primary_need",
    "Primary need",
    tuple(codes.PRIMARY_NEED.words.values()),
    unknown=codes.PRIMARY_NEED.words[NEED_NOT_STATED],
    needs=(_PRIMARY_NEED,),
)


def episodes(snapshot: Snapshot) -> nw.LazyFrame[Any]:
    """Every episode of need: key, person, referred, closed, need. Referrals with no further action opened none."""
    taken = frames.take(
        snapshot,
        _TABLE,
        key="cine_referral_id",
        person="cine_person_id",
        referred="cine_referral_date",
        closed="cine_close_date",
        nothing_further="cine_referral_nfa",
        need="cine_cin_primary_need_code",
    )
    return taken.filter(~frames.is_true("nothing_further"))


def _at_any_point(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return (
        episodes(snapshot).filter(frames.open_during("referred", "closed", period)).with_columns(counted=nw.lit(True))
    )


def _open(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return (
        episodes(snapshot).filter(frames.open_on("referred", "closed", period.end)).with_columns(counted=nw.lit(True))
    )


def _open_with_children(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    children = frames.take(
        snapshot, "ssd_person", child="pers_person_id", born="pers_dob", expected="pers_expected_dob", sex="pers_sex"
    )
    return (
        _open(snapshot, period)
        .join(children, left_on="person", right_on="child", how="left")
        .with_columns(
            primary_need=frames.words("need", codes.PRIMARY_NEED),
            age=frames.age_band("born", "expected", period.end),
            sex=frames.words("sex", codes.SEX),
        )
    )


def _needs(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    stated = (nw.col("need") != NEED_NOT_STATED).fill_null(False)
    return _open(snapshot, period).with_columns(counted=stated, primary_need=frames.words("need", codes.PRIMARY_NEED))


def _plans_open(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    plans = frames.take(
        snapshot,
        "ssd_cin_plans",
        key="cinp_cin_plan_id",
        person="cinp_person_id",
        started="cinp_cin_plan_start_date",
        ended="cinp_cin_plan_end_date",
    )
    return plans.filter(frames.open_on("started", "ended", period.end)).with_columns(counted=nw.lit(True))


ANY_POINT: Final = Measure(
    id="children_in_need_any_point",
    title="Children in need at any point",
    meaning="Episodes in which social care was helping a child at some time in the period, however short.",
    source="DfE Children in need, table B1; domain/indicators.md 1.4",
    edition="1",
    unit=Unit.COUNT,
    numerator="Episodes, other than those marked as no further action, referred on or before the period's last day and "
    "not closed before its first day",
    denominator="",
    needs=_NEEDS,
    rows=_at_any_point,
    table=_TABLE,
    mark=Mark.CHOSEN,
    choice=f"{_EPISODE_WORDS} Open at any point is therefore open at the end plus closed in the period.",
)

ANY_POINT_RATE: Final = replace(
    ANY_POINT,
    id="children_in_need_any_point_rate",
    title="Children in need at any point, per 10,000 children",
    meaning="Episodes of need open at some time in the period, set against the number of children who live in the "
    "area.",
    unit=Unit.PER_10_000,
    denominator=POPULATION_WORDS,
    against_population=True,
)

OPEN: Final = Measure(
    id="children_in_need_open",
    title="Children in need at the end of the period",
    meaning="Episodes in which social care was helping a child on the last day of the period.",
    source="DfE Children in need, tables A2, B1 and B3; domain/indicators.md 1.4",
    edition="1",
    unit=Unit.COUNT,
    numerator="Episodes, other than those marked as no further action, referred on or before the period's last day and "
    "not closed on or before it",
    denominator="",
    needs=_NEEDS,
    rows=_open_with_children,
    table=_TABLE,
    moment=Moment.AT_END,
    mark=Mark.CHOSEN,
    groups=(
        _BY_NEED,
        Group("age", "Age on the last day", frames.AGE_BANDS, needs=("ssd_person.pers_dob",)),
        Group("sex", "Sex", tuple(codes.SEX.words.values()), unknown="unknown", needs=("ssd_person.pers_sex",)),
    ),
    choice=f"{_EPISODE_WORDS} Ages are completed years on the period's last day; young people of 18 and over who still "
    "receive services count as 16 and over; a child born later, or with only an expected date of birth, is unborn.",
)

OPEN_RATE: Final = replace(
    OPEN,
    id="children_in_need_open_rate",
    title="Children in need at the end of the period, per 10,000 children",
    meaning="Episodes of need open on the last day, set against the number of children who live in the area.",
    unit=Unit.PER_10_000,
    denominator=POPULATION_WORDS,
    rows=_open,
    groups=(),
    choice=_EPISODE_WORDS,
    against_population=True,
)

PRIMARY_NEED: Final = Measure(
    id="children_in_need_primary_need",
    title="Why children are in need",
    meaning="Of the children social care was helping on the last day of the period, the share for each main reason. "
    "The whole is the share whose main reason is stated.",
    source="DfE Children in need, table B3; domain/indicators.md 1.4",
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those whose primary need is recorded and is not code N0 (not stated)",
    denominator="Episodes, other than those marked as no further action, referred on or before the period's last day "
    "and not closed on or before it",
    needs=(*_NEEDS, _PRIMARY_NEED),
    rows=_needs,
    table=_TABLE,
    moment=Moment.AT_END,
    mark=Mark.CHOSEN,
    groups=(replace(_BY_NEED, share=True, needs=()),),
    choice=f"{_EPISODE_WORDS} No need recorded, and need recorded as not stated, are one group.",
)

CIN_PLANS_OPEN: Final = Measure(
    id="cin_plans_open",
    title="Child in need plans at the end of the period",
    meaning="How many child in need plans were in force on the last day of the period. Children with a child "
    "protection plan have that instead.",
    source="DfE Children in need, table B7 (from 2022); domain/indicators.md 1.4",
    edition="1",
    unit=Unit.COUNT,
    numerator="Child in need plans begun on or before the period's last day and not ended on or before it",
    denominator="",
    needs=("ssd_cin_plans.cinp_cin_plan_start_date", "ssd_cin_plans.cinp_cin_plan_end_date"),
    rows=_plans_open,
    table="ssd_cin_plans",
    moment=Moment.AT_END,
    choice="A plan that ended on the last day itself is not open at its end.",
)

MEASURES: Final = (ANY_POINT, ANY_POINT_RATE, OPEN, OPEN_RATE, PRIMARY_NEED, CIN_PLANS_OPEN)
