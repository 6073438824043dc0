from safeboard.figures.reporting.group_wording import group_sentences, month_in_words
from tests.reporting.cells_made import BEFORE, cell, hidden, percent

CATEGORIES = {"neglect": (150, 92), "emotional abuse": (93, 60), "sexual abuse": (18, 29)}


def test_the_largest_group_and_what_moved_most() -> None:
    now = [percent(n, 261, group=f"category={name}") for name, (n, _) in CATEGORIES.items()]
    before = [percent(n, 181, BEFORE, f"category={name}") for name, (_, n) in CATEGORIES.items()]
    assert group_sentences(now, before, share=True) == (
        "The largest group is neglect (150 of 261, 57.5%).",
        "The largest rise is neglect, from 92 to 150 (up 63.0%); the largest fall is sexual abuse, from 29 to 18.",
    )


def test_groups_of_a_count_have_no_share() -> None:
    now = [cell(5, group="agency=health"), cell(9, group="agency=education")]
    assert group_sentences(now, [], share=False) == ("The largest group is education (9).",)


def test_a_tie_is_told_as_one_and_moves_of_the_same_size_are_not_told() -> None:
    now = [cell(n, group=f"agency={name}") for name, n in (("a", 5), ("b", 5), ("c", 1))]
    before = [cell(n, period=BEFORE, group=f"agency={name}") for name, n in (("a", 4), ("b", 4), ("c", 1))]
    assert group_sentences(now, before, share=False) == ("The largest groups are a and b (each 5).",)


def test_nothing_is_said_of_groups_that_are_all_alike_or_of_one_alone() -> None:
    assert group_sentences([cell(2, group="a=b"), cell(2, group="a=c")], [], share=False) == ()
    assert group_sentences([cell(2, group="a=b")], [], share=False) == ()
    assert group_sentences([], [], share=False) == ()


def test_nothing_is_said_where_a_number_is_hidden_or_was_not_collected() -> None:
    assert group_sentences([cell(9, group="a=b"), hidden(group="a=c")], [], share=False) == ()
    assert group_sentences([cell(9, group="a=b"), cell(None, group="a")], [], share=False) == ()


def test_a_group_that_was_hidden_the_year_before_is_not_among_the_movers() -> None:
    now = [cell(n, group=f"agency={name}") for name, n in (("a", 50), ("b", 9))]
    before = [hidden(BEFORE, group="agency=a"), cell(8, period=BEFORE, group="agency=b")]
    assert group_sentences(now, before, share=False) == ("The largest group is a (50).",)


def test_months_name_the_most_and_the_fewest() -> None:
    now = [cell(n, group=f"month=2008-{month:02d}") for month, n in ((4, 7), (5, 9), (6, 9), (7, 8))]
    assert group_sentences(now, [], share=False) == ("Most in May 2008 and June 2008 (9), fewest in April 2008 (7).",)


def test_many_months_with_the_same_number_are_not_named() -> None:
    now = [cell(n, group=f"month=2008-{month:02d}") for month, n in ((4, 7), (5, 9), (6, 9), (7, 9))]
    assert group_sentences(now, [], share=False) == ("Fewest in April 2008 (7).",)
    assert group_sentences(now[1:], [], share=False) == ()


def test_a_month_in_words() -> None:
    assert (month_in_words("2008-04"), month_in_words("neglect")) == ("April 2008", "neglect")
