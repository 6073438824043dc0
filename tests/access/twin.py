"""The policy once more, slowly and in plain Python, from rows: what `visible()` is held against.

It is written from the sentences of docs/security.md, one row at a time, and shares no line with the policy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model

from safeboard.foundation.access.models import BreakGlass, Involvement, Restriction, RestrictionEntry
from safeboard.foundation.access.policy import GUARDS, Guard
from safeboard.foundation.access.roles import Grant
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Sensitivity
from safeboard.foundation.agencies.models import Arrangement

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Facts:
    """Every row that may matter, read whole."""

    involvements: list[Involvement]
    restrictions: list[Restriction]
    entries: list[RestrictionEntry]
    openings: list[BreakGlass]
    arrangements: list[tuple[Arrangement, set[int]]]

    @classmethod
    def read(cls) -> "Facts":
        arrangements = [(each, {area.pk for area in each.areas.all()}) for each in Arrangement.objects.all()]
        return cls(
            list(Involvement.objects.all()),
            list(Restriction.objects.all()),
            list(RestrictionEntry.objects.all()),
            list(BreakGlass.objects.all()),
            arrangements,
        )


@dataclass(frozen=True)
class Twin:
    """Decides for one viewer over one set of facts."""

    viewer: Viewer
    facts: Facts

    def allows(self, action: Action, row: Model, how: Guard | None, level: int = Sensitivity.OPEN) -> bool:
        if how is None or not self._allows_each(action, [follow(row, path) for path in how.both]):
            return False
        grants = [grant for grant in self.viewer.role.grants if grant.module == how.module and action in grant.actions]
        if not grants or follow(row, how.area) not in self._areas(how):
            return False
        named = self._named(row, how)
        told = named | {(each.of or follow(row, each.kind), str(follow(row, each.key))) for each in how.about}
        standing = [each for each in self.facts.restrictions if name_of(each) in told and self._stands(each)]
        if any(self._listed(each) is False for each in standing):
            return False
        if action in ("find", "open") and any(
            name_of(each) in named and self._is_open(each) for each in self.facts.openings
        ):
            return True
        if any(self._stops(each, action) for each in standing):
            return False
        return any(grant.up_to >= level and self._reaches(grant, action, row, how, named) for grant in grants)

    def _allows_each(self, action: Action, rows: list[Any]) -> bool:
        return all(self.allows(action, each, GUARDS[type(each)]) for each in rows)

    def _areas(self, how: Guard) -> set[int]:
        own = self.viewer.seat.agency.area_id
        shared = [
            areas
            for each, areas in self.facts.arrangements
            if each.module == how.module and own in areas and between(each.starts_on, self._today, each.ends_on)
        ]
        return {own}.union(*shared)

    @property
    def _today(self) -> date:
        return self.viewer.at.astimezone(LONDON).date()

    def _named(self, row: Model, how: Guard) -> set[tuple[str, str]]:
        paths = [how.record] if isinstance(how.record, str) else how.record
        keys = [follow(row, path) for path in paths]
        return {(how.kind, str(key)) for key in keys if key is not None}

    def _stands(self, restriction: Restriction) -> bool:
        return restriction.starts_at <= self.viewer.at < restriction.ends_at

    def _is_open(self, opening: BreakGlass) -> bool:
        return opening.user_id == self.viewer.user.pk and opening.opened_at <= self.viewer.at < opening.ends_at

    def _listed(self, restriction: Restriction) -> bool | None:
        for entry in self.facts.entries:
            if entry.restriction_id == restriction.pk and entry.user_id == self.viewer.user.pk:
                return entry.allowed
        return None

    def _stops(self, restriction: Restriction, action: Action) -> bool:
        if not restriction.only_listed or self._listed(restriction) is True:
            return False
        if self.viewer.role.on_duty and restriction.lets_duty_team_in:
            return False
        if action == "restrict":
            return False
        return restriction.hides_existence if action == "find" else True

    def _reaches(self, grant: Grant, action: Action, row: Model, how: Guard, named: set[tuple[str, str]]) -> bool:
        level = how.sensitivity if isinstance(how.sensitivity, Sensitivity) else follow(row, how.sensitivity)
        if level > grant.up_to:
            return False
        owned = bool(how.owner) and follow(row, how.owner) == self.viewer.user.pk
        if grant.reach == "area" or owned:
            return True
        if grant.reach == "agency":
            agencies = {follow(row, how.agency)} if how.agency else set()
            if how.contributing and action in ("find", "open"):
                agencies |= {each.pk for each in all_at_the_end(row, how.contributing)}
            return self.viewer.seat.agency_id in agencies
        return grant.reach == "involved" and any(
            name_of(each) in named and self._involves(each) for each in self.facts.involvements
        )

    def _involves(self, involvement: Involvement) -> bool:
        with_us = involvement.user_id == self.viewer.user.pk or involvement.agency_id == self.viewer.seat.agency_id
        return with_us and between(involvement.starts_on, self._today, involvement.ends_on)


def between(first: date, day: date, last: date | None) -> bool:
    return first <= day and (last is None or day <= last)


def name_of(said: Any) -> tuple[str, str]:
    return (said.kind, said.object_id)


def follow(row: Any, path: str) -> Any:
    """The value that a look-up leads to: `person__area_id`. None where the way breaks off."""
    for step in path.split("__"):
        row = getattr(row, step) if row is not None else None
    return row


def all_at_the_end(row: Any, path: str) -> set[Any]:
    """Every record that a look-up leads to where some of its steps lead to many: `actions__agency`."""
    reached = {row}
    for step in path.split("__"):
        led = [getattr(each, step) for each in reached if each is not None]
        reached = {found for each in led for found in (each.all() if hasattr(each, "all") else [each])}
    return reached - {None}


def allowed(twin: Twin, action: Action, rows: Iterable[Model], how: Guard | None, level: int = 0) -> list[Any]:
    """The keys of the rows the twin allows, sorted."""
    return sorted(row.pk for row in rows if twin.allows(action, row, how, level))
