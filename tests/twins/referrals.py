"""Referrals and contacts, the slow way."""

from safeboard.figures.tables import codes
from tests.twins.days import Year, later, words
from tests.twins.plain import Counted
from tests.twins.random_records import Records, Row


def in_year(records: Records, year: Year) -> list[Row]:
    return [row for row in records["ssd_cin_episodes"] if row["cine_referral_date"] in year]


def one(row: Row, counted: bool = True, **labels: str | None) -> Counted:
    return Counted(row["cine_referral_id"], row["cine_person_id"], counted, labels)


def source_of(row: Row) -> str | None:
    return words(codes.REFERRAL_SOURCE, row["cine_referral_source_code"])


def referrals(records: Records, year: Year) -> list[Counted]:
    return [
        one(row, month=f"{row['cine_referral_date']:%Y-%m}", source=source_of(row)) for row in in_year(records, year)
    ]


def referrals_rate(records: Records, year: Year) -> list[Counted]:
    return [one(row) for row in in_year(records, year)]


def re_referrals(records: Records, year: Year) -> list[Counted]:
    def again(row: Row) -> bool:
        for other in records["ssd_cin_episodes"]:
            if other["cine_person_id"] != row["cine_person_id"]:
                continue
            day = other["cine_referral_date"]
            if day < row["cine_referral_date"] <= later(day, months=12):
                return True
        return False

    return [one(row, again(row)) for row in in_year(records, year)]


def referrals_no_further_action(records: Records, year: Year) -> list[Counted]:
    return [one(row, row["cine_referral_nfa"] is True) for row in in_year(records, year)]


def referrals_not_in_need(records: Records, year: Year) -> list[Counted]:
    def found_so(row: Row) -> bool:
        closed = row["cine_close_date"]
        return closed is not None and closed <= year.last and row["cine_close_reason"] in ("RC8", "RC9")

    return [one(row, found_so(row)) for row in in_year(records, year)]


def referrals_source(records: Records, year: Year) -> list[Counted]:
    return [
        one(row, row["cine_referral_source_code"] not in (None, "10"), source=source_of(row))
        for row in in_year(records, year)
    ]


def contacts(records: Records, year: Year) -> list[Counted]:
    return [
        Counted(
            row["cont_contact_id"],
            row["cont_person_id"],
            labels={"source": words(codes.REFERRAL_SOURCE, row["cont_contact_source_code"])},
        )
        for row in records["ssd_contacts"]
        if row["cont_contact_date"] in year
    ]
