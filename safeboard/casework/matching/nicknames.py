"""Pet names and spellings, read once from `nicknames.csv`: the same file that the database's keys are made of."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def pet_names() -> Mapping[str, frozenset[str]]:
    """For a name in full, what people called so are called for short, or how it is written elsewhere."""
    with files(__package__).joinpath("nicknames.csv").open(encoding="utf-8") as file:
        return {row["formal"]: frozenset(row["pets"].split()) for row in csv.DictReader(file)}
