"""What the reading itself found wrong with a file, as findings; and which of them another finding already says."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from safeboard.figures.census.findings import Fields, Finding
from safeboard.figures.census.groups import CHILD_LEVEL
from safeboard.figures.census.reading import Reading
from safeboard.figures.census.rule import Rule
from safeboard.figures.census.rules_structure import READ
from safeboard.figures.exchange.census_structure import Irregularity, Oddity

_CODES: Final = {
    Oddity.UNKNOWN: "S05",
    Oddity.OTHER_YEAR: "S04",
    Oddity.MISSING: "S06",
    Oddity.DOUBLED: "S07",
    Oddity.DISORDER: "S08",
    Oddity.EMPTY: "S09",
}

_RULES: Final = {rule.code: rule for rule in READ}
_MISSING: Final = "S06"
_FORMS: Final = frozenset({"S13", "S14", "S15", "S16"})
_HEADER_LEVEL: Final = frozenset({"Header", "CollectionDetails", "Source"})


def structure_findings(reading: Reading) -> Iterator[Finding]:
    """Everything about the file's structure, the place where it breaks off first."""
    for problem in reading.broken:
        yield _finding("S01", "Message", problem.line, (("parser", problem.found),))
    if reading.namespace:
        yield _finding("S02", "Message", 1, (("xmlns", reading.namespace),))
    yield from _header_findings(reading)
    for seen in reading.irregularities:
        if seen.element != "Header" and seen.oddity in _CODES:
            yield _irregular(seen)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Structure findings by code, then by line."""
    return sorted(findings, key=lambda finding: (finding.code, finding.line or 0))


def _header_findings(reading: Reading) -> Iterator[Finding]:
    doubled = [seen.line for seen in reading.irregularities if _doubles_header(seen)]
    if not reading.headers:
        yield _finding("S03", "Header", None, (("headers", "0"),))
        return
    for line in doubled or [header.line for header in reading.headers[1:]]:
        yield _finding("S03", "Header", line, (("headers", str(1 + len(doubled or reading.headers[1:]))),))
    header = reading.headers[0]
    said = header.texts.get("Collection")
    if said and said != "CIN":
        yield _finding("S11", "Header", header.line, (("Collection", said),))
    if reading.year and header.year is not None and header.year != reading.year.end.year:
        asked = (("Year", header.texts.get("Year")), ("checked as", reading.year.label))
        yield _finding("S10", "Header", header.line, asked)


def _doubles_header(seen: Irregularity) -> bool:
    return seen.element == "Header" and seen.oddity is Oddity.DOUBLED


def _irregular(seen: Irregularity) -> Finding:
    code = _CODES[seen.oddity]
    return _finding(code, seen.inside, seen.line, ((seen.element, seen.found or None),), seen.child, seen.element)


def _finding(code: str, table: str, line: int | None, fields: Fields, child: str = "", element: str = "") -> Finding:
    rule = _RULES[code]
    message = f"{rule.question} It is {element}." if element else rule.question
    return Finding(code, rule.severity, rule.level, table, message, child, line=line, fields=fields)


def told_once(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """The findings without those about a missing element or a value's form that a rule of the department's says too.

    `rules` are the department's rules of the year by code.
    """
    every = list(findings)
    rows, lines = set(), set()
    for finding in every:
        for field in rules[finding.code].settles if finding.code in rules else ():
            rows.add((finding.table, finding.row, field))
            lines.add(_by_line(finding, finding.table, field))
    return [finding for finding in every if not _said(finding, rows, lines)]


def _said(finding: Finding, rows: set[tuple[str, int | None, str]], lines: set[tuple[str, int | None, str]]) -> bool:
    if finding.code == _MISSING:
        return _by_line(finding, finding.table, finding.fields[0][0]) in lines
    return finding.code in _FORMS and (finding.table, finding.row, finding.fields[0][0]) in rows


def _by_line(finding: Finding, table: str, field: str) -> tuple[str, int | None, str]:
    """What a missing element is known by: its child and name, and the line of the group that should hold it."""
    once = table in CHILD_LEVEL or table in _HEADER_LEVEL or table == "Child"
    return (finding.child, None if once else finding.line, field)
