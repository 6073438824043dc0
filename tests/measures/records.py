"""Rows of the standard tables, with nothing in them but what a spec is about."""

from typing import Any

Row = dict[str, Any]


def plan(key: str, started: str, ended: str | None = None, *, child: str = "", **more: object) -> Row:
    """A child protection plan; its child is named after it unless given. `more` are columns without their prefix."""
    return {
        "cppl_cp_plan_id": key,
        "cppl_person_id": child or f"child of {key}",
        "cppl_cp_plan_start_date": started,
        "cppl_cp_plan_end_date": ended,
        **{f"cppl_{name}": value for name, value in more.items()},
    }


def plans(*rows: Row) -> dict[str, list[Row]]:
    return {"ssd_cp_plans": list(rows)}


def review(key: str, plan_key: str, held: str, **columns: object) -> Row:
    return {
        "cppr_cp_review_id": key,
        "cppr_person_id": f"child of {plan_key}",
        "cppr_cp_plan_id": plan_key,
        "cppr_cp_review_date": held,
        **{f"cppr_cp_review_{name}": value for name, value in columns.items()},
    }


def child(key: str, **columns: object) -> Row:
    """A person; `columns` without their prefix."""
    return {"pers_person_id": key, **{f"pers_{name}": value for name, value in columns.items()}}


def looked_after(key: str, began: str, ceased: str | None = None, *, short_breaks: bool | None = None) -> Row:
    """A looked-after period of the child of that key."""
    return {
        "clae_cla_episode_id": f"{key} {began}",
        "clae_person_id": key,
        "clae_cla_episode_start_date": began,
        "clae_cla_episode_ceased_date": ceased,
        "clae_short_breaks_only": short_breaks,
    }


def episode(key: str, referred: str, closed: str | None = None, **more: object) -> Row:
    """A referral episode of the child of that key."""
    return {
        "cine_referral_id": f"{key} {referred}",
        "cine_person_id": key,
        "cine_referral_date": referred,
        "cine_close_date": closed,
        **{f"cine_{name}": value for name, value in more.items()},
    }
