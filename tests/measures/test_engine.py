"""What the engine promises for any measure: exact numbers, whole and groups together, and never 0 for not collected."""

from dataclasses import replace
from fractions import Fraction

import pytest

from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.measures.engine import PopulationBase, compiled_query, keys, keys_of_figures, months_of, run
from safeboard.figures.measures.limits import rule_in_words, rules_applied
from safeboard.figures.tables.snapshot import Coverage
from safeboard.foundation.guidance import NoRule
from safeboard.foundation.kernel.periods import Period
from tests.measures.pathway_rows import assessment, person, referral
from tests.measures.telling import YEAR, answer, day, held, why_not

TWO_REFERRALS = {
    "ssd_cin_episodes": [
        referral("1", "ann", "2008-04-01", nfa=True, source="6"),
        referral("2", "ann", "2008-05-01", nfa=False, source="6"),
        referral("3", "ben", "2008-06-01", nfa=False),
    ]
}


def test_a_figure_carries_exact_numbers_and_the_children_on_both_sides() -> None:
    (figure,) = run([MEASURES["referrals_no_further_action"]], held(TWO_REFERRALS), YEAR)
    assert (figure.numerator, figure.denominator, figure.value) == (1, 3, Fraction(100, 3))
    assert (figure.children, figure.shown, figure.period, figure.edition) == ((1, 2), "33.3%", YEAR, "1")


def test_a_count_has_no_denominator_and_its_children_are_the_distinct_ones() -> None:
    figures = run([MEASURES["referrals"]], held(TWO_REFERRALS), YEAR)
    assert (figures[0].numerator, figures[0].denominator, figures[0].value) == (3, None, 3)
    assert {figure.group: figure.children for figure in figures if figure.numerator} == {
        None: (2, None),
        "month=2008-04": (1, None),
        "month=2008-05": (1, None),
        "month=2008-06": (1, None),
        "source=police": (1, None),
        "source=unknown": (1, None),
    }


def test_a_rate_names_its_population_and_without_one_gives_the_count_alone() -> None:
    measure, snapshot = MEASURES["referrals_rate"], held(TWO_REFERRALS)
    (figure,) = run([measure], snapshot, YEAR, PopulationBase(67_720, 2008, "first published"))
    assert (figure.numerator, figure.denominator, figure.value) == (3, 67_720, Fraction(30_000, 67_720))
    assert (figure.population_vintage, figure.why_not) == ("first published", "")
    (bare,) = run([measure], snapshot, YEAR)
    assert (bare.numerator, bare.denominator, bare.value, bare.collected) == (3, None, None, True)
    assert bare.why_not == "There is no population for this area and period, so no rate."


def test_a_column_that_is_not_collected_is_never_counted_as_nought() -> None:
    snapshot = held(TWO_REFERRALS, collected={"ssd_cin_episodes": ["cine_referral_date"]})
    (figure,) = run([MEASURES["referrals_no_further_action"]], snapshot, YEAR)
    assert (figure.numerator, figure.denominator, figure.value, figure.collected) == (None, None, None, False)
    assert figure.why_not == (
        "The sources do not collect referral episode: no further action on the referral "
        "(ssd_cin_episodes.cine_referral_nfa)."
    )
    assert keys(MEASURES["referrals_no_further_action"], snapshot, YEAR) == []


def test_the_keys_of_all_figures_are_those_of_each() -> None:
    snapshot = held(TWO_REFERRALS)
    for measure in (MEASURES["referrals"], MEASURES["referrals_source"]):
        together = keys_of_figures(measure, snapshot, YEAR)
        assert {figure.group: len(together.get(figure.group, [])) for figure in run([measure], snapshot, YEAR)} == {
            figure.group: figure.numerator for figure in run([measure], snapshot, YEAR)
        }
        assert all(keys(measure, snapshot, YEAR, group) == those for group, those in together.items())
    assert keys_of_figures(MEASURES["referrals"], snapshot, YEAR)["source=police"] == ["1", "2"]
    assert keys_of_figures(MEASURES["plans_open"], held(TWO_REFERRALS, collected={}), YEAR) == {}


def test_a_table_that_no_source_holds_is_named_once_in_the_field_s_own_words() -> None:
    snapshot = held(TWO_REFERRALS, collected={"ssd_cin_episodes": ["cine_referral_date"]})
    assert why_not("mappa_cases_risk_to_children", snapshot) == "No source holds MAPPA case records (table mappa_case)."
    assert why_not("plans_open", snapshot) == "No source holds child protection plan records (table ssd_cp_plans)."


