"""Which columns a census row has, and the keys by which rows are known.

Keys are natural and the same from year to year, so that two successive returns agree on them:

    child             the local child identifier                  4711
    disability        child / code                                4711/HAND
    episode           child / referral date                       4711/2024-05-01
    assessment        episode / a and start date                  4711/2024-05-01/a2024-05-02
    factor            assessment / code                           4711/2024-05-01/a2024-05-02/3A
    CIN plan          episode / n and start date                  4711/2024-05-01/n2024-05-20
    section 47        episode / s and start date                  4711/2024-05-01/s2024-06-03
    conference        episode / c and date                        4711/2024-05-01/c2024-06-20
    plan              episode / p and start date                  4711/2024-05-01/p2024-06-20
    review            plan / r and date                           4711/2024-05-01/p2024-06-20/r2024-09-10
    pre-proceedings   episode / q and running number              4711/2024-05-01/q1

A second of the same name under one child ends in ~2, a third in ~3.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from safeboard.figures.exchange.census_layout import (
    CHILD,
    SINGLE_ASSESSMENT_SINCE,
    Block,
    Leaf,
    layout,
)

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "ssd_person": (),
    "ssd_disability": ("disa_table_id", "disa_person_id"),
    "ssd_cin_episodes": ("cine_referral_id", "cine_person_id"),
    "ssd_cin_assessments": (
        "cina_assessment_id",
        "cina_person_id",
        "cina_referral_id",
        "cina_assessment_kind",
    ),
    "ssd_assessment_factors": ("cinf_table_id", "cinf_assessment_id"),
    "ssd_cin_plans": ("cinp_cin_plan_id", "cinp_person_id", "cinp_referral_id"),
    "ssd_s47_enquiry": ("s47e_s47_enquiry_id", "s47e_person_id", "s47e_referral_id"),
    "ssd_initial_cp_conference": (
        "icpc_icpc_id",
        "icpc_person_id",
        "icpc_referral_id",
        "icpc_s47_enquiry_id",
        "icpc_icpc_transfer_in",
    ),
    "ssd_cp_plans": ("cppl_cp_plan_id", "cppl_person_id", "cppl_referral_id"),
    "ssd_cp_reviews": ("cppr_cp_review_id", "cppr_person_id", "cppr_cp_plan_id"),
    "pre_proceedings": ("prep_pre_proceedings_id", "prep_person_id", "prep_referral_id"),
}
"""The columns that the reader makes itself, for each table that the census fills; none of them is an element."""


def _leaves(block: Block) -> Iterator[Leaf]:
    for member in block.members:
        if isinstance(member, Block):
            yield from _leaves(member)
        elif member.table:
            yield member


def _filled(block: Block) -> Mapping[str, tuple[str, ...]]:
    """For each table, the columns that elements inside the block fill, in the order of the elements."""
    filled: dict[str, dict[str, None]] = {table: {} for table in KEYS}
    for leaf in _leaves(block):
        filled[leaf.table][leaf.column] = None
    return {table: tuple(columns) for table, columns in filled.items()}


COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    table: KEYS[table] + columns for table, columns in _filled(CHILD).items()
}
"""The columns of a row as the reader gives it, elements of every year included."""


def collected(year: int) -> Mapping[str, frozenset[str]]:
    """The columns that a return for the census ending in `year` collects, by table; no table it cannot fill."""
    own = {table: {*KEYS[table], *columns} for table, columns in _filled(layout(year)).items() if columns}
    own["ssd_person"].add("pers_sex")
    if year < SINGLE_ASSESSMENT_SINCE:
        own["ssd_cin_assessments"].remove("cina_assessment_kind")
    return {table: frozenset(columns) for table, columns in own.items()}
