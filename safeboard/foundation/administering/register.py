"""The registers of this room: agencies, users with their seats, arrangements."""

from typing import Any, Final

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from safeboard.foundation.access.models import Seat
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.administering.guards import AGENCY, ARRANGEMENT, SEAT
from safeboard.foundation.administering.selectors import agencies, arrangements, running, seats
from safeboard.foundation.agencies.kinds import AgencyKind
from safeboard.foundation.agencies.models import Agency
from safeboard.foundation.pages.ordering import BY_CODE
from safeboard.foundation.pages.registers import Column, Register

GOING_ON, ENDED = "going on", "ended"


class AgencyFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What agencies can be narrowed by."""

    kind = django_filters.MultipleChoiceFilter(
        label="Kind", choices=AgencyKind.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Agency
        fields: list[str] = []


def named(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those whose name holds the words."""
    return rows.filter(name__icontains=words)


AGENCIES: Final = Register(
    key="agencies",
    title="Agencies",
    one="agency",
    module=Module.USERS,
    kind=AGENCY,
    rows=agencies,
    columns=(
        Column("name", "Name", lambda row: row.name, ("name",), opens=True),
        Column("kind", "Kind", lambda row: AgencyKind(row.kind), ("kind", "name")),
        Column("area", "Area", lambda row: row.area.name, ("area__name", "name")),
        Column("holders", "Seats", lambda row: row.holders, ("holders",), numeric=True),
        Column("ended", "Ended", lambda row: row.ended_on, ("ended_on",)),
    ),
    filters=AgencyFilters,
    search=named,
    search_label="Part of the name",
    order="name",
    record="administering:agency",
    empty="No agency is here that you may see.",
    links=(
        ("Users and seats", "administering:seats", Action.FIND),
        ("Access reviews", "administering:reviews", Action.ADMINISTER),
    ),
)


class SeatFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What seats can be narrowed by."""

    state = django_filters.ChoiceFilter(
        label="State",
        choices=((GOING_ON, "Going on"), (ENDED, "Ended")),
        method="in_state",
        empty_label="All",
    )
    role = django_filters.ChoiceFilter(
        label="Role", choices=lambda: [(role.key, role.title) for role in roles().values()], empty_label="All"
    )
    agency = django_filters.ChoiceFilter(label="Agency", field_name="agency_id", empty_label="All")

    class Meta:
        model = Seat
        fields: list[str] = []

    def __init__(self, *args: Any, request: Any, **words: Any) -> None:
        super().__init__(*args, request=request, **words)
        self.at = request.viewer.at
        known = agencies(request.viewer, Action.FIND).order_by("name").values_list("pk", "name")
        self.filters["agency"].extra["choices"] = [(str(key), name) for key, name in known]

    def in_state(self, rows: QuerySet[Seat], name: str, value: str) -> QuerySet[Seat]:
        return rows.filter(running(self.at)) if value == GOING_ON else rows.exclude(running(self.at))


def found(rows: QuerySet[Seat], words: str) -> QuerySet[Seat]:
    """Those whose holder's name or address holds the words."""
    return rows.filter(Q(user__name__icontains=words) | Q(user__email__icontains=words))


def role_words(key: str) -> str:
    """A role's title; the key of one that is no more."""
    return roles()[key].title if key in roles() else key


SEATS: Final = Register(
    key="seats",
    title="Users and seats",
    one="seat",
    module=Module.USERS,
    kind=SEAT,
    rows=seats,
    columns=(
        Column("user", "Who", lambda row: row.user.name, ("user__name", "pk"), opens=True),
        Column("role", "Role", lambda row: role_words(row.role), ("role", "user__name"), ways=BY_CODE),
        Column("agency", "Agency", lambda row: row.agency.name, ("agency__name", "user__name")),
        Column("team", "Team", lambda row: row.team and row.team.name, export_only=True),
        Column("starts", "From", lambda row: row.starts_on, ("starts_on", "pk")),
        Column("ends", "To", lambda row: row.ends_on, ("ends_on", "pk")),
        Column("seen", "Last signed in", lambda row: row.user.last_login, ("user__last_login",)),
        Column("email", "E-mail address", lambda row: row.user.email, export_only=True),
    ),
    filters=SeatFilters,
    search=found,
    search_label="Part of a name or an e-mail address",
    order="user",
    record="administering:seat",
    empty="Nobody holds a seat that you may see.",
    links=(
        ("Invite somebody", "signing_in:invitations", Action.ADMINISTER),
        ("End leavers by list", "signing_in:leavers", Action.ADMINISTER),
        ("Agencies", "administering:agencies", Action.FIND),
        ("Access reviews", "administering:reviews", Action.ADMINISTER),
    ),
)


def shared_areas(row: Any) -> str:
    """The names of the areas of an arrangement or a proposal."""
    return ", ".join(sorted(area.name for area in row.areas.all()))


def state_of(row: Any) -> str:
    """Whether an arrangement is in force today."""
    today = timezone.localdate()
    if row.ends_on and row.ends_on < today:
        return "Ended"
    return "In force" if row.starts_on <= today else "To come"


ARRANGEMENTS: Final = Register(
    key="arrangements",
    title="Arrangements",
    one="arrangement",
    module=Module.HOUSE,
    kind=ARRANGEMENT,
    rows=arrangements,
    columns=(
        Column("name", "Name", lambda row: row.name, ("name",), opens=True),
        Column("module", "Shares", lambda row: Module(row.module), ("module", "name")),
        Column("areas", "Among", shared_areas),
        Column("starts", "From", lambda row: row.starts_on, ("starts_on", "name")),
        Column("ends", "To", lambda row: row.ends_on, ("ends_on", "name")),
        Column("state", "State", state_of, tag=lambda row: "green" if state_of(row) == "In force" else "grey"),
    ),
    order="name",
    record="administering:arrangement",
    intro="Areas are kept apart. An arrangement shares the records of one module among the areas it names.",
    empty="This area shares nothing with any other.",
    links=(
        ("Propose an arrangement", "administering:propose", Action.ADMINISTER),
        ("Proposals", "administering:proposals", Action.ADMINISTER),
        ("This area", "administering:area", Action.FIND),
    ),
)
