"""Everything one report is made from, already computed: nothing later reads a record, the clock or a network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from safeboard.figures.comparators.comparing import Comparator
from safeboard.figures.disclosure.figures import Earlier
from safeboard.figures.measures.definition import Measure
from safeboard.figures.measures.engine import PopulationBase
from safeboard.figures.measures.figure import Figure
from safeboard.figures.reporting.returns import ReturnChecked
from safeboard.figures.tables.snapshot import Manifest
from safeboard.foundation.agencies.areas import Area
from safeboard.foundation.guidance import Rule
from safeboard.foundation.kernel.errors import Problem
from safeboard.foundation.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """A rule that the records of the period should keep, and how many break it.

    `of` is how many records were looked at; None where what the check needs is not collected, and `why_not` says what.
    """

    title: str
    explanation: str
    broken: int | None
    of: int | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class ReportInput:
    """What the report of one area and period is made from.

    `figures` are those of the period, of the year before, and of older years if there are any. `area` is None where it
    is not known; `area_note` then says so. `threshold` hides counts from 1 up to it; 0 is the board's own copy, which
    hides nothing. `earlier` is what was published before of the same periods: it may hide more. `comparators` are those
    of each measure's whole and of its groups. `limits` are the guidance's rules that each measure applied. `returns`
    are the checks of the census returns among the sources.
    """

    area: Area | None
    period: Period
    figures: Sequence[Figure]
    measures: Mapping[str, Measure]
    manifest: Manifest
    identity: str
    threshold: int = 0
    comparators: Mapping[str, Sequence[Comparator]] = field(default_factory=dict)
    limits: Mapping[str, Sequence[Rule]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    cross_checks: Sequence[CrossCheck] = ()
    returns: Sequence[ReturnChecked] = ()
    population: PopulationBase | None = None
    area_note: str = ""
    earlier: Sequence[Earlier] = ()

    @property
    def previous(self) -> Period:
        """The reporting year before."""
        return self.period.previous()
