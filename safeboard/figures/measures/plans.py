"""Child protection plans: started, ended, open, at any point, by category at the start, and repeated.

Before 1 April 2008 a plan was a registration; the same rows, the same rules.
"""

from dataclasses import replace
from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures.definition import Counting, Group, Mark, Measure, Moment, Polarity
from safeboard.figures.measures.frames import (
    in_period,
    is_true,
    months_later,
    open_during,
    open_on,
    present,
    with_membership,
    words,
)
from safeboard.figures.tables import codes
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

STARTED: Final = "ssd_cp_plans.cppl_cp_plan_start_date"
ENDED: Final = "ssd_cp_plans.cppl_cp_plan_end_date"

NOT_OURS: Final = (
    "Temporary plans held for another council are left out where the records mark them (cppl_cp_plan_ola is yes); a "
    "plan without the mark is counted."
)
OPEN: Final = (
    "A plan is open on a day if it began on or before it and did not end on or before it: a plan that ended on 31 "
    "March is not open on 31 March."
)
REPEAT_MONTHS: Final = 24


def plans_of(snapshot: Snapshot, *those: nw.Expr) -> nw.LazyFrame[Any]:
    """This council's own plans, ever, or `those` of them: key, person, counted (true), started, ended, and the rest.

    The rest are `previous` (plans before it, as the council says), `initial` and `latest` (codes of the categories).
    """
    plans = snapshot.table("ssd_cp_plans").select(
        key=nw.col("cppl_cp_plan_id"),
        person=nw.col("cppl_person_id"),
        counted=nw.lit(True),
        started=nw.col("cppl_cp_plan_start_date"),
        ended=nw.col("cppl_cp_plan_end_date"),
        previous=nw.col("cppl_number_of_previous_plans"),
        initial=nw.col("cppl_cp_plan_initial_category"),
        latest=nw.col("cppl_cp_plan_latest_category"),
        temporary=nw.col("cppl_cp_plan_ola"),
    )
    return plans.filter(~is_true("temporary"), *those)


