from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeboard.figures.measures.definition import Moment
from safeboard.figures.reporting.wording import (
    Beside,
    Direction,
    chance_sentence,
    change_sentence,
    comparison_sentence,
    direction,
    direction_word,
    lowered,
    probability,
    trend_sentence,
    years_apart,
)
from safeboard.foundation.kernel.numbers import PLACES, Unit, round_half_up
from safeboard.foundation.kernel.periods import Period
from tests.reporting.cells_made import BEFORE, NOW, cell, hidden, percent

YEAR, END = Moment.IN_PERIOD, Moment.AT_END
values = st.fractions(min_value=0, max_value=1000, max_denominator=500)
units = st.sampled_from(list(Unit))


@pytest.mark.parametrize(
    ("now", "before", "moment", "said"),
    [
        (
            cell(300),
            cell(181, period=BEFORE),
            END,
            "Rose from 181 on 31 March 2008 to 300 on 31 March 2009: 119 more (up 65.7%).",
        ),
        (
            cell(190),
            cell(200, period=BEFORE),
            YEAR,
            "Fell from 200 in 2007-08 to 190 in 2008-09: 10 fewer (down 5.0%).",
        ),
        (cell(3), cell(2, period=BEFORE), YEAR, "Rose from 2 in 2007-08 to 3 in 2008-09: 1 more."),
        (cell(7), cell(7, period=BEFORE), YEAR, "Unchanged at 7, in 2007-08 and in 2008-09."),
        (cell(7), None, YEAR, "7 in 2008-09. There is no figure for the year before to compare with."),
        (
            cell(7),
            cell(None, period=BEFORE),
            YEAR,
            "7 in 2008-09. The year before was not collected, so no change is given.",
        ),
        (
            cell(7),
            hidden(BEFORE),
            YEAR,
            "7 in 2008-09. The figure for the year before is hidden, so no change is given.",
        ),
        (cell(None), cell(7, period=BEFORE), YEAR, "Not collected. The sources do not collect it."),
        (hidden(), cell(7, period=BEFORE), YEAR, "Hidden, so that no child can be recognised from a small number."),
        (percent(0, 0), percent(1, 2, BEFORE), YEAR, "There was nothing to count in 2008-09."),
        (
            percent(1, 2),
            percent(0, 0, BEFORE),
            YEAR,
            "50.0% in 2008-09. There was nothing to count the year before, so no change is given.",
        ),
        (
            percent(46, 309),
            percent(20, 158, BEFORE),
            YEAR,
            "Rose from 12.7% in 2007-08 to 14.9% in 2008-09: 2.2 percentage points more.",
        ),
        (
            percent(2000, 10_000),
            percent(2001, 10_000, BEFORE),
            YEAR,
            "Unchanged to one decimal at 20.0%, in 2007-08 and in 2008-09.",
        ),
        (
            percent(556, 2473),
            percent(402, 2112, BEFORE),
            YEAR,
            "Rose from 19.0% in 2007-08 to 22.5% in 2008-09: 3.4 percentage points more, from the exact values.",
        ),
        (
            percent(2005, 10_000),
            percent(2004, 10_000, BEFORE),
            YEAR,
            "Rose from 20.0% in 2007-08 to 20.1% in 2008-09: less than 0.1 percentage points more, "
            "from the exact values.",
        ),
        (
            cell(300, 67_720, unit=Unit.PER_10_000),
            cell(181, 67_720, unit=Unit.PER_10_000, period=BEFORE),
            END,
            "Rose from 26.7 on 31 March 2008 to 44.3 on 31 March 2009: 17.6 more per 10,000.",
        ),
    ],
)
def test_a_change_is_worded_by_rule(now: object, before: object, moment: Moment, said: str) -> None:
    assert change_sentence(now, before, moment) == said  # type: ignore[arg-type]


@given(values, values, units)
def test_the_direction_always_agrees_with_what_is_printed(before: Fraction, now: Fraction, unit: Unit) -> None:
    seen = round_half_up(before, PLACES[unit]), round_half_up(now, PLACES[unit])
    expected = {
        (True, True): Direction.UNCHANGED,
        (False, True): Direction.UNCHANGED_AS_SHOWN,
    }.get((before == now, seen[0] == seen[1]), Direction.ROSE if seen[1] > seen[0] else Direction.FELL)
    assert direction(before, now, unit) is expected


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_sentence_never_says_rose_of_a_number_that_did_not(before: int, now: int) -> None:
    said = change_sentence(cell(now), cell(before, period=BEFORE), YEAR)
    assert said.startswith("Rose") == (now > before)
    assert said.startswith("Fell") == (now < before)
    assert said.startswith("Unchanged") == (now == before)
    assert ("%" in said) == (now != before and before >= 50)


@given(st.lists(st.integers(0, 5), min_size=3, max_size=6))
def test_each_year_is_said_only_of_a_series_that_never_turned(numbers: list[int]) -> None:
    series = [cell(n, period=Period.year_ending(2000 + place)) for place, n in enumerate(numbers)]
    said = trend_sentence(series, YEAR)
    pairs = list(pairwise(numbers))
    assert ("has risen each year" in said) == all(b > a for a, b in pairs)
    assert ("has fallen each year" in said) == all(b < a for a, b in pairs)
    assert ("has stood" in said) == all(b == a for a, b in pairs)


