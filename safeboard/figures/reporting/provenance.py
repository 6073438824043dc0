"""Where a report's figures come from: the sources, what was noted while reading them, and the words used."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from safeboard.figures.reporting.cells import HIDDEN
from safeboard.figures.reporting.chance import EXACT_UP_TO, UNLIKELY
from safeboard.figures.reporting.document import CheckLine, Table
from safeboard.figures.reporting.report_input import CrossCheck, ReportInput
from safeboard.figures.reporting.wording import SMALLEST_BASE, in_words
from safeboard.foundation.kernel.errors import Problem
from safeboard.foundation.kernel.numbers import Unit, show

MOST_PROBLEMS: Final = 25
"""Kinds of problem listed in the report; all of them, one by one, are in problems.csv."""

GLOSSARY: Final = (
    ("Base", "What a percentage is a percentage of."),
    ("Child in need", "A child whom the council helps under section 17 of the Children Act 1989."),
    (
        "Child protection plan",
        "What is agreed for a child at continuing risk of significant harm. Before 1 April 2008: registration.",
    ),
    (
        "Cohort",
        "The referrals of the year, followed forward. The other form, the period ratio, follows no one.",
    ),
    ("Initial conference", "The meeting that decides whether a child needs a child protection plan."),
    ("Looked after", "In the council's care."),
    ("MAPPA", "Multi-agency public protection arrangements: how dangerous offenders are managed."),
    (
        "NI, PAF",
        "National Indicator (2008 to 2011), Performance Assessment Framework (to 2008): older names.",
    ),
    (
        "Occasion",
        "One event. A child may have several; then the number of different children stands beside it.",
    ),
    ("Per 10,000", "Over 10,000 children aged 0 to 17 who live in the area."),
    ("Percentage point", "The difference of two percentages: from 10% to 15% is 5 percentage points."),
    ("Review", "The conference that looks at a plan again."),
    (
        "Section 47 enquiry",
        "Enquiries under section 47 of the Children Act 1989 whether a child suffers significant harm.",
    ),
    ("Snapshot", "The records as they stood at one time, frozen under a hash, so that every figure can be made again."),
    ("Statistical neighbours", "The ten councils most alike in their circumstances, by a dated model."),
)


def about(given: ReportInput) -> tuple[tuple[str, str], ...]:
    """What the report as a whole rests on, as pairs of name and statement."""
    return tuple(_about(given))


def _about(given: ReportInput) -> Iterator[tuple[str, str]]:
    yield "Period", f"{in_words(given.period.start)} to {in_words(given.period.end)}, both days included"
    yield "Records up to", in_words(given.manifest.reference_date)
    if given.area is not None:
        yield "Area", f"{given.area.name} ({given.area.code})"
    if given.area_note:
        yield "Area as the sources name it", given.area_note
    if given.population is not None:
        base = given.population
        yield (
            "Population aged 0 to 17",
            f"{show(Fraction(base.count), Unit.COUNT)}, mid-{base.mid_year}; {base.vintage}",
        )
    yield "Snapshot", given.identity
    yield "Small numbers", audience(given.threshold)
    yield "Rounding", "Half up, once, when a number is printed; changes are taken from the exact values."
    yield (
        "Tests",
        f"A change of a share is called unlikely to be chance where p is below {UNLIKELY} (Fisher's exact test; above "
        f"{EXACT_UP_TO:,} cases the normal test). Shares at a year's end are not tested: many of the children are the "
        f"same. A percentage change is given of numbers of {SMALLEST_BASE} or more.",
    )


def audience(threshold: int) -> str:
    """Whether the report may be published, in one sentence."""
    if threshold:
        return f"For publication: numbers from 1 to {threshold} are {HIDDEN}, and others that would give them away."
    return "The board's own copy: no number is hidden. Not for publication."


def sources_table(given: ReportInput) -> Table:
    """Every file or folder that was read, with the hash of its bytes."""
    rows = tuple(
        (
            source.name,
            source.kind,
            in_words(source.reference_date) if source.reference_date else "–",
            source.sha256,
        )
        for source in given.manifest.sources
    )
    return Table("Sources read", ("Source", "Kind", "Records up to", "SHA-256"), rows)


def problems_table(problems: Sequence[Problem], threshold: int) -> Table:
    """Each kind of problem once, with how often it was met, the most frequent first."""
    counted = Counter((problem.message, problem.remedy) for problem in problems)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:MOST_PROBLEMS]
    rows = tuple((message, _times(times, threshold), remedy) for (message, remedy), times in ranked)
    return Table("What was noted while reading", ("Noted", "Times", "What to do"), rows, numeric=(1,))


def _times(times: int, threshold: int) -> str:
    return f"1 to {threshold}" if 0 < times <= threshold else show(Fraction(times), Unit.COUNT)


def problems_note(problems: Sequence[Problem]) -> str:
    """How much was noted, and where all of it stands."""
    if not problems:
        return "Nothing was noted while the sources were read."
    kinds = len({(problem.message, problem.remedy) for problem in problems})
    shown = "" if kinds <= MOST_PROBLEMS else f" The {MOST_PROBLEMS} most frequent of {kinds} kinds are shown."
    return f"Every one, with its place in the sources, is in problems.csv.{shown}"


def cross_check_line(check: CrossCheck, threshold: int) -> CheckLine:
    """A check of the records as a line of the report.

    A published report gives no numbers here: what was looked at may be a number that is hidden elsewhere.
    """
    if check.broken is None or check.of is None:
        return CheckLine(check.title, "cannot be said", check.why_not or "What it needs was not collected.")
    if not check.of:
        return CheckLine(check.title, "cannot be said", "There was nothing to look at.")
    said = f"{check.explanation} {check.broken:,} of {check.of:,} do not."
    if not check.broken:
        said = f"{check.explanation} All {check.of:,} do."
    outcome = "does not hold" if check.broken else "holds"
    return CheckLine(check.title, outcome, check.explanation if threshold else said)
