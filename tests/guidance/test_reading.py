"""A mistake in the data files fails when they are read, and says where."""

import re
from datetime import date
from pathlib import Path

import pytest

from safeboard.foundation.guidance import Mark, Rule, Unit
from safeboard.foundation.guidance.reading import BrokenRuleBook, read_rule_book

EDITION = 'name = "Guidance A"\nfirst_day = 2001-01-10\nmark = "C"\nsource = "a page"\n'
NEXT = 'name = "Guidance B"\nfirst_day = 2005-01-01\nmark = "M"\nsource = "a page"\n'
ENTRY = '[[timescale]]\nwhat = "visit"\nvalue = 3\nunit = "days"\nmark = "C"\nsource = "a page"\n'
BOARD = 'place = "Here"\narea = ["X1"]\nedition = "Guidance A"\n'


def written(root: Path, entries: str = ENTRY, local: str = BOARD + ENTRY) -> Path:
    for folder, edition, text in (("a", EDITION, entries), ("b", NEXT, "")):
        (root / "editions" / folder).mkdir(parents=True)
        (root / "editions" / folder / "edition.toml").write_text(edition, encoding="utf-8")
        (root / "editions" / folder / "timescales.toml").write_text(text, encoding="utf-8")
    (root / "local").mkdir()
    (root / "local" / "here.toml").write_text(local, encoding="utf-8")
    return root


def test_a_sound_book_is_read_whole(tmp_path: Path) -> None:
    book = read_rule_book(written(tmp_path), ["visit"])
    rule = Rule(
        what="visit", value=3, unit=Unit.DAYS, edition="Guidance A", source="a page", mark=Mark.CONFIRMED,
        first_day=date(2001, 1, 10), last_day=date(2004, 12, 31),
    )  # fmt: skip
    assert [(edition.name, edition.first_day, edition.last_day) for edition in book.editions] == [
        ("Guidance A", date(2001, 1, 10), date(2004, 12, 31)),
        ("Guidance B", date(2005, 1, 1), date.max),
    ]
    assert book.national == (rule,)
    assert [(entry.place, entry.area, entry.local) for entry in book.local] == [("Here", ("X1",), True)]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (ENTRY.replace("visit", "vist"), "there is no rule named vist"),
        (ENTRY.replace("value", "vlaue"), "visit: unknown vlaue"),
        (ENTRY.replace("value = 3\n", ""), "visit: without value"),
        (ENTRY.replace('source = "a page"\n', ""), "visit: without source"),
        (ENTRY.replace("3", "0"), "visit: 0 is no limit"),
        (ENTRY + ENTRY, "visit: two entries hold on 2001-01-10"),
        (ENTRY + "until = 2005-01-01\n", "visit: 2001-01-10 to 2005-01-01 is not within Guidance A"),
        (ENTRY + "from = 2001-01-09\n", "visit: 2001-01-09 to 2004-12-31 is not within Guidance A"),
        (ENTRY + "from = 2002-02-02\nuntil = 2002-02-01\n", "visit: 2002-02-02 to 2002-02-01 is not within Guidance A"),
        (ENTRY + "from = 2002-02-02\nday_known = false\n", "visit: an unknown day is given as the first of its month"),
        (ENTRY.replace("timescale", "timescales"), "unknown timescales"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path: Path, entries: str, said: str) -> None:
    with pytest.raises(BrokenRuleBook, match=f"^editions/a/timescales.toml: {re.escape(said)}$"):
        read_rule_book(written(tmp_path, entries), ["visit"])


@pytest.mark.parametrize(
    ("local", "said"),
    [
        (BOARD.replace("Guidance A", "Guidance C") + ENTRY, "no edition is named Guidance C"),
        (BOARD + 'until = "2002"\n' + ENTRY, "unknown until"),
    ],
)
def test_a_mistake_in_a_boards_own_file_is_named(tmp_path: Path, local: str, said: str) -> None:
    with pytest.raises(BrokenRuleBook, match=f"^local/here.toml: {re.escape(said)}$"):
        read_rule_book(written(tmp_path, local=local), ["visit"])
