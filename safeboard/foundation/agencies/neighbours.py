"""Statistical neighbours: for each council the ten most alike, by a dated model.

The model was revised in 2025, and a mean over other neighbours is another mean: whoever shows one names the model.
"""

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from safeboard.foundation.agencies.areas import Area, all_areas, find_area
from safeboard.foundation.kernel.errors import BadInput, Problem


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A council's neighbours in one model, the nearest first, with how close the model calls each ("Very Close").

    Both are empty where the model does not have the council: one formed later, or the synthetic one.
    """

    model: str
    areas: tuple[Area, ...]
    closeness: tuple[str, ...]


def models() -> tuple[str, ...]:
    """The names of the models known, newest first."""
    return tuple(_models())


def neighbours(area_code: str, model: str | None = None) -> Neighbours:
    """The neighbours of the council with this nine-character code, by that model or the newest.

    BadInput for a model not known.
    """
    chosen = models()[0] if model is None else model
    if chosen not in _models():
        raise BadInput(
            Problem(
                message="No model of statistical neighbours has this name.",
                remedy="Name one of the models listed.",
                found=chosen,
                expected=" or ".join(models()),
            )
        )
    old = next((area.old_code for area in all_areas() if area.code == area_code), "")
    found = _models()[chosen].get(old, ())
    return Neighbours(chosen, tuple(find_area(code) for code, _ in found), tuple(word for _, word in found))


_Model = Mapping[str, tuple[tuple[str, str], ...]]


@cache
def _models() -> Mapping[str, _Model]:
    declared = tomllib.loads(_data("neighbours.toml"))
    return {entry["name"]: _read_model(entry) for entry in declared["model"]}


def _read_model(entry: Mapping[str, Any]) -> _Model:
    lines = csv.reader(_data(entry["file"]).splitlines())
    header = next(lines)
    places = [header.index(f"SN{rank}") for rank in range(1, entry["neighbours"] + 1)]
    return {line[0]: tuple(_pairs(line, places)) for line in lines if line[0]}


def _pairs(line: Sequence[str], places: Sequence[int]) -> Iterator[tuple[str, str]]:
    # The word for closeness stands in the column after its neighbour, all ten columns under the one name SNP.
    return ((line[place], line[place + 1]) for place in places)


def _data(name: str) -> str:
    return files(__package__).joinpath("data", name).read_text(encoding="utf-8-sig")
