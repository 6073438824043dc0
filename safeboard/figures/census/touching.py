"""Which measures a finding touches: those that read a field it is about, through what each measure says it needs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from safeboard.figures.census.catalogue import edition
from safeboard.figures.census.findings import CheckResult, Finding
from safeboard.figures.census.groups import GROUPS
from safeboard.figures.census.rule import Severity
from safeboard.figures.measures.definition import Measure

_ALSO: Final = {"GenderCurrent": "ssd_person.pers_sex"}
"""Columns filled from an element of another name: to 2023-24 the sex is read from the gender."""


def _columns_of() -> Mapping[str, frozenset[str]]:
    """For every element and group of the census the "table.column" names that it fills."""
    columns: dict[str, set[str]] = defaultdict(set)
    for group in GROUPS.values():
        for element in group.elements:
            filled = {f"{element.table}.{element.column.name}", *filter(None, [_ALSO.get(element.name)])}
            columns[element.name] |= filled
            columns[group.name] |= filled
    return {name: frozenset(filled) for name, filled in columns.items()}


COLUMNS: Final = _columns_of()


@dataclass(frozen=True, slots=True)
class Touched:
    """One rule that found something: how often, in how many children, and the measures that read its fields."""

    code: str
    severity: Severity
    title: str
    found: int
    children: int
    measures: tuple[str, ...]


def _columns(finding: Finding) -> frozenset[str]:
    named = [name for name, _ in finding.fields]
    named += [name for place in finding.related for name, _ in place.fields]
    return frozenset(column for name in named for column in COLUMNS.get(name, ()))


def summary_for_report(result: CheckResult, measures: Iterable[Measure]) -> tuple[Touched, ...]:
    """A line for every rule that found something, in the order of the check, with the measures touched."""
    every = tuple(measures)
    found: Counter[str] = Counter(finding.code for finding in result.findings)
    children: dict[str, set[int]] = defaultdict(set)
    columns: dict[str, set[str]] = defaultdict(set)
    severities = {}
    for finding in result.findings:
        severities[finding.code] = finding.severity
        columns[finding.code] |= _columns(finding)
        if finding.child_number is not None:
            children[finding.code].add(finding.child_number)
    return tuple(
        Touched(
            code=code,
            severity=severities[code],
            title=edition(code).title,
            found=count,
            children=len(children[code]),
            measures=tuple(measure.id for measure in every if columns[code] & set(measure.needs)),
        )
        for code, count in found.items()
    )
