"""`./run measures`: the catalogue of what can be counted and how."""

import argparse
import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.definition import Group, Measure
from safeboard.site.choosing import one_of

NAME = "measures"
PURPOSE = "List every measure with its definition, source, edition and direction."
EXAMPLE = "./run measures --measure ni_65"


MEASURE = one_of(MEASURES, "measure", "./run measures lists all.")


def add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("--measure", metavar="ID", type=MEASURE, help="one measure only, in full")
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
        "limits": list(measure.rules),
        "needs": list(measure.needs),
        "mark": measure.mark.value,
        "choice": measure.choice,
    }


def work(asked: argparse.Namespace) -> int:
    chosen = [MEASURES[asked.measure]] if asked.measure else list(MEASURES.values())
    if asked.json:
        print(json.dumps([described(measure) for measure in chosen], indent=2, ensure_ascii=False))
        return 0
    if asked.measure:
        Console().print(in_full(chosen[0]))
    else:
        Console().print(overview(chosen), f"{len(chosen)} measures. ./run measures --measure ID tells one in full.")
    return 0


def overview(measures: Sequence[Measure]) -> Table:
    """A measure a row: its identifier whole, to be copied, and its title."""
    table = Table("measure", "title", box=None, pad_edge=False)
    table.columns[0].no_wrap = True
    for measure in measures:
        split = f", by {' and by '.join(group.title.lower() for group in measure.groups)}" if measure.groups else ""
        table.add_row(measure.id, f"{measure.title} ({measure.unit.value}{split})")
    return table


def in_full(measure: Measure) -> Table:
    """Everything about one measure, in words; what does not apply is left out."""
    told = {
        "measure": f"{measure.id}, edition {measure.edition}",
        "title": measure.title,
        "meaning": measure.meaning,
        "counts": f"{measure.counting.value}, {measure.moment.value}; shown as {measure.unit.value}",
        "of them": measure.numerator,
        "out of": measure.denominator,
        "split by": "\n".join(labelled(group) for group in measure.groups),
        "limits": "; ".join(measure.rules) and f"{'; '.join(measure.rules)} (docs/guidance.md)",
        "chosen": measure.choice,
        "direction": measure.polarity.value,
        "source": measure.source,
        "needs": "\n".join(measure.needs),
    }
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for name, said in told.items():
        if said:
            table.add_row(name, Text(said))
    return table


def labelled(group: Group) -> str:
    """The group's title, and its labels where they are a closed list."""
    return f"{group.title}: {', '.join(group.labels)}" if group.labels else group.title
