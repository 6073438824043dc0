"""What a check says: findings that can be worked, and for every rule whether it ran and what it found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from safeboard.figures.census.rule import Level, Severity

Fields = tuple[tuple[str, str | None], ...]
"""Elements and their texts as the file has them, None where nothing is given."""


class Place(NamedTuple):
    """A row of the file shown beside a finding: the group it stands in, its line, and its fields."""

    table: str
    line: int | None
    fields: Fields


class Finding(NamedTuple):
    """One breach of one rule. There can be hundreds of thousands, so it is as light as Python has it.

    `child` is the local identifier, "" where the child has none or the finding is about the whole return; `episode` the
    referral date of its episode as written. `related` are other places to look at: the rows that enclose it and those
    that it clashes with. `child_number` counts the children of the file from 1 and `row` is the row of the check table.
    """

    code: str
    severity: Severity
    level: Level
    table: str
    message: str
    child: str = ""
    episode: str = ""
    line: int | None = None
    fields: Fields = ()
    related: tuple[Place, ...] = ()
    child_number: int | None = None
    row: int | None = None

    def flat_fields(self) -> dict[str, str | int | None]:
        """The finding's fields and those of its related places in one mapping.

        A field of an enclosing or clashing row is `Group.Element`, its line `Group.line`; of several rows of one group
        the second is `Group[2].Element`, and so on.
        """
        flat: dict[str, str | int | None] = dict(self.fields)
        if not self.related:
            return flat
        seen: dict[str, int] = {}
        for place in self.related:
            seen[place.table] = seen.get(place.table, 0) + 1
            number = seen[place.table]
            name = place.table if number == 1 else f"{place.table}[{number}]"
            for element, text in place.fields:
                flat[f"{name}.{element}"] = text
            flat[f"{name}.line"] = place.line
        return flat

    def as_json(self) -> dict[str, Any]:
        """The finding as a JSON object."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "child": self.child,
            "line": self.line,
            "table": self.table,
            "fields": self.flat_fields(),
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The reason given for a query, and the census year it was given for; an earlier one is offered again."""

    reason: str
    year: str


class Status(StrEnum):
    """What became of a rule. Nothing else can: a rule is never left out in silence."""

    FOUND = "found"
    CLEAR = "clear"
    NOT_APPLICABLE = "not applicable"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One rule's outcome: its status, how many breaches it found, and why where it failed or does not apply."""

    code: str
    severity: Severity
    title: str
    status: Status
    found: int = 0
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """The outcome as a JSON object; a failed rule's status says why after a colon."""
        status = f"{self.status}: {self.reason}" if self.status is Status.FAILED else self.status.value
        return {"code": self.code, "severity": self.severity.value, "status": status, "found": self.found}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check of one file. `year` is the return's census year, "" where none could be known.

    `rules_of` is the census year whose rules were applied: a later one where no rules of the return's own are known.
    """

    file: str
    year: str
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    children: int = 0
    episodes: int = 0
    rules_of: str = ""
    answers: Mapping[int, "Answer"] = field(default_factory=dict)
    """Reasons given for queries, by the finding's place in `findings`."""

    @property
    def by_whose_rules(self) -> str:
        """The census year, and whose rules were applied where they are not its own; "" where it is not known."""
        if not self.year or self.rules_of in ("", self.year):
            return self.year
        return f"{self.year}, by the rules of {self.rules_of}, the first that are known"

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The rules that could not be run; with any of them the check as a whole has failed."""
        return tuple(outcome for outcome in self.outcomes if outcome.status is Status.FAILED)

    @property
    def exit_status(self) -> int:
        """2 where a rule failed, 1 where something was found, 0 for a clean return."""
        return 2 if self.failed else int(bool(self.findings))

    def of(self, severity: Severity) -> int:
        """How many findings are of that severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """The result as a JSON object."""
        return {
            "file": self.file,
            "year": self.year,
            "rules": [outcome.as_json() for outcome in self.outcomes],
            "findings": [finding.as_json() for finding in self.findings],
        }
