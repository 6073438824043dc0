"""The funnel as cohorts: each event followed by identifiers, the latest too recent to know."""

from typing import Any

from tests.measures.pathway_rows import assessment, conference, enquiry, plan, referral
from tests.measures.telling import answer, counted, day, held

AT_YEAR_END = day("2009-03-31")


def outcomes(reached: int, not_reached: int, too_recent: int) -> list[tuple[Any, ...]]:
    """Three outcomes whose shares are of all four followed."""
    shown = {0: "0.0%", 1: "25.0%", 2: "50.0%"}
    return [
        ("outcome=reached", reached, 4, shown[reached]),
        ("outcome=not reached", not_reached, 4, shown[not_reached]),
        ("outcome=too recent to know", too_recent, 4, shown[too_recent]),
    ]


def test_referrals_are_followed_for_30_days_to_an_assessment_of_their_episode() -> None:
    rows = {
        "ssd_cin_episodes": [
            referral("day 30", "ann", "2008-06-01"),
            referral("day 31", "ann", "2008-07-01"),
            referral("30 days ago", "ben", "2009-03-01"),
            referral("29 days ago", "cat", "2009-03-02"),
            referral("before", "dan", "2008-03-31"),
        ],
        "ssd_cin_assessments": [
            assessment("1", "ann", "day 30", "2008-07-01", None, "INITIAL"),
            assessment("2", "ann", "day 31", "2008-08-01", None, "INITIAL"),
            assessment("3", "ann", "day 31", "2008-06-30", None, "INITIAL"),
            assessment("4", "ben", "30 days ago", "2009-03-02", None, "CORE"),
            assessment("5", "cat", None, "2009-03-02", None, "INITIAL"),
            assessment("6", "dan", "before", "2008-04-01", None),
        ],
    }
    snapshot = held(rows, reference_date=AT_YEAR_END)
    assert answer("funnel_cohort_assessments", snapshot) == [(None, 1, 4, "25.0%"), *outcomes(1, 2, 1)]
    assert counted("funnel_cohort_assessments", snapshot, group="outcome=not reached") == ["30 days ago", "day 31"]
    assert counted("funnel_cohort_assessments", snapshot, group="outcome=too recent to know") == ["29 days ago"]


def test_assessments_are_followed_for_63_days_to_an_enquiry_of_their_episode() -> None:
    rows = {
        "ssd_cin_assessments": [
            assessment("enquiry first", "ann", "e1", "2008-06-01", None),
            assessment("day 63", "ben", "e2", "2008-06-01", None, "INITIAL"),
            assessment("day 64", "cat", "e3", "2008-06-01", None, "SINGLE"),
            assessment("62 days ago", "dan", "e4", "2009-01-28", None),
            assessment("core", "dan", "e1", "2008-06-01", None, "CORE"),
        ],
        "ssd_s47_enquiry": [
            enquiry("1", "ann", "e1", "2008-05-01"),
            enquiry("2", "ben", "e2", "2008-08-03"),
            enquiry("3", "cat", "e3", "2008-08-04"),
            enquiry("4", "dan", None, "2009-02-01"),
        ],
    }
    snapshot = held(rows, reference_date=AT_YEAR_END)
    assert answer("funnel_cohort_section_47", snapshot) == [(None, 2, 4, "50.0%"), *outcomes(2, 1, 1)]
    assert counted("funnel_cohort_section_47", snapshot) == ["day 63", "enquiry first"]


def test_enquiries_are_followed_for_60_days_to_the_conference_that_names_them_or_their_episode() -> None:
    rows = {
        "ssd_s47_enquiry": [
            enquiry("day 60", "ann", "e1", "2008-06-01"),
            enquiry("by episode", "ben", "e2", "2008-06-01"),
            enquiry("another's conference", "cat", "e3", "2008-06-01"),
            enquiry("59 days ago", "dan", "e4", "2009-01-31"),
        ],
        "ssd_initial_cp_conference": [
            conference("1", "ann", "2008-07-31", names="day 60", episode="e9"),
            conference("2", "ben", "2008-06-01", episode="e2"),
            conference("3", "cat", "2008-06-02", names="somewhere else", episode="e3"),
            conference("4", "cat", "2008-08-01", names="another's conference"),
            conference("5", "cat", "2008-05-31", names="another's conference"),
            conference("6", "dan", "2009-02-01"),
        ],
    }
    snapshot = held(rows, reference_date=AT_YEAR_END)
    assert answer("funnel_cohort_conferences", snapshot) == [(None, 2, 4, "50.0%"), *outcomes(2, 1, 1)]
    assert counted("funnel_cohort_conferences", snapshot) == ["by episode", "day 60"]


def test_conferences_are_followed_for_45_days_to_the_plan_that_names_them_or_their_episode() -> None:
    rows = {
        "ssd_initial_cp_conference": [
            conference("day 45", "ann", "2008-06-01"),
            conference("by episode", "ben", "2008-06-01", episode="e2"),
            conference("held for another council", "cat", "2008-06-01", episode="e3"),
            conference("44 days ago", "dan", "2009-02-15"),
        ],
        "ssd_cp_plans": [
            plan("1", "ann", "2008-07-16", names="day 45"),
            plan("2", "ben", "2008-06-01", episode="e2"),
            plan("3", "cat", "2008-06-01", episode="e3", temporary=True),
            plan("4", "cat", "2008-05-31", episode="e3"),
            plan("5", "cat", "2008-07-17", episode="e3"),
        ],
    }
    snapshot = held(rows, reference_date=AT_YEAR_END)
    assert answer("funnel_cohort_plans", snapshot) == [(None, 2, 4, "50.0%"), *outcomes(2, 1, 1)]
    assert counted("funnel_cohort_plans", snapshot) == ["by episode", "day 45"]


def test_a_later_extract_knows_what_was_too_recent() -> None:
    rows = {
        "ssd_initial_cp_conference": [conference("last day", "ann", "2009-03-31")],
        "ssd_cp_plans": [plan("1", "ann", "2009-04-01", names="last day")],
    }
    assert answer("funnel_cohort_plans", rows) == [
        (None, 1, 1, "100.0%"),
        ("outcome=reached", 1, 1, "100.0%"),
        ("outcome=not reached", 0, 1, "0.0%"),
        ("outcome=too recent to know", 0, 1, "0.0%"),
    ]
