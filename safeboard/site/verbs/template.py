"""`./run template`: an empty sheet to fill for a table that the census lacks."""

import argparse
from pathlib import Path

from safeboard.figures.exchange.template import write_template
from safeboard.figures.tables.catalogue import TABLES
from safeboard.site.choosing import one_of

NAME = "template"
PURPOSE = "Write an Excel sheet to fill for one standard table, with every column explained."
EXAMPLE = "./run template conference_attendance --out attendance.xlsx"


def add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument(
        "table",
        type=one_of(TABLES, "table", "./run template --help lists all."),
        metavar="TABLE",
        help=f"one of: {', '.join(TABLES)}",
    )
    words.add_argument("--out", type=Path, help="file to write (default: TABLE.xlsx here)")


def work(asked: argparse.Namespace) -> int:
    to = asked.out or Path(f"{asked.table}.xlsx")
    write_template(TABLES[asked.table], to)
    print(to)
    return 0
