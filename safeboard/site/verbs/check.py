"""`./run check`: a census return checked by all of the department's rules of its year."""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from safeboard.figures.census.check import check_census
from safeboard.figures.census.comparing import Comparison, compare, read_earlier
from safeboard.figures.census.explaining import explain
from safeboard.figures.census.findings import CheckResult
from safeboard.figures.census.page import write_html
from safeboard.figures.census.reasons import answered, read_reasons, to_keep, write_reasons
from safeboard.figures.census.tabular import write_csv, write_json, write_xlsx
from safeboard.figures.census.terminal import print_summary
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.site.progress import progress

NAME = "check"
PURPOSE = "Check a census return by every rule of its year. Exit 0 clean, 1 findings, 2 unreadable."
EXAMPLE = (
    "./run check cin-2026.xml --html check.html --reasons reasons.csv\n"
    "  ./run check cin-2026-corrected.xml --against check.json\n"
    "  ./run check --explain 8675Q"
)

TO_SCREEN = "-"


@dataclass(frozen=True, slots=True)
class Checked:
    """A check, and how it differs from an earlier one if that was given."""

    result: CheckResult
    comparison: Comparison | None


def add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("file", nargs="?", type=Path, metavar="FILE.xml", help="the return")
    words.add_argument("--year", metavar="YEAR", help="by the rules of this census year (default: the header's)")
    for form in ("json", "csv", "xlsx", "html"):
        screen = form == "json"
        words.add_argument(
            f"--{form}",
            metavar="OUT",
            nargs="?" if screen else None,
            const=TO_SCREEN if screen else None,
            help=f"write the findings as {form}" + (" (without OUT: print them)" if screen else ""),
        )
    words.add_argument(
        "--against", type=Path, metavar="EARLIER.json", help="show what was cleared since, and what is new"
    )
    words.add_argument("--reasons", type=Path, metavar="REASONS.csv", help="answers to queries, kept and offered again")
    words.add_argument("--explain", metavar="CODE", help="what a rule asks, what usually causes it, what to do")


def work(asked: argparse.Namespace) -> int:
    if asked.explain:
        print(explain(asked.explain))
        return 0
    if asked.file is None:
        raise BadInput(Problem(message="No return was named.", element="FILE.xml", remedy="Name the file to check."))
    earlier = read_earlier(asked.against) if asked.against else None
    result = check(asked.file, asked.year)
    if asked.reasons:
        result = with_reasons(result, asked.reasons)
    checked = Checked(result, compare(result, earlier) if earlier is not None else None)
    write(checked, asked)
    return result.exit_status


def check(file: Path, year: str | None) -> CheckResult:
    with progress() as report:
        return check_census(file, year, lambda what, done: report(f"Checking {what}", done, None))


def with_reasons(result: CheckResult, file: Path) -> CheckResult:
    """The result with the reasons in the file beside its queries; the file then also lists queries without one."""
    known = read_reasons(file)
    told = answered(result, known)
    write_reasons(file, to_keep(told, known))
    return told


def write(checked: Checked, asked: argparse.Namespace) -> None:
    """The files asked for; and the summary on the screen, unless that shows the JSON."""
    if asked.json == TO_SCREEN:
        print(json.dumps(as_json(checked), indent=2, ensure_ascii=False))
    else:
        print_summary(checked.result, Console(), checked.comparison)
    if asked.json not in (None, TO_SCREEN):
        write_json(checked.result, Path(asked.json))
    if asked.csv:
        write_csv(checked.result, Path(asked.csv))
    if asked.xlsx:
        write_xlsx(checked.result, Path(asked.xlsx))
    if asked.html:
        write_html(checked.result, Path(asked.html), checked.comparison)


def as_json(checked: Checked) -> dict[str, object]:
    said: dict[str, object] = dict(checked.result.as_json())
    if checked.comparison:
        said["against"] = checked.comparison.as_json()
    return said
