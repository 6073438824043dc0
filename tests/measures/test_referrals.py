"""Referrals and contacts: rows in, whole answer out."""

from safeboard.figures.measures.engine import months_of
from safeboard.figures.measures.referrals import SOURCES
from safeboard.figures.tables.snapshot import Coverage
from tests.measures.pathway_rows import contact, referral
from tests.measures.telling import YEAR, answer, counted, day, held, why_not, zeros

TURN_OF_YEAR = {
    "ssd_cin_episodes": [
        referral("before", "ann", "2008-03-31", source="6"),
        referral("first day", "ann", "2008-04-01", source="6"),
        referral("last day", "ben", "2009-03-31", source=None),
        referral("after", "ben", "2009-04-01", source="6"),
    ]
}


def by_source(denominator: int | None, **found: tuple[int, str]) -> list[tuple[object, ...]]:
    """Every source in order, those named with their number and what is shown."""
    nothing = (0, "0" if denominator is None else "0.0%")
    return [
        (f"source={source}", found.get(source, nothing)[0], denominator, found.get(source, nothing)[1])
        for source in SOURCES
    ]


def test_referrals_are_counted_on_both_ends_of_the_year_by_month_and_source() -> None:
    by_month = {"2008-04": 1, "2009-03": 1}
    assert answer("referrals", TURN_OF_YEAR) == [
        (None, 2, None, "2"),
        *((f"month={month}", by_month.get(month, 0), None, str(by_month.get(month, 0))) for month in months_of(YEAR)),
        *by_source(None, police=(1, "1"), unknown=(1, "1")),
    ]
    assert counted("referrals", TURN_OF_YEAR) == ["first day", "last day"]
    assert counted("referrals", TURN_OF_YEAR, group="month=2008-04") == ["first day"]
    assert counted("referrals", TURN_OF_YEAR, group="source=unknown") == ["last day"]


def test_referrals_stand_though_their_source_is_not_collected() -> None:
    snapshot = held(TURN_OF_YEAR, collected={"ssd_cin_episodes": ["cine_referral_date"]})
    assert answer("referrals", snapshot)[0] == (None, 2, None, "2")
    assert answer("referrals", snapshot)[-1] == ("source", None, None, "not collected")
    assert counted("referrals", snapshot, group="source=police") == []
    assert answer("referrals_source", snapshot) == [(None, None, None, "not collected")]


def test_referrals_rate_is_over_the_population() -> None:
    assert answer("referrals_rate", TURN_OF_YEAR) == [(None, 2, 10_000, "2.0")]


def test_a_re_referral_follows_another_within_twelve_calendar_months() -> None:
    rows = {
        "ssd_cin_episodes": [
            referral("old", "ann", "2007-06-10"),
            referral("a year later to the day", "ann", "2008-06-10"),
            referral("old too", "ben", "2007-06-10"),
            referral("a day more", "ben", "2008-06-11"),
            referral("twin 1", "cat", "2008-07-01"),
            referral("twin 2", "cat", "2008-07-01"),
            referral("next day", "cat", "2008-07-02"),
            referral("another child", "dan", "2008-07-02"),
            referral("later", "eve", "2009-02-01"),
            referral("after the year", "eve", "2009-04-01"),
        ]
    }
    assert answer("re_referrals", rows) == [(None, 2, 7, "28.6%")]
    assert counted("re_referrals", rows) == ["a year later to the day", "next day"]


def test_29_february_a_year_later_is_28_february() -> None:
    rows = {
        "ssd_cin_episodes": [
            referral("leap", "ann", "2008-02-29"),
            referral("in time", "ann", "2009-02-28"),
            referral("leap too", "ben", "2008-02-29"),
            referral("late", "ben", "2009-03-01"),
        ]
    }
    assert counted("re_referrals", rows) == ["in time"]


def test_re_referrals_need_the_year_before_as_well() -> None:
    one_year = {"ssd_cin_episodes": Coverage(day("2008-03-31"), day("2009-03-31"))}
    snapshot = held(TURN_OF_YEAR, coverage=one_year)
    assert answer("re_referrals", snapshot) == [(None, None, None, "not collected")]
    assert why_not("re_referrals", snapshot) == (
        "Referral episode records are complete from 31 March 2008 to 31 March 2009, which does not cover 1 April 2007 "
        "to 31 March 2009."
    )
    assert answer("referrals_rate", snapshot) == [(None, 2, 10_000, "2.0")]


def test_no_further_action_is_what_is_marked_so() -> None:
    rows = {
        "ssd_cin_episodes": [
            referral("marked", "ann", "2008-04-01", nfa=True),
            referral("acted upon", "ben", "2008-04-01", nfa=False),
            referral("nothing recorded", "cat", "2009-03-31"),
            referral("after", "dan", "2009-04-01", nfa=True),
        ]
    }
    assert answer("referrals_no_further_action", rows) == [(None, 1, 3, "33.3%")]
    assert counted("referrals_no_further_action", rows) == ["marked"]


def test_not_in_need_is_a_closure_for_that_reason_by_the_end_of_the_year() -> None:
    rows = {
        "ssd_cin_episodes": [
            referral("nothing further", "ann", "2008-04-01", "2008-05-01", reason="RC8"),
            referral("early help", "ben", "2008-04-01", "2009-03-31", reason="RC9"),
            referral("next year", "cat", "2009-03-31", "2009-04-01", reason="RC8"),
            referral("no longer", "dan", "2008-04-01", "2008-05-01", reason="RC7"),
            referral("no reason", "eve", "2008-04-01", "2008-05-01"),
            referral("open", "fay", "2008-04-01"),
        ]
    }
    assert answer("referrals_not_in_need", rows) == [(None, 2, 6, "33.3%")]
    assert counted("referrals_not_in_need", rows) == ["early help", "nothing further"]


def test_shares_of_sources_are_of_all_referrals() -> None:
    rows = {
        "ssd_cin_episodes": [
            referral("1", "ann", "2008-04-01", source="6"),
            referral("2", "ben", "2008-04-01", source="6"),
            referral("3", "cat", "2008-04-01", source="10"),
            referral("4", "dan", "2008-04-01"),
        ]
    }
    assert answer("referrals_source", rows) == [
        (None, 2, 4, "50.0%"),
        *by_source(4, police=(2, "50.0%"), unknown=(2, "50.0%")),
    ]
    assert counted("referrals_source", rows, group="source=unknown") == ["3", "4"]


def test_contacts_are_counted_by_source() -> None:
    rows = {
        "ssd_contacts": [
            contact("before", "ann", "2008-03-31", "2A"),
            contact("1", "ann", "2008-04-01", "2A"),
            contact("2", "ann", "2009-03-31"),
        ]
    }
    assert answer("contacts", rows) == [
        (None, 2, None, "2"),
        *by_source(None, school=(1, "1"), unknown=(1, "1")),
    ]
    assert answer("contacts", TURN_OF_YEAR) == [(None, None, None, "not collected")]


def test_no_referral_is_nought_and_a_share_of_nought_is_no_number() -> None:
    nothing = {"ssd_cin_episodes": [referral("before", "ann", "2008-03-31")]}
    assert answer("referrals_no_further_action", nothing) == [(None, 0, 0, "–")]
    assert answer("referrals", nothing) == [
        (None, 0, None, "0"),
        *zeros("month", months_of(YEAR)),
        *zeros("source", SOURCES),
    ]
