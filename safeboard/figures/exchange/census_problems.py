"""Problems in a census return, gathered while it streams and each brought to its own line afterwards."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from safeboard.figures.exchange.census_structure import Irregularity, Oddity
from safeboard.figures.exchange.xml import elements
from safeboard.figures.tables.checking import Finding
from safeboard.foundation.kernel.errors import BadInput, Gravity, Problem

MOST_TOLD: Final = 10_000
"""Problems of one file told one by one. Beyond them only their number is told: nobody works through more at once."""

AS_PUBLISHED: Final = "Correct the record, or the export, so that the file follows the department's layout."


@dataclass(slots=True)
class _Kind:
    """All problems that say the same of the same element: the first of them, and how many."""

    first: Problem
    count: int = 0


class CensusProblems:
    """What is wrong with one return. Problems that stop are told one by one, those only noted once a kind."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stopping: list[Problem] = []
        self._untold = 0
        self._broken: tuple[Problem, ...] = ()
        self._noted: dict[tuple[str, str], _Kind] = {}

    def irregular(self, seen: Irregularity) -> None:
        """Keeps an irregularity of structure, which the census check goes into and a load only notes."""
        expected = f"inside {seen.inside}" if seen.oddity in (Oddity.MISSING, Oddity.UNKNOWN) else ""
        self._add(
            Problem(
                message=str(seen.oddity),
                remedy=AS_PUBLISHED,
                file=self._path.name,
                line=seen.line,
                child=seen.child,
                element=seen.element,
                found=seen.found,
                expected=expected,
                gravity=Gravity.NOTED,
            )
        )

    def found(self, findings: Iterable[Finding], children: Sequence[str | int | None]) -> None:
        """Keeps what checking a batch found. `children` names the child of every row of that batch."""
        for finding in findings:
            fault = finding.fault
            self._add(
                Problem(
                    message=fault.message,
                    remedy=fault.remedy,
                    file=self._path.name,
                    line=finding.line,
                    child=str(children[finding.row] or ""),
                    element=finding.column.census or finding.column.name,
                    found=finding.text[:SHOWN],
                    expected=fault.expected,
                    gravity=fault.gravity,
                )
            )

    def broken(self, error: BadInput) -> None:
        """Keeps where the XML broke off; it is told first."""
        self._broken = error.problems

    def _add(self, problem: Problem) -> None:
        if problem.gravity is Gravity.NOTED:
            kind = self._noted.setdefault((problem.message, problem.element), _Kind(problem))
            kind.count += 1
        elif len(self._stopping) < MOST_TOLD:
            self._stopping.append(problem)
        else:
            self._untold += 1

    def stopping(self) -> tuple[Problem, ...]:
        """Every problem that stops the load, each at the line of its own element."""
        told = self._broken + tuple(_located(self._path, self._stopping))
        if not self._untold:
            return told
        more = Problem(
            message=f"There are {self._untold:,} more problems in this file.",
            remedy="Correct those above first; most are likely to have one cause.",
            file=self._path.name,
        )
        return (*told, more)

    def noted(self) -> tuple[Problem, ...]:
        """One problem a kind, at the first place, saying how often it is there."""
        return tuple(
            kind.first
            if kind.count == 1
            else replace(kind.first, message=f"{kind.first.message} So in {kind.count:,} places, first here.")
            for kind in self._noted.values()
        )


SHOWN: Final = 60
"""How much of a wrong text is quoted."""


def _located(path: Path, problems: Sequence[Problem]) -> list[Problem]:
    """The problems with the line of the very element instead of the record's, where the file can be read again."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for place, problem in enumerate(problems):
        if problem.found:
            waiting[problem.element].append(place)
    lines = _lines(path, problems, waiting) if waiting else {}
    return [replace(problem, line=lines.get(place, problem.line)) for place, problem in enumerate(problems)]


def _lines(path: Path, problems: Sequence[Problem], waiting: dict[str, list[int]]) -> dict[int, int | None]:
    """For each waiting problem the line of the first element of its name and text at or after the record's line."""
    for places in waiting.values():
        places.sort(key=lambda place: problems[place].line or 0)
    lines: dict[int, int | None] = {}
    with path.open("rb") as file:
        try:
            for element in elements(file, tags=[*waiting, "Child"]):
                if element.tag == "Child":
                    element.clear()
                    continue
                for place in waiting[str(element.tag)]:
                    if (problems[place].line or 0) > (element.sourceline or 0):
                        break
                    if (element.text or "")[:SHOWN] == problems[place].found:
                        lines[place] = element.sourceline
                        waiting[str(element.tag)].remove(place)
                        break
        except SyntaxError:
            return lines
    return lines
