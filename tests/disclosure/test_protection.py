"""What is hidden: small counts, what would tell them, and nothing that need not be."""

import pytest
from hypothesis import given, settings

from safeboard.figures.disclosure.attack import what_can_be_worked_out
from safeboard.figures.disclosure.protection import Protected, protect
from safeboard.figures.disclosure.publication import Equation, Publication, Ratio, Reason, total_of
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.kernel.numbers import Unit
from tests.disclosure.brute_force import affordable, small_sums_known, worked_out
from tests.disclosure.tables import linked_publications, published, row, shown, two_way


def printed(threshold: int, *values: int) -> list[int | str]:
    return list(shown(published(threshold, row("r", *values))).values())


def test_nothing_small_nothing_hidden() -> None:
    assert printed(5, 6, 0, 20, 30) == [6, 0, 20, 30, 56]


def test_a_small_count_takes_the_next_smallest_with_it() -> None:
    assert printed(5, 4, 90, 20, 30) == ["c", 90, "c", 30, 144]


def test_zero_is_shown_and_covers_nothing() -> None:
    assert printed(5, 4, 0, 0, 30) == ["c", 0, 0, "c", 34]


def test_two_small_counts_cover_each_other() -> None:
    assert printed(5, 4, 3, 20, 30) == ["c", "c", 20, 30, 57]


def test_two_small_counts_that_can_only_be_what_they_are_need_a_third() -> None:
    # Two counts of 1 to 5 that make 10 are both 5; two that make 2 are both 1.
    assert printed(5, 5, 5, 20, 30) == ["c", "c", "c", 30, 60]
    assert printed(5, 1, 1, 20, 30) == ["c", "c", "c", 30, 52]


def test_two_small_counts_that_are_small_even_together_need_a_third() -> None:
    assert printed(5, 2, 3, 20, 30) == ["c", "c", "c", 30, 55]
    assert printed(5, 1, 2, 2, 30) == ["c", "c", "c", "c", 35]
    assert printed(5, 2, 4, 20, 30) == ["c", "c", 20, 30, 56]
    assert printed(10, 4, 6, 20, 30) == ["c", "c", "c", 30, 60]


def test_small_counts_that_are_small_together_by_two_tables_need_a_third() -> None:
    # The boys tell how many of them are in the first two categories; the girls are none of these.
    cells = {("a",): 2, ("b",): 2, ("c",): 30, ("boys",): 34, ("girls",): 40, ("all",): 74}
    sums = (total_of(("boys",), [("a",), ("b",), ("c",)]), total_of(("all",), [("boys",), ("girls",)]))
    assert shown(Publication(5, cells, sums)) == {**cells, ("a",): "c", ("b",): "c", ("c",): "c"}


def test_with_nothing_else_to_hide_the_total_goes() -> None:
    assert printed(5, 4, 0, 0) == ["c", 0, 0, "c"]
    assert printed(5, 5, 5) == ["c", "c", "c"]


def test_the_threshold_is_the_largest_hidden() -> None:
    assert printed(5, 5, 6, 7, 8) == ["c", "c", 7, 8, 26]
    assert printed(10, 5, 11, 12, 13) == ["c", "c", 12, 13, 41]
    assert printed(0, 1, 1, 2, 3) == [1, 1, 2, 3, 7]


def test_in_a_two_way_table_four_corners_are_hidden() -> None:
    cells = shown(published(5, two_way("t", [[3, 20, 30], [20, 7, 40], [30, 40, 50]])))
    assert {key[1] for key, value in cells.items() if value == "c"} == {"00", "01", "10", "11"}


def test_the_same_number_in_two_tables_is_hidden_in_both() -> None:
    first = {("neglect",): 4, ("other",): 60, ("more",): 70, ("all",): 134}
    second = {("girls",): 50, ("boys",): 84}
    sums = (
        total_of(("all",), [("neglect",), ("other",), ("more",)]),
        total_of(("all",), [("girls",), ("boys",)]),
        total_of(("of both",), [("neglect",), ("girls",)]),
    )
    cells = shown(Publication(5, {**first, **second, ("of both",): 54}, sums))
    assert {key[0] for key, value in cells.items() if value == "c"} == {"neglect", "other", "of both"}


