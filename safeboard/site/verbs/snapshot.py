"""`./run snapshot`: freeze sources into one file, or show what a snapshot holds."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from safeboard.figures.exchange.load import load
from safeboard.figures.tables.snapshot import Manifest
from safeboard.figures.tables.snapshot_file import open_snapshot
from safeboard.foundation.agencies.areas import find_area
from safeboard.site.progress import progress
from safeboard.site.sources import SUFFIX
from safeboard.site.telling import tell_noted

NAME = "snapshot"
PURPOSE = "Freeze sources into one snapshot file, or show the manifest of one."
EXAMPLE = "./run snapshot cin-2025.xml sheets/ --out march-2025.snapshot\n  ./run snapshot march-2025.snapshot"


def add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="sources to freeze, or one snapshot")
    words.add_argument("--out", type=Path, help="the snapshot file to write")
    words.add_argument("--area", metavar="CODE", help="whose records they are, where no source says so")


def work(asked: argparse.Namespace) -> int:
    if asked.out is None and [path.suffix for path in asked.sources] == [SUFFIX]:
        with open_snapshot(asked.sources[0]) as snapshot:
            print(json.dumps(described(snapshot.identity, snapshot.manifest), indent=2, ensure_ascii=False))
        return 0
    to = asked.out or Path("out") / f"sources{SUFFIX}"
    with folder_of(to), progress() as report:
        loaded = load(asked.sources, to=to, area=find_area(asked.area).code if asked.area else None, progress=report)
    tell_noted(loaded.noted)
    with open_snapshot(to) as snapshot:
        print(f"{to}: {sum(snapshot.manifest.row_counts.values()):,} rows, identity {snapshot.identity}")
    return 0


@contextmanager
def folder_of(file: Path) -> Iterator[None]:
    """The file's folder, made if need be; what was made goes again where the work inside comes to nothing."""
    made = [folder for folder in file.parents if not folder.exists()]
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for folder in made:
            folder.rmdir()
        raise


def described(identity: str, manifest: Manifest) -> dict[str, object]:
    """The manifest in words for a reader; coverage as days, collected columns by table."""
    return {
        "identity": identity,
        "schema_version": manifest.schema_version,
        "reference_date": manifest.reference_date.isoformat(),
        "areas": list(manifest.areas),
        "sources": [
            {"name": source.name, "kind": source.kind, "sha256": source.sha256, "census_year": source.census_year}
            for source in manifest.sources
        ],
        "rows": dict(manifest.row_counts),
        "coverage": {
            table: f"{days.first.isoformat()} to {days.last.isoformat()}" for table, days in manifest.coverage.items()
        },
        "collected": {table: sorted(columns) for table, columns in manifest.collected.items()},
    }
