"""`./run` alone: the main job on the reference city, from census returns to the five files of its report."""

import argparse
from pathlib import Path

from safeboard.figures.city.reference import impossible_figures, write_reference_city
from safeboard.figures.reporting.building import build_report, with_returns
from safeboard.figures.reporting.writing import write_report
from safeboard.foundation.kernel.periods import Period
from safeboard.site.returns import being_checked
from safeboard.site.sources import opened

FOLDER = Path("out/reference-city")
YEAR = Period.year_ending(2009)


def work(asked: argparse.Namespace) -> int:
    sources = FOLDER / "sources"
    given = write_reference_city(sources)
    with being_checked(given) as checks, opened(given) as city:
        report = build_report(city.snapshot, area=None, period=YEAR, threshold=0, noted=city.noted)
        written = write_report(with_returns(report, checks()), FOLDER)
    print(f"The reference city, {YEAR.label}: its sources are in {sources}, its performance report in {FOLDER}.")
    for path in written:
        print(f"  {path}")
    impossible = impossible_figures()
    print(f"{len(impossible)} things the printed report says cannot be had from any records as printed:")
    for figure in impossible:
        print(f"  line {figure.line}, {figure.printed}: {figure.reason}")
    return 0
