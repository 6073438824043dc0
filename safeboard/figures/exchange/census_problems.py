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

    def told(self, first: Problem) -> Problem:
        """One problem for all of them, at the first place, saying how many there are."""
        if self.count == 1:
            return first
        return replace(first, message=f"{first.message} So in {self.count:,} places, first here.")


class CensusProblems:
    """What is wrong with one return. Problems that stop are told one by one, those only noted once a kind."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name
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
                file=self._name,
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
                    file=self._name,
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

    def all(self) -> tuple[Problem, ...]:
        """Every problem: first where the XML breaks, then what stops the load, each at its own line, then the notes."""
        kinds = [*self._noted.values()]
        located = _located(self._path, [*self._stopping, *(kind.first for kind in kinds)])
        told = [*self._broken, *located[: len(self._stopping)]]
        if self._untold:
            told.append(more_problems(self._untold, self._name))
        notes = zip(kinds, located[len(self._stopping) :], strict=True)
        return (*told, *(kind.told(first) for kind, first in notes))


def more_problems(number: int, file: str) -> Problem:
    """The last of many problems: how many more there are."""
    return Problem(
        message=f"There are {number:,} more problems in this file.",
        remedy="Correct those above first; most are likely to have one cause.",
        file=file,
        stands_for=number,
    )


EXACT: Final = frozenset(str(oddity) for oddity in Oddity)
"""What is noted of the structure has its own line from the start."""

SHOWN: Final = 60
"""How much of a wrong text is quoted."""


def _located(path: Path, problems: Sequence[Problem]) -> list[Problem]:
    """The problems with the line of the very element instead of the record's, where the file can be read again."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for place, problem in enumerate(problems):
        if problem.found and problem.message not in EXACT:
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
                    if (element.text or "").strip()[:SHOWN] == problems[place].found:
                        lines[place] = element.sourceline
                        waiting[str(element.tag)].remove(place)
                        break
        except SyntaxError:
            return lines
    return lines
