"""A census return in, rows of the standard tables out: the whole answer for one child who has everything."""

from datetime import date
from pathlib import Path

import pytest

from safeboard.figures.exchange.census_columns import COLUMNS, collected
from safeboard.figures.exchange.census_layout import EARLIEST_YEAR, LATEST_YEAR, layout
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.snapshot import Coverage
from tests.exchange.loading import loaded
from tests.exchange.small_returns import (
    CHILD,
    assessment,
    changed,
    child,
    episode,
    line_of,
    plan,
    return_text,
    written,
)


def test_one_child_with_everything(tmp_path: Path) -> None:
    result = loaded(written(tmp_path, return_text()))
    assert result.tables == {
        "ssd_person": [
            {
                "pers_person_id": "C1",
                "pers_upn": "A123456789012",
                "pers_dob": date(2015, 6, 10),
                "pers_sex": "F",
                "pers_ethnicity": "WBRI",
            }
        ],
        "ssd_disability": [
            {"disa_table_id": "C1/HAND", "disa_person_id": "C1", "disa_disability_code": "HAND"},
            {"disa_table_id": "C1/HEAR", "disa_person_id": "C1", "disa_disability_code": "HEAR"},
        ],
        "ssd_cin_episodes": [
            {
                "cine_referral_id": "C1/2024-05-01",
                "cine_person_id": "C1",
                "cine_referral_date": date(2024, 5, 1),
                "cine_referral_source_code": "6",
                "cine_cin_primary_need_code": "N1",
                "cine_referral_nfa": False,
                "cine_close_date": date(2025, 2, 1),
                "cine_close_reason": "RC7",
            }
        ],
        "ssd_cin_assessments": [
            {
                "cina_assessment_id": "C1/2024-05-01/a2024-05-02",
                "cina_person_id": "C1",
                "cina_referral_id": "C1/2024-05-01",
                "cina_assessment_kind": "SINGLE",
                "cina_assessment_start_date": date(2024, 5, 2),
                "cina_assessment_internal_review_date": date(2024, 5, 12),
                "cina_assessment_auth_date": date(2024, 6, 2),
            }
        ],
        "ssd_assessment_factors": [
            {
                "cinf_table_id": f"C1/2024-05-01/a2024-05-02/{code}",
                "cinf_assessment_id": "C1/2024-05-01/a2024-05-02",
                "cinf_assessment_factor": code,
            }
            for code in ("2A", "16A")
        ],
        "ssd_s47_enquiry": [
            {
                "s47e_s47_enquiry_id": "C1/2024-05-01/s2024-05-04",
                "s47e_person_id": "C1",
                "s47e_referral_id": "C1/2024-05-01",
                "s47e_s47_start_date": date(2024, 5, 4),
                "s47e_icpc_target_date": date(2024, 5, 28),
                "s47e_icpc_not_required": False,
            }
        ],
        "ssd_initial_cp_conference": [
            {
                "icpc_icpc_id": "C1/2024-05-01/c2024-05-20",
                "icpc_person_id": "C1",
                "icpc_referral_id": "C1/2024-05-01",
                "icpc_icpc_date": date(2024, 5, 20),
                "icpc_icpc_transfer_in": True,
            },
            {
                "icpc_icpc_id": "C1/2024-05-01/c2024-05-25",
                "icpc_person_id": "C1",
                "icpc_referral_id": "C1/2024-05-01",
                "icpc_s47_enquiry_id": "C1/2024-05-01/s2024-05-04",
                "icpc_icpc_date": date(2024, 5, 25),
                "icpc_icpc_transfer_in": False,
            },
        ],
        "ssd_cp_plans": [
            {
                "cppl_cp_plan_id": "C1/2024-05-01/p2024-05-31",
                "cppl_person_id": "C1",
                "cppl_referral_id": "C1/2024-05-01",
                "cppl_cp_plan_start_date": date(2024, 5, 31),
                "cppl_cp_plan_end_date": date(2025, 1, 31),
                "cppl_cp_plan_initial_category": "NEG",
                "cppl_cp_plan_latest_category": "EMO",
                "cppl_number_of_previous_plans": 0,
            }
        ],
        "ssd_cp_reviews": [
            {
                "cppr_cp_review_id": f"C1/2024-05-01/p2024-05-31/r{day}",
                "cppr_person_id": "C1",
                "cppr_cp_plan_id": "C1/2024-05-01/p2024-05-31",
                "cppr_cp_review_date": day,
            }
            for day in (date(2024, 8, 20), date(2025, 1, 15))
        ],
        "ssd_cin_plans": [
            {
                "cinp_cin_plan_id": "C1/2024-05-01/n2024-05-03",
                "cinp_person_id": "C1",
                "cinp_referral_id": "C1/2024-05-01",
                "cinp_cin_plan_start_date": date(2024, 5, 3),
                "cinp_cin_plan_end_date": date(2024, 5, 30),
            }
        ],
    }
    assert result.loaded.noted == ()


