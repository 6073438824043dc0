"""The quick look at whole columns suspects exactly the returns in which the slow one finds something."""

from datetime import date, timedelta

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from safeboard.figures.exchange.suspicions import Suspicions

DAYS = st.integers(0, 6).map(lambda number: date(2024, 5, 1) + timedelta(days=number))
PLANS = st.lists(st.tuples(st.sampled_from("AB"), DAYS, st.none() | DAYS), max_size=5)
PLAN = pa.schema(
    [
        ("cppl_cp_plan_id", pa.string()),
        ("cppl_person_id", pa.string()),
        ("cppl_cp_plan_start_date", pa.date32()),
        ("cppl_cp_plan_end_date", pa.date32()),
    ]
)
REVIEW = pa.schema([("cppr_cp_plan_id", pa.string()), ("cppr_cp_review_date", pa.date32())])


@given(PLANS, st.lists(st.tuples(st.integers(0, 4), DAYS), max_size=4))
def test_plans_and_reviews(drawn: list[tuple[str, date, date | None]], held: list[tuple[int, date]]) -> None:
    plans = [(child, start, None if end is None else max(start, end)) for child, start, end in drawn]
    reviews = [(plan, day) for plan, day in held if plan < len(plans)]
    overlap = any(
        one[0] == other[0] and one[1] < (other[2] or date.max) and other[1] < (one[2] or date.max)
        for place, one in enumerate(plans)
        for second, other in enumerate(plans)
        if place != second
    )
    early = any(day < plans[plan][1] for plan, day in reviews)
    tables = {
        "ssd_cp_plans": pa.Table.from_pylist(
            [dict(zip(PLAN.names, (str(place), *plan), strict=True)) for place, plan in enumerate(plans)], PLAN
        ),
        "ssd_cp_reviews": pa.Table.from_pylist(
            [dict(zip(REVIEW.names, (str(plan), day), strict=True)) for plan, day in reviews], REVIEW
        ),
    }
    looked = Suspicions()
    looked.look(tables)
    assert looked.any() is (overlap or early)


@given(st.lists(st.lists(st.sampled_from("ABCDEFGH"), max_size=4), max_size=4))
def test_children_in_any_batch(batches: list[list[str]]) -> None:
    looked = Suspicions()
    for batch in batches:
        looked.look({"ssd_person": pa.table({"pers_person_id": pa.array(batch, pa.string())})})
    everyone = [name for batch in batches for name in batch]
    assert looked.any() is (len(set(everyone)) < len(everyone))
