"""`./run city`: a synthetic city's returns and sheets, small or large."""

import argparse
from pathlib import Path

from safeboard.figures.city.reference import write_reference_city
from safeboard.figures.city.scaled import write_city

NAME = "city"
PURPOSE = "Write a synthetic city: census XML a year and sheets for the rest. No real person is in it."
EXAMPLE = "./run city --children 10000 --years 3 --seed 7 --out out/city"


def add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("--children", type=whole, metavar="N", help="how many children (default: the reference city)")
    words.add_argument("--years", type=whole, default=2, metavar="Y", help="how many reporting years (%(default)s)")
    words.add_argument(
        "--seed", type=int, default=1, metavar="S", help="the same seed gives the same city (%(default)s)"
    )
    words.add_argument("--out", type=Path, default=Path("out/city"), help="folder to write to (%(default)s)")


def whole(text: str) -> int:
    """A whole number of at least 1, for argparse."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number of at least 1")
    return int(text)


def work(asked: argparse.Namespace) -> int:
    if asked.children is None:
        written = write_reference_city(asked.out)
    else:
        written = write_city(asked.out, children=asked.children, years=asked.years, seed=asked.seed)
    for path in written:
        print(path)
    return 0
