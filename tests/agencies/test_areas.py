"""An area is found by any of its names; one that does not exist is refused with what comes near."""

import pytest

from safeboard.foundation.agencies.areas import Area, Level, all_areas, find_area, same_authority
from safeboard.foundation.kernel.errors import BadInput

COVENTRY = Area("E08000026", "331", "Coventry", "E12000005", "West Midlands", "E92000001")


@pytest.mark.parametrize("text", ["E08000026", "e08000026", "331", " 331 ", "Coventry", "COVENTRY"])
def test_found_by_code_old_code_and_name(text: str) -> None:
    assert find_area(text) == COVENTRY


@pytest.mark.parametrize("text", ["X99000001", "990", "reference city"])
def test_the_synthetic_city_has_no_region(text: str) -> None:
    assert find_area(text) == Area("X99000001", "990", "Reference City", "", "", "", Level.SYNTHETIC)


@pytest.mark.parametrize("text", ["Bournemouth, Christchurch and Poole", "bournemouth christchurch & poole", "839"])
def test_commas_and_ampersands_do_not_matter(text: str) -> None:
    assert find_area(text).code == "E06000058"


@pytest.mark.parametrize(
    ("text", "current"),
    [("Dorset", "E06000059"), ("825", "E06000060"), ("Somerset", "E06000066"), ("390", "E08000037")],
)
def test_a_name_two_areas_share_means_the_current_one(text: str, current: str) -> None:
    assert find_area(text).code == current
    assert find_area(text).current


def test_an_abolished_council_keeps_its_code_and_says_who_came_after() -> None:
    cumbria = find_area("909")
    assert not cumbria.current
    assert [find_area(code).name for code in cumbria.replaced_by] == ["Cumberland", "Westmorland and Furness"]


def test_every_successor_is_a_current_area() -> None:
    successors = {code for area in all_areas() for code in area.replaced_by}
    assert {code for code in successors if not find_area(code).current} == set()


def test_no_code_stands_twice() -> None:
    codes = [area.code for area in all_areas()]
    assert len(codes) == len(set(codes)) == 176


def test_a_near_miss_is_refused_with_what_was_probably_meant() -> None:
    with pytest.raises(BadInput) as refused:
        find_area("Coventy")
    [problem] = refused.value.problems
    assert problem.found == "'Coventy'"
    assert problem.remedy == "Did you mean Coventry (E08000026, 331)?"


@pytest.mark.parametrize("text", ["", "999", "ZZZZZZ", "E99999999"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        find_area(text)


def test_codes_of_one_authority() -> None:
    assert same_authority("E10000002") == ("E10000002", "E06000060")
    assert same_authority("E08000026") == ("E08000026",)
    assert same_authority("E12000005") == ("E12000005",)
    assert same_authority("N01234567") == ("N01234567",)
