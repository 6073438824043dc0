"""`./run figures`: figures as data, each with the keys of the rows it counted if asked."""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.definition import Measure
from safeboard.figures.measures.engine import keys_of_figures, run
from safeboard.figures.measures.figure import Figure
from safeboard.figures.reporting.building import area_of, population_base
from safeboard.figures.reporting.period_of_sources import period_of
from safeboard.site.choosing import one_of
from safeboard.site.sources import opened
from safeboard.site.telling import tell_noted

NAME = "figures"
PURPOSE = "Compute measures over sources for one period and print them as data."
EXAMPLE = "./run figures out/reference-city/sources --period 2008-09 --measure ni_65 --json --keys"


MEASURE = one_of(MEASURES, "measure", "./run measures lists all.")


def add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument(
        "sources", nargs="+", type=Path, metavar="SOURCE", help="census XML, SSD folder, sheet, snapshot"
    )
    words.add_argument("--period", metavar="YEAR", help="reporting year such as 2024-25 (default: the sources' own)")
    words.add_argument("--area", metavar="CODE", help="area for rates (default: what the sources say)")
    words.add_argument("--measure", metavar="ID", type=MEASURE, help="one measure only")
    words.add_argument("--json", action="store_true", help="a JSON list of objects; without it, a line a figure")
    words.add_argument("--keys", action="store_true", help="as JSON, with the keys of the rows in each numerator")


def work(asked: argparse.Namespace) -> int:
    chosen = [MEASURES[asked.measure]] if asked.measure else list(MEASURES.values())
    with opened(asked.sources, asked.area) as sources:
        snapshot = sources.snapshot
        period = period_of(snapshot.manifest, asked.period)
        base = population_base(area_of(snapshot.manifest, asked.area), period)
        computed = run(chosen, snapshot, period, base)
        counted = [keys_of_figures(measure, snapshot, period) for measure in chosen] if asked.keys else []
    tell_noted(sources.noted)
    if asked.keys:
        found = dict(zip((measure.id for measure in chosen), counted, strict=True))
        print_data([{**figure.as_json(), "keys": found[figure.measure].get(figure.group, [])} for figure in computed])
    elif asked.json:
        print_data([figure.as_json() for figure in computed])
    else:
        print_lines(chosen, computed)
    return 0


def print_data(objects: Sequence[Mapping[str, object]]) -> None:
    print(json.dumps(objects, indent=2, ensure_ascii=False))


def print_lines(measures: Sequence[Measure], figures: Sequence[Figure]) -> None:
    """One line a figure: title and group, what is shown, the exact fraction behind it, and what to know of it."""
    titles = {measure.id: measure.title for measure in measures}
    for figure in figures:
        name = titles[figure.measure] + (f" ({figure.group})" if figure.group else "")
        exact = f"  {figure.numerator}/{figure.denominator}" if figure.denominator is not None else ""
        note = f". {figure.why_not}" if figure.why_not and figure.group is None else ""
        print(f"{figure.measure}: {name}: {figure.shown}{exact}{note}")
