"""Every rule of every census year that is known, by code."""

from collections.abc import Mapping
from typing import Final

from safeboard.figures.census import (
    rules_assessments,
    rules_child,
    rules_cin_plans,
    rules_enquiries,
    rules_episode_content,
    rules_episodes,
    rules_header,
    rules_identifiers,
    rules_plans,
    rules_pre_proceedings,
    rules_structure,
)
from safeboard.figures.census.rule import Rule


def _by_code(rules: tuple[Rule, ...]) -> Mapping[str, tuple[Rule, ...]]:
    codes = sorted({rule.code for rule in rules}, key=lambda code: (int(code.rstrip("Q")), code))
    return {code: tuple(rule for rule in rules if rule.code == code) for code in codes}


DEPARTMENTS: Final = _by_code(
    (
        *rules_header.RULES,
        *rules_identifiers.RULES,
        *rules_child.RULES,
        *rules_episodes.RULES,
        *rules_episode_content.RULES,
        *rules_assessments.RULES,
        *rules_enquiries.RULES,
        *rules_cin_plans.RULES,
        *rules_plans.RULES,
        *rules_pre_proceedings.RULES,
    )
)
"""The department's rules: each code with its editions, one of which applies in a census year."""

RULES: Final[Mapping[str, tuple[Rule, ...]]] = {**rules_structure.RULES, **DEPARTMENTS}
"""Every code in the order of a report: first what is wrong with the file's structure, then the department's rules."""


def edition(code: str, ends: int | None = None) -> Rule:
    """The rule of that code as the census ending in `ends` has it, the latest where None. LookupError if unknown."""
    editions = RULES.get(code.upper().strip()) or RULES.get(f"{code.upper().strip()}Q") or ()
    for rule in reversed(editions):
        if ends is None or rule.applies_in(ends):
            return rule
    raise LookupError(f"There is no rule {code}." if not editions else f"Rule {code} is not part of that census year.")
