"""Whatever is wrong with what a verb is given: a plain message with place and remedy, exit 2, nothing left behind."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.exchange.small_returns import CHILD, changed, child, episode, plan, return_text
from tests.site.saying import left, run

Capsys = pytest.CaptureFixture[str]


def plans(*given: str) -> str:
    return return_text(child("C1", episode("2024-05-01", *given)))


RETURNS: dict[str, tuple[bytes | str, str]] = {
    "broken": (return_text()[:900], "cin.xml, line 32: The file breaks off before its end"),
    "a doctype": ("<!DOCTYPE Message>\n" + return_text(), "cin.xml, line 1, DOCTYPE: The file declares a document"),
    "wrong encoding": (
        return_text(changed("C1", "Zoë")).encode("latin-1"),
        "cin.xml, line 16: The file is not in the encoding UTF-8.",
    ),
    "another census": (
        return_text().replace(">CIN<", ">CLA<"),
        "cin.xml, line 4, Collection: This is another collection, not the children in need census. Found CLA; "
        "expected CIN.",
    ),
    "empty": ("", "cin.xml, line 1: The file is empty."),
    "a date of 2028": (
        plans(plan("2028-06-01")),
        "cin.xml, line 15, child C1, CPPstartDate: This date lies after the reference date. Found 2028-06-01;",
    ),
    "a date of 1028": (
        return_text(changed("2015-06-10", "1028-06-10")),
        "cin.xml, line 18, child C1, PersonBirthDate: This date is too early to be true. Found 1028-06-10;",
    ),
    "a duplicate child": (
        return_text(child("C1"), child("C1")),
        "cin.xml, line 16, child C1, LAchildID: The child is given 2 times; the first is in line 14. Found C1;",
    ),
    "a plan that ends before it starts": (
        plans(plan("2024-06-01", "2024-05-31")),
        "cin.xml, line 15, child C1, CPPendDate: Child protection plan: it ends before it starts. Found 2024-05-31;",
    ),
    "a review before its plan": (
        plans(plan("2024-06-01", "", "2024-05-31")),
        "cin.xml, line 15, child C1, CPPreviewDate: The review was held before its plan began. Found 2024-05-31;",
    ),
    "two open plans at once": (
        plans(plan("2024-06-01"), plan("2024-08-01")),
        "cin.xml, line 16, child C1, CPPstartDate: The child has two plans open at once.",
    ),
}


@pytest.mark.parametrize("verb", ["report", "snapshot", "figures"])
@pytest.mark.parametrize("what", RETURNS)
def test_a_bad_return(tmp_path: Path, capsys: Capsys, what: str, verb: str) -> None:
    content, message = RETURNS[what]
    source = tmp_path / "cin.xml"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    out = () if verb == "figures" else ("--out", tmp_path / "new" / "folder" / "out.snapshot")
    said = run(capsys, verb, source, *out)
    assert (said.status, said.out, said.told[: len(message)]) == (2, "", message)
    assert said.told.rstrip().endswith(".")
    assert left(tmp_path) == ["cin.xml"]


def test_every_problem_is_told_not_only_the_first(tmp_path: Path, capsys: Capsys) -> None:
    text = return_text(changed("2015-06-10", "1028-06-10", changed("<Sex>F<", "<Sex>X<")))
    (tmp_path / "cin.xml").write_text(text, encoding="utf-8")
    said = run(capsys, "figures", tmp_path / "cin.xml")
    assert (said.status, [line.split(":")[0] for line in said.told.splitlines()]) == (
        2,
        ["cin.xml, line 18, child C1, PersonBirthDate", "cin.xml, line 19, child C1, Sex"],
    )


def sheet(capsys: Capsys, folder: Path, change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None]) -> Path:
    """The template of police protection, filled with one row and then changed."""
    path = folder / "police_protection.xlsx"
    assert run(capsys, "template", "police_protection", "--out", path).out == f"{path}\n"
    book = openpyxl.load_workbook(path)
    first = book.worksheets[0]
    for column, value in enumerate(("P1", "C1", "F1", date(2024, 7, 1), "Y"), start=1):
        first.cell(2, column, value)
    change(first)
    book.save(path)
    return path


def test_a_filled_template_is_read(tmp_path: Path, capsys: Capsys) -> None:
    filled = sheet(capsys, tmp_path, lambda _: None)
    (tmp_path / "cin.xml").write_text(return_text(), encoding="utf-8")
    said = run(capsys, "figures", tmp_path / "cin.xml", filled, "--measure", "police_protection_children")
    assert (said.status, said.out, said.told) == (
        0,
        "police_protection_children: Children who became looked after through police protection: 1\n",
        "",
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda first: first.merge_cells("A1:B1"), "line 1, A1: The header has merged cells. Found A1 to B1 merged;"),
        (
            lambda first: first.cell(2, 4, "01/07/2024"),
            "line 2, child C1, polp_start_date: This cell holds text where a date should stand. Found 01/07/2024;",
        ),
        (
            lambda first: first.cell(2, 4, date(2028, 7, 1)),
            "line 2, child C1, polp_start_date: This date lies after the reference date. Found 2028-07-01;",
        ),
    ],
)
def test_a_bad_sheet(
    tmp_path: Path, capsys: Capsys, change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None], message: str
) -> None:
    bad = sheet(capsys, tmp_path, change)
    (tmp_path / "cin.xml").write_text(return_text(), encoding="utf-8")
    said = run(capsys, "report", tmp_path / "cin.xml", bad, "--out", tmp_path / "out")
    begins = f"police_protection.xlsx, worksheet police_protection, {message}"
    assert (said.status, said.out, said.told[: len(begins)]) == (2, "", begins)
    assert left(tmp_path) == ["cin.xml", "police_protection.xlsx"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("no-such.xml", "{folder}/no-such.xml: There is no such file or folder."),
        ("empty-folder", "empty-folder: This is a folder without any table or return in it."),
        ("notes.docx", "notes.docx: This is no file that can be read. Found .docx;"),
        ("torn.snapshot", "torn.snapshot: This is not a whole snapshot file: it is something else, or was cut off."),
    ],
)
def test_what_is_no_source(tmp_path: Path, capsys: Capsys, given: str, message: str) -> None:
    (tmp_path / "empty-folder").mkdir()
    for name in ("notes.docx", "torn.snapshot"):
        (tmp_path / name).write_text("no source", encoding="utf-8")
    before = left(tmp_path)
    said = run(capsys, "report", tmp_path / given, "--out", tmp_path / "out")
    begins = message.format(folder=tmp_path)
    assert (said.status, said.out, said.told[: len(begins)]) == (2, "", begins)
    assert left(tmp_path) == before


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "cin.xml"
    path.write_text(return_text(CHILD), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--period", "2024"), "--period: This is not a reporting year. Found 2024;"),
        (
            ("--period", "2030-31"),
            "--period: The sources hold no record of this year. Found 2030-31; expected a year with days from "
            "2024-03-31 to 2025-03-31.",
        ),
        (("--area", "Atlantis"), "--area: No area has this code or name. Found 'Atlantis';"),
    ],
)
def test_a_period_or_area_that_is_none(capsys: Capsys, good: Path, words: tuple[str, str], message: str) -> None:
    said = run(capsys, "report", good, *words, "--out", good.parent / "out")
    assert (said.status, said.out, said.told[: len(message)]) == (2, "", message)
    assert left(good.parent) == ["cin.xml"]


@pytest.mark.parametrize(
    "words",
    [
        ("snapshot", "cin.xml", "--out", "in-the-way"),
        ("snapshot", "cin.xml", "--out", "in-the-way/x.snapshot"),
        ("template", "caf", "--out", "in-the-way/caf.xlsx"),
        ("template", "caf", "--out", "nowhere/caf.xlsx"),
        ("city", "--children", "5", "--out", "in-the-way"),
        ("city", "--children", "5", "--out", "in-the-way/city"),
        ("check", "cin.xml", "--html", "nowhere/check.html"),
        ("verify-published", "none.csv", "--population", "none.csv"),
    ],
)
def test_a_place_that_cannot_be_written_or_read(
    capsys: Capsys, good: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(good.parent)
    Path("in-the-way").write_text("a file", encoding="utf-8")
    if words == ("snapshot", "cin.xml", "--out", "in-the-way"):
        Path("in-the-way").rename("a-file")
        Path("in-the-way").mkdir()
    before = left(good.parent)
    said = run(capsys, *words)
    assert said.status == 2
    assert said.told.endswith(".\n")
    assert left(good.parent) == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("figures", "x.xml", "--measure", "nii65"), "there is no measure 'nii65'. Did you mean ni_65"),
        (("figures", "x.xml", "--measure", "zzz"), "there is no measure 'zzz'. ./run measures lists all."),
        (("template", "mappa"), "there is no table 'mappa'. Did you mean mappa_case? ./run template --help lists all."),
        (("city", "--children", "0"), "0 is not a whole number of at least 1"),
        (("city", "--children", "many"), "many is not a whole number of at least 1"),
        (("figures",), "the following arguments are required: SOURCE"),
        (("nonsense",), "invalid choice: 'nonsense'"),
        (("--bogus",), "unrecognized arguments: --bogus"),
    ],
)
def test_a_wrong_word_says_what_would_be_right(capsys: Capsys, words: tuple[str, ...], message: str) -> None:
    said = run(capsys, *words)
    assert (said.status, said.out, message in said.told) == (2, "", True)
