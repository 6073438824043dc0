"""What a rule's breaches are shown with, so that they can be worked: the texts of each row, fetched once for all rules.

A row that breaks three rules is fetched once and shared by their findings.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final

import duckdb
import pyarrow as pa

from safeboard.figures.census.findings import Fields, Finding, Place
from safeboard.figures.census.groups import GROUPS, LISTED
from safeboard.figures.census.rule import Rule

BESIDE: Final = "beside"
"""The column of a rule's query that names clashing rows of the rule's own group."""

MOST_BESIDE: Final = 300
"""Clashing rows shown with one finding; more would hide what is to be seen, and 300 episodes in a child are not."""

HEADER: Final = "Header"

_LISTS: Final = {
    "AssessmentFactors": ("AssessmentFactors", "assessment"),
    "Disability": ("Disabilities", "child"),
}
"""The check table of an element that a group has many of, and the column there that names the group's row."""

_NAMED_BY: Final = {"ChildIdentifiers": "LAchildID", "CINdetails": "CINreferralDate"}
"""What the enclosing child and episode are known by: every finding shows it."""

_WANTED: Final = "wanted"


@dataclass(frozen=True, slots=True)
class Hits:
    """What one rule's query found: for every breach its row, and rows that it clashes with.

    `beside` has, for every group of `clashing`, the rows' numbers, breach by breach.
    """

    rule: Rule
    rows: Sequence[int | None]
    clashing: tuple[str, ...] = ()
    beside: tuple[Sequence[Sequence[int]], ...] = ()

    @property
    def shown(self) -> dict[str, tuple[str, ...]]:
        """The elements shown of the breach's own group and of every enclosing one. KeyError where there is no such."""
        groups = (self.rule.table, *(above for above in _above(self.rule.table) if above not in self.clashing))
        shown = {group: fields_of(self.rule, group) for group in groups}
        return {group: names for group, names in shown.items() if names or group == self.rule.table}


@dataclass(slots=True)
class _Rows:
    """Rows of one group as fetched: each a tuple of its number, its line, rows above it, and texts.

    A breach may be that there is no row at all: None names a row of which nothing is given.
    """

    columns: dict[str, int]
    by_number: dict[int | None, tuple[Any, ...]]

    def texts(self, names: Sequence[str]) -> Callable[[tuple[Any, ...]], Fields]:
        """What gives those elements of a row, each with its text."""
        places = [self.columns[name] for name in names]
        if not names:
            return lambda _row: ()
        if len(names) == 1:
            name, place = names[0], places[0]
            return lambda row: ((name, row[place]),)
        pick = itemgetter(*places)
        return lambda row: tuple(zip(names, pick(row), strict=True))


@dataclass(slots=True)
class _Wanted:
    """What is to be fetched of one group: which of its rows, and which of their elements."""

    names: dict[str, None] = field(default_factory=dict)
    rows: set[int | None] = field(default_factory=set)


def worked(connection: duckdb.DuckDBPyConnection, found: Sequence[Hits]) -> list[list[Finding]]:
    """The findings of every rule's breaches, each in the order of the file. KeyError for an element unknown."""
    held = _fetched(connection, _wanted(found))
    return [[*_findings(hits, held)] for hits in found]


def fields_of(rule: Rule, group: str) -> tuple[str, ...]:
    """The elements of a group that the rule reads, and that are shown with its findings."""
    if group == rule.table:
        return tuple(name for name in rule.fields if "." not in name)
    return tuple(name.split(".")[1] for name in rule.fields if name.startswith(f"{group}."))


def _clashing(rule: Rule, group: str) -> tuple[str, ...]:
    """The elements shown of rows of a group that the breach clashes with; an episode always with its referral date."""
    names = fields_of(rule, group)
    return (*names, "CINreferralDate") if group == "CINdetails" and "CINreferralDate" not in names else names


def _above(group: str) -> dict[str, str]:
    return dict(GROUPS[group].above) if group in GROUPS else {}


def _wanted(found: Iterable[Hits]) -> dict[str, _Wanted]:
    wanted = {group: _Wanted() for group in (HEADER, *GROUPS)}
    for group, name in _NAMED_BY.items():
        wanted[group].names[name] = None
    for hits in found:
        wanted[hits.rule.table].rows.update(hits.rows)
        for group, names in hits.shown.items():
            wanted[group].names |= dict.fromkeys(names)
        for group, beside in zip(hits.clashing, hits.beside, strict=True):
            wanted[group].names |= dict.fromkeys(_clashing(hits.rule, group))
            wanted[group].rows.update(*beside)
    return wanted


