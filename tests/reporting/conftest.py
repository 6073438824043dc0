"""The hand-made report, made once for all tests that only read it."""

from collections.abc import Mapping

import pytest

from safeboard.figures.reporting.composition import cells_of, compose
from safeboard.figures.reporting.document import Document
from safeboard.figures.reporting.writing import files_of
from tests.reporting.hand_made import report_input


@pytest.fixture(scope="session")
def own_copy() -> Mapping[str, bytes]:
    """The five files of the board's own copy, which hides nothing."""
    return files_of(report_input())


@pytest.fixture(scope="session")
def document() -> Document:
    given = report_input()
    return compose(given, cells_of(given))
