"""Assessments, enquiries and conferences, the slow way: working days counted one by one."""

from datetime import date

from safeboard.figures.tables import codes
from tests.twins.days import Year, words, working_days
from tests.twins.plain import Counted
from tests.twins.random_records import Records, Row


def completed(records: Records, year: Year) -> list[Row]:
    return [row for row in records["ssd_cin_assessments"] if row["cina_assessment_auth_date"] in year]


def one(row: Row, counted: bool = True, **labels: str | None) -> Counted:
    return Counted(row["cina_assessment_id"], row["cina_person_id"], counted, labels)


def referral_day(records: Records, referral: str | None) -> date | None:
    for row in records["ssd_cin_episodes"]:
        if row["cine_referral_id"] == referral:
            day: date = row["cine_referral_date"]
            return day
    return None


def days_from_referral(records: Records, row: Row) -> int | None:
    """Working days from referral to authorisation; None where there is no referral, negative where it came after."""
    received = referral_day(records, row["cina_referral_id"])
    return None if received is None else working_days(received, row["cina_assessment_auth_date"])


def assessments(records: Records, year: Year) -> list[Counted]:
    return [
        one(row, kind=words(codes.ASSESSMENT_KIND, row["cina_assessment_kind"])) for row in completed(records, year)
    ]


def within(days: int | None, limit: int) -> bool:
    return days is not None and 0 <= days <= limit


def ni_59(records: Records, year: Year) -> list[Counted]:
    return [
        one(row, within(days_from_referral(records, row), 7))
        for row in completed(records, year)
        if row["cina_assessment_kind"] == "INITIAL"
    ]


def ni_60(records: Records, year: Year) -> list[Counted]:
    return [
        one(row, within(working_days(row["cina_assessment_start_date"], row["cina_assessment_auth_date"]), 35))
        for row in completed(records, year)
        if row["cina_assessment_kind"] == "CORE"
    ]


def band(days: int | None, tops: list[tuple[int, str]], last: str) -> str | None:
    if days is None or days < 0:
        return None
    return next((label for top, label in tops if days <= top), last)


FROM_REFERRAL = [
    (0, "same day"),
    (10, "1-10"),
    (20, "11-20"),
    (30, "21-30"),
    (40, "31-40"),
    (45, "41-45"),
    (50, "46-50"),
    (60, "51-60"),
]


def assessments_within_45_days(records: Records, year: Year) -> list[Counted]:
    rows = [row for row in completed(records, year) if row["cina_assessment_kind"] in (None, "SINGLE")]
    return [
        one(row, within(days, 45), band=band(days, FROM_REFERRAL, "61+"))
        for row, days in ((row, days_from_referral(records, row)) for row in rows)
    ]


def assessment_factors(records: Records, year: Year) -> list[Counted]:
    return [
        one(row, found["cinf_assessment_factor"] != "21", factor=words(codes.FACTOR, found["cinf_assessment_factor"]))
        for row in completed(records, year)
        for found in records["ssd_assessment_factors"]
        if found["cinf_assessment_id"] == row["cina_assessment_id"]
    ]


def section_47(records: Records, year: Year) -> list[Counted]:
    return [
        Counted(row["s47e_s47_enquiry_id"], row["s47e_person_id"])
        for row in records["ssd_s47_enquiry"]
        if row["s47e_s47_start_date"] in year
    ]


def held(records: Records, year: Year) -> list[Row]:
    return [row for row in records["ssd_initial_cp_conference"] if row["icpc_icpc_date"] in year]


def conferences(records: Records, year: Year) -> list[Counted]:
    return [Counted(row["icpc_icpc_id"], row["icpc_person_id"]) for row in held(records, year)]


def conferences_within_15_days(records: Records, year: Year) -> list[Counted]:
    begun = {row["s47e_s47_enquiry_id"]: row["s47e_s47_start_date"] for row in records["ssd_s47_enquiry"]}
    waits = [(10, "0-10"), (15, "11-15"), (20, "16-20")]
    found = []
    for row in held(records, year):
        first = begun.get(row["icpc_s47_enquiry_id"])
        days = None if first is None else working_days(first, row["icpc_icpc_date"])
        labels = {"band": band(days, waits, "21+")}
        found.append(Counted(row["icpc_icpc_id"], row["icpc_person_id"], within(days, 15), labels))
    return found
