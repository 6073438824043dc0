"""Draws of codes and days, with shares that look like a city's. Every draw takes its own seeded generator."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Final

from safeboard.foundation.guidance.census_codes import UPN_LETTERS
from safeboard.foundation.kernel.working_days import add_working_days, is_working_day

"""The letter of a unique pupil number is the remainder, by 23, of its digits times their places (census rule 1510)."""

PSEUDO_AUTHORITY: Final = "001"
"""No school of a real council issues numbers with it, so no synthetic number can be a real pupil's."""


class Weighted:
    """Codes with their relative weights; one draw costs one random number."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._codes = tuple(weights)
        self._upto = tuple(accumulate(weights.values()))

    def draw(self, rng: Random) -> str:
        return self._codes[bisect(self._upto, rng.random() * self._upto[-1])]


SOURCES: Final = Weighted(
    {"6": 27, "2A": 16, "1A": 13, "3B": 7, "3E": 5, "3A": 3, "3F": 5, "5A": 5, "5B": 3, "5C": 3, "7": 4, "4": 2,
     "8": 3, "1B": 2, "1C": 1, "1D": 1, "2B": 1, "3C": 1, "3D": 1, "9": 4, "10": 1}
)  # fmt: skip
NEEDS: Final = Weighted(
    {"N1": 51, "N5": 17, "N4": 10, "N2": 9, "N6": 4, "N3": 3, "N8": 3, "N9": 2, "N7": 0.6, "N0": 0.4}
)
PLAN_NEEDS: Final = Weighted({"N1": 90, "N5": 7, "N4": 3})
ETHNICITIES: Final = Weighted(
    {"WBRI": 74, "WOTH": 3.5, "WIRI": 0.8, "WROM": 0.5, "WIRT": 0.2, "MWBC": 2.6, "MWAS": 1.6, "MWBA": 0.8, "MOTH": 1,
     "AIND": 3, "APKN": 3, "ABAN": 0.8, "AOTH": 1, "BAFR": 2.4, "BCRB": 0.7, "BOTH": 0.6, "CHNE": 0.3, "OOTH": 1.2,
     "NOBT": 1.6, "REFU": 0.4}
)  # fmt: skip
MINORITIES: Final = Weighted(
    {"WOTH": 9, "WIRI": 3, "WROM": 2, "WIRT": 1, "MWBC": 13, "MWAS": 7, "MWBA": 4, "MOTH": 5, "AIND": 9, "APKN": 10,
     "ABAN": 4, "AOTH": 4, "BAFR": 9, "BCRB": 4, "BOTH": 4, "CHNE": 1, "OOTH": 5}
)  # fmt: skip
DISABILITIES: Final = Weighted(
    {"LD": 30, "AUT": 18, "BEH": 15, "COMM": 10, "MOB": 8, "DDA": 6, "VIS": 3, "HEAR": 3, "PC": 3, "INC": 2, "HAND": 1,
     "CON": 1}
)  # fmt: skip
CATEGORIES: Final = Weighted({"NEG": 47, "EMO": 33, "PHY": 11, "SAB": 6, "MUL": 3})
FACTORS: Final = Weighted(
    {"3B": 26, "4B": 18, "2B": 11, "1B": 11, "16A": 11, "17A": 13, "18C": 8, "4A": 6, "3A": 5, "6B": 4, "5B": 3,
     "5A": 4, "6A": 3, "19C": 3, "14A": 4, "15A": 2, "10A": 2, "11A": 2, "2A": 2, "1A": 1, "7A": 1, "18B": 2, "20": 6}
)  # fmt: skip
CLOSURES: Final = Weighted({"RC7": 92, "RC5": 5, "RC3": 2, "RC4": 1})

_DISABLED: Final = 0.11
_TWICE_DISABLED: Final = 0.3
_MOST_FACTORS: Final = 4


def seeded(word: str) -> Random:
    """A generator that gives the same draws for the same word, on every machine and in every run."""
    return Random(word)  # noqa: S311 - synthetic children, not secrets


def pupil_number(number: int) -> str:
    """A well-formed unique pupil number no school has issued; different for every `number` below 10^9."""
    digits = f"{PSEUDO_AUTHORITY}{number:09d}"
    total = sum(int(digit) * place for place, digit in enumerate(digits, start=2))
    return UPN_LETTERS[total % len(UPN_LETTERS)] + digits


def disabilities(rng: Random) -> tuple[str, ...]:
    """NONE alone for most children, else one or two different disabilities."""
    if rng.random() >= _DISABLED:
        return ("NONE",)
    first = DISABILITIES.draw(rng)
    second = DISABILITIES.draw(rng) if rng.random() < _TWICE_DISABLED else first
    return (first,) if first == second else (first, second)


def factors(rng: Random) -> tuple[str, ...]:
    """One to four different factors at the end of an assessment, in the order of their codes."""
    return tuple(sorted({FACTORS.draw(rng) for _ in range(rng.randint(1, _MOST_FACTORS))}))


def day_between(rng: Random, first: date, last: date) -> date:
    """A day from `first` to `last`, both inclusive."""
    return first + timedelta(days=rng.randint(0, (last - first).days))


def working_day_between(rng: Random, first: date, last: date) -> date:
    """A working day from `first` to `last`, both inclusive. ValueError where there is none."""
    if not any(is_working_day(first + timedelta(days=n)) for n in range((last - first).days + 1)):
        raise ValueError(f"no working day from {first} to {last}")
    while not is_working_day(day := day_between(rng, first, last)):
        pass
    return day


@lru_cache(maxsize=65_536)
def on_or_after(day: date) -> date:
    """`day` if it is a working day, else the next one."""
    return day if is_working_day(day) else add_working_days(day, 1)


@lru_cache(maxsize=65_536)
def on_or_before(day: date) -> date:
    """`day` if it is a working day, else the last one before."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def shuffled(rng: Random, counts: Mapping[str, int]) -> list[str]:
    """Every label as often as `counts` says, in random order."""
    labels = [label for label, count in counts.items() for _ in range(count)]
    rng.shuffle(labels)
    return labels


def parts(rng: Random, total: int, weights: Sequence[float]) -> list[int]:
    """`total` split into whole parts near the weights, with some unevenness; the parts add to `total` exactly."""
    uneven = [weight * rng.uniform(0.94, 1.06) for weight in weights]
    exact = [total * weight / sum(uneven) for weight in uneven]
    floors = [int(part) for part in exact]
    remainders = sorted(range(len(exact)), key=lambda i: (floors[i] - exact[i], i))
    for i in remainders[: total - sum(floors)]:
        floors[i] += 1
    return floors