def test_the_reference_report_could_not_have_said_each_year_of_police_protection() -> None:
    families = [cell(n, period=Period.year_ending(2006 + place)) for place, n in enumerate((24, 33, 33, 58))]
    assert trend_sentence(families, YEAR) == "There is no steady trend since 2005-06: 24, 33, 33, 58."


def test_two_years_are_no_trend_nor_is_a_series_with_a_gap() -> None:
    years = [Period.year_ending(year) for year in (2007, 2008, 2009)]
    assert trend_sentence([cell(1, period=years[1]), cell(2, period=years[2])], YEAR) == ""
    gap = [cell(1, period=years[0]), cell(None, period=years[1]), cell(2, period=years[2])]
    assert trend_sentence(gap, YEAR) == ""


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (
            [Beside("England", Fraction("26.5"), "26.5", "a year earlier")],
            "Higher than England (a year earlier: 26.5).",
        ),
        ([Beside("England", Fraction("26.5"), "26.5")], "Higher than England (26.5)."),
        ([Beside("England", Fraction("44.34"), "44.3")], "The same as England (44.3)."),
        ([Beside("England", Fraction(44), "44")], "The same as England (44)."),
        (
            [Beside("A", Fraction(1), "1.0"), Beside("B", Fraction(2), "2.0"), Beside("C", Fraction(50), "50.0")],
            "Higher than A (1.0) and B (2.0); lower than C (50.0).",
        ),
        ([], ""),
    ],
)
def test_a_comparison_names_the_other_year(others: list[Beside], said: str) -> None:
    assert comparison_sentence(cell(300, 67_720, unit=Unit.PER_10_000), others) == said


def test_nothing_hidden_is_compared() -> None:
    assert comparison_sentence(hidden(), [Beside("England", Fraction(1), "1.0")]) == ""


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("2008-09", ""),
        ("2007-08", "a year earlier"),
        ("2005-06", "3 years earlier"),
        ("2010-11", "2 years later"),
        ("spring", "spring"),
    ],
)
def test_how_far_off_another_year_is(label: str, said: str) -> None:
    assert years_apart(NOW, label) == said


def test_chance_is_spoken_of_only_with_a_test_and_both_bases() -> None:
    before = percent(86, 877, BEFORE)
    assert chance_sentence(percent(67, 1175), before, YEAR) == "A difference unlikely to be chance (p < 0.001)."
    assert (
        chance_sentence(percent(46, 309), percent(20, 158, BEFORE), YEAR)
        == "A difference that may be chance (p = 0.58)."
    )


def test_chance_is_not_spoken_of_otherwise() -> None:
    assert chance_sentence(percent(67, 1175), percent(86, 877, BEFORE), END) == ""
    assert chance_sentence(percent(67, 1175), None, YEAR) == ""
    assert chance_sentence(percent(67, 1175), hidden(BEFORE, Unit.PERCENT), YEAR) == ""
    assert chance_sentence(cell(300), cell(181, period=BEFORE), YEAR) == ""
    assert chance_sentence(percent(3, 2), percent(1, 2, BEFORE), YEAR) == ""
    assert chance_sentence(percent(1, 2), percent(2, 4, BEFORE), YEAR) == ""


@pytest.mark.parametrize(
    ("likelihood", "said"), [(0.0001, "p < 0.001"), (0.0141, "p = 0.014"), (0.206, "p = 0.21"), (1.0, "p = 1.00")]
)
def test_a_probability_is_printed_with_two_digits_or_a_bound(likelihood: float, said: str) -> None:
    assert probability(likelihood) == said


@pytest.mark.parametrize(
    ("now", "before", "word"),
    [
        (cell(2), cell(1, period=BEFORE), "rose"),
        (cell(1), cell(2, period=BEFORE), "fell"),
        (cell(2), cell(2, period=BEFORE), "unchanged"),
        (percent(2000, 10_000), percent(2001, 10_000, BEFORE), "unchanged to one decimal"),
        (cell(2), None, "no comparison"),
        (cell(None), cell(2, period=BEFORE), "not collected"),
        (hidden(), cell(2, period=BEFORE), "hidden"),
        (cell(9), hidden(BEFORE), "hidden"),
    ],
)
def test_the_one_word_of_the_summary(now: object, before: object, word: str) -> None:
    assert direction_word(now, before) == word  # type: ignore[arg-type]


def test_no_sentence_says_significantly() -> None:
    said = change_sentence(percent(90, 100), percent(1, 100, BEFORE), YEAR)
    assert "significant" not in said + chance_sentence(percent(90, 100), percent(1, 100, BEFORE), YEAR)


def test_a_word_goes_on_small_within_a_sentence_unless_it_is_an_abbreviation() -> None:
    assert (lowered("Month of referral"), lowered("MAPPA level")) == ("month of referral", "MAPPA level")
