"""Everything about one rule in plain words."""

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from safeboard.figures.census.catalogue import RULES
from safeboard.figures.census.rule import Rule
from safeboard.foundation.kernel.errors import BadInput, Problem


@lru_cache
def as_listed() -> Mapping[str, str]:
    """For every code of the department's lists its logic in one line (domain/census-rules.tsv and the draft)."""
    text = resources.files(__package__).joinpath("department_rules.csv").read_text(encoding="utf-8")
    return {row["code"]: row["logic"] for row in csv.DictReader(text.splitlines())}


def explain(code: str) -> str:
    """Everything about the rule of that code, one edition after the other. BadInput where there is none.

    `8535` is taken for `8535Q` where only that exists.
    """
    wanted = code.strip().upper()
    found = wanted if wanted in RULES else f"{wanted}Q"
    if found not in RULES:
        raise BadInput(
            Problem(
                message="There is no such rule.",
                element="--explain",
                found=code,
                expected="a code such as 8535Q or S12",
                remedy="Codes of all rules are in docs/census-rules.md.",
            )
        )
    editions = RULES[found] if found in as_listed() else RULES[found][:1]
    return "\n\n".join(_explained(rule) for rule in editions)


def _explained(rule: Rule) -> str:
    said = [
        f"{rule.code}  {rule.title}",
        f"{rule.severity.value.capitalize()} at the level of the {rule.level}, census years {rule.years}.",
        rule.question,
        f"Usual cause: {rule.usual_cause}",
        f"What to do: {rule.remedy}",
    ]
    if rule.code in as_listed():
        said += [f"Group: {rule.table}. Fields: {', '.join(rule.fields)}.", f"As listed: {as_listed()[rule.code]}"]
    if rule.reading:
        said.append(f"How it is read here: {rule.reading}")
    return "\n".join([*said, f"Source: {rule.source}"])
