"""docs/census-rules.md, generated from the rules themselves."""

from collections.abc import Iterator, Sequence
from textwrap import dedent
from typing import Final

from safeboard.figures.census.catalogue import DEPARTMENTS
from safeboard.figures.census.explaining import as_listed
from safeboard.figures.census.rule import Rule
from safeboard.figures.census.rules_structure import RULES as STRUCTURE
from safeboard.figures.census.years import FIRST_KNOWN, LAST_KNOWN, label

_OPENING: Final = f"""\
# Rules of the children in need census

Generated from the rules by `python -m safeboard.figures.census > docs/census-rules.md`; do not edit.

A return is checked by the rules of its census year, {label(FIRST_KNOWN)} to {label(LAST_KNOWN)}. The year is the
header's, or the one given with `--year`. S is the first day of the census year, E its reference date, 31 March.
The {sum(1 for rules in DEPARTMENTS.values() if rules[0].applies_in(2026) or rules[-1].applies_in(2026))} rules of
2025-26 are the department's; those of 2026-27 that it adds are a draft of February 2026; earlier years are dated
differences, as far as they are known. Codes that begin with S are this project's own: they name what is wrong with the
file itself, which the department's schema refuses without a code.

A rule never judges a value that cannot be read: S12 to S14 name it, and no rule about a missing value speaks of it.
Where a rule of the department's says of the same value that it is missing or no code, the structure finding is left
out. Each rule runs by itself. One that fails makes the check fail, and all others still report.

The query of a rule is what decides. It runs on tables named like the groups of the file (`n` a row's number, `child`
and `episode` those of the rows it stands in, `_text` the text as written, `still_open` where no end is given,
`last_day` the end or else E).
"""


def handbook() -> str:
    """The whole page, as Markdown."""
    parts = [_OPENING, "## The file itself", *_structure(), "## The department's rules", *_departments()]
    return "\n".join(part.rstrip() + "\n" for part in parts)


def _structure() -> Iterator[str]:
    for rules in STRUCTURE.values():
        elements = ", ".join(f"{rule.table}.{rule.fields[0]}" for rule in rules if rule.fields)
        yield _entry(rules[0], [f"Tested on: {elements}."] if elements else [])


def _departments() -> Iterator[str]:
    for code, editions in DEPARTMENTS.items():
        for rule in editions:
            yield _entry(rule, [f"As listed: {as_listed()[code]}", *_query(rule)])


def _entry(rule: Rule, more: Sequence[str]) -> str:
    facts = f"{rule.severity.value.capitalize()}, level: {rule.level}, {rule.years}. "
    if rule.code in as_listed():
        facts += f"Group {rule.table}; fields {', '.join(rule.fields)}."
    said = [
        f"### {rule.code} {rule.title}",
        facts.strip(),
        rule.question,
        f"Usual cause: {rule.usual_cause} What to do: {rule.remedy}",
        *([f"How it is read here: {rule.reading}"] if rule.reading else []),
        *more,
        f"Source: {rule.source}.",
    ]
    return "\n\n".join(said)


def _query(rule: Rule) -> list[str]:
    return [f"```sql\n{dedent(rule.query).strip()}\n```"]
