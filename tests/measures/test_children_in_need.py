"""Children in need: rows in, whole answer out."""

from safeboard.figures.tables import codes
from tests.measures.pathway_rows import cin_plan, person, referral
from tests.measures.telling import answer, counted, zeros

EPISODES = {
    "ssd_cin_episodes": [
        referral("closed before", "ann", "2007-01-01", "2008-03-31"),
        referral("closed on the first day", "ben", "2007-01-01", "2008-04-01"),
        referral("closed on the last day", "cat", "2008-05-01", "2009-03-31"),
        referral("closed after", "cat", "2009-03-31", "2009-04-01", need="N1"),
        referral("open", "dan", "2007-01-01", nfa=False, need="N1"),
        referral("need not stated", "eve", "2009-03-31", need="N0"),
        referral("no need", "fay", "2009-03-31"),
        referral("no further action", "gil", "2009-03-01", nfa=True, need="N1"),
        referral("referred after", "hal", "2009-04-01", need="N1"),
    ],
    "ssd_person": [
        person("cat", "1999-03-31", sex="F"),
        person("dan", "1999-04-01", sex="M"),
        person("eve", expected="2009-08-01", sex="U"),
        person("fay"),
        person("gil", "2000-01-01", sex="M"),
    ],
}

STILL_OPEN = ["closed after", "need not stated", "no need", "open"]


def test_open_at_any_point_is_open_at_the_end_or_closed_in_the_year() -> None:
    assert answer("children_in_need_any_point", EPISODES) == [(None, 6, None, "6")]
    assert counted("children_in_need_any_point", EPISODES) == sorted(
        [*STILL_OPEN, "closed on the first day", "closed on the last day"]
    )
    assert answer("children_in_need_any_point_rate", EPISODES) == [(None, 6, 10_000, "6.0")]


def test_open_at_the_end_by_need_age_and_sex() -> None:
    needs = {"abuse or neglect": 2, "not stated": 2}
    assert answer("children_in_need_open", EPISODES) == [
        (None, 4, None, "4"),
        *(
            (f"primary_need={words}", needs.get(words, 0), None, str(needs.get(words, 0)))
            for words in codes.PRIMARY_NEED.words.values()
        ),
        ("age=unborn", 1, None, "1"),
        *zeros("age", ("under 1", "1 to 4")),
        ("age=5 to 9", 1, None, "1"),
        ("age=10 to 15", 1, None, "1"),
        ("age=16 and over", 0, None, "0"),
        ("age=not known", 1, None, "1"),
        ("sex=male", 1, None, "1"),
        ("sex=female", 1, None, "1"),
        ("sex=unknown", 2, None, "2"),
    ]
    assert counted("children_in_need_open", EPISODES) == STILL_OPEN
    assert counted("children_in_need_open", EPISODES, group="age=5 to 9") == ["open"]
    assert answer("children_in_need_open_rate", EPISODES) == [(None, 4, 10_000, "4.0")]


def test_the_share_of_each_primary_need_is_of_all_open() -> None:
    needs = {"abuse or neglect": (2, "50.0%"), "not stated": (2, "50.0%")}
    assert answer("children_in_need_primary_need", EPISODES) == [
        (None, 2, 4, "50.0%"),
        *(
            (f"primary_need={words}", *(needs.get(words, (0, "0.0%")))[:1], 4, needs.get(words, (0, "0.0%"))[1])
            for words in codes.PRIMARY_NEED.words.values()
        ),
    ]


def test_a_plan_that_ended_on_the_last_day_is_not_open_at_its_end() -> None:
    rows = {
        "ssd_cin_plans": [
            cin_plan("ended", "ann", "2008-01-01", "2009-03-31"),
            cin_plan("ends tomorrow", "ann", "2008-01-01", "2009-04-01"),
            cin_plan("began today", "ben", "2009-03-31"),
            cin_plan("begins tomorrow", "ben", "2009-04-01"),
        ]
    }
    assert answer("cin_plans_open", rows) == [(None, 2, None, "2")]
    assert counted("cin_plans_open", rows) == ["began today", "ends tomorrow"]
