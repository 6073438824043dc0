from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeboard.figures.reporting.chance import EXACT_UP_TO, two_shares


@st.composite
def shares(draw: st.DrawFn, most: int = 40) -> tuple[int, int]:
    base = draw(st.integers(1, most))
    return draw(st.integers(0, base)), base


def by_counting(first: tuple[int, int], second: tuple[int, int]) -> float:
    """Fisher's test worked out with whole numbers alone."""
    (k_1, n_1), (k_2, n_2) = first, second
    k = k_1 + k_2
    ways = {i: comb(n_1, i) * comb(n_2, k - i) for i in range(max(0, k - n_2), min(n_1, k) + 1)}
    return float(Fraction(sum(way for way in ways.values() if way <= ways[k_1]), comb(n_1 + n_2, k)))


@given(shares(), shares())
def test_it_is_fishers_exact_test(first: tuple[int, int], second: tuple[int, int]) -> None:
    assert two_shares(first, second) == pytest.approx(by_counting(first, second), abs=1e-9)


@given(shares(), shares())
def test_it_does_not_matter_which_share_comes_first(first: tuple[int, int], second: tuple[int, int]) -> None:
    assert two_shares(first, second) == pytest.approx(two_shares(second, first), abs=1e-12)


def test_the_lady_tasting_tea() -> None:
    assert two_shares((3, 4), (1, 4)) == pytest.approx(34 / 70)


def test_large_bases_take_the_normal_test_which_is_close_to_the_exact_one() -> None:
    just_exact = two_shares((5_100, EXACT_UP_TO // 2), (5_000, EXACT_UP_TO // 2))
    just_normal = two_shares((5_100, EXACT_UP_TO // 2), (5_001, EXACT_UP_TO // 2 + 2))
    assert just_normal == pytest.approx(just_exact, abs=0.01)


def test_equal_large_shares_of_none_or_all_are_no_difference() -> None:
    assert two_shares((0, 20_000), (0, 30_000)) == 1.0


@pytest.mark.parametrize("wrong", [(3, 2), (-1, 2), (0, 0)])
def test_what_is_no_share_is_refused(wrong: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="is no share"):
        two_shares(wrong, (1, 2))
