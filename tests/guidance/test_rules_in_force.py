"""Which rule was in force here, on that day: between editions, within one, and where a board set its own."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeboard.foundation.guidance import (
    BOOK,
    RULES,
    Ended,
    Entry,
    Mark,
    NoRule,
    Rule,
    Unit,
    edition_in_force,
    entry_in_force,
    rule_in_force,
    rules_in_force,
)

COVENTRY, LEEDS, NATIONAL = "E08000026", "E08000035", ""

UNCONFIRMED_1999 = "Not confirmed against the text of Working Together 1999: check before relying on it."


def limit(what: str, area: str, on: date) -> tuple[int, str, str, bool, bool]:
    rule = rule_in_force(what, area, on)
    return rule.value, rule.unit.value, rule.edition, rule.confirmed, rule.local


@pytest.mark.parametrize(
    ("name", "first_day"),
    [
        ("Working Together 1999", date(1999, 12, 1)),
        ("Working Together 2006", date(2006, 4, 1)),
        ("Working Together 2010", date(2010, 3, 17)),
        ("Working Together 2013", date(2013, 4, 15)),
        ("Working Together 2015", date(2015, 3, 26)),
        ("Working Together 2018", date(2018, 7, 4)),
        ("Working Together 2023", date(2023, 12, 15)),
    ],
)
def test_an_edition_holds_from_its_first_day_and_the_one_before_to_the_day_before(name: str, first_day: date) -> None:
    names = [edition.name for edition in BOOK.editions]
    assert edition_in_force(first_day).name == name
    if name != names[0]:
        assert edition_in_force(first_day - timedelta(days=1)).name == names[names.index(name) - 1]


def test_there_are_seven_editions_and_the_last_has_no_end() -> None:
    assert [edition.folder for edition in BOOK.editions] == ["1999", "2006", "2010", "2013", "2015", "2018", "2023"]
    assert edition_in_force(date.max) == BOOK.editions[-1]


def test_the_days_on_which_editions_began_that_are_not_certain() -> None:
    unsure = [e.folder for e in BOOK.editions if e.mark is Mark.UNCONFIRMED or not e.day_known]
    assert unsure == ["1999", "2006"]


def test_before_the_first_edition_there_is_no_rule() -> None:
    said = "No guidance is held for 1999-11-30: the rule book begins with Working Together 1999 on 1999-12-01."
    for ask in (lambda on: rule_in_force("first review", NATIONAL, on), lambda on: rules_in_force(NATIONAL, on)):
        with pytest.raises(NoRule, match=f"^{re.escape(said)}$"):
            ask(date(1999, 11, 30))


def test_a_rule_carries_all_that_is_known_of_it() -> None:
    assert rule_in_force("initial assessment", NATIONAL, date(2009, 3, 31)) == Rule(
        what="initial assessment",
        value=7,
        unit=Unit.WORKING_DAYS,
        of="of the referral",
        edition="Working Together 2006",
        first_day=date(2006, 4, 1),
        last_day=date(2010, 3, 16),
        source="2007-08 statistics; Coventry procedures (domain/timescales.md)",
        mark=Mark.CONFIRMED,
    )


def test_initial_assessments_moved_from_7_to_10_days_and_then_ended() -> None:
    days = [date(2010, 3, 16), date(2010, 3, 17), date(2013, 4, 14)]
    assert [limit("initial assessment", NATIONAL, day) for day in days] == [
        (7, "working days", "Working Together 2006", True, False),
        (10, "working days", "Working Together 2010", True, False),
        (10, "working days", "Working Together 2010", True, False),
    ]
    said = (
        "Working Together 2013, in force on 2013-04-15, sets no number for initial assessment: "
        "abolished; see single assessment; docs/guidance.md lists every rule with its source."
    )
    with pytest.raises(NoRule, match=f"^{re.escape(said)}$"):
        rule_in_force("initial assessment", NATIONAL, date(2013, 4, 15))


def test_single_assessments_begin_with_2013() -> None:
    said = (
        "Working Together 2010, in force on 2013-04-14, says nothing of single assessment; "
        "docs/guidance.md lists every rule with its source."
    )
    with pytest.raises(NoRule, match=f"^{re.escape(said)}$"):
        rule_in_force("single assessment", NATIONAL, date(2013, 4, 14))
    assert limit("single assessment", NATIONAL, date(2013, 4, 15)) == (
        45, "working days", "Working Together 2013", True, False,
    )  # fmt: skip


@pytest.mark.parametrize("code", [COVENTRY, "331"])
def test_coventry_kept_7_days_from_october_2010_until_initial_assessments_ended(code: str) -> None:
    days = [date(2010, 3, 16), date(2010, 9, 30), date(2010, 10, 1), date(2013, 4, 14)]
    assert [limit("initial assessment", code, day) for day in days] == [
        (7, "working days", "Working Together 2006", True, False),
        (10, "working days", "Working Together 2010", True, False),
        (7, "working days", "Working Together 2010", True, True),
        (7, "working days", "Working Together 2010", True, True),
    ]
    with pytest.raises(NoRule):
        rule_in_force("initial assessment", code, date(2013, 4, 15))


@pytest.mark.parametrize("area", [LEEDS, "383", NATIONAL, "unheard of"])
def test_what_coventry_kept_holds_nowhere_else(area: str) -> None:
    assert limit("initial assessment", area, date(2010, 10, 1)) == (
        10, "working days", "Working Together 2010", True, False,
    )  # fmt: skip


def test_coventry_has_the_national_rule_for_everything_else() -> None:
    on = date(2011, 3, 31)
    ours = [entry for entry in rules_in_force(COVENTRY, on) if entry.what != "initial assessment"]
    assert ours == [entry for entry in rules_in_force(NATIONAL, on) if entry.what != "initial assessment"]


def test_a_change_dated_only_to_its_month_says_so_in_that_month() -> None:
    doubt = "It began in October 2010, on a day that is not known: until then the rule before it held."
    days = [date(2010, 9, 30), date(2010, 10, 1), date(2010, 10, 31), date(2010, 11, 1)]
    assert [rule_in_force("initial assessment", COVENTRY, day).caution for day in days] == ["", doubt, doubt, ""]


def test_an_unconfirmed_rule_is_given_and_says_so() -> None:
    rule = rule_in_force("core group", NATIONAL, date(2001, 5, 1))
    assert (rule.value, rule.confirmed, rule.caution) == (10, False, UNCONFIRMED_1999)


def test_an_unconfirmed_rule_of_an_uncertain_day_says_both() -> None:
    assert rule_in_force("core group", NATIONAL, date(1999, 12, 31)).caution == (
        UNCONFIRMED_1999 + " It began in December 1999, on a day that is not known: until then the rule before it held."
    )


def test_what_the_boards_own_report_states_needs_no_caution_and_says_who_stated_it() -> None:
    rule = rule_in_force("first review", NATIONAL, date(2009, 3, 31))
    assert (rule.shown, rule.confirmed, rule.mark, rule.caution) == (
        "3 months of the initial conference", True, Mark.STATED, "",
    )  # fmt: skip


def test_serious_case_reviews_had_longer_from_december_2009_within_the_2006_edition() -> None:
    days = [date(2009, 11, 30), date(2009, 12, 1), date(2010, 3, 17)]
    assert [limit("serious case review: completion", NATIONAL, day) for day in days] == [
        (4, "months", "Working Together 2006", False, False),
        (6, "months", "Working Together 2006", True, False),
        (6, "months", "Working Together 2010", True, False),
    ]


def test_serious_incidents_went_to_the_national_panel_days_before_the_2018_edition() -> None:
    days = [date(2018, 6, 28), date(2018, 6, 29), date(2018, 7, 4)]
    found = [rule_in_force("serious incident notification", NATIONAL, day) for day in days]
    assert [(rule.value, rule.edition, rule.note) for rule in found] == [
        (5, "Working Together 2015", "To Ofsted and the board."),
        (5, "Working Together 2015", "To the national Panel, days before the 2018 edition was published."),
        (5, "Working Together 2018", "To the national Panel."),
    ]


def test_a_strategy_discussion_has_no_number_except_where_a_board_set_one() -> None:
    on = date(2012, 1, 10)
    said = (
        "Working Together 2010, in force on 2012-01-10, sets no number for strategy discussion: "
        "no number: promptly; docs/guidance.md lists every rule with its source."
    )
    with pytest.raises(NoRule, match=f"^{re.escape(said)}$"):
        rule_in_force("strategy discussion", NATIONAL, on)
    assert entry_in_force("strategy discussion", NATIONAL, on).shown == "no number: promptly"
    assert rule_in_force("strategy discussion", "309", on).shown == "24 hours"


def test_a_name_that_is_no_rule_fails_with_the_names_there_are() -> None:
    said = f"There is no rule named 'inital assessment'. Expected one of: {', '.join(RULES)}."
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        rule_in_force("inital assessment", NATIONAL, date(2009, 3, 31))


@given(st.dates(date(1999, 12, 1), date(2035, 1, 1)), st.sampled_from(["", "331", "309", LEEDS]))
def test_everything_in_force_is_what_each_name_alone_gives(on: date, area: str) -> None:
    def alone(what: str) -> Entry | None:
        """The plain way: the one entry of that name whose days hold this day, a board's own before the national."""
        holding = [e for e in (*BOOK.local, *BOOK.national) if e.what == what and e.first_day <= on <= e.last_day]
        mine = [e for e in holding if area in e.area] or [e for e in holding if not e.area]
        return mine[0] if mine and not isinstance(mine[0], Ended) else None

    expected = [(e.what, e.shown, e.edition, e.place) for e in map(alone, RULES) if e is not None]
    assert [(e.what, e.shown, e.edition, e.place) for e in rules_in_force(area, on)] == expected
