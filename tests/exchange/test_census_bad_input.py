"""Whatever can be wrong with a return gets a plain message that names the line and the remedy, and leaves nothing."""

from pathlib import Path

import pytest

from tests.exchange.loading import loaded, refused, told
from tests.exchange.small_returns import CHILD, changed, child, episode, line_of, plan, return_text, written

EXPORT = "Export the file again from the case-management system and give that file unchanged."


def one(folder: Path, content: str | bytes) -> tuple[str, str, dict[str, object]]:
    """Message, remedy and place of the one problem for which a file of that content is refused."""
    path = folder / "cin.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (problem,) = refused(path)
    return problem.message, problem.remedy, told(problem)


def test_broken_xml(tmp_path: Path) -> None:
    text = return_text(changed("</Sex>", "</Sexx>"))
    assert one(tmp_path, text) == (
        "The file is not well-formed XML.",
        EXPORT,
        {
            "file": "cin.xml",
            "line": line_of(text, "</Sexx>"),
            "found": f"Opening and ending tag mismatch: Sex line {line_of(text, '</Sexx>')} and Sexx",
            "expected": "well-formed XML in which every element is closed",
        },
    )


@pytest.mark.parametrize("at", ["ReferralNFA>0<", "rralNFA>0<", "0</ReferralNFA", "/ReferralNFA", "  </Children>"])
def test_a_file_cut_off_in_the_middle(tmp_path: Path, at: str) -> None:
    text = return_text()
    message, remedy, place = one(tmp_path, text[: text.index(at)])
    assert (message, remedy) == ("The file breaks off before its end: it was cut in the middle.", EXPORT)
    assert (place["file"], place["line"]) == ("cin.xml", line_of(text, at))


@pytest.mark.parametrize("subset", ["", ' SYSTEM "http://example.org/x.dtd"', ' [<!ENTITY x "C1">]'])
def test_a_doctype(tmp_path: Path, subset: str) -> None:
    assert one(tmp_path, f"<!DOCTYPE Message{subset}>\n{return_text()}") == (
        "The file declares a document type (DOCTYPE), which can smuggle text in and is never needed.",
        f"Remove the line that begins <!DOCTYPE. {EXPORT}",
        {"file": "cin.xml", "line": 1, "element": "DOCTYPE"},
    )


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ('\ufeff<?xml version="1.0" encoding="UTF-8"?>\n', 2),
        ('<?xml version="1.0"?>\n\n<!-- one\n<!DOCTYPE two> -->\n<?by\nwhom?>\n  ', 7),
        (f"<!--{'long ' * 300_000}-->\n", None),
    ],
)
def test_a_doctype_is_told_with_its_own_line(tmp_path: Path, before: str, line: int | None) -> None:
    place = one(tmp_path, f"{before}<!DOCTYPE Message>\n{return_text()}")[2]
    assert (place["element"], place.get("line")) == ("DOCTYPE", line)


