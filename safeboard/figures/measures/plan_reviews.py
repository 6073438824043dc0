"""Reviews of child protection plans: how many, and for how many children all of them were on time (NI 67)."""

from datetime import date
from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures.definition import Counting, Mark, Measure, Polarity
from safeboard.figures.measures.frames import days_later, in_period, months_later, take
from safeboard.figures.measures.limits import limit
from safeboard.figures.measures.plans import ENDED, NOT_OURS, OPEN, STARTED, plans_of, plans_open
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.guidance import Rule
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

FIRST: Final = "first review"
LATER: Final = "later reviews"

_LATER_BY: Final = {"months": months_later, "days": days_later}


def due(column: str, rule: Rule) -> nw.Expr:
    """The last day on time for a review counted from the day in `column`. KeyError for a rule in working days."""
    return _LATER_BY[rule.unit](column, rule.value)


def records_begin(snapshot: Snapshot) -> date:
    """The first day for which every review is held; the beginning of time where the manifest does not say."""
    covered = snapshot.manifest.coverage.get("ssd_cp_reviews")
    return covered.first if covered else date.min


def reviews_held(snapshot: Snapshot) -> nw.LazyFrame[Any]:
    """Reviews held after the first day of their plan (others are none): key, person, plan, started, held."""
    reviews = take(
        snapshot, "ssd_cp_reviews", key="cppr_cp_review_id", plan="cppr_cp_plan_id", held="cppr_cp_review_date"
    )
    plans = plans_of(snapshot).select("person", "started", nw.col("key").alias("plan"))
    return reviews.join(plans, on="plan", how="inner").filter(nw.col("held") > nw.col("started"))


def reviews_in_period(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return reviews_held(snapshot).filter(in_period("held", period)).with_columns(counted=nw.lit(True))


def plans_reviewed_on_time(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """Open plans whose first review has fallen due; counted where none in the period was late and none is overdue."""
    first, later = limit(FIRST, snapshot, period), limit(LATER, snapshot, period)
    plans = plans_open(snapshot, period).filter(due("started", first) <= period.end)
    kept = _kept_by_plan(snapshot, period, first, later)
    never = nw.col("last_due").is_null()
    begun = _clock(plans, "started", records_begin(snapshot)).join(kept, on="key", how="left")
    last_due = nw.when(never).then(_first_due(first, later)).otherwise(nw.col("last_due"))
    on_time = (last_due > period.end) & (nw.col("late").fill_null(0) == 0)
    return begun.with_columns(counted=on_time)


def _clock(frame: nw.LazyFrame[Any], start: str, begins: date) -> nw.LazyFrame[Any]:
    """With `clock`, the day a review is counted from, and `unseen`, whether reviews before it may have gone unseen."""
    early = nw.col(start) < nw.lit(begins)
    clock = nw.when(early).then(nw.lit(begins)).otherwise(nw.col(start))
    return frame.with_columns(clock=clock, unseen=early)


def _first_due(first: Rule, later: Rule) -> nw.Expr:
    return nw.when(nw.col("unseen")).then(due("clock", later)).otherwise(due("clock", first))


def _kept_by_plan(snapshot: Snapshot, period: Period, first: Rule, later: Rule) -> nw.LazyFrame[Any]:
    """For every plan with a review by the period's end: key, how many in the period were late, when the next is due."""
    held = reviews_held(snapshot).filter(nw.col("held") <= period.end).select("plan", "started", "held")
    before = nw.col("held").shift(1).over("plan", order_by="held")
    followed = held.with_columns(before=before)
    clocked = _clock(
        followed.with_columns(since=nw.coalesce(nw.col("before"), nw.col("started"))), "since", records_begin(snapshot)
    )
    was_due = nw.when(nw.col("before").is_null()).then(_first_due(first, later)).otherwise(due("clock", later))
    late = (nw.col("held") > was_due) & in_period("held", period)
    judged = clocked.select("plan", "held", late=late.cast(nw.Int32))
    kept = judged.group_by("plan").agg(nw.col("late").sum(), nw.col("held").max())
    from_last = _clock(kept, "held", records_begin(snapshot))
    return from_last.select(key=nw.col("plan"), late=nw.col("late"), last_due=due("clock", later))


_REVIEW_NEEDS: Final = ("ssd_cp_reviews.cppr_cp_plan_id", "ssd_cp_reviews.cppr_cp_review_date")

MEASURES: Final = (
    Measure(
        id="reviews",
        title="Review child protection conferences",
        meaning="How many reviews of child protection plans were held in the year.",
        source="DfE children in need census, CPPreviewDate; report lines 1015-1025",
        edition="1",
        unit=Unit.COUNT,
        numerator=(
            "Reviews held in the period, both ends inclusive, and after the first day of their plan; brothers and "
            "sisters reviewed together count one each"
        ),
        denominator="",
        needs=(*_REVIEW_NEEDS, STARTED),
        rows=reviews_in_period,
        table="ssd_cp_reviews",
        mark=Mark.CHOSEN,
        choice=(
            "A review dated on or before the first day of its plan is not a review of it (census rule 8841) and is "
            f"left out. {NOT_OURS}"
        ),
    ),
    Measure(
        id="ni_67",
        title="Child protection plans reviewed on time",
        meaning=(
            "Of the children who had had a plan for three months or more when the year ended, the share whose every "
            "review in the year was held in time. One late review fails the child for the year."
        ),
        source="NI 67 / PAF C20; DfE Children in need, table D6; report lines 1015-1025; domain/indicators.md (g)",
        edition="1",
        unit=Unit.PERCENT,
        numerator=(
            "Of the denominator, plans for which every review in the period was held on or before the day it was "
            "due, and no review was due on or before the period's last day that had not been held by then; the "
            "first review is due the limit for a first review after the plan's first day, each later one the limit "
            "for later reviews after the review before it"
        ),
        denominator=(
            "Plans open at the end of the period's last day whose first review was due, by the limit for a first "
            "review, on or before that day"
        ),
        needs=(STARTED, ENDED, *_REVIEW_NEEDS),
        rows=plans_reviewed_on_time,
        table="ssd_cp_plans",
        counting=Counting.CHILDREN,
        polarity=Polarity.HIGH_IS_GOOD,
        mark=Mark.CHOSEN,
        choice=(
            "Calendar months, clipped to the end of a shorter month; a review on the last day allowed is on time, "
            "and one due on the period's last day and not held by its end is overdue. A review dated on or before "
            "the plan's first day does not count (census rule 8841). Where the plan or the review before began the "
            "wait ahead of the first day from which review records are complete, reviews before that day may be "
            f"unseen: the wait is then counted from that day, with the limit for later reviews. {OPEN} {NOT_OURS}"
        ),
        rules=(FIRST, LATER),
    ),
)
