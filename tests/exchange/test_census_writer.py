"""Standard tables written as a census return: what is in it, what is not, and that it reads back the same."""

from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings

from safeboard.figures.exchange.census_columns import COLUMNS
from safeboard.figures.exchange.census_records import write_census
from safeboard.figures.exchange.census_return import Records, as_returned
from safeboard.figures.exchange.census_writer import Sender, child_element, write_return
from safeboard.figures.exchange.load import load
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.snapshot import Snapshot, snapshot_of_rows
from safeboard.figures.tables.snapshot_file import open_snapshot
from safeboard.foundation.kernel.errors import BadInput
from tests.exchange.random_returns import returns

SENDER = Sender("990")


def child(**tables: list[dict[str, Any]]) -> Records:
    """A child A1 referred on 5 May 2024, with more rows or others by table."""
    return {
        "ssd_person": [
            {"pers_person_id": "A1", "pers_dob": date(2015, 6, 1), "pers_sex": "F", "pers_ethnicity": "WBRI"}
        ],
        "ssd_disability": [{"disa_table_id": "A1/NONE", "disa_person_id": "A1", "disa_disability_code": "NONE"}],
        "ssd_cin_episodes": [episode()],
        **tables,
    }


def episode(**values: Any) -> dict[str, Any]:
    return {
        "cine_referral_id": "r",
        "cine_person_id": "A1",
        "cine_referral_date": date(2024, 5, 5),
        "cine_referral_source_code": "6",
        "cine_cin_primary_need_code": "N1",
        "cine_referral_nfa": False,
        **values,
    }


def assessment(started: date, authorised: date | None) -> dict[str, Any]:
    return {
        "cina_assessment_id": "a",
        "cina_referral_id": "r",
        "cina_assessment_start_date": started,
        "cina_assessment_auth_date": authorised,
    }


FACTOR = {"cinf_table_id": "f", "cinf_assessment_id": "a", "cinf_assessment_factor": "3B"}
ENQUIRY = {
    "s47e_s47_enquiry_id": "s",
    "s47e_referral_id": "r",
    "s47e_s47_start_date": date(2025, 3, 25),
    "s47e_icpc_not_required": False,
}
CONFERENCE = {
    "icpc_icpc_id": "c",
    "icpc_referral_id": "r",
    "icpc_s47_enquiry_id": "s",
    "icpc_icpc_date": date(2025, 4, 8),
}
PLAN = {
    "cppl_cp_plan_id": "p",
    "cppl_referral_id": "r",
    "cppl_cp_plan_start_date": date(2025, 4, 8),
    "cppl_cp_plan_end_date": date(2026, 5, 1),
    "cppl_cp_plan_initial_category": "NEG",
    "cppl_cp_plan_latest_category": "EMO",
    "cppl_number_of_previous_plans": 0,
}
REVIEWS = [
    {"cppr_cp_review_id": str(number), "cppr_cp_plan_id": "p", "cppr_cp_review_date": day}
    for number, day in enumerate((date(2025, 7, 1), date(2025, 12, 1), date(2026, 5, 1)))
]


def in_return(year: int, **tables: list[dict[str, Any]]) -> list[str]:
    """What the return of that year says below the episode: "element=text", in order."""
    returned = as_returned(child(**tables), year)
    if returned is None:
        return ["not in it"]
    root = ElementTree.fromstring(child_element(returned, year))  # noqa: S314 - our own text
    return [f"{each.tag}={each.text}" for top in root.findall("CINdetails") for each in top.iter() if each.text.strip()]


def test_an_episode_is_in_the_returns_of_the_years_it_is_open_in() -> None:
    closed = episode(cine_close_date=date(2026, 6, 1), cine_close_reason="RC7")
    same = ["CINreferralDate=2024-05-05", "ReferralSource=6", "PrimaryNeedCode=N1"]
    acted = ["ReferralNFA=false"]
    assert {year: in_return(year, ssd_cin_episodes=[closed]) for year in range(2024, 2029)} == {
        2024: ["not in it"],
        2025: same + acted,
        2026: same + acted,
        2027: [*same, "CINclosureDate=2026-06-01", "ReasonForClosure=RC7", *acted],
        2028: ["not in it"],
    }


def test_a_referral_without_further_action_is_in_the_return_of_its_own_year_only() -> None:
    nothing = episode(cine_referral_nfa=True, cine_cin_primary_need_code=None)
    said = ["CINreferralDate=2024-05-05", "ReferralSource=6", "ReferralNFA=true"]
    assert [in_return(year, ssd_cin_episodes=[nothing]) for year in (2025, 2026)] == [said, ["not in it"]]


