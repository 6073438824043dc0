"""The rule book: what the statutory guidance, or a board's own procedures, said on a day, as dated data with sources.

No number of days stands in code that can ask here. Editions are folders of data files, each a whole statement of what
that edition says, so that adding one changes no other.
"""

from safeboard.foundation.guidance.book import (
    BOOK,
    RULES,
    edition_in_force,
    entry_in_force,
    rule_in_force,
    rules_in_force,
)
from safeboard.foundation.guidance.rules import Edition, Ended, Entry, Mark, NoRule, Rule, Unit, Wording

__all__ = [
    "BOOK",
    "RULES",
    "Edition",
    "Ended",
    "Entry",
    "Mark",
    "NoRule",
    "Rule",
    "Unit",
    "Wording",
    "edition_in_force",
    "entry_in_force",
    "rule_in_force",
    "rules_in_force",
]
