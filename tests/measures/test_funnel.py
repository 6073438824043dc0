"""The funnel as period ratios, and NI 68: rows in, whole answer out."""

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.engine import run
from tests.measures.pathway_rows import assessment, conference, enquiry, plan, referral
from tests.measures.telling import YEAR, answer, counted, held

TURN_OF_YEAR = ("2008-03-31", "2008-04-01", "2009-03-31", "2009-04-01")


def one_year() -> dict[str, list[dict[str, object]]]:
    """At every stage one event the day before, two within and one the day after the year; more within at some."""
    return {
        "ssd_cin_episodes": [
            *(referral(on, "ann", on) for on in TURN_OF_YEAR),
            referral("r3", "ann", "2008-06-01", nfa=True),
            referral("r4", "ben", "2008-06-01"),
        ],
        "ssd_cin_assessments": [
            *(assessment(on, "ann", None, "2008-01-01", on, "INITIAL") for on in TURN_OF_YEAR),
            assessment("no kind", "ann", None, "2008-06-01", "2008-07-01"),
            assessment("core", "ann", None, "2008-06-01", "2008-07-01", "CORE"),
        ],
        "ssd_s47_enquiry": [enquiry(on, "ann", None, on) for on in TURN_OF_YEAR],
        "ssd_initial_cp_conference": [
            *(conference(on, "ann", on) for on in TURN_OF_YEAR),
            conference("c3", "ben", "2008-06-01"),
        ],
        "ssd_cp_plans": [
            *(plan(on, "ann", on) for on in TURN_OF_YEAR),
            plan("held for another council", "ben", "2008-06-01", temporary=True),
        ],
    }


def test_each_stage_is_over_the_one_before() -> None:
    rows = held(one_year())
    assert answer("funnel_period_assessments", rows) == [(None, 3, 4, "75.0%")]
    assert answer("funnel_period_section_47", rows) == [(None, 2, 3, "66.7%")]
    assert answer("funnel_period_conferences", rows) == [(None, 3, 2, "150.0%")]
    assert answer("funnel_period_plans", rows) == [(None, 2, 3, "66.7%")]


def test_the_keys_are_those_of_the_numerators_table() -> None:
    rows = held(one_year())
    assert counted("funnel_period_assessments", rows) == ["2008-04-01", "2009-03-31", "no kind"]
    assert counted("funnel_period_plans", rows) == ["2008-04-01", "2009-03-31"]


def test_children_are_those_of_each_side() -> None:
    figures = run([MEASURES["funnel_period_conferences"]], held(one_year()), YEAR)
    assert [figure.children for figure in figures] == [(2, 1)]


def test_a_stage_that_is_not_collected_is_not_nought() -> None:
    rows = {name: given for name, given in one_year().items() if name != "ssd_s47_enquiry"}
    assert answer("funnel_period_section_47", rows) == [(None, None, None, "not collected")]
    assert answer("funnel_period_conferences", rows) == [(None, None, None, "not collected")]
    assert answer("funnel_period_plans", rows) == [(None, 2, 3, "66.7%")]


def test_ni_68_follows_the_years_referrals_to_their_assessment_by_the_years_end() -> None:
    rows = {
        "ssd_cin_episodes": [
            *(referral(name, "ann", "2008-06-01") for name in ("initial", "single", "core", "no kind", "none", "late")),
            referral("before", "ann", "2008-03-31"),
        ],
        "ssd_cin_assessments": [
            assessment("1", "ann", "initial", "2008-06-02", None, "INITIAL"),
            assessment("2", "ann", "initial", "2008-07-02", None, "INITIAL"),
            assessment("3", "ann", "single", "2009-03-31", None, "SINGLE"),
            assessment("4", "ann", "core", "2008-06-02", None, "CORE"),
            assessment("5", "ann", "no kind", "2008-06-02", None),
            assessment("6", "ann", "late", "2009-04-01", None, "INITIAL"),
            assessment("7", "ann", "before", "2008-04-02", None, "INITIAL"),
            assessment("8", "ann", None, "2008-06-01", None, "INITIAL"),
        ],
    }
    assert answer("ni_68", rows) == [(None, 2, 6, "33.3%")]
    assert counted("ni_68", rows) == ["initial", "single"]