def test_an_assessment_authorised_later_is_open_and_without_factors_and_gone_the_year_after() -> None:
    tables = {
        "ssd_cin_assessments": [assessment(date(2025, 3, 20), date(2025, 4, 10))],
        "ssd_assessment_factors": [FACTOR],
    }
    begun = "AssessmentActualStartDate=2025-03-20"
    assert [
        [said for said in in_return(year, **tables) if said.startswith("Assessment")] for year in (2025, 2026, 2027)
    ] == [[begun], [begun, "AssessmentAuthorisationDate=2025-04-10", "AssessmentFactors=3B"], []]


def test_an_enquiry_waits_for_its_conference_and_leaves_with_it() -> None:
    tables = {"ssd_s47_enquiry": [ENQUIRY], "ssd_initial_cp_conference": [CONFERENCE]}
    begun, open_to = "S47ActualStartDate=2025-03-25", "ICPCnotRequired=false"
    assert [in_return(year, **tables)[3:-1] for year in (2025, 2026, 2027)] == [
        [begun, open_to],
        [begun, "DateOfInitialCPC=2025-04-08", open_to],
        [],
    ]


def test_an_enquiry_that_needed_no_conference_is_in_its_own_year_only() -> None:
    enquiry = ENQUIRY | {"s47e_icpc_not_required": True}
    assert [len(in_return(year, ssd_s47_enquiry=[enquiry])) for year in (2025, 2026)] == [6, 4]


def test_a_conference_without_an_enquiry_stands_on_the_episode() -> None:
    moved_in = CONFERENCE | {"icpc_s47_enquiry_id": None, "icpc_icpc_date": date(2025, 3, 3)}
    assert in_return(2025, ssd_initial_cp_conference=[moved_in]) == [
        "CINreferralDate=2024-05-05",
        "ReferralSource=6",
        "PrimaryNeedCode=N1",
        "DateOfInitialCPC=2025-03-03",
        "ReferralNFA=false",
    ]


def test_a_plan_has_every_review_to_the_last_day_and_its_end_when_it_has_come() -> None:
    tables = {"ssd_cp_plans": [PLAN], "ssd_cp_reviews": REVIEWS}
    began = "CPPstartDate=2025-04-08"
    rest = ["InitialCategoryOfAbuse=NEG", "LatestCategoryOfAbuse=EMO", "NumberOfPreviousCPP=0"]
    reviews = ["CPPreviewDate=2025-07-01", "CPPreviewDate=2025-12-01"]
    assert [in_return(year, **tables)[4:] for year in (2025, 2026, 2027, 2028)] == [
        [],
        [began, *rest, *reviews],
        [began, "CPPendDate=2026-05-01", *rest, *reviews, "CPPreviewDate=2026-05-01"],
        [],
    ]


def identity(year: int, **person: Any) -> list[str]:
    rows = [{"pers_person_id": "A1", "pers_sex": "M", "pers_ethnicity": "WBRI", **person}]
    returned = as_returned(
        child(ssd_person=rows, ssd_cin_episodes=[episode(cine_referral_date=date(2023, 5, 5))]), year
    )
    assert returned is not None
    root = ElementTree.fromstring(child_element(returned, year))  # noqa: S314 - our own text
    tops = [top for name in ("ChildIdentifiers", "ChildCharacteristics") for top in root.findall(name)]
    return [f"{each.tag}={each.text}" for top in tops for each in top.iter() if each.text.strip()]


def test_a_child_not_yet_born_on_the_last_day_is_returned_as_unborn() -> None:
    assert identity(2025, pers_dob=date(2025, 6, 1)) == [
        "LAchildID=A1",
        "ExpectedPersonBirthDate=2025-06-01",
        "Sex=U",
        "Ethnicity=WBRI",
    ]
    assert identity(2026, pers_dob=date(2025, 6, 1)) == [
        "LAchildID=A1",
        "PersonBirthDate=2025-06-01",
        "Sex=M",
        "Ethnicity=WBRI",
        "Disability=NONE",
    ]


@pytest.mark.parametrize(
    ("year", "given", "written"),
    [
        (2024, {"pers_sex": "F"}, "GenderCurrent=2"),
        (2024, {"pers_sex": "U", "pers_gender": "9"}, "GenderCurrent=9"),
        (2025, {"pers_sex": "F"}, "Sex=F"),
        (2025, {"pers_sex": None, "pers_gender": "2"}, "Sex=F"),
    ],
)
def test_sex_replaces_gender_from_2024_25(year: int, given: dict[str, str], written: str) -> None:
    said = identity(year, pers_dob=date(2015, 1, 1), **given)
    assert [each for each in said if each.startswith(("Sex", "Gender"))] == [written]


