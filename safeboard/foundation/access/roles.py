"""The roles, read once from `roles.toml`: what each may do, in plain words and as grants."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from safeboard.foundation.access.words import Action, Module, Reach, Sensitivity
from safeboard.foundation.agencies.kinds import AgencyKind


@dataclass(frozen=True, slots=True)
class Grant:
    """Leave to do `actions` in `module` on records up to a sensitivity, as far as `reach` goes."""

    module: Module
    actions: frozenset[Action]
    up_to: Sensitivity
    reach: Reach


@dataclass(frozen=True, slots=True)
class Role:
    """A role in plain words, who may hold it (no kind named: any agency), and its grants.

    `on_duty`: it acts at night and at weekends, so most restrictions let it in.
    """

    key: str
    title: str
    plain: str
    held_by: frozenset[AgencyKind]
    grants: tuple[Grant, ...]
    on_duty: bool = False

    def granted(self, module: Module, action: Action) -> tuple[Grant, ...]:
        return tuple(grant for grant in self.grants if grant.module == module and action in grant.actions)

    def may_be_held_in(self, kind: AgencyKind) -> bool:
        return not self.held_by or kind in self.held_by


@cache
def roles() -> Mapping[str, Role]:
    """Every role by its key, in the file's order."""
    declared = tomllib.loads(files(__package__).joinpath("roles.toml").read_text(encoding="utf-8"))
    return {key: _role(key, entry) for key, entry in declared.items()}


def _role(key: str, entry: Mapping[str, Any]) -> Role:
    return Role(
        key=key,
        title=entry["title"],
        plain=entry["plain"],
        held_by=frozenset(AgencyKind(kind) for kind in entry["held_by"]),
        grants=tuple(_grant(grant) for grant in entry["grants"]),
        on_duty=entry.get("on_duty", False),
    )


def _grant(entry: Mapping[str, Any]) -> Grant:
    return Grant(
        module=Module(entry["module"]),
        actions=frozenset(Action(action) for action in entry["actions"]),
        up_to=Sensitivity[entry["up_to"].upper()],
        reach=Reach(entry["reach"]),
    )
