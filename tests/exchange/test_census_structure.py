"""What is odd about a return's structure without making it meaningless: noted once a kind, and read all the same."""

from pathlib import Path

import pytest

from safeboard.figures.exchange.census_layout import EARLIEST_YEAR, LATEST_YEAR
from safeboard.figures.exchange.census_structure import Oddity
from safeboard.foundation.kernel.errors import Gravity
from tests.exchange.loading import loaded, told
from tests.exchange.small_returns import CHILD, changed, child, episode, line_of, return_text, written


def noted(folder: Path, text: str) -> list[tuple[str, dict[str, object]]]:
    """Message and place of everything noted, asserting that nothing noted would have stopped."""
    problems = loaded(written(folder, text)).loaded.noted
    assert {problem.gravity for problem in problems} <= {Gravity.NOTED}
    return [(problem.message, told(problem)) for problem in problems]


def place(text: str, fragment: str, element: str, found: str = "", inside: str = "") -> dict[str, object]:
    """Where a note is expected, for the child C1."""
    said = {"file": "cin.xml", "line": line_of(text, fragment), "child": "C1", "element": element}
    return {**said, **({"found": found} if found else {}), **({"expected": f"inside {inside}"} if inside else {})}


@pytest.mark.parametrize(
    ("old", "new", "oddity", "element", "found", "inside"),
    [
        ("<Sex>F</Sex>", "<Sex>F</Sex><Gender>F</Gender>", Oddity.UNKNOWN, "Gender", "F", "ChildIdentifiers"),
        ("<Sex>F</Sex>", "<Sex>F</Sex><Sex>M</Sex>", Oddity.DOUBLED, "Sex", "M", ""),
        (
            "<Sex>F</Sex>",
            "<Sex>F</Sex><FormerUPN>B123456789012</FormerUPN>",
            Oddity.DISORDER,
            "FormerUPN",
            "B123456789012",
            "",
        ),
        ("<ReferralNFA>0</ReferralNFA>", "", Oddity.MISSING, "ReferralNFA", "", "CINdetails"),
        ("<ReferralNFA>0</ReferralNFA>", "<ReferralNFA/>", Oddity.EMPTY, "ReferralNFA", "", ""),
        (
            "<CPPreviewDate>2024-08-20</CPPreviewDate>",
            "<CPPreviewDate>2024-08-20</CPPreviewDate><CPPreviewDate> </CPPreviewDate>",
            Oddity.EMPTY,
            "CPPreviewDate",
            "",
            "",
        ),
        (
            "<Sex>F</Sex>",
            "<GenderCurrent>2</GenderCurrent><Sex>F</Sex>",
            Oddity.OTHER_YEAR,
            "GenderCurrent",
            "2",
            "",
        ),
        (
            "<PersonBirthDate>2015-06-10</PersonBirthDate>",
            "<PersonBirthDate>2015-06-10</PersonBirthDate><ExpectedPersonBirthDate>1066-04-13</ExpectedPersonBirthDate>",
            Oddity.BOTH_BIRTHS,
            "ExpectedPersonBirthDate",
            "1066-04-13",
            "",
        ),
    ],
)
def test_one_oddity(tmp_path: Path, old: str, new: str, oddity: Oddity, element: str, found: str, inside: str) -> None:
    text = return_text(changed(old, new))
    at = "<CINdetails>" if oddity is Oddity.MISSING else f"<{element}"
    assert noted(tmp_path, text) == [(str(oddity), place(text, at, element, found, inside))]


def test_what_is_odd_is_read_all_the_same(tmp_path: Path) -> None:
    text = changed("<Sex>F</Sex>", "<Sex>F</Sex><Sex>M</Sex><FormerUPN>B123456789012</FormerUPN>")
    (person,) = loaded(written(tmp_path, return_text(text))).tables["ssd_person"]
    assert (person["pers_sex"], person["pers_former_upn"]) == ("F", "B123456789012")


def test_blocks_out_of_order_and_doubled_blocks_are_read(tmp_path: Path) -> None:
    start, end = CHILD.index("        <Section47>"), CHILD.index("        <ReferralNFA>")
    section = CHILD[start:end]
    moved = changed("        <Assessments>", section + "        <Assessments>", CHILD[:start] + CHILD[end:])
    text = return_text(moved)
    after = "This element stands out of order; it is read all the same."
    assert noted(tmp_path, text) == [
        (after, place(text, f"<{element}>", element)) for element in ("Assessments", "CINPlanDates")
    ]
    assert loaded(written(tmp_path, text)).tables == loaded(written(tmp_path, return_text())).tables


def test_a_child_without_characteristics_or_episodes(tmp_path: Path) -> None:
    bare = "<Child><ChildIdentifiers><LAchildID>C1</LAchildID><Sex>F</Sex></ChildIdentifiers></Child>\n"
    text = return_text(bare)
    assert noted(tmp_path, text) == [
        (str(Oddity.MISSING), place(text, "<Child>", element, inside="Child"))
        for element in ("ChildCharacteristics", "CINdetails")
    ]
    assert loaded(written(tmp_path, text)).keys("ssd_person") == ["C1"]


def test_another_years_layout_is_noted_once_a_kind(tmp_path: Path) -> None:
    children = [child(f"C{number}", episode("2023-05-01")) for number in range(1, 4)]
    text = return_text(*children, year=2024)
    missing, other = noted(tmp_path, text)
    often = "So in 3 places, first here."
    assert (missing[0], other[0]) == (f"{Oddity.OTHER_YEAR} {often}", f"{Oddity.MISSING} {often}")
    assert (missing[1]["element"], other[1]["element"]) == ("Sex", "GenderCurrent")