def test_plans_of_need_are_in_the_layout_from_2021_22_and_pre_proceedings_from_2026_27() -> None:
    tables = {
        "ssd_cin_episodes": [episode(cine_referral_date=date(2020, 5, 5))],
        "ssd_cin_plans": [
            {"cinp_cin_plan_id": "n", "cinp_referral_id": "r", "cinp_cin_plan_start_date": date(2020, 6, 1)}
        ],
        "pre_proceedings": [
            {
                "prep_pre_proceedings_id": "q",
                "prep_referral_id": "r",
                "prep_start_date": date(2026, 6, 1),
                "prep_review_meetings": 2,
                "prep_court_date": date(2027, 5, 1),
            }
        ],
    }
    found = {year: {said.split("=")[0] for said in in_return(year, **tables)} for year in (2021, 2022, 2027)}
    always = {"CINreferralDate", "ReferralSource", "PrimaryNeedCode", "ReferralNFA"}
    assert found == {
        2021: always,
        2022: always | {"CINPlanStartDate"},
        2027: always | {"CINPlanStartDate", "PPStartDate", "ReviewMeetingsCount"},
    }


def test_the_header_says_whose_return_it_is_and_of_which_year(tmp_path: Path) -> None:
    assert write_return([], year=2025, sender=SENDER, to=tmp_path / "r.xml") == 0
    root = ElementTree.parse(tmp_path / "r.xml").getroot()  # noqa: S314 - our own file
    assert [(each.tag, (each.text or "").strip()) for each in root.iter() if len(each) == 0] == [
        ("Collection", "CIN"),
        ("Year", "2025"),
        ("ReferenceDate", "2025-03-31"),
        ("SourceLevel", "L"),
        ("LEA", "990"),
        ("SoftwareCode", "Safeboard"),
        ("Release", "1"),
        ("SerialNo", "001"),
        ("Children", ""),
    ]


def test_markup_in_an_identifier_is_escaped(tmp_path: Path) -> None:
    odd = 'A&B<1>"é'
    person = [{"pers_person_id": odd, "pers_dob": date(2015, 1, 1), "pers_sex": "M", "pers_ethnicity": "WBRI"}]
    rows = child(ssd_person=person, ssd_cin_episodes=[episode(cine_person_id=odd)], ssd_disability=[])
    assert write_return([rows], year=2025, sender=SENDER, to=tmp_path / "r.xml") == 1
    assert ElementTree.parse(tmp_path / "r.xml").findtext(".//LAchildID") == odd  # noqa: S314 - our own file


def test_a_character_xml_cannot_hold_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    person = [{"pers_person_id": "A\x001", "pers_dob": date(2015, 1, 1)}]
    rows = child(ssd_person=person, ssd_cin_episodes=[episode(cine_person_id="A\x001")], ssd_disability=[])
    with pytest.raises(BadInput) as refused:
        write_return([rows], year=2025, sender=SENDER, to=tmp_path / "r.xml")
    assert [(problem.element, problem.found) for problem in refused.value.problems] == [("LAchildID", r"'A\x001'")]
    assert list(tmp_path.iterdir()) == []


def test_a_row_without_a_referral_is_refused(tmp_path: Path) -> None:
    rows = child(ssd_cin_assessments=[assessment(date(2024, 6, 1), None) | {"cina_referral_id": None}])
    with pytest.raises(BadInput, match="belongs to no referral"):
        write_return([rows], year=2025, sender=SENDER, to=tmp_path / "r.xml")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    to = tmp_path / "none" / "r.xml"
    with pytest.raises(BadInput) as refused:
        write_return([], year=2025, sender=SENDER, to=to)
    assert str(refused.value).startswith(f"{to}: The file could not be read or written: No such file or directory.")


def test_rows_of_a_child_without_a_person_row_are_refused(tmp_path: Path) -> None:
    rows = {"ssd_cin_episodes": [episode(cine_person_id="B2")]}
    with pytest.raises(BadInput) as refused:
        write_census(_snapshot(rows), year=2025, sender=SENDER, to=tmp_path / "r.xml")
    assert [problem.child for problem in refused.value.problems] == ["B2"]


def _snapshot(rows: Records) -> Snapshot:
    return snapshot_of_rows(rows, reference_date=date(2025, 3, 31))


def _plain(snapshot: Snapshot) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every census table, sorted, without where they came from."""
    found = {}
    for table in COLUMNS:
        columns = ", ".join(f'"{name}"' for name in TABLES[table].names)
        key = TABLES[table].key
        query = f'SELECT {columns} FROM "{table}" ORDER BY "{key}"'
        found[table] = snapshot.connection.execute(query).fetchall()
    return found


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(returns())
def test_what_is_written_as_a_return_and_read_back_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, given_: tuple[int, dict[str, list[dict[str, Any]]]]
) -> None:
    year, rows = given_
    folder = tmp_path_factory.mktemp("return")
    written = _snapshot(rows)
    assert write_census(written, year=year, sender=SENDER, to=folder / "r.xml") == len(rows["ssd_person"])
    load([folder / "r.xml"], to=folder / "back.snapshot")
    with open_snapshot(folder / "back.snapshot") as back:
        assert _plain(back) == _plain(written)
