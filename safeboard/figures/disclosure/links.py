"""What ties different measures' figures together, read from data (links.toml)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Term:
    """One number of one figure: the numerator or denominator (`base`) of a measure's whole or group.

    `before`: that of the reporting year before.
    """

    measure: str
    group: str | None = None
    base: bool = False
    before: bool = False

    @classmethod
    def parse(cls, text: str) -> "Term":
        """The term written as in links.toml. ValueError for anything else."""
        match = re.fullmatch(r"(\w+)(?:\[(.+)\])?(/base)?(@before)?", text)
        if not match:
            raise ValueError(f"not the name of a number: {text}")
        return cls(match[1], match[2], bool(match[3]), bool(match[4]))


@dataclass(frozen=True, slots=True)
class Links:
    """`equal`: both sides add up to the same. `same_groups`: two measures and the column they are split by alike.

    `within`: the first counts some of the second.
    """

    equal: tuple[tuple[tuple[Term, ...], tuple[Term, ...]], ...]
    same_groups: tuple[tuple[str, str, str], ...]
    within: tuple[tuple[Term, Term], ...]


@cache
def declared_links() -> Links:
    """Everything links.toml declares."""
    read: Mapping[str, Any] = tomllib.loads(files(__package__).joinpath("links.toml").read_text(encoding="utf-8"))
    return Links(
        equal=tuple((_terms(left), _terms(right)) for left, right in read["equal"]),
        same_groups=tuple((first, second, column) for first, second, column in read["same_groups"]),
        within=tuple((Term.parse(part), Term.parse(whole)) for part, whole in read["within"]),
    )


def _terms(texts: list[str]) -> tuple[Term, ...]:
    return tuple(Term.parse(text) for text in texts)
