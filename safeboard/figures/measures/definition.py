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

    `share` is true where a group's numerator is set over the whole denominator (the share of plans for neglect), false
    where over the group's own (re-registrations among plans for neglect). Labels not listed follow in their own order;
    a missing label is shown as `unknown`.
    """

    column: str
    title: str
    labels: tuple[str, ...] = ()
    share: bool = False
    unknown: str = "not known"


@dataclass(frozen=True, slots=True)
class Measure:
    """One published or local indicator.

    `rows` gives a lazy frame with a row for every thing in the denominator: `key` (the row's identifier in `table`),
    `person` (the child, or null), `counted` (true: also in the numerator) and a column for every group. It may give a
    key more than once only where a group can hold one thing under several labels (issues at a conference).
    `needs` are the "table.column" names it reads. `choice` says what was decided where the sources leave it open, and
    is printed beside the figure. `against_population` sets the numerator over the area's population aged 0 to 17.
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
