"""The list of contacts."""

from typing import Any, Final

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.registers import Column, Register
from safeboard.tools.contacts.codes import Part
from safeboard.tools.contacts.guards import CONTACT
from safeboard.tools.contacts.models import Contact
from safeboard.tools.contacts.selectors import agencies, contacts, searched


class ContactFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What the list can be narrowed by."""

    part = django_filters.ChoiceFilter(label="To be called for", choices=Part.choices, empty_label="All")
    agency = django_filters.ChoiceFilter(label="Agency", field_name="agency_id", empty_label="All")
    only = django_filters.MultipleChoiceFilter(
        label="Only", choices=[("old", "To be checked again")], widget=forms.CheckboxSelectMultiple, method="narrow"
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Contact], *, request: Any) -> None:
        super().__init__(data=data, queryset=queryset, request=request)
        pairs = agencies(request.viewer, Action.FIND).values_list("pk", "name")
        self.filters["agency"].extra["choices"] = [(str(key), name) for key, name in pairs]

    def narrow(self, rows: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        return rows.filter(old=True) if value else rows


CONTACTS: Final = Register(
    key="contacts",
    title="Contacts",
    one="contact",
    module=Module.CONTACTS,
    kind=CONTACT,
    rows=contacts,
    columns=(
        Column("part", "Called for", lambda row: Part(row.part), ("part", "agency__name")),
        Column("name", "Name", lambda row: row.name, ("name",), opens=True),
        Column("agency", "Agency", lambda row: row.agency.name, ("agency__name", "part")),
        Column("telephone", "Telephone", lambda row: row.telephone),
        Column("email", "E-mail address", lambda row: row.email),
        Column("when", "When", lambda row: row.when, export_only=True),
        Column("checked", "Checked", lambda row: row.checked_on, ("checked_on",)),
        Column(
            "state",
            "State",
            lambda row: "Check again" if row.old else "Current",
            tag=lambda row: "orange" if row.old else "green",
        ),
    ),
    filters=ContactFilters,
    search=searched,
    search_label="Name, agency, or what to call for",
    order="part",
    record="contacts:contact",
    add="contacts:add",
    empty="Nobody is in the list yet.",
    intro="Whom to call at each agency. If a child is in immediate danger, call 999.",
)
