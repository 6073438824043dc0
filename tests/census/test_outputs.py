"""The written forms of a check: JSON, CSV, Excel, the page, the terminal. Each says all of it, and harms nobody."""

import csv
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, sync_playwright
from rich.console import Console

from safeboard.figures.census.check import check_census
from safeboard.figures.census.comparing import compare
from safeboard.figures.census.findings import CheckResult
from safeboard.figures.census.page import write_html
from safeboard.figures.census.reasons import Reason, answered
from safeboard.figures.census.tabular import COLUMNS, write_csv, write_json, write_xlsx
from safeboard.figures.census.terminal import print_summary
from tests.census.returns import NO_ACTION, OPEN_CASE, background, child, header, message, write

FORMULA = "=HYPERLINK(1)"
MARKUP = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> CheckResult:
    """A return with an error about the return, an error with a formula, one with markup, and two queries."""
    children = [
        child("A1", NO_ACTION, {"ChildCharacteristics/Ethnicity": FORMULA}, number=1),
        child("A2", OPEN_CASE, {"CINdetails/CINreferralDate": "2025-04-12"}, number=2),
        child("A3", NO_ACTION, {"ChildIdentifiers/Sex": MARKUP}, number=3),
        child("A4", NO_ACTION, {"ChildIdentifiers/ExpectedPersonBirthDate": "2026-03-05"}, number=4),
    ]
    said = {"CollectionDetails/ReferenceDate": "2026-03-30"}
    path = tmp_path_factory.mktemp("outputs") / "return.xml"
    return check_census(write(path, message([*background(), *children], [header(said)])))


def codes(result: CheckResult) -> list[str]:
    return [finding.code for finding in result.findings]


def test_the_return_used_here(result: CheckResult) -> None:
    assert codes(result) == ["100", "1103", "4180", "4220", "8525Q"]


def test_json_has_the_agreed_shape(result: CheckResult, tmp_path: Path) -> None:
    write_json(result, tmp_path / "out.json")
    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert list(told) == ["file", "year", "rules", "findings"]
    assert (told["file"], told["year"]) == ("return.xml", "2025-26")
    assert {tuple(rule) for rule in told["rules"]} == {("code", "severity", "status", "found")}
    assert {tuple(one) for one in told["findings"]} == {
        ("code", "severity", "child", "line", "table", "fields", "message")
    }
    assert [(rule["code"], rule["found"]) for rule in told["rules"] if rule["status"] == "found"] == [
        (code, 1) for code in codes(result)
    ]
    assert {rule["status"] for rule in told["rules"]} == {"found", "clear", "not applicable"}


def test_csv_has_every_finding_and_no_formula(result: CheckResult, tmp_path: Path) -> None:
    write_csv(result, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["rule"] for row in rows] == codes(result)
    assert list(rows[0]) == list(COLUMNS)
    assert [cell for row in rows for cell in row.values() if cell.startswith("=")] == []
    assert rows[1]["values"] == "AssessmentActualStartDate: 2025-04-11"
    assert rows[1]["beside it"].endswith("CINreferralDate: 2025-04-12")


def test_excel_has_every_finding_as_text(result: CheckResult, tmp_path: Path) -> None:
    write_xlsx(result, tmp_path / "out.xlsx")
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Rules", "Findings"]
    findings = list(book["Findings"].iter_rows(min_row=2))
    assert [row[0].value for row in findings] == codes(result)
    assert {cell.data_type for row in findings for cell in row} == {"inlineStr", "s", "n"}
    assert book["Rules"].max_row == 1 + len(result.outcomes)


def test_excel_of_a_clean_return(tmp_path: Path) -> None:
    clean = check_census(write(tmp_path / "return.xml", message(background())))
    write_xlsx(clean, tmp_path / "out.xlsx")
    assert load_workbook(tmp_path / "out.xlsx").sheetnames == ["Rules"]


class _Seen(HTMLParser):
    """What a page would fetch, and how many rows of findings it has."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.scripts = self.rows = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        self.fetched += [str(said[name]) for name in ("src", "href") if said.get(name)]
        self.scripts += tag == "script"
        self.rows += tag == "tr" and "data-child" in said


def test_the_page_stands_alone_and_runs_nothing_from_the_file(result: CheckResult, tmp_path: Path) -> None:
    write_html(result, tmp_path / "out.html")
    seen = _Seen()
    seen.feed((tmp_path / "out.html").read_text(encoding="utf-8"))
    assert (seen.fetched, seen.scripts, seen.rows) == ([], 1, len(result.findings))


@pytest.fixture(scope="module")
def page(result: CheckResult, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page in a browser, opened as a file."""
    path = tmp_path_factory.mktemp("page") / "out.html"
    facts = "PersonBirthDate=2015-06-10; ExpectedPersonBirthDate=2026-03-05"
    reason = Reason("8525Q", "A4", "ChildIdentifiers", facts, "Twins, one unborn", "2024-25")
    write_html(answered(result, [reason]), path)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page()
        tab.goto(path.as_uri())
        yield tab
        browser.close()


def shown(page: Page) -> list[str]:
    return [text.split()[0] for text in page.locator("section.rule:visible h3").all_inner_texts()]


def test_the_page_filters_by_rule_child_and_severity(page: Page, result: CheckResult) -> None:
    assert shown(page) == codes(result)
    page.select_option("#severity", "query")
    assert shown(page) == ["8525Q"]
    page.select_option("#severity", "")
    page.select_option("#rule", "4220")
    assert shown(page) == ["4220"]
    page.click("button[type=reset]")
    page.fill("#child", "a3")
    page.wait_for_function("document.getElementById('shown').textContent.startsWith('1 finding ')")
    assert shown(page) == ["4180"]


def test_the_page_offers_a_reason_of_an_earlier_year(page: Page) -> None:
    offered = page.locator("td", has_text="Twins, one unborn (2024-25, offered again)")
    assert offered.count() == 1


def test_the_terminal_says_what_was_found_and_what_to_do(result: CheckResult) -> None:
    console = Console(width=100)
    with console.capture() as told:
        print_summary(result, console, compare(result, result.as_json()))
    lines = [line.rstrip() for line in told.get().splitlines()]
    assert lines[0] == "return.xml, census 2025-26: 12 children, 12 episodes."
    assert [line.split()[0] for line in lines[2:7]] == codes(result)
    assert lines[7:] == [
        "127 rules ran, 0 failed. To put right: 4. To put right or answer with a reason: 1.",
        "Since the earlier check: 0 cleared, 5 still there, 0 new.",
    ]
