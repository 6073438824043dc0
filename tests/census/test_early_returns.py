"""Returns of years before the first whose rules are known: checked by those, on their own days."""

from pathlib import Path

from safeboard.figures.census.check import check_census
from safeboard.figures.city.reference import write_reference_city
from tests.census.returns import background, header, message, write


def test_the_reference_city_is_clean(tmp_path: Path) -> None:
    returns = [path for path in write_reference_city(tmp_path) if path.suffix == ".xml"]
    results = [check_census(path) for path in returns]
    assert [(result.year, result.rules_of, result.failed, result.findings) for result in results] == [
        ("2007-08", "2021-22", (), ()),
        ("2008-09", "2021-22", (), ()),
    ]


def test_a_return_whose_rules_are_known_is_checked_by_its_own(tmp_path: Path) -> None:
    result = check_census(write(tmp_path / "return.xml", message(background())))
    assert (result.year, result.rules_of, result.by_whose_rules) == ("2025-26", "2025-26", "2025-26")


def test_the_days_of_an_early_return_are_its_own(tmp_path: Path) -> None:
    early = header({"CollectionDetails/Year": "2009", "CollectionDetails/ReferenceDate": "2009-03-31"})
    result = check_census(write(tmp_path / "return.xml", message([], [early])))
    assert result.by_whose_rules == "2008-09, by the rules of 2021-22, the first that are known"
    assert "100" not in {finding.code for finding in result.findings}
