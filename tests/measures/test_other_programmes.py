"""Police protection, domestic violence screening, MAPPA and common assessments."""

from safeboard.figures.measures.engine import months_of
from safeboard.figures.tables import codes
from tests.measures.records import Row
from tests.measures.telling import YEAR, answer, counted, zeros

MONTHS = months_of(YEAR)


def protection(child: str, family: str, began: str, into_care: bool | None = True) -> Row:
    return {
        "polp_protection_id": f"{child} {began}",
        "polp_person_id": child,
        "polp_family_id": family,
        "polp_start_date": began,
        "polp_became_looked_after": into_care,
    }


def test_children_and_families_count_once_however_often_protected() -> None:
    rows = {
        "police_protection": [
            protection("a", "f", "2008-04-01"),
            protection("a", "f", "2009-03-31"),
            protection("b", "f", "2008-04-01"),
            protection("c", "g", "2008-05-01", into_care=None),
            protection("d", "h", "2008-05-01", into_care=False),
            protection("e", "i", "2008-03-31"),
            protection("f", "j", "2009-04-01"),
        ]
    }
    assert answer("police_protection_children", rows) == [(None, 3, None, "3")]
    assert counted("police_protection_children", rows) == ["a", "b", "c"]
    assert answer("police_protection_families", rows) == [(None, 2, None, "2")]
    assert counted("police_protection_families", rows) == ["f", "g"]


def screening(key: str, day: str, investigate: bool | None = None) -> Row:
    return {"dvsc_screening_id": key, "dvsc_screening_date": day, "dvsc_needs_investigation": investigate}


SCREENINGS = {
    "domestic_violence_screening": [
        screening("1", "2008-03-31", investigate=True),
        screening("2", "2008-04-01", investigate=True),
        screening("3", "2008-04-30", investigate=False),
        screening("4", "2009-03-31"),
        screening("5", "2009-04-01", investigate=True),
    ]
}


def test_screenings_by_month_with_every_month_of_the_year() -> None:
    assert answer("dv_screenings", SCREENINGS) == [
        (None, 3, None, "3"),
        ("month=2008-04", 2, None, "2"),
        *zeros("month", MONTHS[1:-1]),
        ("month=2009-03", 1, None, "1"),
    ]


def test_a_screening_with_nothing_said_needs_no_investigation() -> None:
    assert answer("dv_screenings_needing_investigation", SCREENINGS) == [(None, 1, 3, "33.3%")]
    assert counted("dv_screenings_needing_investigation", SCREENINGS) == ["2"]


def case(key: str, began: str, ended: str | None = None, **more: object) -> Row:
    usual = {"level": "2", "risk_to_children": True, **more}
    return {
        "mapp_case_id": key,
        "mapp_start_date": began,
        "mapp_end_date": ended,
        **{f"mapp_{name}": value for name, value in usual.items()},
    }


def test_cases_managed_by_several_agencies_on_any_day_of_the_year() -> None:
    rows = {
        "mappa_case": [
            case("ended on the first day", "2007-01-01", "2008-04-01"),
            case("ended before", "2007-01-01", "2008-03-31"),
            case("began on the last day", "2009-03-31", level="3"),
            case("began after", "2009-04-01"),
            case("managed by one agency", "2008-05-01", level="1"),
            case("no risk", "2008-05-01", risk_to_children=False),
            case("risk not said", "2008-05-01", risk_to_children=None),
        ]
    }
    assert answer("mappa_cases_risk_to_children", rows) == [
        (None, 2, None, "2"),
        ("level=active multi-agency management", 1, None, "1"),
        ("level=active enhanced multi-agency management", 1, None, "1"),
    ]
    assert counted("mappa_cases_risk_to_children", rows) == ["began on the last day", "ended on the first day"]


def test_serious_further_offences_at_any_level_in_the_year() -> None:
    rows = {
        "mappa_case": [
            case("first day", "2007-01-01", level="1", serious_further_offence_date="2008-04-01"),
            case("last day", "2007-01-01", risk_to_children=False, serious_further_offence_date="2009-03-31"),
            case("before", "2007-01-01", serious_further_offence_date="2008-03-31"),
            case("after", "2007-01-01", serious_further_offence_date="2009-04-01"),
            case("none", "2007-01-01"),
        ]
    }
    assert answer("mappa_serious_further_offences", rows) == [(None, 2, None, "2")]
    assert answer("mappa_serious_further_offences", {"mappa_case": []}) == [(None, 0, None, "0")]


def caf(key: str, completed: str, agency: str | None = None) -> Row:
    return {
        "caf_assessment_id": key,
        "caf_person_id": "x",
        "caf_completed_date": completed,
        "caf_agency": agency,
    }


def test_common_assessments_by_month_and_agency() -> None:
    rows = {
        "caf": [
            caf("1", "2008-04-01", "HEALTH"),
            caf("2", "2009-03-31"),
            caf("3", "2008-03-31", "HEALTH"),
            caf("4", "2009-04-01", "HEALTH"),
        ]
    }
    agencies = [each for each in codes.AGENCY.words.values() if each not in ("social care", "health")]
    assert answer("cafs_completed", rows) == [
        (None, 2, None, "2"),
        ("month=2008-04", 1, None, "1"),
        *zeros("month", MONTHS[1:-1]),
        ("month=2009-03", 1, None, "1"),
        ("agency=social care", 0, None, "0"),
        ("agency=health", 1, None, "1"),
        *zeros("agency", agencies),
        ("agency=not known", 1, None, "1"),
    ]


def test_without_the_agency_the_common_assessments_still_count() -> None:
    collected = {"caf": ["caf_completed_date"]}
    assert answer("cafs_completed", {"caf": []}, collected=collected) == [
        (None, 0, None, "0"),
        *zeros("month", MONTHS),
        ("agency", None, None, "not collected"),
    ]


def test_a_programme_that_no_source_holds_is_not_collected() -> None:
    missing = [(None, None, None, "not collected")]
    for measure in (
        "police_protection_children",
        "police_protection_families",
        "dv_screenings",
        "dv_screenings_needing_investigation",
        "mappa_cases_risk_to_children",
        "mappa_serious_further_offences",
        "cafs_completed",
    ):
        assert answer(measure, {"ssd_cp_plans": []}) == missing
