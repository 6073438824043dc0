from dataclasses import replace
from fractions import Fraction

import pytest

from safeboard.figures.measures.definition import Group
from safeboard.figures.reporting.composition import cells_of, compose
from safeboard.figures.reporting.document import Card, Document, Missing, Section, SummaryRow, Table
from tests.reporting.hand_made import BEFORE, MEASURES, NOW, figures, report_input, uncollected


def card(document: Document, measure: str) -> Card:
    return next(each for section in document.sections for each in section.cards if each.id == measure)


def section(document: Document, identity: str) -> Section:
    return next(each for each in document.sections if each.id == identity)


def test_every_measure_of_the_report_has_a_card_or_a_reason(document: Document) -> None:
    shown = [each.id for section in document.sections for each in section.cards]
    without = [each.titles for section in document.sections for each in section.missing]
    assert len(shown) == len(set(shown)) == len(report_input().measures) - 1
    assert without == ["Domestic violence screenings"]


def test_a_share_says_its_base_and_change_and_how_england_stands(document: Document) -> None:
    made = card(document, "ni_65")
    assert (made.headline, made.headline_of, made.basis) == ("14.9%", "2008-09", "46 of 309")
    assert made.marks == ("definition partly chosen",)
    assert made.sentences == (
        "Rose from 12.2% in 2007-08 to 14.9% in 2008-09: 2.7 percentage points more.",
        "A difference that may be chance (p = 0.44).",
        "Higher than England (14%).",
    )
    assert [exhibit.table for exhibit in made.exhibits] == [
        Table(
            "Second or subsequent plans",
            ("Where", "When", "Number", "Of", "Per cent"),
            (
                ("Reference City", "2008-09", "46", "309", "14.9%"),
                ("Reference City", "2007-08", "27", "222", "12.2%"),
                ("England", "2008-09", "–", "–", "14%"),
            ),
            numeric=(2, 3, 4),
        )
    ]
    assert made.definition == (
        ("Meaning", "What second or subsequent plans means in plain words."),
        ("Counted", "The things counted. Counted in occasions, in the period."),
        ("Out of", "The things looked at."),
        ("Period", "1 April 2008 to 31 March 2009"),
        ("Which way is better", "Low is good."),
        ("Source", "a board's annual report for 2008-09, lines 982-1126. Edition 1 of this definition (ni_65)."),
        ("Choice made where the sources leave it open", "Any earlier plan counts, however long ago."),
        ("Comparators", "England: DfE, year ending 31 March 2008"),
    )


def test_a_rate_names_its_population_and_a_comparator_of_another_year(document: Document) -> None:
    made = card(document, "plans_open_rate")
    assert (made.headline, made.basis) == ("44.3", "300 in a population of 67,720 aged 0 to 17")
    assert made.sentences[-1] == (
        "Higher than England (a year earlier: 26.5) and the mean of the statistical neighbours (a year earlier: 28.1)."
    )
    assert ("Population", "67,720, mid-2007, derived from report lines 999-1000") in made.definition
    assert ("On the comparators", "Of 2007-08, not 2008-09: the years differ.") in made.definition


def test_a_count_is_not_set_beside_a_count_of_the_whole_country(document: Document) -> None:
    made = card(document, "plans_open")
    assert made.exhibits[0].table == Table(
        "Children with a child protection plan",
        ("When", "Number"),
        (("31 March 2009", "300"), ("31 March 2008", "181")),
        numeric=(1,),
    )
    assert "England" not in " ".join((*made.sentences, *(said for _, said in made.definition)))
    assert made.definition[-1] == (
        "No comparator",
        "Councils differ in size, so a count has no comparator; its rate per 10,000 children or its share has.",
    )


def test_a_measure_that_is_all_groups_leads_with_the_largest(document: Document) -> None:
    made = card(document, "plans_open_category_latest")
    assert (made.headline, made.headline_of, made.basis) == ("50.0%", "neglect, 31 March 2009", "150 of 300")
    assert made.sentences == (
        "The largest group is neglect (150 of 300, 50.0%).",
        "The largest rise is neglect, from 88 to 150 (up 70.5%).",
    )
    assert made.exhibits[0].table == Table(
        "Children with a plan, by latest category of abuse",
        (
            "Latest category of abuse",
            "31 March 2009",
            "per cent",
            "31 March 2008",
            "per cent",
            "England, 31 March 2008",
        ),
        (
            ("neglect", "150", "50.0%", "88", "48.6%", "46%"),
            ("physical abuse", "36", "12.0%", "20", "11.0%", "–"),
            ("sexual abuse", "18", "6.0%", "11", "6.1%", "–"),
            ("emotional abuse", "93", "31.0%", "60", "33.1%", "–"),
            ("multiple", "3", "1.0%", "2", "1.1%", "–"),
            ("All", "300", "", "181", "", ""),
        ),
        numeric=(1, 2, 3, 4, 5),
    )


def test_a_measure_split_in_two_ways_says_which_way_it_speaks_of() -> None:
    level = Group("level", "MAPPA level")
    split = replace(MEASURES["mappa_serious_further_offences"], groups=(level, Group("month", "Month of offence")))
    parts = [
        replace(each, group=group)
        for each in figures()
        if (each.measure, each.period) == (split.id, NOW)
        for group in ("level=2", "month=2008-05", "month=2008-06", "month=2008-07")
    ]
    counts = [replace(each, numerator=n, value=Fraction(n)) for each, n in zip(parts, (3, 0, 1, 2), strict=True)]
    given = report_input(measures={**MEASURES, split.id: split}, figures=[*figures(), *counts])
    made = card(compose(given, cells_of(given)), split.id)
    assert made.sentences == (
        "Rose from 0 in 2007-08 to 3 in 2008-09: 3 more.",
        "By month of offence: most in July 2008 (2), fewest in May 2008 (0).",
    )


