"""Children in need, the slow way."""

from datetime import date

from safeboard.figures.tables import codes
from tests.twins.days import Year, completed_years, open_on, words
from tests.twins.plain import Counted
from tests.twins.random_records import Records, Row


def person(records: Records, child: str) -> Row:
    return next(row for row in records["ssd_person"] if row["pers_person_id"] == child)


def age_band(child: Row, on: date) -> str | None:
    born = child["pers_dob"]
    if born is None:
        return "unborn" if child["pers_expected_dob"] else None
    if born > on:
        return "unborn"
    age = completed_years(born, on)
    tops = ((0, "under 1"), (4, "1 to 4"), (9, "5 to 9"), (15, "10 to 15"))
    return next((label for top, label in tops if age <= top), "16 and over")


def one(row: Row, counted: bool = True, **labels: str | None) -> Counted:
    return Counted(row["cine_referral_id"], row["cine_person_id"], counted, labels)


def episodes(records: Records) -> list[Row]:
    return [row for row in records["ssd_cin_episodes"] if row["cine_referral_nfa"] is not True]


def open_at_end(records: Records, year: Year) -> list[Row]:
    return [row for row in episodes(records) if open_on(row["cine_referral_date"], row["cine_close_date"], year.last)]


def children_in_need_any_point(records: Records, year: Year) -> list[Counted]:
    closed = [row for row in episodes(records) if row["cine_close_date"] in year]
    return [one(row) for row in open_at_end(records, year)] + [one(row) for row in closed]


def children_in_need_open(records: Records, year: Year) -> list[Counted]:
    return [
        one(
            row,
            primary_need=words(codes.PRIMARY_NEED, row["cine_cin_primary_need_code"]),
            age=age_band(person(records, row["cine_person_id"]), year.last),
            sex=words(codes.SEX, person(records, row["cine_person_id"])["pers_sex"]),
        )
        for row in open_at_end(records, year)
    ]


def children_in_need_primary_need(records: Records, year: Year) -> list[Counted]:
    return [
        one(
            row,
            row["cine_cin_primary_need_code"] not in (None, "N0"),
            primary_need=words(codes.PRIMARY_NEED, row["cine_cin_primary_need_code"]),
        )
        for row in open_at_end(records, year)
    ]


def cin_plans_open(records: Records, year: Year) -> list[Counted]:
    return [
        Counted(row["cinp_cin_plan_id"], row["cinp_person_id"])
        for row in records["ssd_cin_plans"]
        if open_on(row["cinp_cin_plan_start_date"], row["cinp_cin_plan_end_date"], year.last)
    ]