def test_what_the_manifest_says_of_a_return(tmp_path: Path) -> None:
    manifest = loaded(written(tmp_path, return_text())).loaded.manifest
    (source,) = manifest.sources
    assert (source.name, source.kind, source.area, source.census_year) == ("cin.xml", "census", "990", 2025)
    assert (manifest.reference_date, manifest.areas) == (date(2025, 3, 31), ("990",))
    assert manifest.coverage == dict.fromkeys(collected(2025), Coverage(date(2024, 3, 31), date(2025, 3, 31)))
    assert manifest.collected == collected(2025)


def test_every_row_says_its_line(tmp_path: Path) -> None:
    text = return_text()
    rows = loaded(written(tmp_path, text), places=True).tables
    lines = {table: [row["source_line"] for row in found] for table, found in rows.items()}
    at = {element: line_of(text, f"<{element}>") for element in ("ChildIdentifiers", "CINdetails", "Section47")}
    assert (lines["ssd_person"], lines["ssd_cin_episodes"]) == ([at["ChildIdentifiers"]], [at["CINdetails"]])
    assert lines["ssd_initial_cp_conference"] == [at["CINdetails"], at["Section47"]]
    assert lines["ssd_cp_reviews"] == [line_of(text, "2024-08-20"), line_of(text, "2025-01-15")]
    assert lines["ssd_disability"] == [line_of(text, "HAND"), line_of(text, "HEAR")]


def test_lines_beyond_65535(tmp_path: Path) -> None:
    """The parser keeps no more than that for an element with elements inside: then the first of these is named."""
    text = return_text("\n" * 70_000, CHILD)
    rows = loaded(written(tmp_path, text), places=True).tables
    assert rows["ssd_cin_episodes"][0]["source_line"] == line_of(text, "<CINreferralDate>") > 70_000
    assert rows["ssd_cp_reviews"][1]["source_line"] == line_of(text, "2025-01-15")


@pytest.mark.parametrize(("gender", "sex"), [("1", "M"), ("2", "F"), ("0", "U"), ("9", "U")])
def test_gender_to_2023_24_gives_gender_and_sex(tmp_path: Path, gender: str, sex: str) -> None:
    text = return_text(changed("<Sex>F</Sex>", f"<GenderCurrent>{gender}</GenderCurrent>"), year=2024)
    text = text.replace("2024-", "2023-").replace("2025-0", "2024-0").replace("2023-03-31", "2024-03-31")
    result = loaded(written(tmp_path, text))
    (person,) = result.tables["ssd_person"]
    assert (person["pers_gender"], person["pers_sex"]) == (gender, sex)
    assert result.loaded.noted == ()


@pytest.mark.parametrize(
    ("written_as", "meant"),
    [(form, True) for form in ("true", "TRUE", "True", "1", " true ")]
    + [(form, False) for form in ("false", "FALSE", "False", "0")],
)
def test_every_form_of_yes_and_no(tmp_path: Path, written_as: str, meant: bool) -> None:
    text = return_text(changed("<ReferralNFA>0<", f"<ReferralNFA>{written_as}<"))
    assert loaded(written(tmp_path, text)).tables["ssd_cin_episodes"][0]["cine_referral_nfa"] is meant


def test_one_group_of_many_reviews_and_many_groups_of_one_are_alike(tmp_path: Path) -> None:
    apart = changed(
        "</CPPreviewDate>\n            <CPPreviewDate>", "</CPPreviewDate></Reviews>\n<Reviews><CPPreviewDate>"
    )
    together, split = (loaded(written(tmp_path, return_text(text))) for text in (CHILD, apart))
    assert split.tables["ssd_cp_reviews"] == together.tables["ssd_cp_reviews"]


