"""What a measure is: data that says what is counted, of what, why, and by whose definition."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import narwhals as nw

from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period


class Polarity(StrEnum):
    """Which direction is better for children. Most counts of activity have none."""

    HIGH_IS_GOOD = "high is good"
    LOW_IS_GOOD = "low is good"
    NEITHER = "neither"


class Moment(StrEnum):
    """Whether a measure counts what happened in the period, or what was so at the end of its last day."""

    IN_PERIOD = "in the period"
    AT_END = "at the end of the period"


class Counting(StrEnum):
    """What one of the counted things is. Every figure also carries the distinct children among them."""

    OCCASIONS = "occasions"
    CHILDREN = "children"
    FAMILIES = "families"
    CASES = "cases"


class Mark(StrEnum):
    """How sure the definition is; an unconfirmed one says so wherever it is shown."""

    CONFIRMED = "confirmed"
    CHOSEN = "chosen by this project where the sources leave it open"


@dataclass(frozen=True, slots=True)
class Group:
    """A way of splitting a measure: the column of its rows that holds the label, and the labels in order.

    `share` false: both sides are the measure's own among the rows with the label (re-registrations among plans for
    neglect). `share` true: everything in the denominator that has the label, counted or not, over the whole
    denominator (the share of plans for neglect; of assessments, those that took 61 days or more).
    Labels not listed follow in their own order, then `unknown`, which a missing label is shown as. A group on the
    column `month` ("2008-04") lists every month of the period by itself.
    `needs` are what the labels need beyond the measure's own needs; without them the measure stands and only this group
    reads "not collected".
    """

    column: str
    title: str
    labels: tuple[str, ...] = ()
    share: bool = False
    unknown: str = "not known"
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One published or local indicator.

    `rows` gives a lazy frame with a row for every thing in the denominator: `key` (the row's identifier in `table`),
    `person` (the child, or null), `counted` (true: also in the numerator) and a column for every group. It may give a
    key more than once only where a group can hold one thing under several labels (issues at a conference).
    `needs` are the "table.column" names it reads. `choice` says what was decided where the sources leave it open, and
    is printed beside the figure. `against_population` sets the numerator over the area's population aged 0 to 17.
    `rules` names the guidance whose limits `rows` applies, as in force on the last day counted; without one in force
    there is no figure. `look_back_months` are the calendar months before the period that must be covered too.
    `separate_base`: numerator and denominator are rows of two tables (conferences over section 47 enquiries). `rows`
    then gives both, with one more column `base`, true for the denominator's rows; `table` is the numerator's.
    """

    id: str
    title: str
    meaning: str
    source: str
    edition: str
    unit: Unit
    numerator: str
    denominator: str
    needs: tuple[str, ...]
    rows: Callable[[Snapshot, Period], nw.LazyFrame[Any]]
    table: str
    counting: Counting = Counting.OCCASIONS
    moment: Moment = Moment.IN_PERIOD
    polarity: Polarity = Polarity.NEITHER
    groups: tuple[Group, ...] = ()
    mark: Mark = Mark.CONFIRMED
    choice: str = ""
    against_population: bool = False
    rules: tuple[str, ...] = ()
    look_back_months: int = 0
    separate_base: bool = False
