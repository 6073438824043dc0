"""The plain rules find what is wrong: each breach planted singly in a clean return of the reference city."""

from pathlib import Path

import pytest

from safeboard.figures.city.scaled import write_city
from tests.city.plain_rules import findings


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> str:
    files = write_city(tmp_path_factory.mktemp("city"), children=600, years=1, seed=3)
    return files[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("found", "replaced", "rules"),
    [
        ("<UPN>", "<UPN>Z", {"1530, 1540 or 1550"}),
        ("<ReasonForClosure>RC7</ReasonForClosure>\n", "", {"8610, 8805 or 8810"}),
        ("<Sex>M</Sex>", "<Sex>X</Sex>", {"4180"}),
        ("<Disability>NONE", "<Disability>LD</Disability>\n<Disability>NONE", {"8540, 8790 or 8794"}),
        (
            "<AssessmentFactors>",
            "<AssessmentFactors>18A</AssessmentFactors>\n<AssessmentFactors>",
            {"8869, 8945Q or 8950Q"},
        ),
        ("<NumberOfPreviousCPP>", "<NumberOfPreviousCPP>-", {"8730"}),
        ("<ReferralSource>6<", "<ReferralSource>66<", {"8866"}),
        ("<LatestCategoryOfAbuse>NEG", "<LatestCategoryOfAbuse>NEGLECT", {"8905 or 8910"}),
        ("<ReferenceDate>2025-03-31", "<ReferenceDate>2025-03-30", None),
    ],
)
def test_a_planted_breach_is_found(
    clean: str, tmp_path: Path, found: str, replaced: str, rules: set[str] | None
) -> None:
    assert found in clean
    (tmp_path / "r.xml").write_text(clean.replace(found, replaced, 1), encoding="utf-8")
    if rules is None:
        with pytest.raises(AssertionError):
            findings(tmp_path / "r.xml")
    else:
        assert {rule for rule, _ in findings(tmp_path / "r.xml")} == rules
