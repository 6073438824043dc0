"""How much speaks for two records being one person's: comparisons as data, evidence in words with weights."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log2
from typing import Any, Final

EXPECTED_DUPLICATES: Final = 0.02
"""Of a hundred records so many are expected to be a second one of somebody: where the sum of weights starts."""


@dataclass(frozen=True, slots=True)
class Level:
    """One finding of a comparison. `weight` is None where a side is not known: that says nothing."""

    holds: str
    words: str
    m: float | None = None
    u: float | None = None

    @property
    def weight(self) -> float | None:
        return log2(self.m / self.u) if self.m and self.u else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, and its levels, the closest first."""

    key: str
    title: str
    levels: tuple[Level, ...]


@cache
def comparisons() -> tuple[Comparison, ...]:
    """What `weights.toml` declares, in its order."""
    declared = tomllib.loads(files(__package__).joinpath("weights.toml").read_text(encoding="utf-8"))
    return tuple(
        Comparison(key, entry["title"], tuple(Level(**level) for level in entry["levels"]))
        for key, entry in declared.items()
    )


def chance(records: int) -> float:
    """The chance that any two of so many records are of one person, before anything is compared."""
    return 2 * EXPECTED_DUPLICATES / max(records, 1_000)


def evidence(found: Mapping[str, int]) -> list[tuple[str, str, float]]:
    """What each comparison found, by the place of its level: (what, words, weight to a tenth), the weightiest first.

    What is not known of both is left out.
    """
    told = []
    for comparison in comparisons():
        level = comparison.levels[found[comparison.key]]
        if level.weight is not None:
            told.append((comparison.title, level.words, round(level.weight, 1)))
    return sorted(told, key=lambda each: -abs(each[2]))


def total(found: Mapping[str, int], records: int) -> float:
    """The sum of all weights: 0 is as likely one person as two, 10 is a thousand to one for one person."""
    prior = chance(records)
    weights = (comparison.levels[found[comparison.key]].weight or 0.0 for comparison in comparisons())
    return log2(prior / (1 - prior)) + sum(weights)


def certainty(weight: float) -> str:
    """A sum of weights in words."""
    if weight >= 10:
        return "almost certain"
    return "likely" if weight >= 5 else "possible"


def splink_levels(comparison: Comparison) -> Sequence[dict[str, Any]]:
    """The levels as Splink wants them."""
    return [_splink_level(level) for level in comparison.levels]


def _splink_level(level: Level) -> dict[str, Any]:
    shared = {"sql_condition": level.holds, "label_for_charts": level.words}
    if level.m is None:
        return {**shared, "is_null_level": True}
    return {**shared, "m_probability": level.m, "u_probability": level.u}
