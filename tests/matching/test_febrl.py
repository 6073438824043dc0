"""Recall on the FEBRL sets, on a sample: the whole is measured by `python -m benchmarks.name_search`."""

import pytest

from benchmarks.febrl import TYPED, add_originals, is_found, records, spread
from tests.house.synthetic import NOW, house

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["febrl1", "febrl3"])
def test_the_original_is_among_the_first_five_found(name: str) -> None:
    here = house()
    rows = records(name)
    duplicates = spread([row for row in rows if not row.is_original], 25)
    wanted = {row.of for row in duplicates}
    others = spread([row for row in rows if row.is_original], 300)
    originals = [row for row in rows if row.is_original and (row.of in wanted or row in others)]
    keys = add_originals(originals, here.agencies["social care"], NOW)
    viewer = here.viewer("social_worker")
    for how in ("all fields", "without the number"):
        missed = [row.of for row in duplicates if not is_found(viewer, row.typed(TYPED[how]), keys[row.of])]
        assert len(missed) <= 0.02 * len(duplicates), how
