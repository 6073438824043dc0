"""Which rule was in force here, on that day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from importlib import resources
from typing import Final

from safeboard.foundation.guidance.reading import RuleBook, read_rule_book
from safeboard.foundation.guidance.rules import Edition, Ended, Entry, NoRule, Rule

RULES: Final = (
    "decision on a referral",
    "initial assessment",
    "core assessment",
    "single assessment",
    "strategy discussion",
    "initial conference",
    "core group",
    "core assessment after conference",
    "first review",
    "later reviews",
    "serious case review: decision",
    "serious case review: panel told of no review",
    "serious case review: completion",
    "serious case review: publication",
    "local practice review: completion",
    "serious incident notification",
    "rapid review",
    "child death review",
    "child death notification",
    "child death review meeting",
    "child death overview panel",
    "body",
    "annual report",
)
"""Every name a rule can have, in the order of a child's way and then of the board's own programmes."""

BOOK: Final[RuleBook] = read_rule_book(resources.files(__package__), RULES)
"""The rule book as the data files in `editions` and `local` give it."""

_WHERE: Final = "docs/guidance.md lists every rule with its source"


def edition_in_force(on: date) -> Edition:
    """The edition in force on a day. NoRule for a day before the first one."""
    for edition in BOOK.editions:
        if edition.first_day <= on <= edition.last_day:
            return edition
    first = BOOK.editions[0]
    raise NoRule(f"No guidance is held for {on}: the rule book begins with {first.name} on {first.first_day}.")


def entry_in_force(what: str, area: str, on: date) -> Entry:
    """What the guidance says of `what` in `area` on a day, number or not; a board's own rule before the national one.

    `area` is a nine-character or three-digit code, "" for the national rules alone. `on` is the day whose rule is
    wanted, as a rule the day of the trigger. NoRule where nothing is said; ValueError where `what` is none of RULES.
    """
    if what not in RULES:
        raise ValueError(f"There is no rule named {what!r}. Expected one of: {', '.join(RULES)}.")
    edition = edition_in_force(on)
    for entry in (*_of_area(area), *BOOK.national):
        if entry.what == what and entry.covers(on):
            return replace(entry, doubt=_doubt(entry, on))
    raise NoRule(f"{edition.name}, in force on {on}, says nothing of {what}; {_WHERE}.")


def rule_in_force(what: str, area: str, on: date) -> Rule:
    """The limit in force for `what` in `area` on a day, as `entry_in_force`, where it is a number; else NoRule.

    An unconfirmed limit is returned like any other: show its `caution` wherever it is shown.
    """
    entry = entry_in_force(what, area, on)
    if isinstance(entry, Rule):
        return entry
    raise NoRule(f"{entry.edition}, in force on {on}, sets no number for {what}: {entry.words}; {_WHERE}.")


def rules_in_force(area: str, on: date) -> tuple[Entry, ...]:
    """Everything the guidance says in `area` on a day, in the order of RULES: limits and wordings.

    What the edition did away with is left out. NoRule for a day before the first edition.
    """
    found = []
    for what in RULES:
        try:
            found.append(entry_in_force(what, area, on))
        except NoRule:
            edition_in_force(on)
    return tuple(entry for entry in found if not isinstance(entry, Ended))


def _of_area(area: str) -> Iterable[Entry]:
    return (entry for entry in BOOK.local if area in entry.area)


def _doubt(entry: Entry, on: date) -> str:
    """What cannot be known because the change is dated only to its month, and `on` is in that month."""
    if entry.day_known or (entry.first_day.year, entry.first_day.month) != (on.year, on.month):
        return ""
    return f"It began in {on:%B %Y}, on a day that is not known: until then the rule before it held."
