"""Of which reporting year a report of some sources is, where nobody says so."""

from safeboard.figures.tables.snapshot import Manifest
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.periods import Period


def period_of(manifest: Manifest, asked: str | None) -> Period:
    """The period asked for; else the newest return's reporting year; else the last one finished by the extract.

    BadInput where the sources cover no day of the period asked for: a report of it would say nothing.
    """
    if asked:
        return _covered(manifest, Period.parse(asked))
    years = [source.census_year for source in manifest.sources if source.census_year]
    if years:
        return Period.year_ending(max(years))
    day = manifest.reference_date
    return Period.year_ending(day.year if (day.month, day.day) <= (3, 31) else day.year + 1)


def _covered(manifest: Manifest, period: Period) -> Period:
    days = manifest.coverage.values()
    if not days or any(held.first <= period.end and period.start <= held.last for held in days):
        return period
    first, last = min(held.first for held in days), max(held.last for held in days)
    raise BadInput(
        Problem(
            message="The sources hold no record of this year.",
            element="--period",
            found=period.label,
            expected=f"a year with days from {first.isoformat()} to {last.isoformat()}",
            remedy="Ask for such a year, or give that year's return as well.",
        )
    )
