"""Rows of the standard tables in a few words, for specs of the child's way from referral to plan."""

from typing import Any

Row = dict[str, Any]


def person(child: str, born: str | None = None, *, expected: str | None = None, sex: str | None = None) -> Row:
    return {"pers_person_id": child, "pers_dob": born, "pers_expected_dob": expected, "pers_sex": sex}


def referral(
    key: str,
    child: str,
    referred: str,
    closed: str | None = None,
    *,
    reason: str | None = None,
    nfa: bool | None = None,
    source: str | None = None,
    need: str | None = None,
) -> Row:
    return {
        "cine_referral_id": key,
        "cine_person_id": child,
        "cine_referral_date": referred,
        "cine_close_date": closed,
        "cine_close_reason": reason,
        "cine_referral_nfa": nfa,
        "cine_referral_source_code": source,
        "cine_cin_primary_need_code": need,
    }


def contact(key: str, child: str, on: str, source: str | None = None) -> Row:
    return {
        "cont_contact_id": key,
        "cont_person_id": child,
        "cont_contact_date": on,
        "cont_contact_source_code": source,
    }


def assessment(
    key: str, child: str, episode: str | None, started: str, authorised: str | None, kind: str | None = None
) -> Row:
    return {
        "cina_assessment_id": key,
        "cina_person_id": child,
        "cina_referral_id": episode,
        "cina_assessment_kind": kind,
        "cina_assessment_start_date": started,
        "cina_assessment_auth_date": authorised,
    }


def factor(key: str, of: str, code: str) -> Row:
    return {"cinf_table_id": key, "cinf_assessment_id": of, "cinf_assessment_factor": code}


def enquiry(key: str, child: str, episode: str | None, started: str) -> Row:
    return {
        "s47e_s47_enquiry_id": key,
        "s47e_person_id": child,
        "s47e_referral_id": episode,
        "s47e_s47_start_date": started,
    }


def conference(key: str, child: str, held: str, *, names: str | None = None, episode: str | None = None) -> Row:
    return {
        "icpc_icpc_id": key,
        "icpc_person_id": child,
        "icpc_referral_id": episode,
        "icpc_s47_enquiry_id": names,
        "icpc_icpc_date": held,
    }


def plan(
    key: str,
    child: str,
    started: str,
    *,
    names: str | None = None,
    episode: str | None = None,
    temporary: bool | None = None,
) -> Row:
    return {
        "cppl_cp_plan_id": key,
        "cppl_person_id": child,
        "cppl_referral_id": episode,
        "cppl_icpc_id": names,
        "cppl_cp_plan_start_date": started,
        "cppl_cp_plan_ola": temporary,
    }


def cin_plan(key: str, child: str, started: str, ended: str | None = None) -> Row:
    return {
        "cinp_cin_plan_id": key,
        "cinp_person_id": child,
        "cinp_cin_plan_start_date": started,
        "cinp_cin_plan_end_date": ended,
    }
