"""Runs rules over the check tables: every rule by itself, so that none can take another with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import duckdb
import pyarrow as pa

from safeboard.figures.census.findings import Fields, Finding, Outcome, Place, Status
from safeboard.figures.census.groups import GROUPS, LISTED
from safeboard.figures.census.rule import Rule

_BESIDE = "beside"


def run_rules(
    connection: duckdb.DuckDBPyConnection, editions: Mapping[str, Sequence[Rule]], told: Callable[[int], None]
) -> tuple[list[Outcome], list[Finding]]:
    """Runs every code's rules. `told` hears how many have run. A rule that fails is an outcome, not an end."""
    outcomes, findings = [], []
    for number, rules in enumerate(editions.values(), 1):
        found: list[Finding] = []
        reason = ""
        for rule in rules:
            try:
                found += breaches(connection, rule)
            except (duckdb.Error, pa.ArrowException, ValueError, LookupError, TypeError) as error:
                reason = f"{rule.table}: {str(error).splitlines()[0]}"
        findings += found
        status = Status.FAILED if reason else Status.FOUND if found else Status.CLEAR
        outcomes.append(Outcome(rules[0].code, rules[0].severity, rules[0].title, status, len(found), reason))
        told(number)
    return outcomes, findings


def breaches(connection: duckdb.DuckDBPyConnection, rule: Rule) -> list[Finding]:
    """Every breach of one rule, in the order of the file."""
    result = connection.execute(rule.query)
    columns = [column[0] for column in result.description or ()]
    rows = result.fetchall()
    if not rows:
        return []
    if "n" not in columns:
        return [_of_return(rule, columns, row) for row in rows]
    hits = [dict(zip(columns, row, strict=True)) for row in rows]
    return _Worked(connection, rule, hits).findings()


def _of_return(rule: Rule, columns: Sequence[str], row: Sequence[Any]) -> Finding:
    counts = tuple((name, str(value)) for name, value in zip(columns, row, strict=True))
    return Finding(rule.code, rule.severity, rule.level, rule.table, rule.question, fields=counts)


