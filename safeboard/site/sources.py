"""Opening whatever sources a verb was given as one snapshot."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from safeboard.figures.exchange.load import load
from safeboard.figures.tables.snapshot import Manifest, Snapshot
from safeboard.figures.tables.snapshot_file import open_snapshot
from safeboard.foundation.agencies.areas import find_area
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.kernel.periods import Period
from safeboard.site.progress import progress

SUFFIX = ".snapshot"


@dataclass(frozen=True, slots=True)
class Opened:
    """A snapshot ready to be measured, and what its reading noted."""

    snapshot: Snapshot
    noted: tuple[Problem, ...]


@contextmanager
def opened(sources: Sequence[Path], area: str | None = None) -> Iterator[Opened]:
    """The sources as one snapshot: a single snapshot file as it is, anything else read into a temporary one.

    `area`, a code or name, is whose they are where none of them says so. BadInput where there is no such area.
    """
    code = find_area(area).code if area else None
    if len(sources) == 1 and sources[0].suffix == SUFFIX and sources[0].is_file():
        with open_snapshot(sources[0]) as snapshot:
            yield Opened(snapshot, ())
        return
    with tempfile.TemporaryDirectory(prefix="safeboard-") as folder:
        frozen = Path(folder) / f"sources{SUFFIX}"
        with progress() as report:
            loaded = load(sources, to=frozen, area=code, progress=report)
        with open_snapshot(frozen) as snapshot:
            yield Opened(snapshot, loaded.noted)


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
