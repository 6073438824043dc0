"""Statistical neighbours come from a named model, the nearest first."""

import pytest

from safeboard.foundation.agencies.areas import Level, all_areas, find_area
from safeboard.foundation.agencies.neighbours import Neighbours, models, neighbours
from safeboard.foundation.kernel.errors import BadInput


def test_coventry_in_the_model_of_2021() -> None:
    found = neighbours("E08000026", "April 2021")
    assert [area.name for area in found.areas] == [
        "Derby", "Bolton", "Peterborough", "Leeds", "Sheffield", "Portsmouth", "Medway", "Walsall", "Tameside",
        "Southampton",
    ]  # fmt: skip
    assert found.closeness == ("Very Close",) * 3 + ("Close",) * 7


def test_the_newest_model_is_used_unless_one_is_named() -> None:
    assert neighbours("E08000026") == neighbours("E08000026", models()[0])
    assert models() == ("April 2021",)


@pytest.mark.parametrize("code", ["X99000001", "E06000063", "E12000005", "nonsense"])
def test_an_area_the_model_does_not_have_has_none(code: str) -> None:
    assert neighbours(code) == Neighbours("April 2021", (), ())


def test_a_model_not_known_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        neighbours("E08000026", "2050")
    assert (refused.value.problems[0].found, refused.value.problems[0].expected) == ("2050", "April 2021")


def test_every_council_has_ten_others_but_the_two_that_came_later() -> None:
    councils = {area.code: neighbours(area.code) for area in all_areas() if area.level is Level.LOCAL_AUTHORITY}
    assert {code for code, found in councils.items() if not found.areas} == {"E06000063", "E06000064"}
    for code, found in councils.items():
        if found.areas:
            assert len({area.code for area in found.areas} - {code}) == 10
    assert find_area("909").name in {area.name for area in councils["E06000061"].areas}
