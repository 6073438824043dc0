"""The areas boards serve: official codes, names and regions, and which code is current after a reorganisation.

The list is derived from the department's own tables (data/PROVENANCE.md); codes that went out of use are kept, because
last decade's figures stand under them.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from safeboard.foundation.kernel.errors import BadInput, Problem

ENGLAND: Final = "E92000001"

REFERENCE_CITY: Final = "X99000001"
"""The synthetic area of the reference city. No real place has this code."""


class Level(StrEnum):
    """What kind of area it is, in the words of the department's tables (in lower case)."""

    NATIONAL = "national"
    REGIONAL = "regional"
    LOCAL_AUTHORITY = "local authority"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True)
class Area:
    """One area. `code` is the nine-character code, `old_code` the department's three digits ("" for a region).

    The region is "" for regions, for England, and for the synthetic area. `replaced_by` holds the codes that stand for
    this area today, and is empty where `code` itself does.
    """

    code: str
    old_code: str
    name: str
    region_code: str
    region_name: str
    country_code: str
    level: Level = Level.LOCAL_AUTHORITY
    replaced_by: tuple[str, ...] = ()

    @property
    def current(self) -> bool:
        return not self.replaced_by


@cache
def all_areas() -> tuple[Area, ...]:
    """Every area known: England, regions, local authorities by three-digit code, then the synthetic one."""
    text = files(__package__).joinpath("data", "areas.csv").read_text(encoding="utf-8")
    return tuple(_area(row) for row in csv.DictReader(text.splitlines()))


def _area(row: Mapping[str, str]) -> Area:
    return Area(
        code=row["code"],
        old_code=row["old_code"],
        name=row["name"],
        region_code=row["region_code"],
        region_name=row["region_name"],
        country_code=row["country_code"],
        level=Level(row["level"]),
        replaced_by=tuple(row["replaced_by"].split()),
    )


def find_area(text: str) -> Area:
    """The area with this nine-character code, three-digit code or name, in any case.

    Where two areas answer to it (Dorset before and after 2019), the current one. BadInput where none does, naming what
    comes near.
    """
    known = _by_any_name()
    found = known.get(_plain(text))
    if found is None:
        raise BadInput(_unknown(text, known))
    return found


def same_authority(code: str) -> tuple[str, ...]:
    """Every nine-character code an authority has had under one three-digit code, the given one first.

    A county that became unitary in its old borders changed its long code only (Buckinghamshire in 2020), and the
    department's tables do not all change on the same day. A code not known is given back alone.
    """
    return _codes_of_authorities().get(code, (code,))


@cache
def _codes_of_authorities() -> Mapping[str, tuple[str, ...]]:
    return {
        area.code: (
            area.code,
            *(o.code for o in all_areas() if area.old_code and o.old_code == area.old_code and o != area),
        )
        for area in all_areas()
    }


@cache
def _by_any_name() -> dict[str, Area]:
    # Current areas come last so that they win a name or a three-digit code two areas share.
    ordered = sorted(all_areas(), key=lambda area: area.current)
    return {_plain(name): area for area in ordered for name in (area.name, area.old_code, area.code) if name}


def _plain(text: str) -> str:
    words = text.casefold().replace("&", " and ").replace(",", " ").replace("-", " ").split()
    return " ".join(words)


def _unknown(text: str, known: Iterable[str]) -> Problem:
    near = [_by_any_name()[name] for name in get_close_matches(_plain(text), known, n=3, cutoff=0.6)]
    meant = "; ".join(f"{area.name} ({area.code}, {area.old_code or 'no three-digit code'})" for area in near)
    return Problem(
        message="No area has this code or name.",
        element="--area",
        found=repr(text),
        expected="a nine-character code (E08000026), a three-digit code (331) or a name (Coventry)",
        remedy=f"Did you mean {meant}?" if near else "Give the council's code as the department's tables print it.",
    )
