"""What followed the child protection plans that ended in the first half of the year (DfE table D8)."""

from datetime import timedelta
from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures.definition import Group, Mark, Measure
from safeboard.figures.measures.frames import is_true, open_on, present, take, with_membership
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


def early_part(period: Period) -> Period:
    """The first six calendar months of the period, or less where it ends sooner."""
    return Period(period.start, min(add_months(period.start, EARLY_MONTHS) - timedelta(days=1), period.end))


def children_looked_after(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """The children looked after at the end of the period's last day, those on short breaks alone left out: `child`."""
    spells = take(
        snapshot,
        "ssd_cla_episodes",
        child="clae_person_id",
        began="clae_cla_episode_start_date",
        ceased="clae_cla_episode_ceased_date",
        short_breaks="clae_short_breaks_only",
    )
    return spells.filter(open_on("began", "ceased", period.end) & ~is_true("short_breaks")).select("child")


def ended_early(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """Plans ended in the first six months, each with the first outcome that holds; missing where nothing is known."""
    plans = plans_ended(snapshot, early_part(period)).select("key", "person", "ended")
    closed = _closed_since(snapshot, period, plans)
    still = _episodes(snapshot).filter(open_on("referred", "closed", period.end))
    plans = with_membership(plans, _planned_again(snapshot, period, plans), on="key", among="key", name="again")
    plans = with_membership(
        plans, children_looked_after(snapshot, period), on="person", among="child", name="looked_after"
    )
    plans = with_membership(plans, still, on="person", among="child", name="in_need")
    plans = with_membership(plans, closed.filter(nw.col("reason") == MOVED), on="key", among="key", name="moved")
    plans = with_membership(plans, closed, on="key", among="key", name="closed")
    outcome = nw.coalesce(
        nw.when(nw.col("again")).then(nw.lit(AGAIN)),
        nw.when(nw.col("looked_after")).then(nw.lit(LOOKED_AFTER)),
        nw.when(nw.col("in_need")).then(nw.lit(IN_NEED)),
        nw.when(nw.col("moved")).then(nw.lit(ELSEWHERE)),
        nw.when(nw.col("closed")).then(nw.lit(CLOSED)),
    )
    return plans.with_columns(outcome=outcome).with_columns(counted=present("outcome"))


def _planned_again(snapshot: Snapshot, period: Period, plans: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    others = plans_of(snapshot).select("person", other=nw.col("key"), began=nw.col("started"))
    later = (nw.col("other") != nw.col("key")) & nw.col("began").is_between(nw.col("ended"), nw.lit(period.end))
    return plans.join(others, on="person", how="inner").filter(later)


def _episodes(snapshot: Snapshot) -> nw.LazyFrame[Any]:
    episodes = take(
        snapshot,
        "ssd_cin_episodes",
        child="cine_person_id",
        referred="cine_referral_date",
        closed="cine_close_date",
        reason="cine_close_reason",
        no_action="cine_referral_nfa",
    )
    return episodes.filter(~is_true("no_action"))


def _closed_since(snapshot: Snapshot, period: Period, plans: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    episodes = _episodes(snapshot).select("child", "closed", "reason")
    both = plans.join(episodes, left_on="person", right_on="child", how="inner")
    return both.filter(nw.col("closed").is_between(nw.col("ended"), nw.lit(period.end)))


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
