"""Checks of figures against each other, on numbers of the reference report."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from safeboard.figures.reporting.arithmetic import arithmetic_checks
from safeboard.figures.reporting.cells import Cell, Cells
from safeboard.figures.reporting.composition import cells_of
from safeboard.figures.reporting.document import CheckLine
from tests.reporting.cells_made import BEFORE, NOW, cell, hidden
from tests.reporting.hand_made import MEASURES, figures, report_input

STOCK = "Stock and flow of plans: open a year ago + started − ended = open now"


def checks(cells: Sequence[Cell]) -> dict[str, CheckLine]:
    return {check.title: check for check in arithmetic_checks(Cells.of(cells), MEASURES, NOW)}


def stock_and_flow(before: int, started: int, ended: int, now: int) -> CheckLine:
    made = [
        cell(before, period=BEFORE),
        cell(started, measure="plans_started"),
        cell(ended, measure="plans_ended"),
        cell(now),
    ]
    return checks(made)[STOCK]


def test_the_reference_reports_stock_and_flow_hold() -> None:
    assert stock_and_flow(181, 309, 190, 300) == CheckLine(
        STOCK, "holds", "181 + 309 − 190 = 300; open on 31 March 2009: 300."
    )


def test_a_plan_that_went_missing_is_told() -> None:
    assert stock_and_flow(181, 309, 190, 299) == CheckLine(
        STOCK, "does not hold", "181 + 309 − 190 = 300; open on 31 March 2009: 299."
    )


def test_a_hidden_number_keeps_the_check_and_all_its_numbers_from_being_shown() -> None:
    made = [cell(181, period=BEFORE), cell(309, measure="plans_started"), hidden(), cell(190, measure="plans_ended")]
    assert checks(made)[STOCK] == CheckLine(STOCK, "not shown", "A number in it is hidden.")


def test_a_figure_not_collected_keeps_the_check_from_being_made() -> None:
    made = [cell(None, period=BEFORE), cell(309, measure="plans_started"), cell(190, measure="plans_ended"), cell(300)]
    assert checks(made)[STOCK] == CheckLine(STOCK, "cannot be said", "A figure that it needs was not collected.")


def test_without_any_figure_nothing_is_claimed_to_hold() -> None:
    assert {check.outcome for check in checks([]).values()} == {"cannot be said"}


def test_every_check_of_the_hand_made_report_holds() -> None:
    made = arithmetic_checks(cells_of(report_input()), MEASURES, NOW)
    assert [(check.title, check.outcome, check.statement) for check in made] == [
        (STOCK, "holds", "181 + 309 − 190 = 300; open on 31 March 2009: 300."),
        (
            "Plans at any point in the year = open at its end + ended in it",
            "holds",
            "300 + 190 = 490; at any point: 490.",
        ),
        ("No more assessments than referrals", "holds", "2,473 assessments, 3,246 referrals."),
        ("No more section 47 enquiries than assessments", "holds", "556 section 47 enquiries, 2,473 assessments."),
        (
            "No more initial conferences than section 47 enquiries",
            "holds",
            "381 initial conferences, 556 section 47 enquiries.",
        ),
        ("No more plans started than initial conferences", "holds", "309 plans started, 381 initial conferences."),
        ("The groups of a figure add up to its whole", "holds", "In all 2 that could be looked at."),
        ("Figures of the same things have the same base", "holds", "In all 3 that could be looked at."),
        ("No share is more than its whole", "holds", "In all 8 that could be looked at."),
    ]


@pytest.mark.parametrize(
    ("group", "by", "title", "said"),
    [
        (
            "category=neglect",
            -1,
            "The groups of a figure add up to its whole",
            "1 of 2 do not: Children with a plan, by latest category of abuse: the groups add to 299, the whole is "
            "300.",
        ),
        (
            "month=2008-04",
            1,
            "The groups of a figure add up to its whole",
            "1 of 2 do not: Referrals: the groups add to 3,247, the whole is 3,246.",
        ),
    ],
)
def test_groups_that_do_not_add_up_are_named(group: str, by: int, title: str, said: str) -> None:

    wrong = [
        replace(each, numerator=(each.numerator or 0) + by) if (each.group, each.period) == (group, NOW) else each
        for each in figures()
    ]
    made = {check.title: check for check in arithmetic_checks(cells_of(report_input(figures=wrong)), MEASURES, NOW)}
    assert made[title] == CheckLine(title, "does not hold", said)


def test_another_base_is_named() -> None:
    made = [cell(309, measure="plans_started"), cell(46, 308, measure="ni_65")]
    title = "Figures of the same things have the same base"
    assert checks(made)[title] == CheckLine(
        title, "does not hold", "1 of 1 do not: ni_65 is of 308, plans_started is 309."
    )


def test_more_plans_than_conferences_do_not_hold() -> None:
    made = [cell(309, measure="plans_started"), cell(300, measure="conferences")]
    title = "No more plans started than initial conferences"
    assert checks(made)[title] == CheckLine(title, "does not hold", "309 plans started, 300 initial conferences.")
