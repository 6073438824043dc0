"""Issues at conferences and who took part in them, by conference of a child."""

from safeboard.figures.tables import codes
from tests.measures.records import Row
from tests.measures.telling import answer, counted, zeros


def issue(conference: str, code: str, *, child: str = "x", held: str = "2008-09-15") -> Row:
    return {
        "coni_issue_id": f"{conference} {child} {code}",
        "coni_person_id": child,
        "coni_conference_id": conference,
        "coni_conference_date": held,
        "coni_issue": code,
    }


def attendance(number: int, conference: str, attender: str, *, attended: bool, **more: object) -> Row:
    """One invited person; of child x on 15 September 2008 unless `more` says otherwise, without prefix."""
    usual = {"person_id": "x", "conference_kind": "REVIEW", "conference_date": "2008-09-15", **more}
    return {
        "cona_attendance_id": f"{number}",
        "cona_conference_id": conference,
        "cona_attender": attender,
        "cona_attended": attended,
        **{f"cona_{name}": value for name, value in usual.items()},
    }


def attendances(*rows: tuple[str, str, bool, dict[str, object]]) -> dict[str, list[Row]]:
    return {
        "conference_attendance": [
            attendance(number, conference, attender, attended=attended, **more)
            for number, (conference, attender, attended, more) in enumerate(rows)
        ]
    }


def test_a_conference_can_have_several_issues_and_counts_once() -> None:
    rows = {
        "conference_issue": [
            issue("c1", "DOMESTIC_VIOLENCE"),
            issue("c1", "ALCOHOL"),
            issue("c2", "NONE"),
            issue("c3", "NONE"),
            issue("c3", "ALCOHOL"),
            issue("c4", "NONE"),
            issue("before", "DRUGS", held="2008-03-31"),
            issue("after", "DRUGS", held="2009-04-01"),
        ]
    }
    assert answer("conference_issues", rows) == [
        (None, 2, 4, "50.0%"),
        ("issue=domestic violence", 1, 4, "25.0%"),
        ("issue=alcohol misuse", 2, 4, "50.0%"),
        ("issue=drug misuse", 0, 4, "0.0%"),
        ("issue=none of the three", 2, 4, "50.0%"),
    ]


def test_brothers_and_sisters_at_one_meeting_are_conferences_of_their_own() -> None:
    rows = {
        "conference_issue": [
            issue("c", "DRUGS", child="x", held="2008-04-01"),
            issue("c", "NONE", child="y", held="2008-04-01"),
            issue("d", "DRUGS", child="y", held="2009-03-31"),
        ]
    }
    assert answer("conference_issues", rows) == [
        (None, 2, 3, "66.7%"),
        *zeros("issue", ("domestic violence", "alcohol misuse"), 3, "0.0%"),
        ("issue=drug misuse", 2, 3, "66.7%"),
        ("issue=none of the three", 1, 3, "33.3%"),
    ]
    assert counted("conference_issues", rows) == ["c of x", "d of y"]


def test_one_parent_there_is_enough_and_no_record_of_parents_is_no_base() -> None:
    rows = attendances(
        ("one of two", "PARENT", True, {}),
        ("one of two", "PARENT", False, {}),
        ("none", "PARENT", False, {}),
        ("not asked", "CHILD", True, {}),
        ("first day", "PARENT", True, {"conference_date": "2008-04-01"}),
        ("before", "PARENT", True, {"conference_date": "2008-03-31"}),
    )
    assert answer("conference_parents_attending", rows) == [(None, 2, 3, "66.7%")]
    assert counted("conference_parents_attending", rows) == ["first day of x", "one of two of x"]


def test_a_child_attended_by_the_record_or_by_the_participation_code() -> None:
    rows = attendances(
        ("there", "CHILD", True, {}),
        ("said by code", "CHILD", False, {"participation": "PN4"}),
        ("absent", "CHILD", False, {"participation": "PN5"}),
        ("under 4", "CHILD", False, {"participation": "PN0"}),
        ("silent", "CHILD", False, {}),
        ("parents only", "PARENT", True, {}),
    )
    assert answer("conference_children_attending", rows) == [(None, 2, 5, "40.0%")]
    assert counted("conference_children_attending", rows) == ["said by code of x", "there of x"]


def test_ways_of_taking_part_are_shares_of_the_conferences_with_a_code() -> None:
    rows = attendances(
        ("a", "CHILD", True, {"participation": "PN1"}),
        ("b", "CHILD", False, {"participation": "PN6"}),
        ("c", "CHILD", False, {"participation": "PN6"}),
        ("d", "CHILD", False, {}),
        ("e", "CHILD", False, {"participation": "PN0", "conference_date": "2009-04-01"}),
    )
    some = {"attends and speaks": (1, "33.3%"), "absent, conveys views by other means": (2, "66.7%")}
    shares = [(label, *some.get(label, (0, "0.0%"))) for label in codes.PARTICIPATION.words.values()]
    assert answer("conference_children_participation", rows) == [
        (None, 3, 3, "100.0%"),
        *((f"participation={label}", number, 3, shown) for label, number, shown in shares),
    ]


def test_an_agency_counts_once_at_a_conference_however_many_it_sends() -> None:
    rows = attendances(
        ("a", "AGENCY", True, {"agency": "POLICE"}),
        ("a", "AGENCY", False, {"agency": "POLICE"}),
        ("b", "AGENCY", False, {"agency": "POLICE"}),
        ("a", "AGENCY", True, {"agency": "HEALTH"}),
        ("a", "AGENCY", False, {}),
        ("a", "PARENT", True, {}),
        ("b", "AGENCY", True, {"agency": "POLICE", "conference_date": "2008-03-31"}),
    )
    labels = list(codes.AGENCY.words.values())
    some = {"health": (1, 1, "100.0%"), "police": (1, 2, "50.0%")}
    assert answer("conference_agencies_attending", rows) == [
        (None, 2, 4, "50.0%"),
        *((f"agency={label}", *some.get(label, (0, 0, "–"))) for label in labels),
        ("agency=not known", 0, 1, "0.0%"),
    ]
    assert counted("conference_agencies_attending", rows) == ["a of x, HEALTH", "a of x, POLICE"]


def test_conferences_that_nobody_kept_records_of_are_not_collected() -> None:
    missing = [(None, None, None, "not collected")]
    for measure in (
        "conference_issues",
        "conference_parents_attending",
        "conference_children_attending",
        "conference_children_participation",
        "conference_agencies_attending",
    ):
        assert answer(measure, {"ssd_cp_plans": []}) == missing
