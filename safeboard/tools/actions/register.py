"""The two registers of this room: the actions, and what they come from."""

from typing import Any, Final

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module, Sensitivity
from safeboard.foundation.pages.fields import DaySpanFilter
from safeboard.foundation.pages.registers import Column, Register
from safeboard.tools.actions.codes import Priority, Risk, SourceKind, Status
from safeboard.tools.actions.guards import ACTION, SOURCE
from safeboard.tools.actions.layout import SEPARATOR, Titles
from safeboard.tools.actions.models import ActionItem, Source
from safeboard.tools.actions.rules import slippage
from safeboard.tools.actions.selectors import (
    facts_of,
    filter_choices,
    for_register,
    searched,
    searched_sources,
    sources,
    today,
)

COLOURS: Final = {
    Status.OPEN: "blue",
    Status.EVIDENCE_GIVEN: "light-blue",
    Status.OVERDUE: "red",
    Status.CLOSED: "grey",
    Status.VERIFIED: "green",
    Status.IMPACT_CHECKED: "green",
}
MINE, OVERDUE, HIGH_RISK, MOVED, UNVERIFIED = "mine", "overdue", "high-risk", "moved", "unverified"
NOT_CLOSED, CLOSED = "open", "closed"
STANDING: Final = ((NOT_CLOSED, "Not closed yet"), (CLOSED, "Closed"))
ONLY: Final = (
    (MINE, "Mine"),
    (OVERDUE, "Overdue"),
    (HIGH_RISK, "High risk"),
    (MOVED, "Due date moved"),
    (UNVERIFIED, "Waiting to be verified"),
)


class ActionFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What the list of actions can be narrowed by."""

    standing = django_filters.ChoiceFilter(label="Show", choices=STANDING, empty_label="All", method="of_standing")
    status = django_filters.MultipleChoiceFilter(
        label="Status", choices=Status.choices, widget=forms.CheckboxSelectMultiple
    )
    only = django_filters.MultipleChoiceFilter(
        label="Only", choices=ONLY, widget=forms.CheckboxSelectMultiple, method="narrow"
    )
    kind = django_filters.ChoiceFilter(
        label="Kind of source", field_name="source__kind", choices=SourceKind.choices, empty_label="All"
    )
    agency = django_filters.ChoiceFilter(label="Agency", method="of_agency", empty_label="All")
    owner = django_filters.ChoiceFilter(label="Owner", field_name="owner_id", empty_label="All")
    theme = django_filters.ChoiceFilter(label="Theme", method="of_theme", empty_label="All")
    due = DaySpanFilter(label="Due", field_name="due_on")

    def __init__(self, data: QueryDict, queryset: QuerySet[ActionItem], *, request: Any) -> None:
        super().__init__(data=data, queryset=queryset, request=request)
        viewer: Viewer = request.viewer
        self.viewer = viewer
        for name, choices in filter_choices(viewer).items():
            self.filters[name].extra["choices"] = choices

    def of_standing(self, rows: QuerySet[ActionItem], name: str, value: str) -> QuerySet[ActionItem]:
        return rows.filter(closed_on__isnull=value == NOT_CLOSED)

    def narrow(self, rows: QuerySet[ActionItem], name: str, value: list[str]) -> QuerySet[ActionItem]:
        """Each thing chosen narrows further."""
        late = Q(closed_on=None, due_on__lt=today(self.viewer))
        unverified = Q(closed_on__isnull=False, verified_on=None, risk=Risk.HIGH)
        conditions = {
            MINE: Q(owner=self.viewer.user),
            OVERDUE: late,
            HIGH_RISK: Q(risk=Risk.HIGH),
            MOVED: ~Q(due_on=F("first_due_on")),
            UNVERIFIED: unverified,
        }
        for each in value:
            rows = rows.filter(conditions[each])
        return rows

    def of_agency(self, rows: QuerySet[ActionItem], name: str, value: str) -> QuerySet[ActionItem]:
        """Those that the agency leads or contributes to."""
        contributes = ActionItem.contributing.through.objects.filter(agency_id=value).values("actionitem_id")
        return rows.filter(Q(agency_id=value) | Q(pk__in=contributes))

    def of_theme(self, rows: QuerySet[ActionItem], name: str, value: str) -> QuerySet[ActionItem]:
        return rows.filter(pk__in=ActionItem.themes.through.objects.filter(theme_id=value).values("actionitem_id"))


def slipped_days(row: Any) -> int:
    """Working days that a row of the register has slipped, on the day it is looked at."""
    return slippage(facts_of(row, frozenset()), row.seen_on)


ACTIONS: Final = Register(
    key="actions",
    title="Actions",
    one="action",
    module=Module.ACTIONS,
    kind=ACTION,
    rows=for_register,
    columns=(
        Column("number", "No.", lambda row: row.number, ("number",), numeric=True, known=True),
        Column("title", Titles.ACTION, lambda row: row.title, ("title",), opens=True),
        Column("agency", Titles.AGENCY, lambda row: row.agency.name, ("agency__name",), known=True),
        Column("owner", "Owner", lambda row: row.owner and row.owner.name, ("owner__name",)),
        Column("first_due", Titles.FIRST_DUE, lambda row: row.first_due_on, ("first_due_on", "number")),
        Column("due", Titles.DUE, lambda row: row.due_on, ("due_on", "number")),
        Column("slipped", "Days slipped", slipped_days, numeric=True),
        Column(
            "status",
            "Status",
            lambda row: Status(row.status),
            ("status",),
            tag=lambda row: COLOURS[Status(row.status)],
        ),
        Column("details", Titles.DETAILS, lambda row: row.words, export_only=True),
        Column("success", Titles.SUCCESS, lambda row: row.measure_of_success, export_only=True),
        Column("kind", Titles.KIND, lambda row: SourceKind(row.source.kind), export_only=True),
        Column("source", Titles.SOURCE, lambda row: row.source_title, export_only=True),
        Column("dated", Titles.DATED, lambda row: row.source.dated_on, export_only=True),
        Column("source_level", Titles.SOURCE_LEVEL, lambda row: Sensitivity(row.source.sensitivity), export_only=True),
        Column("rec_number", Titles.REC_NUMBER, lambda row: row.rec_number, numeric=True, export_only=True),
        Column("rec_words", Titles.REC_WORDS, lambda row: row.rec_words, export_only=True),
        Column("email", Titles.OWNER, lambda row: row.owner and row.owner.email, export_only=True),
        Column(
            "contributing",
            Titles.CONTRIBUTING,
            lambda row: f"{SEPARATOR} ".join(row.contributing_names),
            export_only=True,
        ),
        Column("moved", Titles.MOVED, lambda row: row.moved_because, export_only=True),
        Column("risk", Titles.RISK, lambda row: Risk(row.risk), export_only=True),
        Column("priority", Titles.PRIORITY, lambda row: Priority(row.priority), export_only=True),
        Column("level", Titles.LEVEL, lambda row: Sensitivity(row.sensitivity), export_only=True),
        Column("themes", Titles.THEMES, lambda row: f"{SEPARATOR} ".join(row.theme_names), export_only=True),
        Column("closed", "Closed", lambda row: row.closed_on, export_only=True),
        Column("verified", "Verified", lambda row: row.verified_on, export_only=True),
        Column("checked", "Impact checked", lambda row: row.impact_checked_on, export_only=True),
    ),
    filters=ActionFilters,
    search=searched,
    search_label="Number, or words of the action",
    order="due",
    ready=(
        ("Not closed yet", f"standing={NOT_CLOSED}"),
        ("Mine", f"standing={NOT_CLOSED}&only={MINE}"),
        ("Overdue", f"only={OVERDUE}"),
        ("Waiting to be verified", f"only={UNVERIFIED}"),
        ("Closed", f"standing={CLOSED}&sort=-due"),
    ),
    record="actions:action",
    add="actions:add",
    empty="No action is here that you may see. Actions come from reviews, audits, meetings and plans.",
    links=(
        ("Sources", "actions:sources", Action.FIND),
        ("Slippage by agency", "actions:slippage", Action.FIND),
        ("Themes", "actions:themes", Action.FIND),
        ("Load from Excel", "actions:loads", Action.ADD),
        ("Give to another owner", "actions:owner-changes", Action.CHANGE),
        ("Your reminders", "actions:reminders", Action.FIND),
    ),
)


class SourceFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What the list of sources can be narrowed by."""

    kind = django_filters.MultipleChoiceFilter(
        label="Kind", choices=SourceKind.choices, widget=forms.CheckboxSelectMultiple
    )
    dated = DaySpanFilter(label="Date", field_name="dated_on")

    class Meta:
        model = Source
        fields: list[str] = []


SOURCES: Final = Register(
    key="sources",
    title="Sources of actions",
    one="source",
    module=Module.ACTIONS,
    kind=SOURCE,
    rows=sources,
    columns=(
        Column("title", "Title", lambda row: row.title, ("title",), opens=True),
        Column("kind", "Kind", lambda row: SourceKind(row.kind), ("kind",)),
        Column("dated", "Date", lambda row: row.dated_on, ("dated_on",)),
        Column("agency", "Entered by", lambda row: row.agency.name, ("agency__name",)),
        Column("recommendations", "Recommendations", lambda row: row.recommended, ("recommended",), numeric=True),
        Column("actions", "Actions", lambda row: row.acted, ("acted",), numeric=True),
        Column("open", "Open", lambda row: row.still_open, ("still_open",), numeric=True),
    ),
    filters=SourceFilters,
    search=searched_sources,
    search_label="Words of the title",
    order="-dated",
    record="actions:source",
    add="actions:add-source",
    empty="No source is here that you may see. Add one: a review, an audit, a meeting, the business plan.",
)
