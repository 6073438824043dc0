"""Publishing again: two publications side by side tell of no few children that each alone does not."""

from hypothesis import given, settings
from hypothesis import strategies as st

from safeboard.figures.disclosure.again import Before, joined, protect_again
from safeboard.figures.disclosure.attack import what_can_be_worked_out
from safeboard.figures.disclosure.protection import protect
from safeboard.figures.disclosure.publication import Publication
from tests.disclosure.tables import published, row, two_way


def after(later: Publication, earlier: Publication) -> list[int | str]:
    before = Before.of_the_same_cells(earlier, protect(earlier).hidden)
    hidden = protect_again(later, [before]).hidden
    return ["c" if key in hidden else value for key, value in later.cells.items()]


def rows(later: tuple[int, ...], earlier: tuple[int, ...]) -> list[int | str]:
    return after(published(5, row("r", *later)), published(5, row("r", *earlier)))


def test_the_same_again_hides_the_same() -> None:
    assert rows((4, 90, 20, 30), (4, 90, 20, 30)) == ["c", 90, "c", 30, 144]


def test_a_number_that_was_hidden_stays_hidden_when_it_has_grown() -> None:
    assert rows((60, 90, 20, 30), (4, 90, 20, 30)) == ["c", 90, "c", 30, 200]


def test_a_change_by_few_is_not_told_by_the_number_nor_by_the_total() -> None:
    assert rows((92, 20, 30), (90, 20, 30)) == ["c", 20, 30, "c"]


def test_a_change_by_many_is_shown() -> None:
    assert rows((150, 20, 30), (90, 20, 30)) == [150, 20, 30, 200]


def test_what_stood_open_before_cannot_cover_a_number_that_is_small_now() -> None:
    # Alone, 4 would be covered by 20; but that 20 was told before, so the changed total must go.
    assert rows((4, 90, 20, 30), (70, 90, 20, 30))[-1] == "c"


def test_zero_before_and_few_now() -> None:
    assert rows((3, 90, 20, 30), (0, 90, 20, 30))[0] == "c"
    assert rows((3, 90, 20, 30), (0, 90, 20, 30))[-1] == "c"


@st.composite
def two(draw: st.DrawFn) -> tuple[Publication, Publication]:
    """A two-way table, and the same one after some cells changed, by few or by many."""
    wide, high = draw(st.integers(2, 3)), draw(st.integers(1, 3))
    counts = st.one_of(st.integers(0, 9), st.integers(10, 60))
    first = [[draw(counts) for _ in range(wide)] for _ in range(high)]
    change = st.sampled_from((0, 0, 0, 1, -1, 3, 12, -12, 40))
    second = [[max(0, number + draw(change)) for number in line] for line in first]
    threshold = draw(st.sampled_from((2, 5)))
    return published(threshold, two_way("t", first)), published(threshold, two_way("t", second))


@given(two())
@settings(max_examples=150, deadline=None)
def test_no_small_number_nor_change_by_few_follows_from_both(pair: tuple[Publication, Publication]) -> None:
    earlier, later = pair
    first = protect(earlier)
    before = Before.of_the_same_cells(earlier, first.hidden)
    result = protect_again(later, [before])
    if result.hidden.keys() >= {key for key, value in later.cells.items() if value}:
        return  # nothing is told of it
    both, hidden, _ = joined(later, result.hidden, before)
    told = what_can_be_worked_out(both, hidden, kinds_known=False)
    assert [key for key in told if both.small(key)] == []
    shown = {key for key in later.cells if key not in result.hidden}
    for key in shown - set(first.hidden):
        assert not 0 < abs(later.cells[key] - earlier.cells[key]) <= later.threshold
    assert [key for key in shown & set(first.hidden) if later.cells[key]] == []
