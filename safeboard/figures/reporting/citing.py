"""Sources of a definition as a board member may follow them. The full citation stays in the figures' data."""

from typing import Final

OWN_NOTES: Final = "domain/"
"""Our own collected notes; they name the sources that stand before them, and a reader does not have them."""

REFERENCE_REPORT: Final = "report "
"""The reference report, as every citation of this project begins."""

REPORT_IN_WORDS: Final = "a board's annual report for 2008-09, "


def cited(source: str) -> str:
    """The citation without our own notes, the reference report in words; "a definition of this project" for nothing."""
    named = [part for part in source.split("; ") if not part.startswith(OWN_NOTES)]
    told = [part.replace(REFERENCE_REPORT, REPORT_IN_WORDS, 1) if _of_report(part) else part for part in named]
    return "; ".join(told) or "a definition of this project"


def _of_report(part: str) -> bool:
    return part.startswith(REFERENCE_REPORT)
