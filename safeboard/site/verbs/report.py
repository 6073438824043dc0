"""`./run report`: the board's performance report from its sources."""

import argparse
import sys
from pathlib import Path

from safeboard.figures.reporting.building import build_report, with_returns
from safeboard.figures.reporting.period_of_sources import period_of
from safeboard.figures.reporting.writing import write_report
from safeboard.site.returns import being_checked
from safeboard.site.sources import opened

NAME = "report"
PURPOSE = "Write the performance report (page, PDF, figures, workbook, problems) from sources."
EXAMPLE = "./run report cin-2024.xml cin-2025.xml sheets/ --area E08000026 --period 2024-25 --out out/report"

BOARD_ONLY, PUBLISHED = 0, 5


def add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument(
        "sources", nargs="+", type=Path, metavar="SOURCE", help="census XML, SSD folder, sheet, snapshot"
    )
    words.add_argument("--area", metavar="CODE", help="ONS or three-digit code or name (default: what the sources say)")
    words.add_argument("--period", metavar="YEAR", help="reporting year such as 2024-25 (default: the sources' own)")
    words.add_argument("--out", type=Path, default=Path("out/report"), help="folder for the five files (%(default)s)")
    words.add_argument(
        "--for-publication",
        action="store_const",
        const=PUBLISHED,
        default=BOARD_ONLY,
        dest="threshold",
        help=f"hide counts of 1 to {PUBLISHED} and what would reveal them (default: the board's own copy hides none)",
    )


def work(asked: argparse.Namespace) -> int:
    with being_checked(asked.sources) as checks, opened(asked.sources, asked.area) as sources:
        period = period_of(sources.snapshot.manifest, asked.period)
        report = build_report(
            sources.snapshot,
            area=asked.area,
            period=period,
            threshold=asked.threshold,
            noted=sources.noted,
        )
        written = write_report(with_returns(report, checks()), asked.out)
    if report.area_note:
        print(report.area_note, file=sys.stderr)
    if sources.noted:
        things = "1 thing was" if len(sources.noted) == 1 else f"{len(sources.noted):,} things were"
        print(f"{things} noted while reading: see problems.csv.", file=sys.stderr)
    for path in written:
        print(path)
    return 0
