"""A synthetic child as rows of the standard tables, under the very keys that the census reader gives."""

from typing import Any

from safeboard.figures.city.records import Assessment, Child, Enquiry, Episode, Plan

Rows = dict[str, list[dict[str, Any]]]


def rows_of(child: Child) -> Rows:
    """The child's whole history, by table. Only tables that can be read from a census return."""
    rows: Rows = {table: [] for table in _TABLES}
    rows["ssd_person"].append(
        {
            "pers_person_id": child.id,
            "pers_upn": child.upn,
            "pers_former_upn": child.former_upn,
            "pers_upn_unknown": child.upn_unknown,
            "pers_dob": child.born,
            "pers_sex": child.sex,
            "pers_ethnicity": child.ethnicity,
        }
    )
    for code in child.disabilities:
        rows["ssd_disability"].append(
            {"disa_table_id": f"{child.id}/{code}", "disa_person_id": child.id, "disa_disability_code": code}
        )
    for episode in child.episodes:
        _episode(rows, child.id, episode)
    return rows


_TABLES = (
    "ssd_person",
    "ssd_disability",
    "ssd_cin_episodes",
    "ssd_cin_assessments",
    "ssd_assessment_factors",
    "ssd_s47_enquiry",
    "ssd_initial_cp_conference",
    "ssd_cp_plans",
    "ssd_cp_reviews",
    "ssd_cin_plans",
)


def _episode(rows: Rows, person: str, episode: Episode) -> None:
    key = f"{person}/{episode.referred}"
    rows["ssd_cin_episodes"].append(
        {
            "cine_referral_id": key,
            "cine_person_id": person,
            "cine_referral_date": episode.referred,
            "cine_referral_source_code": episode.source,
            "cine_cin_primary_need_code": episode.need,
            "cine_referral_nfa": episode.no_further_action,
            "cine_close_date": episode.closed,
            "cine_close_reason": episode.reason,
        }
    )
    for assessment in episode.assessments:
        _assessment(rows, person, key, assessment)
    for enquiry in episode.enquiries:
        _enquiry(rows, person, key, enquiry, episode)
    for plan in episode.plans:
        _plan(rows, person, key, plan)
    for cin_plan in episode.cin_plans:
        rows["ssd_cin_plans"].append(
            {
                "cinp_cin_plan_id": f"{key}/n{cin_plan.started}",
                "cinp_person_id": person,
                "cinp_referral_id": key,
                "cinp_cin_plan_start_date": cin_plan.started,
                "cinp_cin_plan_end_date": cin_plan.ended,
            }
        )


def _assessment(rows: Rows, person: str, episode: str, assessment: Assessment) -> None:
    key = f"{episode}/a{assessment.started}"
    rows["ssd_cin_assessments"].append(
        {
            "cina_assessment_id": key,
            "cina_person_id": person,
            "cina_referral_id": episode,
            "cina_assessment_kind": assessment.kind,
            "cina_assessment_start_date": assessment.started,
            "cina_assessment_auth_date": assessment.authorised,
        }
    )
    for code in assessment.factors:
        rows["ssd_assessment_factors"].append(
            {"cinf_table_id": f"{key}/{code}", "cinf_assessment_id": key, "cinf_assessment_factor": code}
        )


def _enquiry(rows: Rows, person: str, episode: str, enquiry: Enquiry, whole: Episode) -> None:
    key = f"{episode}/s{enquiry.started}"
    rows["ssd_s47_enquiry"].append(
        {
            "s47e_s47_enquiry_id": key,
            "s47e_person_id": person,
            "s47e_referral_id": episode,
            "s47e_s47_start_date": enquiry.started,
            "s47e_icpc_target_date": enquiry.target,
            "s47e_icpc_not_required": enquiry.not_required,
        }
    )
    if enquiry.conference is not None:
        rows["ssd_initial_cp_conference"].append(
            {
                "icpc_icpc_id": f"{episode}/c{enquiry.conference}",
                "icpc_person_id": person,
                "icpc_referral_id": episode,
                "icpc_s47_enquiry_id": key,
                "icpc_icpc_date": enquiry.conference,
                "icpc_icpc_transfer_in": False,
                "icpc_icpc_outcome_cp_flag": any(plan.started == enquiry.conference for plan in whole.plans),
            }
        )


def _plan(rows: Rows, person: str, episode: str, plan: Plan) -> None:
    key = f"{episode}/p{plan.started}"
    rows["ssd_cp_plans"].append(
        {
            "cppl_cp_plan_id": key,
            "cppl_person_id": person,
            "cppl_referral_id": episode,
            "cppl_cp_plan_start_date": plan.started,
            "cppl_cp_plan_end_date": plan.ended,
            "cppl_cp_plan_initial_category": plan.first_category,
            "cppl_cp_plan_latest_category": plan.latest_category,
            "cppl_number_of_previous_plans": plan.previous,
        }
    )
    for held in plan.reviews:
        rows["ssd_cp_reviews"].append(
            {
                "cppr_cp_review_id": f"{key}/r{held}",
                "cppr_person_id": person,
                "cppr_cp_plan_id": key,
                "cppr_cp_review_date": held,
            }
        )