def plans_started(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """The plans whose first day lies in the period."""
    return plans_of(snapshot, in_period("started", period))


def plans_ended(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """The plans whose last day lies in the period."""
    return plans_of(snapshot, in_period("ended", period))


def plans_open(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """The plans open at the end of the period's last day."""
    return plans_of(snapshot, open_on("started", "ended", period.end))


def plans_at_any_point(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """The plans open at the end of the period's last day or ended in the period."""
    return plans_of(snapshot, open_during("started", "ended", period))


def _by_initial_category(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    category = words("initial", codes.ABUSE)
    return plans_started(snapshot, period).with_columns(category=category, counted=~category.is_null())


def with_any_previous(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """Plans started; counted where the council says there was one before, or the tables hold an earlier one."""
    said = (nw.col("previous") > 0).fill_null(False)
    held = nw.col("started").min().over("person") < nw.col("started")
    return plans_of(snapshot).with_columns(counted=said | held).filter(in_period("started", period))


def with_recent_previous(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """Plans started; counted where an earlier plan of the child ended not over two calendar years before."""
    starting = plans_started(snapshot, period).select("key", "person", "started")
    earlier = plans_of(snapshot, present("ended")).select("person", began="started", over="ended")
    in_time = nw.col("started").is_between(nw.col("over"), months_later("over", REPEAT_MONTHS))
    again = starting.join(earlier, on="person", how="inner").filter((nw.col("began") < nw.col("started")) & in_time)
    return with_membership(starting, again, on="key", among="key", name="counted")


def rate_of(measure: Measure, id_: str, title: str, column: str) -> Measure:
    """The measure over the population aged 0 to 17 instead, as DfE table D1 publishes it in `column`."""
    return replace(
        measure,
        id=id_,
        title=title,
        meaning=f"{measure.meaning} Set over all children living here, so that years and places can be compared.",
        source=f"DfE Children in need, table D1, {column}; domain/indicators.md (e)",
        unit=Unit.PER_10_000,
        denominator="Children aged 0 to 17 in the area in the middle of the year before the period ends",
        against_population=True,
    )


_STARTED: Final = Measure(
    id="plans_started",
    title="Child protection plans started",
    meaning="How many times in the year a child became the subject of a child protection plan.",
    source="DfE Children in need, table D1, CPP_start; domain/indicators.md (e)",
    edition="1",
    unit=Unit.COUNT,
    numerator="Plans whose first day lies in the period, both ends inclusive; a child with two such plans counts twice",
    denominator="",
    needs=(STARTED,),
    rows=plans_started,
    table="ssd_cp_plans",
    mark=Mark.CHOSEN,
    choice=NOT_OURS,
)

_ENDED: Final = replace(
    _STARTED,
    id="plans_ended",
    title="Child protection plans ended",
    meaning="How many child protection plans came to an end in the year.",
    source="DfE Children in need, table D1, CPP_end; domain/indicators.md (e)",
    numerator="Plans whose last day lies in the period, both ends inclusive; a child with two such plans counts twice",
    needs=(ENDED,),
    rows=plans_ended,
)

_OPEN: Final = replace(
    _STARTED,
    id="plans_open",
    title="Children with a child protection plan",
    meaning="How many children were the subject of a child protection plan when the year ended.",
    source="DfE Children in need, table D1, CPP_At31; report lines 999-1000; domain/indicators.md (e)",
    numerator="Plans whose first day is on or before the period's last day and which have no last day or a later one",
    needs=(STARTED, ENDED),
    rows=plans_open,
    counting=Counting.CHILDREN,
    moment=Moment.AT_END,
    choice=f"{OPEN} {NOT_OURS}",
)

_ANY_POINT: Final = replace(
    _STARTED,
    id="plans_any_point",
    title="Child protection plans at any point in the year",
    meaning="How many child protection plans were in force on at least one day of the year.",
    source="DfE Children in need, table D1, CPP_anypoint; domain/indicators.md (e)",
    numerator=(
        "Plans whose first day is on or before the period's last day and which have no last day or one on or after "
        "the period's first day: exactly the plans open at its end and those ended in it"
    ),
    needs=(STARTED, ENDED),
    rows=plans_at_any_point,
    choice=f"{OPEN} {NOT_OURS}",
)

_CATEGORY: Final = replace(
    _STARTED,
    id="plans_started_category",
    title="Plans started, by category of abuse",
    meaning="Which kind of harm the plans that started in the year were first made for. The whole is the share "
    "recorded.",
    source="DfE Children in need, table D2; domain/indicators.md (j)",
    unit=Unit.PERCENT,
    numerator="Plans whose first day lies in the period and whose initial category is recorded; for a category, "
    "those with it",
    denominator="All plans whose first day lies in the period, with or without a category",
    needs=(STARTED, "ssd_cp_plans.cppl_cp_plan_initial_category"),
    rows=_by_initial_category,
    groups=(Group("category", "Initial category of abuse", tuple(codes.ABUSE.words.values()), share=True),),
)

_NI_65: Final = replace(
    _STARTED,
    id="ni_65",
    title="Children becoming the subject of a plan for a second or subsequent time",
    meaning=(
        "Of the plans that started in the year, the share for a child who had one before. Low is good, as the "
        "change a plan brought should last; none at all would mean that help is held back."
    ),
    source="PAF A3 / NI 65; DfE Children in need, table D3; report lines 1002-1013; domain/indicators.md (f)",
    unit=Unit.PERCENT,
    numerator=(
        "Of the denominator, plans for which the number of previous plans is given and above 0, or before whose "
        "first day another plan of the same child in the records had its first day"
    ),
    denominator="Plans whose first day lies in the period, both ends inclusive; a child with two such plans counts "
    "twice",
    needs=(STARTED, "ssd_cp_plans.cppl_number_of_previous_plans"),
    rows=with_any_previous,
    polarity=Polarity.LOW_IS_GOOD,
    choice=(
        "Any earlier plan with this council counts, however long ago: either the council says so (the number of "
        "previous plans) or the records hold one. Where no source collects that number there is no figure, as "
        f"records reach back only so far. {NOT_OURS}"
    ),
)

_REPEAT: Final = replace(
    _NI_65,
    id="plans_repeat_within_two_years",
    title="Plans started within two years of the child's last plan",
    meaning="Of the plans that started in the year, the share for a child whose earlier plan had ended only recently.",
    source="a variant many councils watch beside NI 65; domain/indicators.md (f)",
    numerator=(
        "Of the denominator, plans for whose child another plan had an earlier first day, and a last day that is on "
        "or before this plan's first day and no more than 24 calendar months before it"
    ),
    needs=(STARTED, ENDED),
    rows=with_recent_previous,
    look_back_months=REPEAT_MONTHS,
    choice=(
        "Two calendar years, the last day included: an earlier plan that ended on 1 May 2006 counts for a plan that "
        "starts on 1 May 2008 and not for one on 2 May 2008. Only plans in the records are seen, so the two years "
        f"before the period must be covered. {NOT_OURS}"
    ),
)

MEASURES: Final = (
    _STARTED,
    rate_of(_STARTED, "plans_started_rate", "Child protection plans started per 10,000 children", "CPP_start_rate"),
    _CATEGORY,
    _NI_65,
    _REPEAT,
    _ENDED,
    rate_of(_ENDED, "plans_ended_rate", "Child protection plans ended per 10,000 children", "CPP_end_rate"),
    _OPEN,
    rate_of(_OPEN, "plans_open_rate", "Children with a child protection plan per 10,000", "CPP_At31_rate"),
    _ANY_POINT,
    rate_of(
        _ANY_POINT,
        "plans_any_point_rate",
        "Child protection plans at any point in the year per 10,000 children",
        "CPP_anypoint_rate",
    ),
)
