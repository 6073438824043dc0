"""What a rule's breaches are shown with, so that they can be worked: one query for all breaches of a rule at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from safeboard.figures.census.groups import GROUPS, LISTED
from safeboard.figures.census.rule import Rule

BESIDE: Final = "beside"
"""The column of a rule's query that names clashing rows of the rule's own group."""

MOST_BESIDE: Final = 300
"""Clashing rows shown with one finding; more would hide what is to be seen, and 300 episodes in a child are not."""

_LISTS: Final = {
    "AssessmentFactors": ("AssessmentFactors", "assessment"),
    "Disability": ("Disabilities", "child"),
}
"""The check table of an element that a group has many of, and the column there that names the group's row."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of a rule's worked breaches, in order: FIRST, the texts of the `own` fields, for every `enclosing`
    group its line and the texts of its named fields, and for every `clashing` group one list of rows, each a list of
    its line and texts. `rows` gives for every clashing group an expression with a value for each of its rows.
    """

    FIRST: ClassVar = ("n", "line", "child", "identifier", "episode")

    table: str
    own: tuple[str, ...]
    enclosing: tuple[tuple[str, tuple[str, ...]], ...]
    clashing: tuple[tuple[str, tuple[str, ...]], ...]
    rows: tuple[str, ...]

    def query(self, hits: str) -> str:
        """The query, for breaches in a table of that name with `n` and the columns of the rule's query."""
        joins = [f"LEFT JOIN {self.table} AS own ON own.n = {hits}.n"]
        held = self._held(joins)
        picked = ["own.n", "own.line", *self._first(held), *(_text(self.table, name, "own") for name in self.own)]
        for group, names in self.enclosing:
            picked += [f"{held[group]}.line", *(_text(group, name, held[group]) for name in names)]
        for place, (group, names) in enumerate(self.clashing):
            clash = _clash(hits, self.rows[place], group, names)
            joins.append(f"LEFT JOIN ({clash}) AS c{place} ON c{place}.hit = own.n")
            picked.append(f"c{place}.rows")
        return f"SELECT {', '.join(picked)} FROM {hits} {' '.join(joins)} ORDER BY own.line, own.n"

    def _held(self, joins: list[str]) -> dict[str, str]:
        """The names of the rows that are asked for above the breach, joined where they are other rows than its own."""
        wanted = {group for group, _ in self.enclosing} | {"ChildIdentifiers", "CINdetails"}
        held = {self.table: "own"}
        for group, column in GROUPS[self.table].above.items() if self.table in GROUPS else ():
            if group in wanted:
                held[group] = f"above_{group}"
                joins.append(f"LEFT JOIN {group} AS above_{group} ON above_{group}.n = own.{column}")
        return held

    def _first(self, held: Mapping[str, str]) -> list[str]:
        """The child's number and identifier, and its episode's referral date; NULL where the breach has none."""
        child, episode = held.get("ChildIdentifiers"), held.get("CINdetails")
        return [
            "own.child" if child else "NULL",
            f"{child}.LAchildID" if child else "NULL",
            f"{episode}.CINreferralDate_text" if episode else "NULL",
        ]


def shape_of(rule: Rule, columns: Mapping[str, bool]) -> Shape:
    """How the breaches of a rule are shown whose query gives those columns beside `n`; true where one holds a list."""
    clashing = tuple(
        (group := rule.table if column == BESIDE else column, fields_of(rule, group)) for column in columns
    )
    named = {group for group, _ in clashing}
    above = GROUPS[rule.table].above if rule.table in GROUPS else {}
    enclosing = tuple((group, names) for group in above if group not in named and (names := _named(rule, group)))
    rows = tuple(f'unnest("{column}")' if listed else f'"{column}"' for column, listed in columns.items())
    return Shape(rule.table, fields_of(rule, rule.table), enclosing, clashing, rows)


def fields_of(rule: Rule, group: str) -> tuple[str, ...]:
    """The fields of a group to be shown with the rule's findings; an episode always with its referral date."""
    if group == rule.table:
        return tuple(field for field in rule.fields if "." not in field)
    named = _named(rule, group)
    return (*named, "CINreferralDate") if group == "CINdetails" and "CINreferralDate" not in named else named


def _named(rule: Rule, group: str) -> tuple[str, ...]:
    """The fields of another group that the rule reads."""
    return tuple(field.split(".")[1] for field in rule.fields if field.startswith(f"{group}."))


def _clash(hits: str, rows: str, group: str, names: Sequence[str]) -> str:
    """Rows of a group by the breach they clash with, in the order of the file."""
    texts = ", ".join(["CAST(other.line AS VARCHAR)", *(_text(group, name, "other") for name in names)])
    return (
        f"SELECT hit, list([{texts}] ORDER BY other.n)[:{MOST_BESIDE}] AS rows "
        f"FROM (SELECT n AS hit, {rows} AS wanted FROM {hits}) AS pair "
        f"JOIN {group} AS other ON other.n = pair.wanted GROUP BY hit"
    )


def _text(group: str, name: str, alias: str) -> str:
    """What gives an element's text as the file has it; of an element that the group has many of, all the texts."""
    if LISTED.get(group) == name:
        table, column = _LISTS[name]
        return f"(SELECT string_agg({name}, ', ' ORDER BY n) FROM {table} AS listed WHERE listed.{column} = {alias}.n)"
    typed = GROUPS[group].element(name).typed if group in GROUPS else name in ("Year", "ReferenceDate")
    return f"{alias}.{name}_text" if typed else f"{alias}.{name}"
