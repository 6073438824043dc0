"""What followed plans that ended early in the year: the first outcome that holds."""

from safeboard.figures.measures.plan_outcomes import OUTCOMES
from tests.measures.records import episode, looked_after, plan, plans
from tests.measures.telling import answer, counted, zeros


def test_every_outcome_gives_way_to_the_one_before_it() -> None:
    rows = {
        **plans(
            *(plan(f"{child}1", "2007-06-01", "2008-06-30", child=child) for child in "abcdef"),
            plan("a2", "2008-06-30", child="a"),
        ),
        "ssd_cla_episodes": [looked_after("a", "2008-10-01"), looked_after("b", "2008-10-01")],
        "ssd_cin_episodes": [
            episode("a", "2007-05-01"),
            episode("b", "2007-05-01"),
            episode("c", "2007-05-01", "2008-07-01", close_reason="RC5"),
            episode("c", "2008-09-01"),
            episode("d", "2007-05-01", "2008-06-30", close_reason="RC5"),
            episode("d", "2008-08-01", "2009-03-31", close_reason="RC7"),
            episode("e", "2007-05-01", "2009-03-31"),
        ],
    }
    assert answer("plans_ended_first_six_months", rows) == [
        (None, 5, 6, "83.3%"),
        ("outcome=another plan started", 1, 6, "16.7%"),
        ("outcome=still a child in need", 1, 6, "16.7%"),
        ("outcome=moved to another council", 1, 6, "16.7%"),
        ("outcome=episode closed", 1, 6, "16.7%"),
        ("outcome=looked after", 1, 6, "16.7%"),
        ("outcome=not known", 1, 6, "16.7%"),
    ]
    outcomes = (*OUTCOMES, "looked after", "not known")
    found = [counted("plans_ended_first_six_months", rows, group=f"outcome={each}") for each in outcomes]
    assert found == [["a1"], ["c1"], ["d1"], ["e1"], ["b1"], ["f1"]]


def test_only_plans_that_ended_from_april_to_september_are_followed() -> None:
    rows = {
        **plans(
            plan("before", "2007-06-01", "2008-03-31"),
            plan("first day", "2007-06-01", "2008-04-01"),
            plan("last day", "2007-06-01", "2008-09-30"),
            plan("after", "2007-06-01", "2008-10-01"),
        ),
        "ssd_cin_episodes": [],
    }
    assert answer("plans_ended_first_six_months", rows) == [
        (None, 0, 2, "0.0%"),
        *zeros("outcome", OUTCOMES, 2, "0.0%"),
        ("outcome=not known", 2, 2, "100.0%"),
    ]


def outcome_of(**tables: list[dict[str, object]]) -> str:
    """What followed the one plan, of child x, that ended on 30 June 2008."""
    own = plan("p", "2007-06-01", "2008-06-30", child="x")
    others = tables.pop("ssd_cp_plans", [])
    rows = {"ssd_cin_episodes": [], "ssd_cla_episodes": [], **tables, **plans(own, *others)}
    parts = answer("plans_ended_first_six_months", rows)[1:]
    (label,) = [group.removeprefix("outcome=") for group, numerator, *_ in parts if numerator]
    return label


def test_another_plan_counts_from_the_day_the_first_ended_to_the_last_day_of_the_year() -> None:
    assert outcome_of(ssd_cp_plans=[plan("q", "2008-06-30", child="x")]) == "another plan started"
    assert outcome_of(ssd_cp_plans=[plan("q", "2009-03-31", child="x")]) == "another plan started"
    assert outcome_of(ssd_cp_plans=[plan("q", "2009-04-01", child="x")]) == "not known"
    assert outcome_of(ssd_cp_plans=[plan("q", "2008-06-29", child="x")]) == "not known"
    assert outcome_of(ssd_cp_plans=[plan("q", "2008-07-01", child="x", cp_plan_ola=True)]) == "not known"


def test_looked_after_is_at_the_end_of_the_year_and_not_for_short_breaks() -> None:
    assert outcome_of(ssd_cla_episodes=[looked_after("x", "2009-03-31")]) == "looked after"
    assert outcome_of(ssd_cla_episodes=[looked_after("x", "2008-07-01", "2009-03-31")]) == "not known"
    assert outcome_of(ssd_cla_episodes=[looked_after("x", "2008-07-01", short_breaks=True)]) == "not known"


def test_a_referral_with_no_further_action_is_no_episode() -> None:
    assert outcome_of(ssd_cin_episodes=[episode("x", "2008-07-01", referral_nfa=False)]) == "still a child in need"
    assert outcome_of(ssd_cin_episodes=[episode("x", "2008-07-01", referral_nfa=True)]) == "not known"


def test_an_episode_that_closed_before_the_plan_ended_or_after_the_year_tells_nothing() -> None:
    assert outcome_of(ssd_cin_episodes=[episode("x", "2007-01-01", "2008-06-29")]) == "not known"
    assert outcome_of(ssd_cin_episodes=[episode("x", "2007-01-01", "2008-06-30")]) == "episode closed"
    assert outcome_of(ssd_cin_episodes=[episode("x", "2007-01-01", "2009-04-01")]) == "still a child in need"


def test_where_nobody_collects_episodes_only_the_outcomes_are_missing() -> None:
    rows = plans(plan("p", "2007-06-01", "2008-06-30"))
    assert answer("plans_ended_first_six_months", rows) == [
        (None, 0, 1, "0.0%"),
        ("outcome", None, None, "not collected"),
    ]
