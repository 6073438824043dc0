"""Nobody adds a measure without saying, in rows, what it answers."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeboard.figures.measures.catalogue import MEASURES


def _specified(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Call) and isinstance(node.ops[0], ast.Eq):
            call = node.left
            if isinstance(call.func, ast.Name) and call.func.id == "answer" and isinstance(call.args[0], ast.Constant):
                yield str(call.args[0].value)


SPECIFIED = {
    name for file in Path(__file__).parent.glob("test_*.py") for name in _specified(file.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("measure", MEASURES)
def test_the_whole_answer_of_the_measure_is_compared_somewhere(measure: str) -> None:
    assert measure in SPECIFIED


def test_no_spec_is_of_a_measure_that_is_gone() -> None:
    assert set() == SPECIFIED - set(MEASURES)
