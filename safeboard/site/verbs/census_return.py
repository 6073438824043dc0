"""`./run return`: standard tables written as a census return."""

import argparse
from pathlib import Path

from safeboard.figures.exchange.census_records import write_census
from safeboard.figures.exchange.census_writer import Sender
from safeboard.figures.reporting.building import area_of
from safeboard.figures.reporting.period_of_sources import period_of
from safeboard.figures.tables.snapshot import Manifest
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.site.sources import opened

NAME = "return"
PURPOSE = "Write sources as the children in need census return of one year."
EXAMPLE = "./run return ssd-folder/ --year 2024-25 --area E08000026 --out cin-2025.xml"


def add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="census XML, SSD folder, snapshot")
    words.add_argument("--year", metavar="YEAR", help="census year such as 2024-25 (default: the sources' own)")
    words.add_argument("--area", metavar="CODE", help="the council that returns it (default: what the sources say)")
    words.add_argument("--out", type=Path, required=True, metavar="FILE.xml", help="the return to write")


def work(asked: argparse.Namespace) -> int:
    with opened(asked.sources) as sources:
        manifest = sources.snapshot.manifest
        year = period_of(manifest, asked.year).end.year
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        sender = Sender(authority_of(manifest, asked.area))
        children = write_census(sources.snapshot, year=year, sender=sender, to=asked.out)
    print(f"{asked.out}: {children:,} children")
    return 0


def authority_of(manifest: Manifest, asked: str | None) -> str:
    """The three-digit number of the council asked for, else of the one that the sources name. BadInput for neither."""
    area = area_of(manifest, asked)
    if area is not None and area.old_code:
        return area.old_code
    named = next((code for code in manifest.areas if len(code) == 3 and code.isdigit()), None)
    if named is None:
        raise BadInput(
            Problem(
                message="A return names its council, and the sources do not.",
                element="--area",
                expected="a council's code or name",
                remedy="Name the council with --area.",
            )
        )
    return named
