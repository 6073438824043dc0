"""Reviews of child protection plans: how many, and for how many children all of them were on time (NI 67)."""

from datetime import date
from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures.definition import Counting, Group, Mark, Measure, Polarity
from safeboard.figures.measures.frames import days_later, in_period, months_later, present, take, words
from safeboard.figures.measures.limits import limit
from safeboard.figures.measures.plans import ENDED, NOT_OURS, OPEN, STARTED, plans_of, plans_open
from safeboard.figures.tables import codes
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


def _reviews_in_period(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return reviews_held(snapshot).filter(in_period("held", period)).with_columns(counted=nw.lit(True))


def _participation(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """Reviews of the period with a participation code, by how the child took part."""
    coded = take(snapshot, "ssd_cp_reviews", key="cppr_cp_review_id", code="cppr_cp_review_participation")
    told = coded.with_columns(participation=words("code", codes.PARTICIPATION)).filter(present("participation"))
    return _reviews_in_period(snapshot, period).join(told, on="key", how="inner")


def plans_reviewed_on_time(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """Open plans whose first review has fallen due; counted where none in the period was late and none is overdue."""
    first, later = limit(FIRST, snapshot, period), limit(LATER, snapshot, period)
    first_due, next_due = _due_after("started", first, later), _due_after("held", later, later)
    reviewed = _with_reviews(snapshot, period, plans_open(snapshot, period).filter(due("started", first) <= period.end))
    was_due = nw.when(nw.col("before").is_null()).then(first_due).otherwise(_due_after("before", later, later))
    late = (nw.col("held") > was_due) & in_period("held", period)
    judged = reviewed.select("key", "person", "started", "begins", "held", late=late.cast(nw.Int32))
    plans = judged.group_by("key", "person", "started", "begins").agg(nw.col("late").sum(), nw.col("held").max())
    due_now = nw.when(nw.col("held").is_null()).then(first_due).otherwise(next_due)
    return plans.with_columns(counted=(nw.col("late") == 0) & (due_now > period.end))


def _with_reviews(snapshot: Snapshot, period: Period, plans: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The plans, once for each review: held, before (the review before it); `begins` is when review records do.

    `held` is missing where there was none after the plan's first day and by the period's last.
    """
    reviews = take(snapshot, "ssd_cp_reviews", plan="cppr_cp_plan_id", reviewed="cppr_cp_review_date")
    both = plans.select("key", "person", "started").join(reviews, left_on="key", right_on="plan", how="left")
    counts = nw.when(nw.col("reviewed") > nw.col("started"), nw.col("reviewed") <= period.end)
    held = both.with_columns(held=counts.then(nw.col("reviewed")), begins=nw.lit(records_begin(snapshot)))
    return held.with_columns(before=nw.col("held").shift(1).over("key", order_by="held"))


def _due_after(column: str, rule: Rule, later: Rule) -> nw.Expr:
    """When a review is due after the day in `column`. What was held before the records begin may have gone unseen."""
    return nw.when(nw.col(column) < nw.col("begins")).then(due("begins", later)).otherwise(due(column, rule))


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
        rows=_reviews_in_period,
        table="ssd_cp_reviews",
        mark=Mark.CHOSEN,
        choice=(
            "A review dated on or before the first day of its plan is not a review of it (census rule 8841) and is "
            f"left out. {NOT_OURS}"
        ),
    ),
    Measure(
        id="review_children_participation",
        title="How children took part in reviews",
        meaning=(
            "Of the reviews of child protection plans where it was recorded, how the child took part: there or not, "
            "with or without a voice."
        ),
        source="Standard Safeguarding Dataset, CPPR007A, codes PN0 to PN7; domain/indicators.md (m)",
        edition="1",
        unit=Unit.PERCENT,
        numerator="All of the denominator; for a way of taking part, those with its code",
        denominator=(
            "Reviews held in the period, both ends inclusive, and after the first day of their plan, with a "
            "participation code"
        ),
        needs=(*_REVIEW_NEEDS, "ssd_cp_reviews.cppr_cp_review_participation", STARTED),
        rows=_participation,
        table="ssd_cp_reviews",
        groups=(Group("participation", "Participation", tuple(codes.PARTICIPATION.words.values()), share=True),),
        mark=Mark.CHOSEN,
        choice=(
            "Children under 4 (PN0) are in. Initial conferences are not, as the dataset holds no code for them: where "
            "a sheet of attendance is given, “How children took part in conferences” has both. A review dated on or "
            f"before the first day of its plan is not a review of it (census rule 8841) and is left out. {NOT_OURS}"
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
