"""What a reader can work out from what is shown: by sums, by bounds, by printed percentages."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from safeboard.figures.disclosure.attack import small_sums, what_can_be_worked_out
from safeboard.figures.disclosure.publication import CellKey, Publication, Ratio, total_of
from safeboard.foundation.kernel.numbers import Unit
from tests.disclosure.brute_force import affordable, small_sums_known, worked_out
from tests.disclosure.tables import linked_publications, published, row, two_way

A, B, C, D, TOTAL = (("r", name) for name in ("a", "b", "c", "d", "total"))


def found(hidden: set[CellKey], *values: int, kinds_known: bool = True) -> set[CellKey]:
    return set(what_can_be_worked_out(published(5, row("r", *values)), hidden, kinds_known=kinds_known))


def test_one_hidden_part_is_the_rest_of_the_total() -> None:
    assert found({A}, 4, 20, 30) == {A}


def test_two_hidden_parts_hide_each_other() -> None:
    assert found({A, B}, 4, 20, 30) == set()


def test_two_that_make_two_are_one_each() -> None:
    assert found({A, B}, 1, 1, 30) == {A, B}
    assert found({A, B}, 1, 1, 30, kinds_known=False) == {A, B}


def test_two_small_ones_that_make_ten_are_five_each_to_who_knows_they_are_small() -> None:
    assert found({A, B}, 5, 5, 30) == {A, B}
    assert found({A, B}, 5, 5, 30, kinds_known=False) == set()


def test_four_sums_together_tell_what_none_tells_alone() -> None:
    # Both lines and both other columns subtracted from the total leave the corner.
    publication = published(5, two_way("t", [[3, 20, 9], [20, 7, 8]]))
    hidden = {("t", name) for name in ("00", "01", "10", "11", "+0", "+1", "02", "12")}
    assert what_can_be_worked_out(publication, hidden) == frozenset()
    assert what_can_be_worked_out(publication, {("t", "00"), ("t", "01"), ("t", "11")}) == {
        ("t", "00"),
        ("t", "01"),
        ("t", "11"),
    }


@pytest.mark.parametrize(
    ("ratio", "hidden", "told"),
    [
        (Ratio(A, TOTAL, Unit.PERCENT), {A, B}, {A, B}),
        (Ratio(A, B, Unit.PERCENT), {A, B}, {A, B}),
        (Ratio(A, 60, Unit.PER_10_000), {A, B}, {A, B}),
        (Ratio(C, TOTAL, Unit.PERCENT), {A, B}, set()),
        (Ratio(C, D, Unit.PERCENT), {A, B}, set()),
    ],
)
def test_a_printed_percentage_tells_its_hidden_count(ratio: Ratio, hidden: set[CellKey], told: set[CellKey]) -> None:
    cells, sums = row("r", 4, 21, 30, 0)
    publication = Publication(5, cells, tuple(sums), {("printed",): ratio})
    assert what_can_be_worked_out(publication, hidden) == told
    assert what_can_be_worked_out(publication, {*hidden, ("printed",)}) == set()


def test_a_percentage_printed_too_coarsely_tells_nothing() -> None:
    cells, sums = row("r", 4, 210, 300)
    for places, told in ((1, {A, B}), (0, set())):
        ratios = {("printed",): Ratio(A, TOTAL, Unit.PERCENT, places)}
        assert what_can_be_worked_out(Publication(5, cells, tuple(sums), ratios), {A, B}) == told


def test_an_unprinted_cell_is_worked_out_like_any() -> None:
    cells = {("all",): 135, ("on time",): 133, ("late",): 2}
    sums = (total_of(("all",), [("on time",), ("late",)]),)
    assert what_can_be_worked_out(Publication(5, cells, sums, unprinted=frozenset({("late",)})), ()) == {("late",)}


def test_two_hidden_parts_that_are_four_together_tell_of_four_in_either() -> None:
    publication = published(5, row("r", 1, 3, 30, 40))
    assert small_sums(publication, {A, B}) == ((A, B),)
    assert small_sums(publication, {A, B, C}) == ()
    assert small_sums(published(5, row("r", 2, 4, 30)), {A, B}) == ()


@settings(max_examples=100, deadline=None)
@given(linked_publications(), st.data())
def test_small_sums_are_those_that_trying_every_table_finds(publication: Publication, data: st.DataObject) -> None:
    hidden = data.draw(st.sets(st.sampled_from(sorted(publication.cells)), min_size=2, max_size=5))
    assume(affordable(publication, hidden))
    assert set(small_sums(publication, hidden)) <= small_sums_known(publication, hidden)


@settings(max_examples=150, deadline=None)
@given(linked_publications(), st.data(), st.booleans())
def test_it_is_never_wrong_and_finds_what_trying_every_table_finds(
    publication: Publication, data: st.DataObject, kinds_known: bool
) -> None:
    hidden = data.draw(st.sets(st.sampled_from(sorted(publication.cells)), min_size=1, max_size=6))
    assume(affordable(publication, hidden))
    slow = worked_out(publication, hidden, kinds_known=kinds_known)
    quick = what_can_be_worked_out(publication, hidden, kinds_known=kinds_known)
    # The slow attacker tries numbers up to a limit only, and so may think a cell known that is not.
    assert quick <= slow
