"""Sets a check beside an earlier one of the same return: what was cleared, what is still there, what is new."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeboard.figures.census.findings import CheckResult
from safeboard.foundation.kernel.errors import BadInput, Problem

Told = Mapping[str, Any]
"""One finding as JSON."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Findings as JSON, in the order of their check: `cleared` are of the earlier one, `still` and `new` of this."""

    earlier: str
    cleared: tuple[Told, ...]
    still: tuple[Told, ...]
    new: tuple[Told, ...]

    def as_json(self) -> dict[str, Any]:
        """The comparison as a JSON object."""
        return {"earlier": self.earlier, "cleared": self.cleared, "still there": self.still, "new": self.new}


def read_earlier(path: Path) -> Told:
    """What an earlier check wrote as JSON. BadInput where it is none."""
    try:
        earlier = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(earlier, dict) and all(_is_told(told) for told in earlier["findings"]):
            return earlier
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise BadInput(
        Problem(
            message="This is not the result of an earlier check.",
            file=path.name,
            element="--against",
            expected="the JSON file that a check of this return wrote",
            remedy="Write it with --json when you check, and give that file the next time.",
        )
    )


def _is_told(told: Any) -> bool:
    named = isinstance(told, dict) and {"code", "child", "table", "fields"} <= told.keys()
    return named and isinstance(told["fields"], dict)


def compare(result: CheckResult, earlier: Told) -> Comparison:
    """This check beside an earlier one, given as the JSON that it wrote.

    A finding is the same where code, child, group and its own fields are; lines move when a file is corrected. What is
    then left over is the same where code, child and group are: its value was changed but still breaks the rule.
    """
    now = [finding.as_json() for finding in result.findings]
    before = list(earlier["findings"])
    pairs = _paired(before, now, own_facts)
    left = [told for told in before if id(told) not in pairs]
    pairs |= _paired(left, [told for told in now if id(told) not in pairs], _holder)
    return Comparison(
        earlier=str(earlier.get("file", "")),
        cleared=tuple(told for told in before if id(told) not in pairs),
        still=tuple(told for told in now if id(told) in pairs),
        new=tuple(told for told in now if id(told) not in pairs),
    )


def own_facts(told: Told) -> tuple[str, ...]:
    """What a finding says of its own row: code, child, group, and its own fields without those of other rows."""
    fields = (f"{name}={'' if text is None else text}" for name, text in told["fields"].items() if "." not in name)
    return (*_holder(told), *sorted(fields))


def _holder(told: Told) -> tuple[str, ...]:
    return (told["code"], told["child"], told["table"])


def _paired(before: Sequence[Told], now: Sequence[Told], key: Callable[[Told], tuple[str, ...]]) -> set[int]:
    """Both members of every pair that agrees on the key, each used once, by identity."""
    waiting = defaultdict(list)
    for told in before:
        waiting[key(told)].append(told)
    pairs = set()
    for told in now:
        if waiting[key(told)]:
            pairs |= {id(told), id(waiting[key(told)].pop(0))}
    return pairs
