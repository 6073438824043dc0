"""Which codes a census year allows, as dated differences from the tables' lists (domain/census.md)."""

from collections.abc import Mapping
from typing import Final

from safeboard.figures.census.groups import GROUPS
from safeboard.figures.tables.declaration import Kind

SINCE: Final = {("ReferralSource", "5D"): 2023, ("ReasonForClosure", "RC9"): 2023}
"""The first census year of codes that were added, by element and code. 24A and 18B to 19C were there before 2021-22."""

_AUTHORITY_RUNS: Final = (
    "001-005 201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420-420 660-681 701-708 800-803 805-808 "
    "810-813 815-816 820-823 825-826 830-831 835-841 845-846 850-852 855-857 860-861 865-896 908-909 916-916 919-919 "
    "921-921 925-926 928-929 931-931 933-933 935-938 940-943"
)

_AUTHORITIES_SINCE: Final = {"942": 2024, "943": 2024}


def codes_in_force(ends: int) -> Mapping[str, tuple[str, ...]]:
    """For every element of codes, those that the census ending in that year allows."""
    return {
        element.name: tuple(
            code for code in element.column.codes or () if SINCE.get((element.name, code), ends) <= ends
        )
        for group in GROUPS.values()
        for element in group.elements
        if element.column.kind is Kind.CODE
    }


def upn_authorities(ends: int) -> tuple[str, ...]:
    """Numbers of authorities, and of pseudo-authorities, that a unique pupil number may have (rule 1530)."""
    numbers = []
    for run in _AUTHORITY_RUNS.split():
        first, last = run.split("-")
        numbers += [f"{number:03d}" for number in range(int(first), int(last) + 1)]
    return tuple(number for number in numbers if _AUTHORITIES_SINCE.get(number, ends) <= ends)
