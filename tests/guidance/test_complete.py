"""Every cell of the table in domain/timescales.md that bears a number is in the rule book, and nothing besides."""

import subprocess
import sys
from datetime import date
from pathlib import Path

from safeboard.foundation.guidance import BOOK, RULES, Ended, Rule, Wording

ROOT = Path(__file__).resolve().parents[2]

# One line a row of the table, one part an edition (1999, 2006, 2010, 2013, 2015, 2018, 2023). "?" is "not confirmed",
# "/" parts what an edition said first from what it said later.
EXPECTED = """
decision on a referral                      | 1 WD ? | 1 WD ?       | 1 WD ? | 1 WD   | 1 WD ?     | 1 WD ? | 1 WD
initial assessment                          | 7 WD ? | 7 WD         | 10 WD  |        |            |         |
core assessment                             | 35 WD ?| 35 WD        | 35 WD  |        |            |         |
single assessment                           |        |              |        | 45 WD  | 45 WD      | 45 WD  | 45 WD
initial conference                          | 15 WD ?| 15 WD        | 15 WD  | 15 WD  | 15 WD      | 15 WD ?| 15 WD
core group                                  | 10 WD ?| 10 WD ?      | 10 WD ?| 10 WD  | 10 WD ?    | 10 WD ?| 10 WD ?
core assessment after conference            | 42 WD ?| 35 WD        | 35 WD ?|        |            |         |
first review                                | 3 M    | 3 M          | 3 M ?  | 3 M    | 3 M ?      | 3 M ?  | 3 M ?
later reviews                               | 6 M    | 6 M          | 6 M ?  | 6 M ?  | 6 M ?      | 6 M ?  | 6 M ?
serious case review: decision               | 1 M ?  | 1 M ?        | 1 M ?  | 1 M    | 1 M        |         |
serious case review: panel told of no review|        |              |        |        | 14 D       |         |
serious case review: completion             | 4 M ?  | 4 M ? / 6 M  | 6 M    | 6 M    | 6 M ?      |         |
serious case review: publication            |        |              |        | 12 M   | 12 M ?     |         |
local practice review: completion           |        |              |        |        |            | 6 M ?  | 6 M ?
serious incident notification               |        |              |        |        | 5 WD / 5 WD| 5 WD   | 5 WD
rapid review                                |        |              |        |        |            | 15 WD  | 15 WD
child death notification                    |        |              |        |        |            | 48 H   | 48 H
child death review meeting                  |        |              |        |        |            | 3 M ?  | 3 M ?
child death overview panel                  |        |              |        |        |            | 6 W ?  | 6 W ?
annual report                               |        |              |        |        |            | 12 M   | 12 M ?
"""

SHORT = {"working days": "WD", "months": "M", "days": "D", "weeks": "W", "hours": "H"}

WORDED = {
    "strategy discussion": ["1999", "2006", "2010", "2013", "2015", "2018", "2023"],
    "serious incident notification": ["2006", "2010", "2013"],
    "child death review": ["2006", "2010", "2013", "2015", "2018", "2023"],
    "body": ["1999", "2006", "2010", "2013", "2015", "2018", "2023"],
    "annual report": ["2006", "2010", "2013", "2015"],
}

DONE_AWAY = {
    "initial assessment": ["2013"],
    "core assessment": ["2013"],
    "core assessment after conference": ["2013"],
    "serious case review: decision": ["2018", "2023"],
    "serious case review: panel told of no review": ["2018", "2023"],
    "serious case review: completion": ["2018", "2023"],
    "serious case review: publication": ["2018", "2023"],
}


def expected_numbers() -> dict[tuple[str, str], list[str]]:
    """Rule and edition to its numbers in order of time."""
    cells = {}
    for line in EXPECTED.strip().splitlines():
        what, *numbers = (part.strip() for part in line.split("|"))
        for edition, cell in zip(BOOK.editions, numbers, strict=True):
            if cell:
                cells[what, edition.folder] = [part.strip() for part in cell.split("/")]
    return cells


def editions_with(kind: type[Wording] | type[Ended]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in BOOK.national:
        folder = entry.edition.removeprefix("Working Together ")
        if isinstance(entry, kind) and folder not in found.setdefault(entry.what, []):
            found[entry.what].append(folder)
    return found


def test_every_number_of_the_table_is_in_the_rule_book_with_its_mark() -> None:
    found: dict[tuple[str, str], list[str]] = {}
    for entry in sorted(BOOK.national, key=lambda entry: entry.first_day):
        if isinstance(entry, Rule):
            number = f"{entry.value} {SHORT[entry.unit]}{'' if entry.confirmed else ' ?'}"
            found.setdefault((entry.what, entry.edition.removeprefix("Working Together ")), []).append(number)
    assert found == expected_numbers()


def test_every_cell_without_a_number_is_in_words() -> None:
    assert editions_with(Wording) == WORDED


def test_what_an_edition_did_away_with_says_what_stands_in_its_place() -> None:
    assert editions_with(Ended) == DONE_AWAY
    assert all("see " in entry.words for entry in BOOK.national if isinstance(entry, Ended))


def test_every_rule_has_an_entry_and_every_entry_a_source() -> None:
    entries = (*BOOK.national, *BOOK.local)
    assert {entry.what for entry in entries} == set(RULES)
    assert [entry.what for entry in entries if not entry.source.strip() or not entry.shown] == []


def test_the_local_rules_held() -> None:
    assert [(entry.place, entry.area, entry.what, entry.shown) for entry in BOOK.local] == [
        ("Coventry", ("E08000026", "331"), "initial assessment", "7 working days of the referral"),
        ("Haringey", ("E09000014", "309"), "strategy discussion", "24 hours"),
    ]
    assert [(entry.first_day, entry.last_day) for entry in BOOK.local] == [
        (date(2010, 10, 1), date(2013, 4, 14)),
        (date(2010, 3, 17), date(2013, 4, 14)),
    ]


def test_the_page_in_docs_is_what_the_rule_book_prints() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "safeboard.foundation.guidance"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    assert (ROOT / "docs" / "guidance.md").read_text(encoding="utf-8") == printed
