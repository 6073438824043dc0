"""Which files are taken as evidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeboard.tools.actions.evidence_rules import KINDS, LARGEST, MOST_PARTS, media_type_of, why_not_file
from tests.house.workbooks import zipped

OFFICE = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml"}


GOOD = {
    "a.pdf": b"%PDF-1.7",
    "a.png": b"\x89PNG\r\n\x1a\n0",
    "a.JPG": b"\xff\xd8\xff\xe0",
    "a.jpeg": b"\xff\xd8\xff\xe0",
    "a.txt": "Łódź – Ωμέγα".encode(),
    "a.csv": b"a,b\n",
    **{f"a{suffix}": zipped(**{part: b"<x/>"}) for suffix, part in OFFICE.items()},
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_taken(name: str) -> None:
    assert why_not_file(name, GOOD[name]) == ""


def test_each_kind_is_tried_above() -> None:
    assert {f".{name.rpartition('.')[2].lower()}" for name in GOOD} == set(KINDS)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("large.pdf", b"%PDF-" + b"0" * LARGEST),
        ("program.exe", b"MZ"),
        ("page.html", b"<script>"),
        ("picture.svg", b"<svg/>"),
        ("no suffix", b"%PDF-"),
        ("program.pdf", b"MZ"),
        ("nul.txt", b"a\0b"),
        ("latin.txt", b"\xe9\xff"),
        ("torn.docx", GOOD["a.docx"][:40]),
        ("other.docx", GOOD["a.xlsx"]),
        ("macros.docx", zipped(**{"word/document.xml": b"", "word/vbaProject.bin": b"x"})),
        ("sheet.xlsx", zipped(**{"xl/workbook.xml": b"", "xl/macrosheets/sheet1.xml": b""})),
        ("bomb.docx", zipped(**{"word/document.xml": b"0" * (101 * 1024 * 1024)})),
        ("many.docx", zipped(**{"word/document.xml": b""}, **{f"{n}": b"" for n in range(MOST_PARTS)})),
    ],
    ids=lambda given: given if isinstance(given, str) else "",  # bytes hold the time they were packed at
)
def test_what_is_refused(name: str, content: bytes) -> None:
    assert why_not_file(name, content) != ""


@given(name=st.text(max_size=20), content=st.binary(max_size=200))
def test_any_file_gets_an_answer(name: str, content: bytes) -> None:
    assert (why_not_file(name, content) == "") == (media_type_of(name, content) != "" and content != b"")
