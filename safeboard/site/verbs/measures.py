"""`./run measures`: the catalogue of what can be counted and how."""

import argparse
import json

from rich.console import Console
from rich.table import Table

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.definition import Measure

NAME = "measures"
PURPOSE = "List every measure with its definition, source, edition and direction."
EXAMPLE = "./run measures --measure ni_65"


def add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("--measure", metavar="ID", choices=sorted(MEASURES), help="one measure only, in full")
    words.add_argument("--json", action="store_true", help="as a JSON list")


def described(measure: Measure) -> dict[str, object]:
    """Everything a reader of a figure is owed, as plain data."""
    return {
        "measure": measure.id,
        "title": measure.title,
        "meaning": measure.meaning,
        "source": measure.source,
        "edition": measure.edition,
        "unit": measure.unit.value,
        "counts": measure.counting.value,
        "moment": measure.moment.value,
        "polarity": measure.polarity.value,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "groups": [group.title for group in measure.groups],
        "needs": list(measure.needs),
        "mark": measure.mark.value,
        "choice": measure.choice,
    }


def work(asked: argparse.Namespace) -> int:
    chosen = [MEASURES[asked.measure]] if asked.measure else list(MEASURES.values())
    if asked.json:
        print(json.dumps([described(measure) for measure in chosen], indent=2, ensure_ascii=False))
        return 0
    console = Console()
    if asked.measure:
        for name, value in described(chosen[0]).items():
            said = ", ".join(map(str, value)) if isinstance(value, list) else value
            console.print(f"[bold]{name}[/bold]: {said}", highlight=False)
        return 0
    table = Table("measure", "title", "unit", "edition", "groups", title=f"{len(chosen)} measures")
    for measure in chosen:
        groups = ", ".join(group.title for group in measure.groups)
        table.add_row(measure.id, measure.title, measure.unit.value, measure.edition, groups)
    console.print(table)
    return 0
