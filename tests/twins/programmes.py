"""Conferences, police protection, screenings, MAPPA and common assessments, the slow way."""

from safeboard.figures.tables import codes
from tests.twins.days import Year, words
from tests.twins.plain import Counted
from tests.twins.random_records import Records, Row


def conferences_with(records: Records, year: Year, attender: str) -> dict[tuple[str, str], list[Row]]:
    """Attendance records by conference and child."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in records["conference_attendance"]:
        if row["cona_conference_date"] in year and row["cona_attender"] == attender:
            found.setdefault((row["cona_conference_id"], row["cona_person_id"]), []).append(row)
    return found


def key_of(conference: tuple[str, str]) -> str:
    return " of ".join(conference)


def conference_issues(records: Records, year: Year) -> list[Counted]:
    recorded: dict[tuple[str, str], set[str]] = {}
    for row in records["conference_issue"]:
        if row["coni_conference_date"] in year:
            recorded.setdefault((row["coni_conference_id"], row["coni_person_id"]), set()).add(row["coni_issue"])
    found = []
    for conference, told in recorded.items():
        issues = told - {"NONE"}
        for issue in issues or told:
            labels = {"issue": words(codes.CONFERENCE_ISSUE, issue)}
            found.append(Counted(key_of(conference), conference[1], bool(issues), labels))
    return found


def conference_parents_attending(records: Records, year: Year) -> list[Counted]:
    return [
        Counted(key_of(conference), conference[1], any(row["cona_attended"] for row in rows))
        for conference, rows in conferences_with(records, year, "PARENT").items()
    ]


def conference_children_attending(records: Records, year: Year) -> list[Counted]:
    def there(row: Row) -> bool:
        return row["cona_attended"] is True or row["cona_participation"] in ("PN1", "PN2", "PN3", "PN4")

    return [
        Counted(key_of(conference), conference[1], any(there(row) for row in rows))
        for conference, rows in conferences_with(records, year, "CHILD").items()
    ]


def conference_children_participation(records: Records, year: Year) -> list[Counted]:
    return [
        Counted(
            key_of(conference),
            conference[1],
            labels={"participation": words(codes.PARTICIPATION, row["cona_participation"])},
        )
        for conference, rows in conferences_with(records, year, "CHILD").items()
        for row in rows
        if row["cona_participation"]
    ]


def conference_agencies_attending(records: Records, year: Year) -> list[Counted]:
    found = []
    for conference, rows in conferences_with(records, year, "AGENCY").items():
        for agency in {row["cona_agency"] for row in rows}:
            came = any(row["cona_attended"] for row in rows if row["cona_agency"] == agency)
            key = f"{key_of(conference)}, {agency or '?'}"
            found.append(Counted(key, conference[1], came, {"agency": words(codes.AGENCY, agency)}))
    return found


def into_care(records: Records, year: Year) -> list[Row]:
    return [
        row
        for row in records["police_protection"]
        if row["polp_start_date"] in year and row["polp_became_looked_after"] is not False
    ]


def police_protection_children(records: Records, year: Year) -> list[Counted]:
    return [Counted(row["polp_person_id"], row["polp_person_id"]) for row in into_care(records, year)]


def police_protection_families(records: Records, year: Year) -> list[Counted]:
    return [Counted(row["polp_family_id"], row["polp_person_id"]) for row in into_care(records, year)]


def screened(records: Records, year: Year) -> list[Row]:
    return [row for row in records["domestic_violence_screening"] if row["dvsc_screening_date"] in year]


def dv_screenings(records: Records, year: Year) -> list[Counted]:
    return [
        Counted(row["dvsc_screening_id"], None, labels={"month": f"{row['dvsc_screening_date']:%Y-%m}"})
        for row in screened(records, year)
    ]


def dv_screenings_needing_investigation(records: Records, year: Year) -> list[Counted]:
    return [
        Counted(row["dvsc_screening_id"], None, row["dvsc_needs_investigation"] is True)
        for row in screened(records, year)
    ]


def mappa_cases_risk_to_children(records: Records, year: Year) -> list[Counted]:
    def managed(row: Row) -> bool:
        last = row["mapp_end_date"]
        return row["mapp_start_date"] <= year.last and (last is None or last >= year.first)

    return [
        Counted(row["mapp_case_id"], None, labels={"level": words(codes.MAPPA_LEVEL, row["mapp_level"])})
        for row in records["mappa_case"]
        if managed(row) and row["mapp_level"] in ("2", "3") and row["mapp_risk_to_children"] is True
    ]


def mappa_serious_further_offences(records: Records, year: Year) -> list[Counted]:
    return [
        Counted(row["mapp_case_id"], None)
        for row in records["mappa_case"]
        if row["mapp_serious_further_offence_date"] in year
    ]


def cafs_completed(records: Records, year: Year) -> list[Counted]:
    return [
        Counted(
            row["caf_assessment_id"],
            row["caf_person_id"],
            labels={"month": f"{row['caf_completed_date']:%Y-%m}", "agency": words(codes.AGENCY, row["caf_agency"])},
        )
        for row in records["caf"]
        if row["caf_completed_date"] in year
    ]
