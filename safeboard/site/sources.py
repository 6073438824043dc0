"""Opening whatever sources a verb was given as one snapshot."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from safeboard.figures.exchange.load import load
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.figures.tables.snapshot_file import open_snapshot
from safeboard.foundation.agencies.areas import find_area
from safeboard.foundation.kernel.errors import Problem
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
