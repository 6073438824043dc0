"""Runs rules over the check tables: every rule by itself, so that none can take another with it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import duckdb

from safeboard.figures.census.findings import Finding, Outcome, Status
from safeboard.figures.census.rule import Rule
from safeboard.figures.census.screening import Rows, screen
from safeboard.figures.census.working import BESIDE, Hits, worked

Found = Hits | list[Finding]
"""Rows that are still to be worked, or findings about the whole return."""


def run_rules(
    connection: duckdb.DuckDBPyConnection, editions: Mapping[str, Sequence[Rule]], told: Callable[[int], None]
) -> tuple[list[Outcome], list[Finding]]:
    """Runs every code's rules. `told` hears how many have run. A rule that fails is an outcome, not an end."""
    screened = screen(connection, (rule for rules in editions.values() for rule in rules))
    found: list[Found] = []
    counts: list[int] = []
    reasons: list[str] = []
    for number, rules in enumerate(editions.values(), 1):
        before, reason = len(found), ""
        for rule in rules:
            try:
                found.append(_asked(connection, rule, screened.get(rule.plain) if rule.plain else None))
            except (duckdb.Error, ValueError, LookupError, TypeError) as error:
                reason = f"{rule.table}: {str(error).splitlines()[0]}"
        counts.append(len(found) - before)
        reasons.append(reason)
        told(number)
    findings = _worked(connection, found)
    return _outcomes(editions, counts, reasons, findings), [finding for kept in findings for finding in kept]


def _outcomes(
    editions: Mapping[str, Sequence[Rule]],
    counts: Sequence[int],
    reasons: Sequence[str],
    findings: Sequence[Sequence[Finding]],
) -> list[Outcome]:
    """An outcome for each code, in order: `counts` says how many of the lists of findings belong to each."""
    outcomes, place = [], 0
    for rules, count, reason in zip(editions.values(), counts, reasons, strict=True):
        found = sum(len(kept) for kept in findings[place : place + count])
        status = Status.FAILED if reason else Status.FOUND if found else Status.CLEAR
        outcomes.append(Outcome(rules[0].code, rules[0].severity, rules[0].title, status, found, reason))
        place += count
    return outcomes


def breaches(connection: duckdb.DuckDBPyConnection, rule: Rule) -> list[Finding]:
    """Every breach of one rule, in the order of the file, by the rule's own query alone."""
    return _worked(connection, [_asked(connection, rule, None)])[0]


def _worked(connection: duckdb.DuckDBPyConnection, found: Sequence[Found]) -> list[list[Finding]]:
    shown = iter(worked(connection, [hits for hits in found if isinstance(hits, Hits)]))
    return [next(shown) if isinstance(hits, Hits) else hits for hits in found]


def _asked(connection: duckdb.DuckDBPyConnection, rule: Rule, screened: Rows | None) -> Found:
    """What the rule's query finds, without asking where the screening has told. LookupError for an unknown element."""
    if screened is not None:
        return Hits(rule, screened)
    result = connection.execute(rule.query)
    names = [column[0] for column in result.description or ()]
    rows = result.fetchall()
    if "n" not in names:
        return [_of_return(rule, dict(zip(names, row, strict=True))) for row in rows]
    columns = dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))
    numbers = columns.pop("n")
    clashing = tuple(rule.table if name == BESIDE else name for name in columns)
    return Hits(rule, numbers, clashing, tuple([_listed(value) for value in column] for column in columns.values()))


def _listed(value: Any) -> Sequence[int]:
    """Row numbers as a rule's query gives them for one breach: a list, one number, or none."""
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def _of_return(rule: Rule, counts: Mapping[str, Any]) -> Finding:
    fields = tuple((name, str(value)) for name, value in counts.items())
    return Finding(rule.code, rule.severity, rule.level, rule.table, rule.question, fields=fields)