@pytest.mark.parametrize("group", ["FactorsIdentifiedAtAssessment", "Disabilities", "Reviews"])
@pytest.mark.parametrize("empty", ["<{0}/>", "<{0}></{0}>", "<{0}>\n   </{0}>"])
def test_empty_groups_are_empty(tmp_path: Path, group: str, empty: str) -> None:
    start, end = CHILD.index(f"<{group}>"), CHILD.index(f"</{group}>") + len(f"</{group}>")
    text = return_text(CHILD[:start] + empty.format(group) + CHILD[end:])
    table = {"Disabilities": "ssd_disability", "Reviews": "ssd_cp_reviews"}.get(group, "ssd_assessment_factors")
    assert table not in loaded(written(tmp_path, text)).tables


def test_a_second_of_the_same_day_has_a_key_of_its_own(tmp_path: Path) -> None:
    day = "2024-05-01"
    one = child("C1", episode(day, assessment(day), assessment(day), closed=day), episode(day, closed=day))
    result = loaded(written(tmp_path, return_text(one)))
    assert result.keys("ssd_cin_episodes") == [f"C1/{day}", f"C1/{day}~2"]
    assert result.keys("ssd_cin_assessments") == [f"C1/{day}/a{day}", f"C1/{day}/a{day}~2"]


def test_a_child_may_have_three_hundred_episodes(tmp_path: Path) -> None:
    many = [episode("2024-05-01", closed="2024-05-02") for _ in range(300)]
    assert (
        loaded(written(tmp_path, return_text(child("C1", *many)))).loaded.manifest.row_counts["ssd_cin_episodes"] == 300
    )


def test_more_children_than_one_batch_holds(tmp_path: Path) -> None:
    many = [child(f"C{number}", episode("2024-05-01", plan("2024-06-01", "", "2024-08-01"))) for number in range(5_001)]
    counts = loaded(written(tmp_path, return_text(*many))).loaded.manifest.row_counts
    assert (counts["ssd_person"], counts["ssd_cp_plans"], counts["ssd_cp_reviews"]) == (5_001, 5_001, 5_001)


def test_the_pre_proceedings_block_of_2026_27(tmp_path: Path) -> None:
    block = (
        "<PreProceedingsandFGDM><PPStartDate>2026-06-01</PPStartDate><FGDMMeetingOffer>1</FGDMMeetingOffer>"
        "<ReviewMeetingsCount>2</ReviewMeetingsCount><PPOutcome>A</PPOutcome></PreProceedingsandFGDM>"
    )
    one = child("C1", episode("2026-05-01").replace("</CINdetails>", f"{block}</CINdetails>"))
    result = loaded(written(tmp_path, return_text(one, year=2027)))
    assert result.tables["pre_proceedings"] == [
        {
            "prep_pre_proceedings_id": "C1/2026-05-01/q2026-06-01",
            "prep_person_id": "C1",
            "prep_referral_id": "C1/2026-05-01",
            "prep_start_date": date(2026, 6, 1),
            "prep_family_meeting_offered": True,
            "prep_review_meetings": 2,
            "prep_outcome": "A",
        }
    ]
    assert result.loaded.noted == ()


@pytest.mark.parametrize("year", range(EARLIEST_YEAR, LATEST_YEAR + 1))
def test_every_year_says_what_it_collects(year: int) -> None:
    own = collected(year)
    assert {table: columns <= set(TABLES[table].names) for table, columns in own.items()} == dict.fromkeys(own, True)
    assert ("ssd_cin_plans" in own, "pre_proceedings" in own) == (year >= 2022, year >= 2027)
    assert ("pers_gender" in own["ssd_person"], "pers_sex" in own["ssd_person"]) == (year <= 2024, True)


def test_every_column_that_the_census_fills_is_in_the_layout() -> None:
    declared = {
        (column.census, table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if column.census
    }
    blocks = [layout(LATEST_YEAR), layout(EARLIEST_YEAR)]
    laid = set()
    while blocks:
        block = blocks.pop()
        laid |= {(leaf.element, leaf.table, leaf.column) for leaf in block.leaves() if leaf.table}
        blocks += block.blocks()
    assert laid == declared
    assert {column for table, columns in COLUMNS.items() for column in columns} <= {
        name for table in COLUMNS for name in TABLES[table].names
    }