def test_entities_do_not_multiply(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert one(tmp_path, f"{bomb}]>\n<Message>&i;</Message>")[2]["element"] == "DOCTYPE"


@pytest.mark.parametrize(
    ("content", "line", "found"),
    [
        (return_text(changed("C1", "Zoë")).encode("latin-1"), 16, "bytes that are not UTF-8"),
        (return_text().encode("utf-16"), 1, "UTF-16"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>\n' + return_text().encode(), 1, "ISO-8859-1"),
        (b'<?xml version="1.0" encoding="klingon"?>\n' + return_text().encode(), 1, "klingon"),
    ],
)
def test_wrong_encoding(tmp_path: Path, content: bytes, line: int, found: str) -> None:
    assert one(tmp_path, content) == (
        "The file is not in the encoding UTF-8.",
        "Save or export the file again with the encoding UTF-8.",
        {"file": "cin.xml", "line": line, "found": found, "expected": "UTF-8"},
    )


@pytest.mark.parametrize("declared", ["UTF-8", "utf-8", "ascii"])
def test_right_encodings(tmp_path: Path, declared: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>\n{return_text()}'
    assert loaded(written(tmp_path, text)).keys("ssd_person") == ["C1"]
    assert loaded(written(tmp_path, "\ufeff" + return_text())).keys("ssd_person") == ["C1"]


def test_another_collection(tmp_path: Path) -> None:
    assert one(tmp_path, return_text().replace(">CIN<", ">CLA<")) == (
        "This is another collection, not the children in need census.",
        "Give the file of the children in need census.",
        {"file": "cin.xml", "line": 4, "element": "Collection", "found": "CLA", "expected": "CIN"},
    )


def test_xml_that_is_no_return(tmp_path: Path) -> None:
    assert one(tmp_path, "<html><body/></html>") == (
        "This is not a census return.",
        "Give the XML file of the children in need census.",
        {"file": "cin.xml", "line": 1, "element": "html", "found": "<html>", "expected": "<Message>"},
    )


def test_a_namespace(tmp_path: Path) -> None:
    assert one(tmp_path, return_text().replace("<Message>", '<Message xmlns="urn:cin">')) == (
        "The file uses an XML namespace; a census return has none.",
        f"Remove the xmlns attribute. {EXPORT}",
        {"file": "cin.xml", "line": 1, "element": "Message", "found": 'xmlns="urn:cin"', "expected": "no xmlns"},
    )


def test_an_empty_file(tmp_path: Path) -> None:
    message, remedy, place = one(tmp_path, b"")
    assert (message, remedy) == ("The file is empty.", "Export it again from the system it comes from.")
    assert (place["file"], place["line"]) == ("cin.xml", 1)


def test_no_header(tmp_path: Path) -> None:
    text = return_text()
    without = text[: text.index("  <Header>")] + text[text.index("  <Children>") :]
    assert one(tmp_path, without)[2] == {
        "file": "cin.xml",
        "line": 1,
        "element": "Header",
        "expected": "Header with Collection, Year, ReferenceDate and LEA",
    }


def test_a_header_without_any_year(tmp_path: Path) -> None:
    text = return_text().replace("<Year>2025<", "<Year>soon<").replace("2025-03-31", "31 March")
    assert one(tmp_path, text) == (
        "Neither Year nor ReferenceDate can be read, so the return's year is unknown.",
        "Correct the header.",
        {
            "file": "cin.xml",
            "line": 5,
            "element": "Year",
            "found": "soon",
            "expected": "the year in which the census year ends, such as 2025",
        },
    )


@pytest.mark.parametrize("day", ["2028-03-31", "1028-03-31", "2022-12-01"])
def test_a_reference_date_years_away(tmp_path: Path, day: str) -> None:
    assert one(tmp_path, return_text().replace("2025-03-31", day)) == (
        "The reference date and the year of the header are years apart.",
        "Correct the header.",
        {"file": "cin.xml", "line": 6, "element": "ReferenceDate", "found": day, "expected": "2025-03-31"},
    )


AFTER = "This date lies after the reference date."
EARLY = "This date is too early to be true."
TO_2025 = "a day from 1900-01-01 to 2025-03-31"
CATEGORIES = "one of NEG, PHY, SAB, EMO, MUL"


@pytest.mark.parametrize(
    ("element", "right", "wrong", "message", "expected"),
    [
        ("CINreferralDate", "2024-05-01", "2028-05-01", AFTER, TO_2025),
        ("CINreferralDate", "2024-05-01", "2025-04-01", AFTER, TO_2025),
        ("CINreferralDate", "2024-05-01", "1028-05-01", EARLY, TO_2025),
        ("CPPreviewDate", "2024-08-20", "2028-08-20", AFTER, TO_2025),
        ("PersonBirthDate", "2015-06-10", "1899-12-31", EARLY, TO_2025),
        (
            "InitialCPCtarget",
            "2024-05-28",
            "2034-05-28",
            "This date lies too far ahead to be true.",
            "a day from 1900-01-01 to 2027-04-01",
        ),
        (
            "CPPreviewDate",
            "2024-08-20",
            "2024-02-31",
            "This day does not exist in the calendar.",
            "a day of the calendar, such as 2024-02-29",
        ),
        ("CPPreviewDate", "2024-08-20", "20/08/2024", "This date cannot be read.", "a day as yyyy-mm-dd"),
        ("CPPreviewDate", "2024-08-20", "2024-8-20", "This date cannot be read.", "a day as yyyy-mm-dd"),
        ("Sex", "F", "1", "This is not a code of the list “sex”.", "one of M, F, U"),
        ("Sex", "F", "f", "This is not a code of the list “sex”.", "one of M, F, U"),
        ("LatestCategoryOfAbuse", "EMO", "XYZ", "This is not a code of the list “category of abuse”.", CATEGORIES),
        ("ReferralNFA", "0", "no", "This is neither yes nor no.", "true, false, 1 or 0"),
        ("NumberOfPreviousCPP", "0", "-1", "This is not a whole number.", "0 or a whole number above it"),
        ("NumberOfPreviousCPP", "0", "one", "This is not a whole number.", "0 or a whole number above it"),
    ],
)
def test_a_value_that_cannot_be_true(
    tmp_path: Path, element: str, right: str, wrong: str, message: str, expected: str
) -> None:
    text = return_text(changed(f"<{element}>{right}<", f"<{element}>{wrong}<"))
    (problem,) = refused(written(tmp_path, text))
    assert (problem.message, told(problem)) == (
        message,
        {
            "file": "cin.xml",
            "line": line_of(text, f"<{element}>{wrong}<"),
            "child": "C1",
            "element": element,
            "found": wrong,
            "expected": expected,
        },
    )
    assert problem.remedy.startswith(("Correct the", "Give the"))


@pytest.mark.parametrize(
    ("element", "block"),
    [
        ("LAchildID", "ChildIdentifiers"),
        ("CINreferralDate", "CINdetails"),
        ("AssessmentActualStartDate", "Assessments"),
        ("CINPlanStartDate", "CINPlanDates"),
        ("S47ActualStartDate", "Section47"),
        ("CPPstartDate", "ChildProtectionPlans"),
    ],
)
@pytest.mark.parametrize("how", ["left out", "empty", "blank"])
def test_a_record_without_what_makes_it_one(tmp_path: Path, element: str, block: str, how: str) -> None:
    start, end = CHILD.index(f"<{element}>"), CHILD.index(f"</{element}>") + len(f"</{element}>")
    stead = {"left out": "", "empty": f"<{element}/>", "blank": f"<{element}> </{element}>"}[how]
    text = return_text(CHILD[:start] + stead + CHILD[end:])
    (problem,) = refused(written(tmp_path, text))
    assert problem.message == "A value is missing without which the record has no meaning."
    assert told(problem) == {
        "file": "cin.xml",
        "line": line_of(text, f"<{block}>"),
        "element": element,
        "expected": "a value",
        **({} if element == "LAchildID" else {"child": "C1"}),
    }


def test_every_problem_is_told_and_not_only_the_first(tmp_path: Path) -> None:
    text = return_text(changed("2024-05-01", "1028-05-01", changed("WBRI", "W", changed("EMO", "E"))))
    problems = refused(written(tmp_path, text))
    assert [(problem.line, problem.element, problem.found) for problem in problems] == [
        (line_of(text, "<Ethnicity>"), "Ethnicity", "W"),
        (line_of(text, "<CINreferralDate>"), "CINreferralDate", "1028-05-01"),
        (line_of(text, "<LatestC"), "LatestCategoryOfAbuse", "E"),
    ]


def test_what_stood_before_a_break_is_told_too(tmp_path: Path) -> None:
    text = return_text(changed("WBRI", "W"), CHILD)
    cut = text[: text.rindex("<ReferralNFA>")]
    assert [problem.element or problem.message for problem in refused(written(tmp_path, cut))] == [
        "The file breaks off before its end: it was cut in the middle.",
        "Ethnicity",
    ]


def test_a_child_twice(tmp_path: Path) -> None:
    text = return_text(child("C1", episode("2024-05-01")), child("C2"), child("C1", episode("2024-06-01")))
    (problem,) = refused(written(tmp_path, text))
    assert (problem.message, problem.remedy) == (
        f"The child is given 2 times; the first is in line {line_of(text, 'C1')}.",
        "Give it once, with everything that belongs to it.",
    )
    assert told(problem) == {
        "file": "cin.xml",
        "line": line_of(text, "<LAchildID>C2") + 2,
        "child": "C1",
        "element": "LAchildID",
        "found": "C1",
        "expected": "each identifier once",
    }


def test_a_plan_that_ends_before_it_starts(tmp_path: Path) -> None:
    text = return_text(changed("<CPPendDate>2025-01-31<", "<CPPendDate>2024-05-30<"))
    (problem,) = refused(written(tmp_path, text))
    assert problem.message == "Child protection plan: it ends before it starts."
    assert told(problem) == {
        "file": "cin.xml",
        "line": line_of(text, "<CPPendDate>"),
        "child": "C1",
        "element": "CPPendDate",
        "found": "2024-05-30",
        "expected": "a day on or after its start, 2024-05-31",
    }


def test_a_plan_may_end_on_the_day_it_starts(tmp_path: Path) -> None:
    one_day = child("C1", episode("2024-05-01", plan("2024-05-31", "2024-05-31", "2024-05-31")))
    assert loaded(written(tmp_path, return_text(one_day))).loaded.noted == ()


def test_a_review_before_its_plan(tmp_path: Path) -> None:
    text = return_text(changed("2024-08-20", "2024-05-30"))
    (problem,) = refused(written(tmp_path, text))
    assert problem.message == "The review was held before its plan began."
    assert told(problem) == {
        "file": "cin.xml",
        "line": line_of(text, "2024-05-30</CPPr"),
        "child": "C1",
        "element": "CPPreviewDate",
        "found": "2024-05-30",
        "expected": "a day on or after the plan's first day, 2024-05-31",
    }


@pytest.mark.parametrize("apart", [False, True])
def test_two_open_plans_at_once(tmp_path: Path, apart: bool) -> None:
    plans = [plan("2024-06-01"), plan("2024-07-01")]
    episodes = [episode("2024-05-01", plans[0]), episode("2024-05-02", plans[1])]
    text = return_text(child("C1", *(episodes if apart else [episode("2024-05-01", *plans)])))
    (problem,) = refused(written(tmp_path, text))
    assert problem.message == "The child has two plans open at once."
    assert told(problem) == {
        "file": "cin.xml",
        "line": line_of(text, "2024-07-01"),
        "child": "C1",
        "element": "CPPstartDate",
        "found": "a plan from 2024-07-01 beside one from 2024-06-01",
        "expected": "one plan at a time",
    }


def test_one_plan_after_another_is_no_problem_and_an_overlap_is_noted(tmp_path: Path) -> None:
    after = child("C1", episode("2024-05-01", plan("2024-06-01", "2024-07-01"), plan("2024-07-01")))
    overlap = child("C2", episode("2024-05-01", plan("2024-06-01", "2024-08-01"), plan("2024-07-01")))
    noted = loaded(written(tmp_path, return_text(after, overlap))).loaded.noted
    assert [(problem.message, problem.child) for problem in noted] == [
        ("The child has two plans that overlap in time; both are counted as given.", "C2")
    ]
