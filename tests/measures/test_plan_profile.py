"""Who the children with an open plan are."""

from safeboard.figures.measures.plan_profile import ETHNIC_GROUP, ETHNIC_GROUPS
from safeboard.figures.tables import codes
from tests.measures.records import Row, child, looked_after, plan, plans
from tests.measures.telling import answer, counted, zeros


def with_open_plan(*children: Row) -> dict[str, list[Row]]:
    """The children, each with a plan open at the end of the year and named after the child."""
    named = [row["pers_person_id"] for row in children]
    return {"ssd_person": list(children), **plans(*(plan(f"{name}'s", "2008-05-01", child=name) for name in named))}


def test_open_plans_by_latest_and_by_initial_category() -> None:
    rows = plans(
        plan("a", "2008-05-01", cp_plan_initial_category="NEG", cp_plan_latest_category="EMO"),
        plan("b", "2008-05-01", cp_plan_initial_category="NEG", cp_plan_latest_category="NEG"),
        plan("c", "2008-05-01", cp_plan_initial_category="SAB"),
        plan("ended", "2008-05-01", "2009-03-31", cp_plan_initial_category="PHY", cp_plan_latest_category="PHY"),
    )
    assert answer("plans_open_category_latest", rows) == [
        (None, 2, 3, "66.7%"),
        ("category=neglect", 1, 3, "33.3%"),
        *zeros("category", ("physical abuse", "sexual abuse"), 3, "0.0%"),
        ("category=emotional abuse", 1, 3, "33.3%"),
        *zeros("category", ("multiple",), 3, "0.0%"),
        ("category=not known", 1, 3, "33.3%"),
    ]
    assert answer("plans_open_category_initial", rows) == [
        (None, 3, 3, "100.0%"),
        ("category=neglect", 2, 3, "66.7%"),
        *zeros("category", ("physical abuse",), 3, "0.0%"),
        ("category=sexual abuse", 1, 3, "33.3%"),
        *zeros("category", ("emotional abuse", "multiple"), 3, "0.0%"),
    ]


AGES = with_open_plan(
    child("unborn", expected_dob="2009-05-01"),
    child("born after", dob="2009-04-01"),
    child("a day old", dob="2009-03-30"),
    child("nearly 1", dob="2008-04-01"),
    child("1 today", dob="2008-03-31"),
    child("nearly 5", dob="2004-04-01"),
    child("5 today", dob="2004-03-31"),
    child("nearly 10", dob="1999-04-01"),
    child("10 today", dob="1999-03-31"),
    child("nearly 16", dob="1993-04-01"),
    child("16 today", dob="1993-03-31"),
    child("without a date"),
)


def test_age_is_in_completed_years_on_the_last_day_of_the_year() -> None:
    assert answer("plans_open_age", AGES) == [
        (None, 11, 12, "91.7%"),
        ("age=unborn", 2, 12, "16.7%"),
        ("age=under 1", 2, 12, "16.7%"),
        ("age=1 to 4", 2, 12, "16.7%"),
        ("age=5 to 9", 2, 12, "16.7%"),
        ("age=10 to 15", 2, 12, "16.7%"),
        ("age=16 and over", 1, 12, "8.3%"),
        ("age=not known", 1, 12, "8.3%"),
    ]


def test_under_ten_is_of_known_age_and_holds_the_unborn() -> None:
    assert answer("plans_open_under_10", AGES) == [(None, 8, 11, "72.7%")]
    assert "10 today's" not in counted("plans_open_under_10", AGES)


def test_a_plan_whose_child_has_no_person_row_is_of_unknown_age() -> None:
    rows = {**plans(plan("p", "2008-05-01")), "ssd_person": []}
    assert counted("plans_open_age", rows, group="age=not known") == ["p"]
    assert answer("plans_open_under_10", rows) == [(None, 0, 0, "–")]


def test_sex_not_recorded_and_recorded_as_unknown_are_one() -> None:
    rows = with_open_plan(
        child("a", sex="M"), child("b", sex="F"), child("c", sex="U"), child("d"), child("e", sex="F")
    )
    assert answer("plans_open_sex", rows) == [
        (None, 3, 5, "60.0%"),
        ("sex=male", 1, 5, "20.0%"),
        ("sex=female", 2, 5, "40.0%"),
        ("sex=unknown", 2, 5, "40.0%"),
    ]


