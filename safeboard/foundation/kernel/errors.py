"""Errors that say where, what was found, what was expected, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Gravity(StrEnum):
    """Whether a problem stops the work (`STOPS`) or is reported beside the result (`NOTED`)."""

    STOPS = "stops"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was given, in words its giver can act on.

    `line` counts from 1 in the file (for a worksheet: the row). `child` is the local child identifier of the record,
    never a name. `element` is the XML element, column or option. `found` quotes the input, shortened where long.
    `stands_for` is how many problems it tells of, where it stands for others that are not told.
    """

    message: str
    remedy: str
    file: str = ""
    line: int | None = None
    child: str = ""
    element: str = ""
    found: str = ""
    expected: str = ""
    gravity: Gravity = Gravity.STOPS
    stands_for: int = 1

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.file,
                f"line {self.line}" if self.line is not None else "",
                f"child {self.child}" if self.child else "",
                self.element,
            )
            if part
        )
        said = f"{place}: {self.message}" if place else self.message
        if self.expected:
            said += f" Found {self.found or 'nothing'}; expected {self.expected}."
        elif self.found:
            said += f" Found {self.found}."
        return f"{said} {self.remedy}".rstrip()


class BadInput(Exception):
    """Input that cannot be used as given. Carries every problem found, not only the first. Exit status 2."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
