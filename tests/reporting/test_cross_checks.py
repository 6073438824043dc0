from collections.abc import Mapping
from datetime import date
from typing import Any

from safeboard.figures.reporting.cross_checks import cross_checks
from safeboard.figures.tables.snapshot import snapshot_of_rows
from safeboard.foundation.kernel.periods import Period

YEAR = Period.year_ending(2009)
PLAN = "A plan starts on the day of its initial conference (census rule 2885)"
REVIEW = "A review is held after its plan's first day (census rule 8841)"
ENQUIRY = "An enquiry does not begin before its referral (census rule 2889)"
CONFERENCE = "A conference is not held before its enquiry began"
CHILD = "A child with a plan is among the persons"


def asked(**rows: list[Mapping[str, Any]]) -> dict[str, tuple[int | None, int | None]]:
    """How many break each rule, of how many."""
    snapshot = snapshot_of_rows(rows, reference_date=YEAR.end)
    with snapshot.connection:
        return {check.title: (check.broken, check.of) for check in cross_checks(snapshot, YEAR)}


def plan(key: str, child: str, start: date) -> Mapping[str, Any]:
    return {"cppl_cp_plan_id": key, "cppl_person_id": child, "cppl_cp_plan_start_date": start}


def conference(key: str, child: str, day: date, enquiry: str | None = None) -> Mapping[str, Any]:
    return {"icpc_icpc_id": key, "icpc_person_id": child, "icpc_icpc_date": day, "icpc_s47_enquiry_id": enquiry}


def test_a_plan_starts_on_the_day_of_a_conference_about_the_same_child() -> None:
    found = asked(
        ssd_cp_plans=[
            plan("on the day", "a", date(2008, 5, 1)),
            plan("another day", "b", date(2008, 5, 1)),
            plan("another child", "c", date(2008, 5, 1)),
            plan("last year", "d", date(2008, 3, 31)),
        ],
        ssd_initial_cp_conference=[
            conference("1", "a", date(2008, 5, 1)),
            conference("2", "a", date(2008, 5, 1)),
            conference("3", "b", date(2008, 5, 2)),
        ],
    )
    assert found[PLAN] == (2, 3)


def test_a_review_is_after_the_plans_first_day() -> None:
    def review(key: str, day: date) -> Mapping[str, Any]:
        return {
            "cppr_cp_review_id": key,
            "cppr_person_id": "a",
            "cppr_cp_plan_id": "plan",
            "cppr_cp_review_date": day,
        }

    found = asked(
        ssd_cp_plans=[plan("plan", "a", date(2008, 5, 1))],
        ssd_cp_reviews=[review("on it", date(2008, 5, 1)), review("after", date(2008, 5, 2))],
    )
    assert found[REVIEW] == (1, 2)


def test_an_enquiry_and_its_conference_come_in_order() -> None:
    def enquiry(key: str, day: date) -> Mapping[str, Any]:
        return {
            "s47e_s47_enquiry_id": key,
            "s47e_person_id": "a",
            "s47e_referral_id": "r",
            "s47e_s47_start_date": day,
        }

    found = asked(
        ssd_cin_episodes=[
            {"cine_referral_id": "r", "cine_person_id": "a", "cine_referral_date": date(2008, 6, 2)},
        ],
        ssd_s47_enquiry=[enquiry("early", date(2008, 6, 1)), enquiry("same day", date(2008, 6, 2))],
        ssd_initial_cp_conference=[
            conference("early", "a", date(2008, 6, 1), "same day"),
            conference("later", "a", date(2008, 6, 9), "same day"),
            conference("without", "a", date(2008, 6, 9)),
        ],
    )
    assert (found[ENQUIRY], found[CONFERENCE]) == ((1, 2), (1, 2))


def test_a_child_with_a_plan_is_known() -> None:
    found = asked(
        ssd_person=[{"pers_person_id": "a"}],
        ssd_cp_plans=[plan("1", "a", date(2008, 5, 1)), plan("2", "b", date(2008, 5, 1))],
    )
    assert found[CHILD] == (1, 2)


def test_what_is_not_collected_is_not_checked_and_says_so() -> None:
    snapshot = snapshot_of_rows({"ssd_cp_plans": []}, reference_date=YEAR.end)
    with snapshot.connection:
        made = {check.title: check for check in cross_checks(snapshot, YEAR)}
    assert (made[PLAN].broken, made[PLAN].of, made[PLAN].why_not) == (None, None, "Not collected: initial conference.")