def test_last_years_stock_this_years_flow_and_stock_are_tied() -> None:
    sums = (Equation((("open before",), ("started",)), (("open now",), ("ended",))),)
    cells = {("open before",): 20, ("started",): 12, ("open now",): 29, ("ended",): 3}
    assert shown(Publication(5, cells, sums)) == {**cells, ("ended",): "c", ("started",): "c"}


def test_rates_and_percentages_of_hidden_counts_are_hidden() -> None:
    cells, sums = row("r", 4, 90, 20, 30)
    ratios = {
        ("a%",): Ratio(("r", "a"), ("r", "total"), Unit.PERCENT),
        ("b%",): Ratio(("r", "b"), ("r", "total"), Unit.PERCENT),
        ("c%",): Ratio(("r", "c"), ("r", "total"), Unit.PERCENT),
        ("a of b",): Ratio(("r", "b"), ("r", "a"), Unit.PERCENT),
        ("rate",): Ratio(("r", "c"), 67720, Unit.PER_10_000),
    }
    assert protect(Publication(5, cells, tuple(sums), ratios)).hidden == {
        ("r", "a"): Reason.SMALL,
        ("r", "c"): Reason.TO_PROTECT,
        ("a%",): Reason.OF_A_HIDDEN_COUNT,
        ("c%",): Reason.OF_A_HIDDEN_COUNT,
        ("a of b",): Reason.OF_A_HIDDEN_COUNT,
        ("rate",): Reason.OF_A_HIDDEN_COUNT,
    }


def test_what_is_printed_nowhere_must_not_follow_either() -> None:
    cells = {("all",): 135, ("on time",): 133, ("late",): 2}
    late = Publication(5, cells, (total_of(("all",), [("on time",), ("late",)]),), unprinted=frozenset({("late",)}))
    assert shown(late) == {("all",): 135, ("on time",): "c", ("late",): "c"}


def test_where_kinds_known_would_tell_everything_around_is_hidden_and_it_is_said() -> None:
    ones = published(5, row("r", 1, 1, 1, 1, 1))
    result = protect(ones)
    assert set(result.hidden) == set(ones.cells)
    assert result.only_if_kinds_known == frozenset(ones.cells)
    assert worked_out(ones, result.hidden, kinds_known=False) == set()


@pytest.mark.parametrize("threshold", [-1, 1])
def test_a_threshold_that_cannot_protect_is_refused(threshold: int) -> None:
    with pytest.raises(BadInput, match="threshold"):
        published(threshold, row("r", 1, 2))


def test_sums_that_do_not_hold_and_counts_below_zero_are_faults() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        Publication(5, {("a",): 1, ("b",): 2}, (total_of(("a",), [("b",)]),))
    with pytest.raises(ValueError, match="below 0"):
        Publication(5, {("a",): -1})


@settings(max_examples=150, deadline=None)
@given(linked_publications())
def test_nothing_hidden_can_be_worked_out_by_trying_every_table(publication: Publication) -> None:
    result = protect(publication)
    assert {key for key in publication.cells if publication.small(key)} <= set(result.hidden)
    assert {key for key in result.hidden if publication.cells[key] == 0} == set()
    if affordable(publication, result.hidden):
        assert small_sums_known(publication, result.hidden) == set()
        assert worked_out(publication, result.hidden, kinds_known=False) == set()
        assert worked_out(publication, result.hidden, kinds_known=True) <= result.only_if_kinds_known


@settings(max_examples=50, deadline=None)
@given(linked_publications())
def test_nothing_hidden_can_be_worked_out_by_arithmetic_and_it_is_always_the_same(publication: Publication) -> None:
    result = protect(publication)
    assert what_can_be_worked_out(publication, result.hidden) <= result.only_if_kinds_known
    assert protect(publication) == result


@settings(max_examples=50, deadline=None)
@given(linked_publications())
def test_nothing_is_hidden_where_nothing_is_to_be(publication: Publication) -> None:
    assert protect(Publication(0, publication.cells, publication.equations)) == Protected({})
