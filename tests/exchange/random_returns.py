"""Random standard tables that belong in one census year's return, under the keys that the reader gives."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from safeboard.figures.exchange.census_columns import COLUMNS
from safeboard.figures.tables import codes
from safeboard.foundation.kernel.periods import Period

YEARS = st.sampled_from([2021, 2022, 2024, 2025, 2026])


@st.composite
def returns(draw: st.DrawFn) -> tuple[int, dict[str, list[dict[str, Any]]]]:
    """A census year and standard tables that belong in its return, under the keys that the reader gives."""
    year = draw(YEARS)
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in COLUMNS}
    for number in range(draw(st.integers(1, 8))):
        _draw_child(draw, year, f"K{number}", rows)
    return year, rows


def _draw_child(draw: st.DrawFn, year: int, person: str, rows: dict[str, list[dict[str, Any]]]) -> None:
    period = Period.year_ending(year)
    born = draw(st.booleans())
    sex = draw(st.sampled_from([*codes.SEX])) if born else "U"
    gender = {"M": "1", "F": "2", "U": draw(st.sampled_from("09")) if born else "0"}[sex] if year < 2025 else None
    rows["ssd_person"].append(
        {
            "pers_person_id": person,
            "pers_upn": draw(st.none() | st.just(f"A00100000{person}")),
            "pers_upn_unknown": draw(st.none() | st.sampled_from([*codes.UPN_UNKNOWN])),
            "pers_dob": draw(_days(period.end - timedelta(6000), period.end)) if born else None,
            "pers_expected_dob": None if born else draw(_days(period.end, period.end + timedelta(200))),
            "pers_sex": sex,
            "pers_gender": gender,
            "pers_ethnicity": draw(st.sampled_from([*codes.ETHNICITY])),
        }
    )
    for code in sorted(draw(st.sets(st.sampled_from([*codes.DISABILITY]), max_size=3))) if born else []:
        rows["ssd_disability"].append(
            {"disa_table_id": f"{person}/{code}", "disa_person_id": person, "disa_disability_code": code}
        )
    referrals = sorted(draw(st.sets(_days(period.start, period.end), min_size=1, max_size=3)))
    for referred in referrals:
        _draw_episode(draw, year, person, referred, rows)


def _draw_episode(
    draw: st.DrawFn, year: int, person: str, referred: date, rows: dict[str, list[dict[str, Any]]]
) -> None:
    end = Period.year_ending(year).end
    key = f"{person}/{referred}"
    later = _days(referred, end)
    closed = draw(st.none() | later)
    rows["ssd_cin_episodes"].append(
        {
            "cine_referral_id": key,
            "cine_person_id": person,
            "cine_referral_date": referred,
            "cine_referral_source_code": draw(st.sampled_from(["1A", "6", "10"])),
            "cine_cin_primary_need_code": draw(st.none() | st.sampled_from([*codes.PRIMARY_NEED])),
            "cine_referral_nfa": draw(st.booleans()),
            "cine_close_date": closed,
            "cine_close_reason": draw(st.sampled_from(["RC1", "RC7"])) if closed else None,
        }
    )
    for started in sorted(draw(st.sets(later, max_size=2))):
        _draw_assessment(draw, person, key, started, end, rows)
    for started in sorted(draw(st.sets(later, max_size=2))) if year > 2021 else []:
        rows["ssd_cin_plans"].append(
            {
                "cinp_cin_plan_id": f"{key}/n{started}",
                "cinp_person_id": person,
                "cinp_referral_id": key,
                "cinp_cin_plan_start_date": started,
                "cinp_cin_plan_end_date": draw(st.none() | _days(started, end)),
            }
        )
    if draw(st.booleans()):
        _draw_enquiry(draw, person, key, draw(later), end, rows)
    if not any(row["cppl_person_id"] == person for row in rows["ssd_cp_plans"]) and draw(st.booleans()):
        _draw_plan(draw, person, key, draw(later), end, rows)


def _draw_assessment(
    draw: st.DrawFn, person: str, episode_: str, started: date, end: date, rows: dict[str, list[dict[str, Any]]]
) -> None:
    key = f"{episode_}/a{started}"
    authorised = draw(st.none() | _days(started, end))
    rows["ssd_cin_assessments"].append(
        {
            "cina_assessment_id": key,
            "cina_person_id": person,
            "cina_referral_id": episode_,
            "cina_assessment_kind": "SINGLE",
            "cina_assessment_start_date": started,
            "cina_assessment_internal_review_date": draw(st.none() | _days(started, end)),
            "cina_assessment_auth_date": authorised,
        }
    )
    for code in sorted(draw(st.sets(st.sampled_from([*codes.FACTOR]), max_size=3))) if authorised else []:
        rows["ssd_assessment_factors"].append(
            {"cinf_table_id": f"{key}/{code}", "cinf_assessment_id": key, "cinf_assessment_factor": code}
        )


def _draw_enquiry(
    draw: st.DrawFn, person: str, episode_: str, started: date, end: date, rows: dict[str, list[dict[str, Any]]]
) -> None:
    held = draw(st.none() | _days(started, end))
    with_enquiry = draw(st.booleans())
    key = f"{episode_}/s{started}"
    if with_enquiry:
        rows["ssd_s47_enquiry"].append(
            {
                "s47e_s47_enquiry_id": key,
                "s47e_person_id": person,
                "s47e_referral_id": episode_,
                "s47e_s47_start_date": started,
                "s47e_icpc_target_date": draw(st.none() | _days(started, end)),
                "s47e_icpc_not_required": draw(st.booleans()) and held is None,
            }
        )
    if held:
        rows["ssd_initial_cp_conference"].append(
            {
                "icpc_icpc_id": f"{episode_}/c{held}",
                "icpc_person_id": person,
                "icpc_referral_id": episode_,
                "icpc_s47_enquiry_id": key if with_enquiry else None,
                "icpc_icpc_date": held,
                "icpc_icpc_transfer_in": not with_enquiry,
            }
        )


def _draw_plan(
    draw: st.DrawFn, person: str, episode_: str, started: date, end: date, rows: dict[str, list[dict[str, Any]]]
) -> None:
    key = f"{episode_}/p{started}"
    ended = draw(st.none() | _days(started, end))
    rows["ssd_cp_plans"].append(
        {
            "cppl_cp_plan_id": key,
            "cppl_person_id": person,
            "cppl_referral_id": episode_,
            "cppl_cp_plan_start_date": started,
            "cppl_cp_plan_end_date": ended,
            "cppl_cp_plan_initial_category": draw(st.sampled_from([*codes.ABUSE])),
            "cppl_cp_plan_latest_category": draw(st.sampled_from([*codes.ABUSE])),
            "cppl_number_of_previous_plans": draw(st.integers(0, 12)),
        }
    )
    if started < end:
        for held in sorted(draw(st.sets(_days(started + timedelta(1), end), max_size=3))):
            rows["ssd_cp_reviews"].append(
                {
                    "cppr_cp_review_id": f"{key}/r{held}",
                    "cppr_person_id": person,
                    "cppr_cp_plan_id": key,
                    "cppr_cp_review_date": held,
                }
            )


def _days(first: date, last: date) -> st.SearchStrategy[date]:
    return st.dates(first, last)
