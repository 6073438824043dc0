"""Checks one census return: reads it, runs every rule of its year, and says what was found."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from safeboard.figures.census.catalogue import DEPARTMENTS, RULES
from safeboard.figures.census.engine import run_rules
from safeboard.figures.census.findings import CheckResult, Finding, Outcome, Status
from safeboard.figures.census.reading import Reading, read_return
from safeboard.figures.census.rule import Rule
from safeboard.figures.census.structure import in_order, structure_findings, told_once
from safeboard.figures.census.years import EARLIEST_RETURN, LAST_KNOWN, census_year, label, rules_year

Progress = Callable[[str, int], None]
"""Hears what is being done ("children", "rules") and how many have been."""

NO_YEAR: Final = (
    "the census year is not known, for the header does not name one from "
    f"{label(EARLIEST_RETURN)} to {label(LAST_KNOWN)}; give --year"
)


def check_census(path: Path, year: str | None = None, progress: Progress | None = None) -> CheckResult:
    """Checks the census return at `path` by the rules of `year` (`2025-26`), of its own header's year where None.

    BadInput where the year is not one whose rules are known, or the file cannot be read as a census return at all.
    """
    told = progress or (lambda _what, _count: None)
    with _uncollected():
        reading = read_return(path, census_year(year) if year else None, lambda count: told("children", count))
        try:
            return _checked(reading, lambda count: told("rules", count))
        finally:
            reading.connection.close()


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles of references meanwhile: it would go through hundreds of thousands of rows, none of them in
    a cycle, again and again, and takes a third of the time of a bad return."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _checked(reading: Reading, told: Callable[[int], None]) -> CheckResult:
    editions = in_force(rules_year(reading.year.end.year)) if reading.year else {}
    outcomes, found = run_rules(
        reading.connection, {code: rules for code, rules in editions.items() if rules[0].query}, told
    )
    departments = {code: rules[0] for code, rules in editions.items() if code in DEPARTMENTS}
    findings = told_once([*in_order(structure_findings(reading)), *found], departments)
    return CheckResult(
        file=reading.path.name,
        year=reading.year.label if reading.year else "",
        rules_of=label(rules_year(reading.year.end.year)) if reading.year else "",
        outcomes=_outcomes(editions, {one.code: one for one in outcomes}, findings),
        findings=tuple(findings),
        children=_count(reading, "ChildIdentifiers"),
        episodes=_count(reading, "CINdetails"),
    )


def in_force(ends: int) -> Mapping[str, tuple[Rule, ...]]:
    """The rules of the census that ends in that year, by code."""
    kept = {code: tuple(rule for rule in rules if rule.applies_in(ends)) for code, rules in RULES.items()}
    return {code: rules for code, rules in kept.items() if rules}


def _outcomes(
    editions: Mapping[str, tuple[Rule, ...]], ran: Mapping[str, Outcome], findings: Sequence[Finding]
) -> tuple[Outcome, ...]:
    """An outcome for every code there is: those of the reading, those that ran, and why the others did not."""
    found = Counter(finding.code for finding in findings)
    return tuple(
        _outcome(editions.get(code, rules)[-1], code in editions, bool(editions), ran.get(code), found[code])
        for code, rules in RULES.items()
    )


def _outcome(rule: Rule, applies: bool, year_known: bool, ran: Outcome | None, found: int) -> Outcome:
    said = Outcome(rule.code, rule.severity, rule.title, Status.FOUND if found else Status.CLEAR, found)
    if ran is not None:
        return ran if ran.status is Status.FAILED else said
    if not rule.query:
        return said
    if not year_known:
        return replace(said, status=Status.FAILED, reason=NO_YEAR)
    return said if applies else replace(said, status=Status.NOT_APPLICABLE, reason=f"applies in {rule.years}")


def _count(reading: Reading, table: str) -> int:
    ((count,),) = reading.connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(count)
