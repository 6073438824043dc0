"""The list of people."""

from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, OuterRef, Q, QuerySet, Value

from safeboard.casework.people.codes import FlagKind, PersonKind, RecordStatus, SafetyKind
from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.identity import days_of
from safeboard.casework.people.known import WITHOUT_A_NAME
from safeboard.casework.people.models import Flag, Person
from safeboard.casework.people.rules import kind_on
from safeboard.casework.people.selectors import (
    by_words,
    current_name,
    day_of,
    kinds_warned_of,
    people,
    whom_a_restriction_names,
)
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.fields import DaySpanFilter
from safeboard.foundation.pages.registers import Column, Register


def listed(viewer: Viewer, action: Action) -> QuerySet[Any, Any]:
    """People with their name, and with the warnings and flags that hold today."""
    on = day_of(viewer)
    holds = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    flags = Flag.objects.filter(holds, person=OuterRef("pk"), expires_on__gte=on)
    return (
        people(viewer, action)
        .select_related("agency")
        .annotate(
            name=current_name(),
            asked=whom_a_restriction_names(viewer),
            today=Value(on, DateField()),
            warned=kinds_warned_of(viewer),
            flagged=ArraySubquery(flags.order_by("kind").values("kind").distinct()),
        )
    )


class PeopleFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What the list is narrowed by."""

    kind = django_filters.MultipleChoiceFilter(
        label="Kind", choices=PersonKind.choices, widget=forms.CheckboxSelectMultiple
    )
    born = DaySpanFilter(field_name="born_on", label="Born")
    warned = django_filters.ChoiceFilter(
        label="Safety warning", choices=SafetyKind.choices, method="with_warning", empty_label="Any or none"
    )
    flagged = django_filters.ChoiceFilter(
        label="Flag", choices=FlagKind.choices, method="with_flag", empty_label="Any or none"
    )
    status = django_filters.ChoiceFilter(
        label="Record",
        choices=[each for each in RecordStatus.choices if each[0] != RecordStatus.JOINED],
        empty_label="In use or closed",
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def with_warning(self, rows: QuerySet[Any, Any], _: str, kind: str) -> QuerySet[Any, Any]:
        return rows.filter(warned__contains=[kind])

    def with_flag(self, rows: QuerySet[Any, Any], _: str, kind: str) -> QuerySet[Any, Any]:
        return rows.filter(flagged__contains=[kind])


def _born(row: Any) -> str:
    said = {"Born": "{}", "Expected": "expected {}", "Died": "died {}"}
    return "; ".join(said[label].format(words) for label, words in days_of(row, row.today))


PEOPLE = Register(
    key="people",
    title="People",
    one="person",
    module=Module.PEOPLE,
    kind=PERSON,
    rows=listed,
    columns=(
        Column("name", "Name", lambda row: row.name or WITHOUT_A_NAME, order=("name",), opens=True),
        Column(
            "warnings",
            "Warnings",
            lambda row: [SafetyKind(kind) for kind in row.warned],
        ),
        Column("flags", "Flags", lambda row: [FlagKind(kind) for kind in row.flagged]),
        Column("kind", "Kind", lambda row: kind_on(PersonKind(row.kind), row.born_on, row.today), order=("kind",)),
        Column("born", "Born", _born, order=("born_on",)),
        Column("agency", "Whom to ask", lambda row: row.asked or row.agency.name, order=("agency__name",), known=True),
        Column("added", "Added", lambda row: row.added_at.date(), order=("added_at",)),
    ),
    order="-added",
    ready=(("In use", f"status={RecordStatus.CURRENT}"), ("Closed", f"status={RecordStatus.CLOSED}")),
    filters=PeopleFilters,
    search=by_words,
    record="people:person",
    add="people:add",
    search_label="Beginning of a name, or a number",
    empty="There is nobody here whose record you may know of.",
)
