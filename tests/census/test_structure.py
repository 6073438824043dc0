"""Files as they should not be: what is wrong with the structure is named, the rest is checked all the same."""

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from safeboard.figures.census.check import NO_YEAR, check_census
from safeboard.figures.census.findings import CheckResult, Status
from safeboard.foundation.kernel.errors import BadInput
from tests.census.returns import CLOSED_CASE, NO_ACTION, OPEN_CASE, Changes, background, child, header, message, write

Told = list[tuple[str, str, int | None]]


def checked(tmp_path: Path, element: Xml.Element, headers: list[Xml.Element] | None = None) -> CheckResult:
    """The result for a return that ends with that child."""
    return check_census(write(tmp_path / "return.xml", message([*background(), element], headers)))


def said(result: CheckResult) -> list[tuple[str, str, str]]:
    """(code, child, first field) of everything found."""
    return [(finding.code, finding.child, finding.fields[0][0]) for finding in result.findings]


def inside(base: Changes, holder: str, name: str, place: int, text: str = "") -> Xml.Element:
    """A child with an element put into a group at a place of its own choosing."""
    element = child("A1", base, number=1)
    group = element.find(holder) if holder else element
    assert group is not None
    made = Xml.Element(name)
    made.text = text or None
    group.insert(place, made)
    return element


@pytest.mark.parametrize(
    ("element", "wanted"),
    [
        (inside(NO_ACTION, "CINdetails", "cinreferraldate", 0, "2025-06-02"), ("S05", "A1", "cinreferraldate")),
        (inside(NO_ACTION, "CINdetails", "UPN", 1, "x"), ("S05", "A1", "UPN")),
        (inside(NO_ACTION, "", "Siblings", 2), ("S05", "A1", "Siblings")),
        (inside(NO_ACTION, "ChildIdentifiers", "PersonBirthDate", 3, "2014-01-01"), ("S07", "A1", "PersonBirthDate")),
        (inside(NO_ACTION, "CINdetails", "CINPlanDates", 0), ("S08", "A1", "CINreferralDate")),
        (inside(NO_ACTION, "ChildIdentifiers", "GenderCurrent", 3, "1"), ("S04", "A1", "GenderCurrent")),
        (inside(NO_ACTION, "CINdetails", "PreProceedingsandFGDM", 3), ("S04", "A1", "PreProceedingsandFGDM")),
        (inside(NO_ACTION, "ChildIdentifiers", "FormerUPN", 2), ("S09", "A1", "FormerUPN")),
    ],
    ids=["unknown", "wrong place", "unknown group", "doubled", "out of order", "old layout", "new layout", "empty"],
)
def test_odd_elements_are_named(tmp_path: Path, element: Xml.Element, wanted: tuple[str, str, str]) -> None:
    assert wanted in said(checked(tmp_path, element))


def test_the_first_of_two_is_used(tmp_path: Path) -> None:
    element = inside(NO_ACTION, "ChildIdentifiers", "PersonBirthDate", 3, "2031-01-01")
    assert said(checked(tmp_path, element)) == [("S07", "A1", "PersonBirthDate")]


def test_stray_text_between_elements_is_harmless(tmp_path: Path) -> None:
    element = child("A1", NO_ACTION, number=1)
    birth = element.find("ChildIdentifiers/UPN")
    assert birth is not None
    root = message([*background(), element])
    path = write(tmp_path / "return.xml", root)
    path.write_text(path.read_text(encoding="utf-8").replace("</UPN>", "</UPN>PersonBirthDate"), encoding="utf-8")
    assert check_census(path).findings == ()


def test_a_child_without_characteristics(tmp_path: Path) -> None:
    result = checked(tmp_path, child("A1", OPEN_CASE, {"ChildCharacteristics": None}, number=1))
    assert said(result) == [
        ("S06", "A1", "ChildCharacteristics"),
        ("4220", "A1", "Ethnicity"),
        ("8540", "A1", "Disability"),
    ]


def test_a_child_without_identifiers(tmp_path: Path) -> None:
    result = checked(tmp_path, child("A1", NO_ACTION, {"ChildIdentifiers": None}, number=1))
    assert [code for code, _, _ in said(result)] == ["S06", "2886Q", "4180", "8500", "8525Q"]


def test_a_child_with_nothing_in_it(tmp_path: Path) -> None:
    result = checked(tmp_path, Xml.Element("Child"))
    assert [code for code, _, _ in said(result)] == ["S06", "S06", "2886Q", "4180", "4220", "8500", "8525Q", "8590"]


def test_300_episodes_in_one_child(tmp_path: Path) -> None:
    element = child("A1", NO_ACTION, number=1)
    for _ in range(299):
        element.append(child("A1", CLOSED_CASE, number=1)[2])
    result = checked(tmp_path, element)
    assert Counter(finding.code for finding in result.findings) == {"8540": 1, "8820": 300}
    assert (result.episodes, len(result.findings[-1].related)) == (308, 298)


def test_no_header_and_no_year(tmp_path: Path) -> None:
    result = checked(tmp_path, child("A1", NO_ACTION, number=1), [])
    assert [finding.code for finding in result.findings] == ["S03"]
    assert (result.year, result.exit_status) == ("", 2)
    assert {outcome.reason for outcome in result.failed} == {NO_YEAR}


def test_no_header_with_a_year(tmp_path: Path) -> None:
    path = write(tmp_path / "return.xml", message(background(), []))
    result = check_census(path, "2025-26")
    assert [finding.code for finding in result.findings] == ["S03", "100"]
    assert (result.year, result.exit_status, result.failed) == ("2025-26", 1, ())


