"""What followed the child protection plans that ended in the first half of the year (DfE table D8)."""

from datetime import timedelta
from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures.definition import Group, Mark, Measure
from safeboard.figures.measures.frames import is_true, open_on, present, take
from safeboard.figures.measures.plans import ENDED, NOT_OURS, STARTED, plans_ended, plans_of
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.months import add_months
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

EARLY_MONTHS: Final = 6
"""Table D8 looks at the first half of the year, so that half a year is left to see what followed."""

MOVED: Final = "RC5"
"""The reason for closure that says another council took over."""

AGAIN, IN_NEED, ELSEWHERE, CLOSED = OUTCOMES = (
    "another plan started",
    "still a child in need",
    "moved to another council",
    "episode closed",
)
LOOKED_AFTER: Final = "looked after"
"""Not among the labels always listed: a source without looked-after periods must not read as none."""

_PLACES: Final = dict(enumerate((AGAIN, LOOKED_AFTER, IN_NEED, ELSEWHERE, CLOSED), start=1))


def early_part(period: Period) -> Period:
    """The first six calendar months of the period, or less where it ends sooner."""
    return Period(period.start, min(add_months(period.start, EARLY_MONTHS) - timedelta(days=1), period.end))


def looked_after_periods(snapshot: Snapshot) -> nw.LazyFrame[Any]:
    """Periods of being looked after, other than for short breaks alone: child, first, last."""
    periods = take(
        snapshot,
        "ssd_cla_episodes",
        child="clae_person_id",
        first="clae_cla_episode_start_date",
        last="clae_cla_episode_ceased_date",
        short_breaks="clae_short_breaks_only",
    )
    return periods.filter(~is_true("short_breaks"))


def ended_early(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """Plans ended in the first six months, each with the first outcome that holds; missing where none does."""
    plans = plans_ended(snapshot, early_part(period)).select("key", "person", "ended")
    known = plans.join(_known_of_children(snapshot), left_on="person", right_on="child", how="left")
    judged = known.select("key", "person", place=_place(period))
    first = judged.group_by("key", "person").agg(nw.col("place").min())
    return first.select(
        "key", "person", counted=present("place"), outcome=nw.col("place").replace_strict(_PLACES, default=None)
    )


def _known_of_children(snapshot: Snapshot) -> nw.LazyFrame[Any]:
    """All that can follow a plan, one under the other: child, kind, first, last, other (a plan's key), reason."""
    nothing = nw.lit(None, dtype=nw.String)
    plans = plans_of(snapshot).select(
        child="person", kind=nw.lit("plan"), first="started", last="ended", other="key", reason=nothing
    )
    care = looked_after_periods(snapshot).select(
        "child", nw.lit("care").alias("kind"), "first", "last", other=nothing, reason=nothing
    )
    episodes = take(
        snapshot,
        "ssd_cin_episodes",
        child="cine_person_id",
        first="cine_referral_date",
        last="cine_close_date",
        reason="cine_close_reason",
        no_action="cine_referral_nfa",
    ).filter(~is_true("no_action"))
    in_need = episodes.select("child", nw.lit("need").alias("kind"), "first", "last", nothing.alias("other"), "reason")
    return nw.concat([plans, care, in_need])


def _place(period: Period) -> nw.Expr:
    """The place, from 1, of what is known among the outcomes; missing where it is none."""
    kind, last_day = nw.col("kind"), nw.lit(period.end)
    after = (nw.col("other") != nw.col("key")) & nw.col("first").is_between(nw.col("ended"), last_day)
    running = open_on("first", "last", period.end)
    closed = (kind == "need") & nw.col("last").is_between(nw.col("ended"), last_day)
    holds = (
        (kind == "plan") & after,
        (kind == "care") & running,
        (kind == "need") & running,
        closed & (nw.col("reason") == MOVED),
        closed,
    )
    return nw.coalesce(*(nw.when(each).then(nw.lit(place)) for place, each in enumerate(holds, start=1)))


_BY_OUTCOME: Final = Group(
    "outcome",
    "What followed",
    OUTCOMES,
    share=True,
    needs=(
        "ssd_cin_episodes.cine_referral_date",
        "ssd_cin_episodes.cine_close_date",
        "ssd_cin_episodes.cine_close_reason",
    ),
)

MEASURES: Final = (
    Measure(
        id="plans_ended_first_six_months",
        title="Plans that ended in the first six months of the year, by what followed",
        meaning="For plans that ended from April to September, where the child stood when the year ended: planned "
        "for again, looked after, still in need, moved away, or no longer with the service. The whole is the share "
        "known.",
        source="DfE Children in need, table D8; domain/indicators.md 1.4",
        edition="1",
        unit=Unit.PERCENT,
        numerator="Plans of the denominator for which an outcome holds. Each has the first that holds of: (1) "
        "another plan started: another plan of the child has its first day from this plan's last day to the "
        "period's last day, both included; (2) looked after: the child is looked after at the end of the period's "
        "last day, other than for short breaks alone; (3) still a child in need: an episode of the child is open at "
        "the end of that day; (4) moved to another council: an episode of the child closed with reason RC5 from the "
        "plan's last day to the period's last day, both included; (5) episode closed: one closed then with any "
        "other reason or none",
        denominator="Plans whose last day lies in the first six calendar months of the period (1 April to 30 "
        "September)",
        needs=(STARTED, ENDED),
        rows=ended_early,
        table="ssd_cp_plans",
        mark=Mark.CHOSEN,
        choice="The sources do not give table D8's own outcomes; these are exclusive, in the order given. Something "
        "is open on a day if it began on or before it and did not end on or before it. A referral with no further "
        "action is no episode. Looked after is listed only where it occurs: where no source collects looked-after "
        f"periods, those children stand under a later outcome. {NOT_OURS}",
        groups=(_BY_OUTCOME,),
    ),
)
