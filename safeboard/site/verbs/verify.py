"""`./run verify-published`: recompute the department's published rates and percentages from their counts."""

import argparse
import json
from pathlib import Path

from safeboard.figures.comparators.verify import verify_published

NAME = "verify-published"
PURPOSE = "Recompute every rate and percentage in published tables from their counts with our own arithmetic."
EXAMPLE = "./run verify-published c1.csv d3.csv --population ons_mid-year_population.csv --json"


def add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("tables", nargs="+", type=Path, metavar="TABLE.csv", help="tables in the department's layout")
    words.add_argument("--population", type=Path, required=True, metavar="POP.csv", help="mid-year populations")
    words.add_argument("--json", action="store_true", help="one JSON object")


def work(asked: argparse.Namespace) -> int:
    verification = verify_published(asked.tables, asked.population)
    said = verification.as_json()
    if asked.json:
        print(json.dumps(said, indent=2, ensure_ascii=False))
        return 0
    print(f"{verification.checked:,} values checked, {len(verification.different)} different.")
    for reason, count in verification.left_out.items():
        print(f"{count:,} left out: {reason}.")
    for row in verification.different:
        print(f"{row.table}, {row.area}, {row.year}, {row.column}: published {row.published}, ours {row.ours}")
    return 0