def test_two_headers(tmp_path: Path) -> None:
    other = {"CollectionDetails/Year": "2025"}
    result = checked(tmp_path, child("A1", NO_ACTION, number=1), [header(), header(other)])
    assert [(finding.code, finding.fields) for finding in result.findings] == [
        ("S03", (("headers", "2"),)),
        ("100", (("ReferenceDate", "2026-03-31"), ("Year", "2025"))),
    ]


def test_another_year_than_the_headers(tmp_path: Path) -> None:
    result = check_census(write(tmp_path / "return.xml", message(background())), "2024-25")
    told = [(finding.code, finding.fields) for finding in result.findings if finding.code.startswith("S")]
    assert told == [("S10", (("Year", "2026"), ("checked as", "2024-25")))]
    assert result.year == "2024-25"


def test_another_collection(tmp_path: Path) -> None:
    result = checked(tmp_path, child("A1", NO_ACTION, number=1), [header({"CollectionDetails/Collection": "CLA"})])
    assert [(finding.code, finding.fields) for finding in result.findings] == [("S11", (("Collection", "CLA"),))]


def test_a_namespace(tmp_path: Path) -> None:
    path = write(
        tmp_path / "return.xml", message([*background(), child("A1", NO_ACTION, {"CINdetails": None}, number=1)])
    )
    plain = check_census(path)
    text = path.read_text(encoding="utf-8").replace("<Message>", '<Message xmlns="http://example.org/cin">')
    path.write_text(text, encoding="utf-8")
    result = check_census(path)
    assert [(finding.code, finding.line) for finding in result.findings] == [
        ("S02", 1),
        *((finding.code, finding.line) for finding in plain.findings),
    ]


def test_a_file_cut_off_in_the_middle(tmp_path: Path) -> None:
    wrong = child("A1", NO_ACTION, {"ChildCharacteristics/Ethnicity": "White"}, number=1)
    path = write(tmp_path / "return.xml", message([*background(), wrong, child("A2", OPEN_CASE, number=2)]))
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("<Section47>")], encoding="utf-8")
    result = check_census(path)
    assert [(finding.code, finding.child) for finding in result.findings] == [("S01", ""), ("4220", "A1")]
    assert (result.children, result.exit_status) == (9, 1)
    assert result.findings[0].line == len(path.read_text(encoding="utf-8").splitlines())


def test_one_line_without_an_indent(tmp_path: Path) -> None:
    root = message([*background(), child("A1", OPEN_CASE, {"ChildCharacteristics/Ethnicity": "White"}, number=1)])
    path = tmp_path / "line.xml"
    Xml.ElementTree(root).write(path, encoding="UTF-8", xml_declaration=False)
    assert [(finding.code, finding.child, finding.line) for finding in check_census(path).findings] == [
        ("4220", "A1", 1)
    ]


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("ChildIdentifiers/PersonDeathDate", "2025-02-31", "S12"),
        ("CINdetails/Section47/InitialCPCtarget", "08/05/2025", "S12"),
        ("CINdetails/Section47/ICPCnotRequired", "Y", "S13"),
        ("CINdetails/Assessments/AssessmentInternalReviewDate", "1066-04-22", "S17"),
        ("ChildIdentifiers/UPNunknown", "UN8", "S15"),
        ("ChildIdentifiers/UPN", "A3311234567", "S16"),
    ],
)
def test_wrong_forms_are_named_as_such(tmp_path: Path, path: str, text: str, code: str) -> None:
    result = checked(tmp_path, child("A1", OPEN_CASE, {path: text}, number=1))
    name = path.split("/")[-1]
    assert [(finding.code, finding.fields) for finding in result.findings] == [(code, ((name, text),))]


@pytest.mark.parametrize("text", ["14/04/2025", "2025-02-31", "", "soon"])
def test_no_missing_value_rule_speaks_of_an_unreadable_one(tmp_path: Path, text: str) -> None:
    """Every date of a child unreadable at once: 8842Q alone asks for a valid date; an empty one is not given."""
    bad = {path: text for path in OPEN_CASE if "Date" in path or path.endswith("target")}
    found = {finding.code for finding in checked(tmp_path, child("A1", OPEN_CASE, bad, number=1)).findings}
    if text:
        assert found == {"S12", "8842Q"}
    else:
        assert "S12" not in found


@pytest.mark.parametrize(
    ("text", "message_"),
    [
        (b"", "The file is empty."),
        (b"not xml", "The file is not well-formed XML."),
        (b"<Return/>", "This is not a census return."),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><Message>&b;</Message>', "The file declares a document type"),
        (b'<a:Message xmlns:a="x"/>', "The file uses an XML namespace"),
    ],
)
def test_what_cannot_be_read_at_all(tmp_path: Path, text: bytes, message_: str) -> None:
    path = tmp_path / "return.xml"
    path.write_bytes(text)
    with pytest.raises(BadInput) as refused:
        check_census(path)
    assert [problem.message.startswith(message_) for problem in refused.value.problems] == [True]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        check_census(tmp_path / "none.xml")


@pytest.mark.parametrize("year", ["1999-00", "2027-28", "2025", "soon"])
def test_a_year_without_rules(tmp_path: Path, year: str) -> None:
    with pytest.raises(BadInput):
        check_census(write(tmp_path / "return.xml", message(background())), year)


def test_every_rule_says_what_became_of_it(tmp_path: Path) -> None:
    result = checked(tmp_path, child("A1", NO_ACTION, number=1))
    assert {outcome.status for outcome in result.outcomes} == {Status.CLEAR, Status.NOT_APPLICABLE}
    assert len(result.outcomes) == 121 + 18
