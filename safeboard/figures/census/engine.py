"""Runs rules over the check tables: every rule by itself, so that none can take another with it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from safeboard.figures.census.findings import Finding, Outcome, Place, Status
from safeboard.figures.census.rule import Rule
from safeboard.figures.census.working import Shape, shape_of

_HITS = "hits"


def run_rules(
    connection: duckdb.DuckDBPyConnection, editions: Mapping[str, Sequence[Rule]], told: Callable[[int], None]
) -> tuple[list[Outcome], list[Finding]]:
    """Runs every code's rules. `told` hears how many have run. A rule that fails is an outcome, not an end."""
    outcomes, findings = [], []
    idle = _idle(connection, [rule for rules in editions.values() for rule in rules])
    for number, rules in enumerate(editions.values(), 1):
        found: list[Finding] = []
        reason = ""
        for rule in rules:
            if rule.screen in idle:
                continue
            try:
                found += breaches(connection, rule)
            except (duckdb.Error, pa.ArrowException, ValueError, LookupError, TypeError) as error:
                reason = f"{rule.table}: {str(error).splitlines()[0]}"
        findings += found
        status = Status.FAILED if reason else Status.FOUND if found else Status.CLEAR
        outcomes.append(Outcome(rules[0].code, rules[0].severity, rules[0].title, status, len(found), reason))
        told(number)
    return outcomes, findings


def _idle(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> set[tuple[str, str] | None]:
    """The conditions of rules that no row meets. One that cannot be tested is not among them: its rule says why."""
    conditions: dict[str, dict[str, None]] = {}
    for screen in (rule.screen for rule in rules):
        if screen:
            conditions.setdefault(screen[0], {})[screen[1]] = None
    idle: set[tuple[str, str] | None] = set()
    for table, asked in conditions.items():
        try:
            (met,) = connection.execute(
                f"SELECT {', '.join(f'bool_or({one})' for one in asked)} FROM {table}"
            ).fetchall()
        except duckdb.Error:
            continue
        idle |= {(table, one) for one, is_met in zip(asked, met, strict=True) if not is_met}
    return idle


def breaches(connection: duckdb.DuckDBPyConnection, rule: Rule) -> list[Finding]:
    """Every breach of one rule, in the order of the file."""
    result = connection.execute(rule.query)
    names = [column[0] for column in result.description or ()]
    rows = result.fetchall()
    if not rows:
        return []
    if "n" not in names:
        return [_of_return(rule, dict(zip(names, row, strict=True))) for row in rows]
    columns = {name: _numbers(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
    shape = shape_of(rule, {name: pa.types.is_list(column.type) for name, column in columns.items() if name != "n"})
    connection.register(_HITS, pa.table(columns))
    try:
        worked = connection.execute(shape.query(_HITS)).fetchall()
    finally:
        connection.unregister(_HITS)
    return [*_findings(rule, shape, worked)]


def _numbers(column: Sequence[Any]) -> pa.Array:
    """Row numbers, or lists of them, as the query gave them."""
    listed = any(isinstance(value, list) for value in column)
    return pa.array(column, pa.list_(pa.int32()) if listed else pa.int32())


def _of_return(rule: Rule, counts: Mapping[str, Any]) -> Finding:
    fields = tuple((name, str(value)) for name, value in counts.items())
    return Finding(rule.code, rule.severity, rule.level, rule.table, rule.question, fields=fields)


def _findings(rule: Rule, shape: Shape, rows: Sequence[tuple[Any, ...]]) -> Iterator[Finding]:
    """The findings of rows that have the columns of the shape: this runs for every breach, so it is kept plain."""
    code, severity, level, table = rule.code, rule.severity, rule.level, rule.table
    own, first = shape.own, len(Shape.FIRST)
    last = first + len(own)
    judged = own.index(rule.settles[0]) + first if len(rule.settles) == 1 and rule.settles[0] in own else None
    for row in rows:
        number, line, child_number, child, episode = row[:first]
        related = []
        place = last
        for group, names in shape.enclosing:
            end = place + 1 + len(names)
            related.append(Place(group, row[place], tuple(zip(names, row[place + 1 : end], strict=True))))
            place = end
        for group, names in shape.clashing:
            for beside in row[place] or ():
                texts = tuple(zip(names, beside[1:], strict=True))
                related.append(Place(group, int(beside[0]), texts))
            place += 1
        yield Finding(
            code,
            severity,
            level,
            table,
            rule.question if judged is None else _judged(rule, row[judged]),
            child or "",
            episode or "",
            line,
            tuple(zip(own, row[first:last], strict=True)),
            tuple(related),
            child_number,
            number,
        )


def _judged(rule: Rule, given: str | None) -> str:
    """The question of a rule about a value's form, with the value or that there is none."""
    return f"{rule.question} Given is “{given}”." if given else f"{rule.question} Nothing is given."