class _Worked:
    """The hits of one rule with everything that is needed to work them, fetched whole tables at a time."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, rule: Rule, hits: list[dict[str, Any]]) -> None:
        self._connection = connection
        self._rule = rule
        self._hits = hits
        self._clashing = [name for name in hits[0] if name != "n"]
        self._rows = self._fetch(rule.table, [hit["n"] for hit in hits], _fields(rule, rule.table))
        self._above = {
            group: self._fetch(group, self._numbers(column), _fields(rule, group))
            for group, column in self._enclosing().items()
        }
        self._other = {
            name: self._fetch(self._group(name), _flat(hit[name] for hit in hits), _fields(rule, self._group(name)))
            for name in self._clashing
        }

    def findings(self) -> list[Finding]:
        """One finding a hit."""
        found = [self._finding(hit) for hit in self._hits]
        return sorted(found, key=lambda finding: (finding.line or 0, finding.row or 0))

    def _finding(self, hit: dict[str, Any]) -> Finding:
        rule, row = self._rule, self._rows.get(hit["n"], {})
        child = self._identifiers.get(row.get("child"), {})
        return Finding(
            code=rule.code,
            severity=rule.severity,
            level=rule.level,
            table=rule.table,
            message=self._message(row),
            child=child.get("LAchildID") or "",
            episode=self._episode(row),
            line=row.get("line"),
            fields=_texts(row, _fields(rule, rule.table)),
            related=(*self._enclosing_places(row), *self._clashing_places(hit)),
            child_number=row.get("child"),
            row=hit["n"],
        )

    def _message(self, row: Mapping[str, Any]) -> str:
        """The question, and for a rule about a value's form whether it is missing or which value it is."""
        if len(self._rule.settles) != 1 or not row:
            return self._rule.question
        given = row.get(f"text {self._rule.settles[0]}")
        return f"{self._rule.question} " + (f"Given is “{given}”." if given else "Nothing is given.")

    def _episode(self, row: Mapping[str, Any]) -> str:
        if self._rule.table == "CINdetails":
            return self._referred.get(row.get("n"), {}).get("text CINreferralDate") or ""
        return self._referred.get(row.get("episode"), {}).get("text CINreferralDate") or ""

    @property
    def _identifiers(self) -> Mapping[int | None, dict[str, Any]]:
        return self._above.get("ChildIdentifiers") or self._rows

    @property
    def _referred(self) -> Mapping[int | None, dict[str, Any]]:
        return self._above.get("CINdetails") or self._rows

    def _enclosing(self) -> Mapping[str, str]:
        return GROUPS[self._rule.table].above if self._rule.table in GROUPS else {}

    def _enclosing_places(self, row: Mapping[str, Any]) -> list[Place]:
        """The rows above, where the rule reads them and does not itself say which of them it means."""
        return [
            _place(group, self._above[group][row[column]], named)
            for group, column in self._enclosing().items()
            if row and group not in self._clashing and (named := _named(self._rule, group))
        ]

    def _clashing_places(self, hit: dict[str, Any]) -> list[Place]:
        places = []
        for name in self._clashing:
            group = self._group(name)
            named = _fields(self._rule, group)
            places += [_place(group, self._other[name][n], named) for n in _flat([hit[name]])]
        return places

    def _group(self, name: str) -> str:
        return self._rule.table if name == _BESIDE else name

    def _numbers(self, column: str) -> list[int]:
        return [row[column] for row in self._rows.values()]

    def _fetch(
        self, group: str, numbers: Iterable[int | None], fields: Sequence[str]
    ) -> dict[int | None, dict[str, Any]]:
        """Rows of a group by number: their own numbers, line, and the texts of those fields."""
        wanted = pa.table({"wanted": pa.array({n for n in numbers if n is not None}, pa.int32())})
        texts = ", ".join(f'{_text_column(group, name)} AS "text {name}"' for name in fields)
        extra = ", LAchildID" if group == "ChildIdentifiers" else ""
        numbered = ", ".join(("n", "line", *_number_columns(group)))
        self._connection.register("wanted_rows", wanted)
        result = self._connection.execute(
            f"SELECT {numbered}{extra}{', ' if texts else ''}{texts} FROM {group} SEMI JOIN wanted_rows ON n = wanted"
        )
        columns = [column[0] for column in result.description or ()]
        return {row[0]: dict(zip(columns, row, strict=True)) for row in result.fetchall()}


_LISTS: Final = {
    "AssessmentFactors": "(SELECT string_agg(AssessmentFactors, ', ' ORDER BY n) FROM AssessmentFactors AS listed "
    "WHERE listed.assessment = Assessments.n)",
    "Disability": "(SELECT string_agg(Disability, ', ' ORDER BY n) FROM Disabilities AS listed "
    "WHERE listed.child = ChildCharacteristics.n)",
}


def _text_column(group: str, name: str) -> str:
    """What gives an element's text as the file has it; of an element that the group has many of, all the texts."""
    if LISTED.get(group) == name:
        return _LISTS[name]
    typed = GROUPS[group].element(name).typed if group in GROUPS else name in ("Year", "ReferenceDate")
    return f"{name}_text" if typed else name


def _number_columns(group: str) -> tuple[str, ...]:
    if group not in GROUPS:
        return ()
    above = tuple(GROUPS[group].above.values())
    return above if "child" in above else ("child", *above)


def _named(rule: Rule, group: str) -> tuple[str, ...]:
    """The fields of another group that the rule reads."""
    return tuple(field.split(".")[1] for field in rule.fields if field.startswith(f"{group}."))


def _fields(rule: Rule, group: str) -> tuple[str, ...]:
    """The fields of a group to be shown with the rule's findings."""
    if group == rule.table:
        return tuple(field for field in rule.fields if "." not in field)
    named = _named(rule, group)
    if group == "CINdetails" and "CINreferralDate" not in named:
        return (*named, "CINreferralDate")
    return named


def _texts(row: Mapping[str, Any], names: Sequence[str]) -> Fields:
    return tuple((name, row.get(f"text {name}")) for name in names)


def _place(group: str, row: Mapping[str, Any], names: Sequence[str]) -> Place:
    return Place(group, row["line"], _texts(row, names))


def _flat(values: Iterable[Any]) -> list[int]:
    return [
        number
        for value in values
        if value is not None
        for number in (value if isinstance(value, list) else [value])
        if number is not None
    ]
