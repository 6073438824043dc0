"""What a rule of the census is: data that says what is asked, of which fields, why, and a query that finds breaches."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from safeboard.figures.census.years import FIRST_KNOWN, LAST_KNOWN, label


class Severity(StrEnum):
    """An error must be put right before the return is accepted; a query may also be answered with a reason."""

    ERROR = "error"
    QUERY = "query"


class Level(StrEnum):
    """What a breach belongs to: the whole return, one child, or one episode of a child."""

    RETURN = "return"
    CHILD = "child"
    EPISODE = "episode"


_ONE_TABLE: Final = re.compile(
    r"SELECT (?:n|DISTINCT (?P<row>\w+) AS n) FROM (?P<table>\w+)\s+WHERE (?P<condition>.+)", re.DOTALL
)
_MORE: Final = re.compile(r"\b(SELECT|FROM|JOIN|GROUP|HAVING|UNION|QUALIFY)\b")

DEPARTMENT: Final = "DfE validation rules 2025-26 (domain/census-rules.tsv)"
DRAFT: Final = "DfE draft rules 2026-27 (domain/census-rules-2026-27-draft.tsv)"
SCHEMA: Final = "DfE census schema (domain/census.md, section 1)"


class Plain(NamedTuple):
    """The rows of one check table that meet a condition; `row` is the column that names the row of a breach."""

    table: str
    row: str
    condition: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, in one edition.

    `table` names the group of the census file in which a breach stands, `fields` its elements that the rule reads; an
    element of another group is written `Group.Element`, and where that group encloses the breach (the episode, the
    child) its row is found without being asked for.

    `query` is one SELECT over the check tables (tables.py), with a row for every breach. It gives `n`, the row of
    `table`; a column named like another group gives rows of that group to be shown beside it, the column `beside` rows
    of the same group (one row number or a list). A rule of the whole return gives its counts as columns of its own,
    their names the words under which they are shown, and no `n`.

    The rule applies to census years that end in `first_year` to `last_year`, both inclusive. `reading` says what was
    chosen where implementations differ. `settles` names own fields whose form or presence the rule itself judges, so
    that a finding about the form of the same value would say the same twice.
    """

    code: str
    severity: Severity
    level: Level
    table: str
    fields: tuple[str, ...]
    title: str
    question: str
    usual_cause: str
    remedy: str
    query: str
    reading: str = ""
    source: str = DEPARTMENT
    first_year: int = FIRST_KNOWN
    last_year: int = LAST_KNOWN
    settles: tuple[str, ...] = ()

    def applies_in(self, ends: int) -> bool:
        """Whether the rule is part of the census that ends in that year."""
        return self.first_year <= ends <= self.last_year

    @property
    def plain(self) -> Plain | None:
        """What the query asks, where it is no more than one condition on the rows of one check table."""
        found = _ONE_TABLE.fullmatch(self.query.strip())
        if found is None or _MORE.search(found["condition"]):
            return None
        return Plain(found["table"], found["row"] or "n", " ".join(found["condition"].split()))

    @property
    def years(self) -> str:
        """The census years in which it applies, as text."""
        if self.first_year == self.last_year:
            return label(self.first_year)
        return f"{label(self.first_year)} to {label(self.last_year)}"
