"""How long child protection plans lasted, ended and still open."""

from dataclasses import replace
from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures.definition import Group, Mark, Measure, Moment, Polarity
from safeboard.figures.measures.frames import days_later, months_later
from safeboard.figures.measures.plans import ENDED, NOT_OURS, OPEN, STARTED, plans_ended, plans_open
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

NI_64_DAYS: Final = 729
"""NI 64 counts plans of more than this many calendar days, the first and the last day both included."""

SHORT, HALF_YEAR, UNDER_A_YEAR, UNDER_TWO_YEARS, LONGEST = DURATIONS = (
    "3 months or less",
    "more than 3 months, up to 6 months",
    "more than 6 months, less than 1 year",
    "1 year, less than 2 years",
    "2 years or more",
)


def duration_band(start: str, until: str) -> nw.Expr:
    """The label of DURATIONS for the time from one day to another, in calendar months.

    The edges are uneven, as in DfE tables D5 and D7: six months to the day is short, a year to the day is long.
    """
    lasted = nw.col(until)
    return nw.coalesce(
        nw.when(lasted <= months_later(start, 3)).then(nw.lit(SHORT)),
        nw.when(lasted <= months_later(start, 6)).then(nw.lit(HALF_YEAR)),
        nw.when(lasted < months_later(start, 12)).then(nw.lit(UNDER_A_YEAR)),
        nw.when(lasted < months_later(start, 24)).then(nw.lit(UNDER_TWO_YEARS)),
        nw.lit(LONGEST),
    )


def _ended_by_duration(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return plans_ended(snapshot, period).with_columns(duration=duration_band("started", "ended"))


def _open_by_duration(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    running = plans_open(snapshot, period).with_columns(today=nw.lit(period.end))
    return running.with_columns(duration=duration_band("started", "today"))


def ended_after_two_years(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """Plans ended, counted where they lasted more than NI_64_DAYS, first and last day both included."""
    # The day so many days after the first is the first day too many.
    return plans_ended(snapshot, period).with_columns(counted=nw.col("ended") >= days_later("started", NI_64_DAYS))


def _ended_after_six_months(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return plans_ended(snapshot, period).with_columns(counted=nw.col("ended") > months_later("started", 6))


_EDGES: Final = (
    "Calendar months, clipped to the end of a shorter month: a plan that starts on 31 March has lasted 3 months on "
    "30 June."
)
_BY_DURATION: Final = (Group("duration", "How long the plan lasted", DURATIONS, share=True),)

_NI_64: Final = Measure(
    id="ni_64",
    title="Child protection plans lasting two years or more",
    meaning=(
        "Of the plans that ended in the year, the share that had lasted about two years or more. A plan should "
        "bring the change a child needs within that time; low is good, though some children need longer."
    ),
    source=(
        "NI 64; DfE Children in need, table D7, 2_years_or_more_percent; report lines 1030-1038; "
        "domain/indicators.md (h)"
    ),
    edition="1",
    unit=Unit.PERCENT,
    numerator=(
        f"Of the denominator, plans that lasted more than {NI_64_DAYS} calendar days, the first day and the last day "
        f"both counted: last day minus first day is {NI_64_DAYS} days or more"
    ),
    denominator="Plans whose last day lies in the period, both ends inclusive; a child with two such plans counts "
    "twice",
    needs=(STARTED, ENDED),
    rows=ended_after_two_years,
    table="ssd_cp_plans",
    polarity=Polarity.LOW_IS_GOOD,
    mark=Mark.CHOSEN,
    choice=(
        f"The indicator says more than {NI_64_DAYS} calendar days including the day of ending; the first day is "
        "counted too. A plan therefore counts one or two days before its second anniversary, and can be in this "
        f"figure while the duration bands, which go by the calendar, put it under 2 years. {NOT_OURS}"
    ),
)

_OVER_SIX_MONTHS: Final = replace(
    _NI_64,
    id="plans_ended_over_six_months",
    title="Child protection plans that ended after more than six months",
    meaning="Of the plans that ended in the year, the share that had lasted more than half a year.",
    source="report lines 1039-1040; domain/indicators.md (i)",
    numerator="Of the denominator, plans whose last day is later than 6 calendar months after the first day",
    rows=_ended_after_six_months,
    polarity=Polarity.NEITHER,
    choice=f"A plan that ended 6 calendar months to the day after its first day does not count. {_EDGES} {NOT_OURS}",
)

_ENDED_DURATION: Final = replace(
    _NI_64,
    id="plans_ended_duration",
    title="Plans that ended, by how long they had lasted",
    meaning="How long the child protection plans that ended in the year had been in force.",
    source="DfE Children in need, table D7; report lines 1039-1040; domain/indicators.md (i)",
    numerator="Plans whose last day lies in the period; for a band, those whose time from first to last day lies in it",
    rows=_ended_by_duration,
    polarity=Polarity.NEITHER,
    groups=_BY_DURATION,
    choice=(
        "To the day: 3 and 6 months belong to the shorter band, 1 and 2 years to the longer. NI 64 counts days "
        f"instead, so that it can differ from the last band by plans a day or two short of two years. {_EDGES} "
        f"{NOT_OURS}"
    ),
)

_OPEN_DURATION: Final = replace(
    _ENDED_DURATION,
    id="plans_open_duration",
    title="Open plans, by how long they have lasted",
    meaning="How long the children with a plan when the year ended had been the subject of it.",
    source="DfE Children in need, table D5; domain/indicators.md (h) and (i)",
    numerator=(
        "Plans open at the end of the period's last day; for a band, those whose time from the first day to the "
        "period's last day lies in it"
    ),
    denominator="All plans open at the end of the period's last day",
    rows=_open_by_duration,
    moment=Moment.AT_END,
    choice=f"To the day: 3 and 6 months belong to the shorter band, 1 and 2 years to the longer. {_EDGES} {OPEN} "
    f"{NOT_OURS}",
)

MEASURES: Final = (_NI_64, _ENDED_DURATION, _OVER_SIX_MONTHS, _OPEN_DURATION)