def test_a_flow_needs_its_whole_period_covered_and_a_stock_its_last_day_alone() -> None:
    covered = {"ssd_cin_episodes": Coverage(day("2009-03-31"), day("2010-03-31"))}
    snapshot = held(TWO_REFERRALS, coverage=covered)
    assert answer("referrals_rate", snapshot) == [(None, None, None, "not collected")]
    assert why_not("referrals_rate", snapshot) == (
        "Referral episode records are complete from 31 March 2009 to 31 March 2010, which does not cover 1 April 2008 "
        "to 31 March 2009."
    )
    assert answer("children_in_need_open_rate", snapshot) == [(None, 2, 10_000, "2.0")]
    before = {"ssd_cin_episodes": Coverage(day("2009-04-01"), day("2010-03-31"))}
    assert why_not("children_in_need_open_rate", held(TWO_REFERRALS, coverage=before)) == (
        "Referral episode records are complete from 1 April 2009 to 31 March 2010, which does not cover 31 March 2009."
    )


def test_children_themselves_need_no_coverage() -> None:
    rows = {**TWO_REFERRALS, "ssd_person": [person("ann", "2000-01-01"), person("ben", "2008-01-01")]}
    covered = {"ssd_cin_episodes": Coverage(day("2008-04-01"), day("2009-03-31"))}
    found = answer("children_in_need_open", held(rows, coverage=covered))
    assert [line for line in found if str(line[0]).startswith("age=") and line[1]] == [
        ("age=1 to 4", 1, None, "1"),
        ("age=5 to 9", 1, None, "1"),
    ]


def test_an_unfinished_period_is_counted_up_to_the_reference_date_and_says_so() -> None:
    midsummer = held(TWO_REFERRALS, reference_date=day("2008-05-31"))
    figures = run([MEASURES["referrals"]], midsummer, YEAR)
    told = "Counted up to 31 May 2008, where the records end; the period ends on 31 March 2009."
    assert (figures[0].numerator, figures[0].period, {figure.why_not for figure in figures}) == (2, YEAR, {told})
    assert [figure.group for figure in figures if str(figure.group).startswith("month")] == [
        "month=2008-04",
        "month=2008-05",
    ]
    assert keys(MEASURES["referrals"], midsummer, YEAR) == ["1", "2"]


def test_a_stock_after_the_records_end_is_not_known_nor_a_period_that_has_not_begun() -> None:
    midsummer = held(TWO_REFERRALS, reference_date=day("2008-05-31"))
    assert why_not("children_in_need_open_rate", midsummer) == "The records end on 31 May 2008, before 31 March 2009."
    assert why_not("referrals_rate", midsummer, Period.year_ending(2010)) == (
        "The records end on 31 May 2008, before 1 April 2009."
    )


def test_labels_come_as_listed_then_others_then_the_missing() -> None:
    measure = MEASURES["referrals"]
    group = replace(measure.groups[1], labels=("police", "school"), unknown="not said")
    rows = {"ssd_cin_episodes": [*TWO_REFERRALS["ssd_cin_episodes"], referral("4", "cat", "2008-04-01", source="3A")]}
    figures = run([replace(measure, groups=(group,))], held(rows), YEAR)
    assert [(figure.group, figure.numerator) for figure in figures] == [
        (None, 4),
        ("source=police", 2),
        ("source=school", 0),
        ("source=GP", 1),
        ("source=not said", 1),
    ]


def test_a_group_the_measure_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError, match="referrals_rate has no group age"):
        keys(MEASURES["referrals_rate"], held(TWO_REFERRALS), YEAR, "age=1 to 4")


def test_a_table_that_no_source_holds_is_not_collected() -> None:
    assert answer("section_47", TWO_REFERRALS) == [(None, None, None, "not collected")]


def test_months_of_a_period_are_those_it_touches() -> None:
    assert months_of(Period(day("2008-12-31"), day("2009-02-01"))) == ("2008-12", "2009-01", "2009-02")
    assert len(months_of(YEAR)) == 12


def test_the_limit_applied_is_the_areas_own_where_it_kept_one() -> None:
    year = Period.year_ending(2011)
    rows = {
        "ssd_cin_episodes": [referral("ref", "ann", "2010-06-07")],
        "ssd_cin_assessments": [assessment("day 8", "ann", "ref", "2010-06-07", "2010-06-17", "INITIAL")],
    }
    reference_date = day("2011-03-31")
    assert answer("ni_59", rows, year, reference_date=reference_date) == [(None, 1, 1, "100.0%")]
    coventry = held(rows, reference_date=reference_date, areas=("E08000026",))
    assert answer("ni_59", coventry, year) == [(None, 0, 1, "0.0%")]
    [applied] = rules_applied(MEASURES["ni_59"], coventry, year)
    assert rule_in_words(applied, reference_date) == (
        "For initial assessment: 7 working days of the referral "
        "(Working Together 2010, local rule, in force on 31 March 2011)."
    )


def test_limits_that_are_not_in_force_are_refused() -> None:
    with pytest.raises(NoRule):
        rules_applied(MEASURES["assessments_within_45_days"], held(TWO_REFERRALS), YEAR)


def test_the_query_of_a_definition_is_the_same_whatever_the_rows() -> None:
    measure = MEASURES["conferences_within_15_days"]
    assert compiled_query(measure, YEAR) == compiled_query(measure, YEAR, held(TWO_REFERRALS, reference_date=YEAR.end))
    assert compiled_query(measure, YEAR) != compiled_query(measure, YEAR.previous())
