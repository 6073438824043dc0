"""The rule book as a page to read: docs/guidance.md is this, so that page and figures cannot disagree."""

from collections.abc import Iterable, Iterator
from datetime import date

from safeboard.foundation.guidance.book import BOOK, RULES
from safeboard.foundation.guidance.rules import Edition, Ended, Entry, Rule

_OPENING = """\
# The rule book

What each edition of *Working Together to Safeguard Children* says, and what boards set for themselves, with source and
mark. Every time limit in Safeboard comes from here. This page is written by `python -m safeboard.foundation.guidance`
from the files in `safeboard/foundation/guidance/editions` and `local`; change those, never this page.

* Day 0 is the day of the trigger. Working days leave out weekends and the bank holidays of England.
* A rule marked *not confirmed* is used all the same, and says so wherever it is shown. A `?` stands beside it here.
* To correct or confirm a rule, change its entry and name the source. To add an edition, add a folder.
"""


def handbook() -> str:
    """The whole rule book as Markdown, ending in one newline."""
    parts = [_OPENING, _editions(), _at_a_glance(), "## Every rule\n", *(_of_rule(what) for what in RULES)]
    return "\n".join(parts).rstrip() + "\n"


def _editions() -> str:
    rows = (
        (edition.name, _from(edition), _until(edition.last_day), edition.mark.value, edition.source, edition.note)
        for edition in BOOK.editions
    )
    return "## Editions\n\n" + _table(
        ("edition", "first day", "last day", "mark of the first day", "source", "note"), rows
    )


def _at_a_glance() -> str:
    """The numbers alone, an edition a column; what changed within an edition is parted by an arrow."""
    rows = (
        (what, *(_cell(what, edition) for edition in BOOK.editions))
        for what in RULES
        if any(entry.what == what and isinstance(entry, Rule) for entry in BOOK.national)
    )
    return (
        "## National limits at a glance\n\n"
        + _table(("rule", *(edition.folder for edition in BOOK.editions)), rows)
        + "\n`?`: not confirmed. →: changed while the edition was in force.\n"
    )


def _cell(what: str, edition: Edition) -> str:
    values = [
        f"{entry.limit}{'' if entry.confirmed else ' ?'}" if isinstance(entry, Rule) else "no number"
        for entry in BOOK.national
        if entry.what == what and entry.edition == edition.name and not isinstance(entry, Ended)
    ]
    return " → ".join(dict.fromkeys(values)) or "–"


def _of_rule(what: str) -> str:
    entries = sorted(
        (entry for entry in (*BOOK.national, *BOOK.local) if entry.what == what),
        key=lambda entry: (entry.first_day, entry.place),
    )
    rows = (
        (_from(entry), _until(entry.last_day), _who(entry), entry.shown, entry.mark.value, entry.source, entry.note)
        for entry in entries
    )
    return f"### {what.capitalize()}\n\n" + _table(("from", "until", "set by", "rule", "mark", "source", "note"), rows)


def _who(entry: Entry) -> str:
    return f"{entry.place} ({', '.join(entry.area)}), against {entry.edition}" if entry.local else entry.edition


def _from(dated: Entry | Edition) -> str:
    return dated.first_day.isoformat() if dated.day_known else f"{dated.first_day:%B %Y}, day not known"


def _until(last_day: date) -> str:
    return "now" if last_day == date.max else last_day.isoformat()


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "".join(f"{line}\n" for line in _lines(heads, rows))


def _lines(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
