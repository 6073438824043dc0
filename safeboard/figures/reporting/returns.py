"""What the department's checks find in the returns that the figures were made from, and which figures that touches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from safeboard.figures.census.findings import CheckResult, Status
from safeboard.figures.census.rule import Severity
from safeboard.figures.census.touching import Touched, summary_for_report
from safeboard.figures.measures.definition import Measure
from safeboard.figures.reporting.document import Table
from safeboard.foundation.kernel.numbers import Unit, show

MOST_RULES: Final = 30
"""Rules listed for each return; a check of the return itself lists every finding."""

MOST_TITLES: Final = 3
"""Figures named for each rule; the rest are counted."""


@dataclass(frozen=True, slots=True)
class ReturnChecked:
    """One return's check in short: how many rules ran, and those that found something."""

    file: str
    year: str
    children: int
    rules: int
    failed: int
    touched: tuple[Touched, ...]

    @property
    def found(self) -> int:
        return sum(each.found for each in self.touched)


def in_short(result: CheckResult, measures: Mapping[str, Measure]) -> ReturnChecked:
    """The check of a return as the report tells it."""
    return ReturnChecked(
        file=result.file,
        year=result.by_whose_rules,
        children=result.children,
        rules=sum(outcome.status in (Status.FOUND, Status.CLEAR) for outcome in result.outcomes),
        failed=len(result.failed),
        touched=summary_for_report(result, measures.values()),
    )


def returns_note(returns: Sequence[ReturnChecked]) -> str:
    """One sentence a return: what was checked and how much was found."""
    if not returns:
        return "No census return is among the sources."
    return " ".join(_told(each) for each in returns)


def _told(checked: ReturnChecked) -> str:
    of = f", the return of {checked.year}," if checked.year else ""
    found = "nothing was found" if not checked.found else f"{_count(checked.found)} findings"
    failed = f"; {checked.failed} rules could not be run" if checked.failed else ""
    return f"{checked.file}{of} was checked by {checked.rules} rules: {found}{failed}."


def returns_table(returns: Sequence[ReturnChecked], measures: Mapping[str, Measure], threshold: int) -> Table:
    """A line for every rule that found something, with the figures that read the fields it is about.

    A published report gives no numbers here, for a small one may point to a child.
    """
    rows = tuple(
        (each.code, each.title, _severity(each), "–" if threshold else _count(each.found), _figures(each, measures))
        for checked in returns
        for each in checked.touched[:MOST_RULES]
    )
    heads = ("Rule", "What was found", "Kind", "Times", "Figures it touches")
    return Table("Findings of the census check", heads, rows, numeric=(3,))


def _severity(touched: Touched) -> str:
    return "to put right" if touched.severity is Severity.ERROR else "to explain"


def _figures(touched: Touched, measures: Mapping[str, Measure]) -> str:
    titles = [measures[each].title for each in touched.measures]
    named = "; ".join(titles[:MOST_TITLES])
    more = len(titles) - MOST_TITLES
    return f"{named}; and {more} more" if more > 0 else named or "none"


def _count(number: int) -> str:
    return show(Fraction(number), Unit.COUNT)