ORIGINS = with_open_plan(
    child("a", ethnicity="WBRI"),
    child("b", ethnicity="WIRI"),
    child("c", ethnicity="MWAS"),
    child("d", ethnicity="CHNE"),
    child("e", ethnicity="REFU"),
    child("f", ethnicity="NOBT"),
    child("g"),
)


def test_ethnic_groups_are_shares_of_known_ethnicity() -> None:
    assert answer("plans_open_ethnicity", ORIGINS) == [
        (None, 4, 4, "100.0%"),
        ("ethnicity=White", 2, 4, "50.0%"),
        ("ethnicity=Mixed", 1, 4, "25.0%"),
        *zeros("ethnicity", ("Asian or Asian British", "Black or Black British"), 4, "0.0%"),
        ("ethnicity=other ethnic groups", 1, 4, "25.0%"),
    ]
    assert answer("plans_open_ethnicity_recorded", ORIGINS) == [(None, 4, 7, "57.1%")]


def test_minority_ethnic_has_two_readings_and_both_are_given() -> None:
    assert answer("plans_open_minority_ethnic", ORIGINS) == [(None, 3, 4, "75.0%")]
    assert answer("plans_open_minority_ethnic_not_white", ORIGINS) == [(None, 2, 4, "50.0%")]


def test_every_ethnicity_is_in_one_group_but_refused_and_not_yet_obtained() -> None:
    assert set(codes.ETHNICITY) - set(ETHNIC_GROUP) == {"REFU", "NOBT"}
    assert set(ETHNIC_GROUP) <= set(codes.ETHNICITY)
    assert tuple(dict.fromkeys(ETHNIC_GROUP.values())) == ETHNIC_GROUPS


def disability(person: str, code: str) -> Row:
    return {"disa_table_id": f"{person} {code}", "disa_person_id": person, "disa_disability_code": code}


def test_a_child_can_be_under_several_disabilities_and_without_a_record_under_none() -> None:
    rows = {
        **with_open_plan(*(child(name) for name in "abcd")),
        "ssd_disability": [
            disability("a", "LD"),
            disability("a", "AUT"),
            disability("b", "NONE"),
            disability("c", "NONE"),
            disability("c", "AUT"),
            disability("without a plan", "AUT"),
        ],
    }
    some = {"learning": (1, "33.3%"), "autism": (2, "66.7%"), "no disability": (1, "33.3%")}
    shares = [(label, *some.get(label, (0, "0.0%"))) for label in codes.DISABILITY.words.values()]
    assert answer("plans_open_disability", rows) == [
        (None, 2, 3, "66.7%"),
        *((f"disability={label}", number, 3, shown) for label, number, shown in shares),
    ]


def test_a_child_is_looked_after_whose_period_is_open_and_not_of_short_breaks_only() -> None:
    rows = {
        **with_open_plan(*(child(name) for name in "abcdef")),
        "ssd_cla_episodes": [
            looked_after("a", "2009-03-31"),
            looked_after("b", "2008-01-01", "2009-03-31"),
            looked_after("c", "2008-01-01", "2009-04-01", short_breaks=False),
            looked_after("d", "2008-01-01", short_breaks=True),
            looked_after("e", "2009-04-01"),
            looked_after("f", "2008-01-01", "2008-02-01"),
            looked_after("f", "2008-03-01"),
            looked_after("without a plan", "2008-01-01"),
        ],
    }
    assert answer("plans_looked_after", rows) == [(None, 3, 6, "50.0%")]
    assert counted("plans_looked_after", rows) == ["a's", "c's", "f's"]


def test_what_the_sources_do_not_collect_of_a_child_is_not_nought() -> None:
    rows = plans(plan("p", "2008-05-01"))
    missing = [(None, None, None, "not collected")]
    assert answer("plans_open_age", rows) == missing
    assert answer("plans_open_sex", rows) == missing
    assert answer("plans_open_ethnicity", rows) == missing
    assert answer("plans_open_disability", rows) == missing
    assert answer("plans_looked_after", rows) == missing
