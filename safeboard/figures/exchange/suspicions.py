"""Whether a return contradicts itself anywhere, found while it streams; where it does, `cross_checks` says where.

A return is sound nearly always, and starting a database to find that out would cost more than reading a small one.
These look at whole columns of a batch. Plans and reviews of a child come in one batch, only the children of all batches
must be held against each other.
"""

from array import array
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc


class Suspicions:
    """Gathers from batch to batch; eight bytes a child."""

    def __init__(self) -> None:
        self._children = array("q")
        self._contradicted = False

    def look(self, tables: Mapping[str, pa.Table]) -> None:
        """Takes in the rows of one batch of children, by table."""
        if "ssd_person" in tables:
            self._children.extend(map(hash, tables["ssd_person"]["pers_person_id"].to_pylist()))
        plans = tables.get("ssd_cp_plans")
        if plans is not None and not self._contradicted:
            reviews = tables.get("ssd_cp_reviews")
            self._contradicted = _overlapping(plans) or (reviews is not None and _early(reviews, plans))

    def any(self) -> bool:
        """Whether a child may stand twice, a review before its plan, or a plan beside another."""
        children = pa.Array.from_buffers(pa.int64(), len(self._children), [None, pa.py_buffer(self._children)])
        return self._contradicted or pc.count_distinct(children).as_py() < len(self._children)


def _early(reviews: pa.Table, plans: pa.Table) -> bool:
    of = pc.index_in(reviews["cppr_cp_plan_id"], value_set=plans["cppl_cp_plan_id"].combine_chunks())
    began = plans["cppl_cp_plan_start_date"].take(of)
    return bool(pc.any(pc.less(reviews["cppr_cp_review_date"], began)).as_py())


def _overlapping(plans: pa.Table) -> bool:
    """In order of child and start, if any two plans overlap then some two neighbours do."""
    ordered = plans.select(["cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"]).sort_by(
        [(name, "ascending") for name in ("cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date")]
    )
    before, after = ordered.slice(0, ordered.num_rows - 1), ordered.slice(1)
    same_child = pc.equal(before["cppl_person_id"], after["cppl_person_id"])
    ended = pc.less_equal(before["cppl_cp_plan_end_date"], after["cppl_cp_plan_start_date"])
    return bool(pc.any(pc.and_(same_child, pc.invert(pc.fill_null(ended, False)))).as_py())
