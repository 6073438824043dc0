"""Citations as a board member may follow them."""

import pytest

from safeboard.figures.reporting.citing import cited


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("DfE Children in need, table C1; domain/indicators.md (b)", "DfE Children in need, table C1"),
        (
            "PAF A3 / NI 65; report lines 1002-1013; domain/indicators.md (f)",
            "PAF A3 / NI 65; a board's annual report for 2008-09, lines 1002-1013",
        ),
        ("domain/indicators.md (m)", "a definition of this project"),
        ("Standard Safeguarding Dataset, contacts", "Standard Safeguarding Dataset, contacts"),
    ],
)
def test_only_what_a_reader_can_follow_is_named(source: str, wanted: str) -> None:
    assert cited(source) == wanted
