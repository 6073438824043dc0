"""Every rule's breach planted singly among clean children: each is found, and nothing else."""

from collections import defaultdict
from pathlib import Path

import pytest

from safeboard.figures.census.catalogue import DEPARTMENTS
from safeboard.figures.census.check import check_census
from tests.census.faults import FAULTS
from tests.census.planting import planted
from tests.census.returns import message, write
from tests.census.test_return import RETURN_LEVEL, SEVERAL_CHILDREN


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_fault_is_found_and_nothing_else(tmp_path: Path, seed: int) -> None:
    return_ = planted(seed, 200)
    result = check_census(write(tmp_path / "return.xml", message(return_.children)))
    found = defaultdict(list)
    for finding in result.findings:
        found[finding.child_number].append(finding.code)
    assert result.failed == ()
    assert {number: tuple(sorted(codes)) for number, codes in found.items()} == return_.expected


def test_clean_children_are_clean(tmp_path: Path) -> None:
    return_ = planted(4, 300)
    clean = [element for number, element in enumerate(return_.children, 1) if number not in return_.expected]
    assert check_census(write(tmp_path / "return.xml", message(clean))).findings == ()


def test_there_is_a_fault_for_every_rule() -> None:
    applying = {code for code, rules in DEPARTMENTS.items() if any(rule.applies_in(2026) for rule in rules)}
    assert applying - set(FAULTS) == {*RETURN_LEVEL, *SEVERAL_CHILDREN} - {"8995Q"}
