"""Reasons given for queries, kept in a small CSV file beside the return and offered again the next year.

One line a query: its code, the child, the group, the facts of the row as the file has them, the reason, and the census
year it was given for. A check adds a line with an empty reason for every query that has none, to be filled in by hand.
A line of an earlier year whose query comes again is offered; to give it again, write this year's name into it.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from safeboard.figures.census.findings import Answer, CheckResult, Finding
from safeboard.figures.census.rule import Level, Severity
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.spreadsheets.neutral import neutral, without_guard

COLUMNS: Final = ("code", "child", "table", "facts", "reason", "year")


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the file. An empty `reason` waits to be filled in."""

    code: str
    child: str
    table: str
    facts: str
    reason: str
    year: str

    @property
    def about(self) -> tuple[str, str, str, str]:
        """What the reason answers."""
        return (self.code, self.child, self.table, self.facts)


def read_reasons(path: Path) -> tuple[Reason, ...]:
    """The reasons in the file, none where there is no such file yet. BadInput where it is not such a file."""
    if not path.exists():
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            if rows.fieldnames is not None and set(COLUMNS) <= set(rows.fieldnames):
                return tuple(Reason(*(without_guard((row[name] or "").strip()) for name in COLUMNS)) for row in rows)
    except (OSError, UnicodeDecodeError, csv.Error):
        pass
    raise BadInput(
        Problem(
            message="This is not a file of reasons.",
            file=path.name,
            element="--reasons",
            expected="a CSV file in UTF-8 with the columns " + ", ".join(COLUMNS),
            remedy="Give the file that an earlier check wrote, or a name that does not exist yet.",
        )
    )


def answered(result: CheckResult, reasons: Iterable[Reason]) -> CheckResult:
    """The result with every query's reason, this year's where there is one, else the latest year's offered again."""
    given: dict[tuple[str, str, str, str], Reason] = {}
    for reason in sorted((one for one in reasons if one.reason), key=lambda one: (one.year == result.year, one.year)):
        given[reason.about] = reason
    answers = {
        place: Answer(given[about].reason, given[about].year) for place, about in _queries(result) if about in given
    }
    return replace(result, answers=answers)


def to_keep(result: CheckResult, reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The lines to write: every reason given so far, and an empty one for each query without any."""
    kept = tuple(reason for reason in reasons if reason.reason)
    known = {reason.about for reason in kept}
    waiting = dict.fromkeys(about for _, about in _queries(result) if about not in known)
    return (*kept, *(Reason(*about, reason="", year=result.year) for about in waiting))


def write_reasons(path: Path, reasons: Iterable[Reason]) -> None:
    """Writes the file anew, whole or not at all: what people typed must not be lost half-way. It opens in Excel."""
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerows(map(neutral, (*reason.about, reason.reason, reason.year)) for reason in reasons)
    part.replace(path)


def _queries(result: CheckResult) -> Iterator[tuple[int, tuple[str, str, str, str]]]:
    for place, finding in enumerate(result.findings):
        if finding.severity is Severity.QUERY:
            yield place, (finding.code, finding.child, finding.table, _facts(finding))


def _facts(finding: Finding) -> str:
    """The row's own fields as text. A finding about the whole return has none: its counts change every year."""
    if finding.level is Level.RETURN:
        return ""
    return "; ".join(f"{name}={text or ''}" for name, text in finding.fields)