def test_cin_plans_before_2021_22_are_of_another_year(tmp_path: Path) -> None:
    plan = "<CINPlanDates><CINPlanStartDate>2020-06-01</CINPlanStartDate></CINPlanDates>"
    one = child("C1", episode("2020-05-01", plan)).replace("<Sex>F</Sex>", "<GenderCurrent>2</GenderCurrent>")
    result = loaded(written(tmp_path, return_text(one, year=2021)))
    assert [(problem.message, problem.element) for problem in result.loaded.noted] == [
        (str(Oddity.OTHER_YEAR), "CINPlanDates")
    ]
    assert len(result.tables["ssd_cin_plans"]) == 1
    assert "ssd_cin_plans" not in result.loaded.manifest.collected


def test_elements_around_the_children(tmp_path: Path) -> None:
    text = (
        return_text(CHILD).replace("<Children>", "<Children><Note>x</Note>").replace("</Children>", "</Children><End/>")
    )
    assert [(message, said["element"]) for message, said in noted(tmp_path, text)] == [
        (str(Oddity.UNKNOWN), "Note"),
        (str(Oddity.UNKNOWN), "End"),
    ]


def test_two_headers(tmp_path: Path) -> None:
    text = return_text()
    header = text[text.index("  <Header>") : text.index("  <Children>")]
    assert [(message, said["element"]) for message, said in noted(tmp_path, text.replace(header, header * 2))] == [
        (str(Oddity.DOUBLED), "Header")
    ]


def test_stray_text_comments_and_character_data_are_harmless(tmp_path: Path) -> None:
    text = changed("</UPN>", "</UPN>PersonBirthDate", changed(">WBRI<", "><![CDATA[WB]]><!-- x -->RI<"))
    result = loaded(written(tmp_path, return_text(text)))
    assert result.loaded.noted == ()
    assert result.tables == loaded(written(tmp_path, return_text())).tables


HEADER_NOTE = "The reference date is not 31 March of the census year; the return is read up to {} as census year {}."


@pytest.mark.parametrize(
    ("date_given", "year_given", "up_to", "year"),
    [
        ("2025-07-21", "2025", "2025-07-21", 2025),
        ("2024-12-01", "2025", "2024-12-01", 2025),
        ("2023-12-01", "2025", "2023-12-01", 2024),
        ("2024-03-31", "2025", "2024-03-31", 2024),
        ("", "2025", "2025-03-31", 2025),
        ("31/03/2025", "2025", "2025-03-31", 2025),
        ("2025-12-01", "", "2025-12-01", 2026),
    ],
)
def test_reference_dates_that_are_not_31_march_of_the_year(
    tmp_path: Path, date_given: str, year_given: str, up_to: str, year: int
) -> None:
    text = return_text(child("C1", episode("2023-06-01")))
    text = text.replace("2025-03-31", date_given).replace("<Year>2025<", f"<Year>{year_given}<")
    report = loaded(written(tmp_path, text)).loaded
    first = next(problem for problem in report.noted if problem.element == "ReferenceDate")
    assert (first.message, first.line, first.found) == (HEADER_NOTE.format(up_to, year), 6, date_given)
    assert report.manifest.reference_date.isoformat() == up_to
    assert report.manifest.sources[0].census_year == year


@pytest.mark.parametrize(("year", "shown", "nearest"), [(2019, "2018-19", "2020-21"), (2028, "2027-28", "2026-27")])
def test_a_year_without_a_layout_of_its_own_is_noted_with_the_one_taken(
    tmp_path: Path, year: int, shown: str, nearest: str
) -> None:
    message, place = noted(tmp_path, return_text(child("C1", episode(f"{year - 1}-06-01")), year=year))[0]
    assert message == (
        f"The layout of census year {shown} is not known; the return is read by that of {nearest}, the nearest that is."
    )
    assert place == {
        "file": "cin.xml",
        "line": 5,
        "element": "Year",
        "found": str(year),
        "expected": "a census year from 2020-21 to 2026-27",
    }


@pytest.mark.parametrize("year", range(EARLIEST_YEAR, LATEST_YEAR + 1))
def test_nothing_is_noted_of_a_year_whose_layout_is_known(tmp_path: Path, year: int) -> None:
    text = return_text(child("C1", episode(f"{year - 1}-06-01")), year=year)
    assert [said for message, said in noted(tmp_path, text) if said["element"] == "Year"] == []


def test_an_extract_cut_on_another_day_keeps_later_dates_and_notes_them(tmp_path: Path) -> None:
    text = return_text(child("C1", episode("2024-05-01", closed="2028-05-01")))
    result = loaded(written(tmp_path, text.replace("2025-03-31", "2025-07-21")))
    assert [problem.message for problem in result.loaded.noted][1:] == [
        "This date lies after the reference date; it is kept as given."
    ]
    assert result.tables["ssd_cin_episodes"][0]["cine_close_date"].isoformat() == "2028-05-01"


def test_a_return_that_names_no_authority(tmp_path: Path) -> None:
    result = loaded(written(tmp_path, return_text().replace("      <LEA>990</LEA>\n", "")))
    assert result.loaded.manifest.areas == ()
    assert {problem.element for problem in result.loaded.noted} == {"LEA"}
