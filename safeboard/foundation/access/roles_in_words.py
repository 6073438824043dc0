"""The roles in plain words, made from what they are granted: for the page of roles and for docs/roles.md."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from safeboard.foundation.access.roles import Grant, Role, roles
from safeboard.foundation.access.words import Action, Module, Reach
from safeboard.foundation.agencies.kinds import AgencyKind

DOES: Final = {
    Action.FIND: "know that they exist",
    Action.OPEN: "open",
    Action.ADD: "add",
    Action.CHANGE: "change",
    Action.VERIFY: "verify",
    Action.EXPORT: "export",
    Action.PRINT: "print",
    Action.RESTRICT: "restrict",
    Action.ADMINISTER: "administer",
}
WHOSE: Final = {
    Reach.AREA: "all of the area",
    Reach.AGENCY: "the agency's own",
    Reach.INVOLVED: "those they are involved with",
    Reach.OWN: "their own",
}


@dataclass(frozen=True, slots=True)
class RoleInWords:
    """A role as a reader is told of it. `may` holds, module by module, a sentence for each grant."""

    key: str
    title: str
    plain: str
    held: str
    may: Sequence[tuple[str, Sequence[str]]]


def in_words() -> list[RoleInWords]:
    """Every role, in the order of `roles.toml`."""
    return [_in_words(role) for role in roles().values()]


def as_markdown() -> str:
    """The text of docs/roles.md."""
    parts = [
        "# Roles\n\nMade from `safeboard/foundation/access/roles.toml` by `python -m "
        "safeboard.foundation.access.roles_in_words`. What somebody may see and do comes from the seats they hold, and "
        "from nothing else. What no role is granted, nobody may do.\n"
    ]
    for role in in_words():
        lines = [f"## {role.title}", "", role.plain, "", f"Held in: {role.held}.", ""]
        lines += [f"* {module}: {said}" for module, each in role.may for said in each]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _in_words(role: Role) -> RoleInWords:
    kinds = [kind.label for kind in AgencyKind if kind in role.held_by]
    by_module: dict[str, list[str]] = {}
    for grant in role.grants:
        by_module.setdefault(Module(grant.module).label, []).append(_said(grant))
    held = _listed(kinds) if kinds else "Any agency"
    return RoleInWords(role.key, role.title, role.plain, held, list(by_module.items()))


def _said(grant: Grant) -> str:
    does = _listed(DOES[action] for action in Action if action in grant.actions)
    return f"{does}, up to {grant.up_to.label.lower()}: {WHOSE[grant.reach]}"


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