def test_months_of_two_years_share_a_row(document: Document) -> None:
    table = card(document, "referrals").exhibits[0].table
    assert table is not None
    assert (table.heads, table.rows[0], table.rows[-1]) == (
        ("Month of referral", "2008-09", "2007-08"),
        ("April", "270", "241"),
        ("All", "3,246", "2,900"),
    )


def test_the_funnel_is_drawn_from_its_ratios(document: Document) -> None:
    table = section(document, "from-referral-to-plan").opening[0].table
    assert table == Table(
        "From referral to plan, by stage",
        ("Stage", "2008-09", "2007-08"),
        (
            ("Referrals", "3,246", "2,900"),
            ("Assessments", "2,473 (76.2%)", "2,100 (72.4%)"),
            ("Section 47 enquiries", "556 (22.5%)", "480 (22.9%)"),
            ("Initial conferences", "381 (68.5%)", "300 (62.5%)"),
            ("Plans started", "309 (81.1%)", "222 (74.0%)"),
        ),
        numeric=(1, 2),
    )


def test_what_was_not_collected_is_named_with_its_reason_and_drawn_nowhere(document: Document) -> None:
    made = section(document, "domestic-violence-screenings")
    assert (made.cards, made.missing) == (
        (),
        (Missing("Domestic violence screenings", "The sources do not collect screenings."),),
    )


def test_a_limit_that_is_not_confirmed_says_so(document: Document) -> None:
    marks = card(document, "ni_67").marks
    limit = dict(card(document, "ni_67").definition)["Limit"]
    rule = report_input().limits["ni_67"][0]
    assert ("limit unconfirmed" in marks) == ("Not confirmed" in limit) == (not rule.confirmed)


def test_the_summary_can_be_read_alone(document: Document) -> None:
    assert document.summary.points[:3] == (
        "Children with a child protection plan: rose from 181 on 31 March 2008 to 300 on 31 March 2009: 119 more "
        "(up 65.7%).",
        "Children with a child protection plan per 10,000: rose from 26.7 on 31 March 2008 to 44.3 on 31 March 2009: "
        "17.6 more per 10,000. Higher than England (a year earlier: 26.5) and the mean of the statistical neighbours "
        "(a year earlier: 28.1).",
        "Initial conferences: rose from 300 in 2007-08 to 381 in 2008-09: 81 more (up 27.0%).",
    )
    assert document.summary.rows[5] == SummaryRow(
        measure="plans_open_rate",
        title="Children with a child protection plan per 10,000, on 31 March",
        now="44.3",
        before="26.7",
        word="rose",
        england="26.5 (31 March 2008)",
        neighbours="28.1 (31 March 2008)",
        polarity="–",
    )
    assert document.summary.notes[1] == "Headline figures without a number: Domestic violence screenings."


def test_a_check_that_fails_is_among_the_points(document: Document) -> None:
    assert document.summary.points[-1] == (
        "Checks of the figures against each other: 1 does not hold (A plan starts on the day of its conference); "
        "9 hold."
    )


def test_the_first_year_has_nothing_to_compare_with() -> None:
    given = report_input(figures=[each for each in figures() if each.period == NOW])
    made = card(compose(given, cells_of(given)), "plans_open")
    assert made.sentences == ("300 on 31 March 2009. There is no figure for the year before to compare with.",)


def test_a_figure_that_is_missing_this_year_keeps_its_card_for_last_years_sake() -> None:
    kept = [each for each in figures() if (each.measure, each.period) != ("ni_65", NOW)]
    given = report_input(figures=[*kept, uncollected("ni_65", NOW, "No source collects it.")])
    made = card(compose(given, cells_of(given)), "ni_65")
    assert (made.headline, made.sentences) == ("not collected", ("Not collected. No source collects it.",))


def test_counts_stand_without_rates_where_the_area_is_unknown() -> None:
    without = [
        replace(each, denominator=None, value=None, population_vintage="", why_not="There is no population.")
        if each.measure == "plans_open_rate"
        else each
        for each in figures()
    ]
    given = report_input(
        area=None, area_note="The area 000 does not exist.", population=None, comparators={}, figures=without
    )
    made = compose(given, cells_of(given))
    assert (made.area, made.notes) == ("Area not known", ("The area 000 does not exist.",))
    assert section(made, "children-with-a-plan").missing == (
        Missing("Children with a child protection plan per 10,000", "There is no population."),
    )
    assert card(made, "plans_open").headline == "300"


@pytest.mark.parametrize(
    ("threshold", "outcome"), [(0, "Plans that started. 4 of 309 do not."), (5, "Plans that started.")]
)
def test_a_published_report_gives_no_numbers_of_records_that_break_a_rule(threshold: int, outcome: str) -> None:
    given = report_input(threshold=threshold)
    made = compose(given, cells_of(given)).checks[-1]
    assert (made.title, made.outcome, made.statement) == (
        "A plan starts on the day of its conference",
        "does not hold",
        outcome,
    )


def test_older_years_make_a_trend() -> None:
    older = [
        replace(each, period=period, numerator=n, value=Fraction(n), children=(n, None))
        for each in figures()
        if (each.measure, each.period) == ("plans_open", NOW)
        for period, n in ((BEFORE.previous(), 150), (BEFORE.previous().previous(), 120))
    ]
    given = report_input(figures=[*figures(), *older])
    made = card(compose(given, cells_of(given)), "plans_open")
    assert made.sentences[1] == "It has risen each year since 31 March 2006, from 120."
    assert made.exhibits[0].table is not None
    assert made.exhibits[0].table.rows[-1] == ("31 March 2006", "120")
