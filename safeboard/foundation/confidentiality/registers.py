"""The two lists: restrictions with the day of their next review, and openings by break-glass."""

from typing import Any, Final

import django_filters
from django import forms
from django.db.models import QuerySet

from safeboard.foundation.access.break_glass import openings
from safeboard.foundation.access.guards import OPENING, RESTRICTION
from safeboard.foundation.access.models import BreakGlass, Restriction
from safeboard.foundation.access.records import reference_of
from safeboard.foundation.access.restricting import last_day, standing
from safeboard.foundation.access.words import Module, OpeningOutcome, RestrictionCategory
from safeboard.foundation.pages.fields import DaySpanFilter
from safeboard.foundation.pages.registers import Column, Register


def _reference(row: Restriction | BreakGlass) -> str:
    return reference_of(row.kind, row.object_id).capitalize()


class RestrictionFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What the restrictions can be narrowed by."""

    category = django_filters.MultipleChoiceFilter(
        label="Why", choices=RestrictionCategory.choices, widget=forms.CheckboxSelectMultiple
    )
    review = DaySpanFilter(label="To be reviewed", field_name="review_on")


RESTRICTIONS: Final = Register(
    key="restrictions",
    title="Restricted records",
    one="restricted record",
    module=Module.CONFIDENTIALITY,
    kind=RESTRICTION,
    rows=standing,
    columns=(
        Column("number", "Number", lambda row: row.pk, ("pk",), opens=True),
        Column("kind", "Record", _reference, ("kind", "object_id")),
        Column("why", "Why", lambda row: RestrictionCategory(row.category), ("category",)),
        Column("review", "Review by", lambda row: row.review_on, ("review_on",)),
        Column("ends", "Last day", last_day, ("ends_at",)),
        Column("by", "Set by", lambda row: row.set_by.name, ("set_by__name",)),
    ),
    order="review",
    filters=RestrictionFilters,
    record="confidentiality:restriction",
    empty="No record is restricted.",
    intro="Each is reviewed every 90 days; those due first stand first. A record is restricted from its own page.",
)


class OpeningFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What the openings can be narrowed by."""

    waiting = django_filters.MultipleChoiceFilter(
        label="Only",
        choices=[("yes", "Waiting for review")],
        widget=forms.CheckboxSelectMultiple,
        method="only_waiting",
    )
    outcome = django_filters.MultipleChoiceFilter(
        label="Outcome", choices=OpeningOutcome.choices, widget=forms.CheckboxSelectMultiple
    )
    opened = DaySpanFilter(label="Review by", field_name="review_on")

    def only_waiting(self, rows: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        return rows.filter(reviewed_by=None) if value else rows


OPENINGS: Final = Register(
    key="openings",
    title="Openings by break-glass",
    one="opening by break-glass",
    module=Module.CONFIDENTIALITY,
    kind=OPENING,
    rows=openings,
    columns=(
        Column("opened", "Opened", lambda row: row.opened_at, ("opened_at",), opens=True),
        Column("by", "By", lambda row: row.user.name, ("user__name",)),
        Column("kind", "Record", _reference, ("kind", "object_id")),
        Column("until", "Until", lambda row: row.ends_at, ("ends_at",), export_only=True),
        Column("early", "Ended early", lambda row: row.ended_early, export_only=True),
        Column("review", "Review by", lambda row: row.review_on, ("review_on",)),
        Column("reviewer", "Reviewed by", lambda row: row.reviewed_by and row.reviewed_by.name, ("reviewed_by__name",)),
        Column(
            "outcome",
            "Outcome",
            lambda row: OpeningOutcome(row.outcome) if row.outcome else "Waiting for review",
            ("outcome",),
        ),
    ),
    order="-opened",
    ready=(("Waiting for review", "waiting=yes"),),
    filters=OpeningFilters,
    record="confidentiality:opening",
    empty="Nobody has opened a record by break-glass.",
)
