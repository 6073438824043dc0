"""The check as one self-contained page: it opens from a USB stick, and everything in it is there without script."""

from itertools import groupby
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from safeboard.figures.census.catalogue import edition
from safeboard.figures.census.comparing import Comparison
from safeboard.figures.census.findings import CheckResult, Finding, Status
from safeboard.figures.census.rule import Level, Rule, Severity
from safeboard.figures.census.years import LAST_KNOWN, census_year

_WORDS: Final = {
    Status.FOUND: "ran and found",
    Status.CLEAR: "ran and found nothing",
    Status.NOT_APPLICABLE: "not applicable",
    Status.FAILED: "failed",
}

_PAGES: Final = Environment(
    loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def write_html(result: CheckResult, path: Path, comparison: Comparison | None = None) -> None:
    """Writes the page: findings by rule with what to do, filters where script runs, and what became of every rule."""
    page = _PAGES.get_template("check.html").stream(
        result=result,
        comparison=comparison,
        parts=_parts(result),
        answers=result.answers,
        errors=result.of(Severity.ERROR),
        queries=result.of(Severity.QUERY),
        words=_WORDS,
    )
    page.enable_buffering(1000)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(page)


_Groups = list[tuple[Rule, list[tuple[int, Finding]]]]


def _parts(result: CheckResult) -> list[tuple[str, _Groups]]:
    """Findings about the whole return apart from those about its children, each by rule."""
    ends = census_year(result.rules_of).end.year if result.rules_of else LAST_KNOWN
    numbered = list(enumerate(result.findings))
    whole = [pair for pair in numbered if pair[1].level is Level.RETURN]
    children = [pair for pair in numbered if pair[1].level is not Level.RETURN]
    named = (
        ("About the whole return", _by_rule(whole, ends)),
        ("About children and episodes", _by_rule(children, ends)),
    )
    return [(title, groups) for title, groups in named if groups]


def _by_rule(numbered: list[tuple[int, Finding]], ends: int) -> _Groups:
    """Findings by rule, each with its place in the result, whose order is already that of the rules."""
    return [(edition(code, ends), list(found)) for code, found in groupby(numbered, lambda pair: pair[1].code)]