def _fetched(connection: duckdb.DuckDBPyConnection, wanted: dict[str, _Wanted]) -> dict[str, _Rows]:
    """The rows wanted and all that enclose them: groups from the innermost out, for each names rows of those above."""
    held = {}
    for group in reversed(wanted):
        held[group] = rows = _rows(connection, group, wanted[group])
        for above, column in _above(group).items():
            wanted[above].rows.update(map(itemgetter(rows.columns[column]), rows.by_number.values()))
    return held


def _rows(connection: duckdb.DuckDBPyConnection, group: str, wanted: _Wanted) -> _Rows:
    numbers = ("n", "line", *_above(group).values())
    columns = {name: place for place, name in enumerate((*numbers, *wanted.names))}
    nothing: dict[int | None, tuple[Any, ...]] = {None: (None,) * len(columns)}
    rows = wanted.rows - {None}
    if not rows:
        return _Rows(columns, nothing)
    picked = ", ".join((*numbers, *(_text(group, name) for name in wanted.names)))
    connection.register(_WANTED, pa.table({"n": pa.array(rows, pa.int32()).sort()}))
    try:
        found = connection.execute(f"SELECT {picked} FROM {group} AS own SEMI JOIN {_WANTED} USING (n)").fetchall()
    finally:
        connection.unregister(_WANTED)
    return _Rows(columns, nothing | {row[0]: row for row in found})


def _text(group: str, name: str) -> str:
    """What gives an element's text as the file has it; of an element that the group has many of, all the texts."""
    if LISTED.get(group) == name:
        table, column = _LISTS[name]
        return f"(SELECT string_agg({name}, ', ' ORDER BY n) FROM {table} AS listed WHERE listed.{column} = own.n)"
    typed = GROUPS[group].element(name).typed if group in GROUPS else name in ("Year", "ReferenceDate")
    return f"{name}_text" if typed else name


def _findings(hits: Hits, held: dict[str, _Rows]) -> Iterator[Finding]:
    """The findings of one rule in the order of the file: this runs for every breach, so it is kept plain."""
    rule = hits.rule
    code, severity, level, table, judges = rule.code, rule.severity, rule.level, rule.table, _judge(rule)
    own, shown = held[table], hits.shown
    above = {group: (own.columns[column], held[group].by_number) for group, column in _above(table).items()}
    child_of, episode_of = _naming("ChildIdentifiers", table, held), _naming("CINdetails", table, held)
    texts = own.texts(shown[table])
    enclosing = [(group, *above[group], held[group].texts(names)) for group, names in shown.items() if group != table]
    clashing = [(group, held[group].by_number, held[group].texts(_clashing(rule, group))) for group in hits.clashing]
    child_number = own.columns.get("child", 0 if table == "ChildIdentifiers" else None)
    for row, *beside in sorted(
        zip((own.by_number[number] for number in hits.rows), *hits.beside, strict=True),
        key=lambda one: (one[0][1] or 0, one[0][0] or 0),
    ):
        fields = texts(row)
        related = [
            Place(group, (outer := rows[row[place]])[1], named(outer)) for group, place, rows, named in enclosing
        ]
        for (group, rows, named), numbers in zip(clashing, beside, strict=True):
            others = [rows[number] for number in sorted(numbers)[:MOST_BESIDE]]
            related += [Place(group, other[1], named(other)) for other in others]
        yield Finding(
            code,
            severity,
            level,
            table,
            judges(fields),
            child_of(row),
            episode_of(row),
            row[1],
            fields,
            tuple(related),
            None if child_number is None else row[child_number],
            row[0],
        )


def _naming(group: str, table: str, held: dict[str, _Rows]) -> Callable[[tuple[Any, ...]], str]:
    """What gives the name of a row's child or episode, "" where it has none or is in none."""
    place = held[group].columns[_NAMED_BY[group]]
    if table == group:
        return lambda row: row[place] or ""
    column = _above(table).get(group)
    if column is None:
        return lambda _row: ""
    at, rows = held[table].columns[column], held[group].by_number
    return lambda row: rows[row[at]][place] or ""


def _judge(rule: Rule) -> Callable[[Fields], str]:
    """What gives the question of a finding; of a rule about one value's form, with the value or that there is none."""
    if len(rule.settles) != 1 or rule.settles[0] not in (own := fields_of(rule, rule.table)):
        return lambda _fields: rule.question
    place = own.index(rule.settles[0])

    def judged(fields: Fields) -> str:
        given = fields[place][1]
        return f"{rule.question} Given is “{given}”." if given else f"{rule.question} Nothing is given."

    return judged
