"""The registers of this room: the trail, alerts, samples."""

from typing import Any, Final

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did, TrailEntry
from safeboard.foundation.pages.fields import DaySpanFilter
from safeboard.foundation.pages.registers import Column, Register
from safeboard.foundation.watching.codes import Cause, Outcome
from safeboard.foundation.watching.guards import ALERT, ENTRY, SAMPLE
from safeboard.foundation.watching.models import Alert
from safeboard.foundation.watching.naming import kind_words, kinds_in_words
from safeboard.foundation.watching.selectors import alerts, entries, samples, users_of

OPEN, DONE = "open", "done"
STATE: Final = ((OPEN, "Waiting"), (DONE, "Looked into"))


class TrailFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What the trail can be narrowed by."""

    who = django_filters.ChoiceFilter(label="Who", empty_label="All")
    did = django_filters.MultipleChoiceFilter(label="Did", choices=Did.choices, widget=forms.CheckboxSelectMultiple)
    kind = django_filters.ChoiceFilter(label="Kind of record", method="of_kind", empty_label="All")
    record = django_filters.NumberFilter(
        label="About the record of entry", method="about_same", widget=forms.HiddenInput
    )
    at = DaySpanFilter(label="When", field_name="at")

    def __init__(self, data: QueryDict, queryset: QuerySet[TrailEntry], *, request: Any) -> None:
        super().__init__(data=data, queryset=queryset, request=request)
        choices = [(str(key), name) for key, name in users_of(request.viewer).values_list("pk", "name")]
        self.filters["who"].extra["choices"] = choices
        self.kinds = kinds_in_words()
        self.filters["kind"].extra["choices"] = [(kinds[0], words.capitalize()) for words, kinds in self.kinds.items()]

    def of_kind(self, rows: QuerySet[TrailEntry], name: str, value: str) -> QuerySet[TrailEntry]:
        """Readings name a record by the policy's word, changes by its table: one choice is both."""
        return rows.filter(kind__in=next(kinds for kinds in self.kinds.values() if value in kinds))

    def about_same(self, rows: QuerySet[TrailEntry], name: str, value: int) -> QuerySet[TrailEntry]:
        """Those about the record of one entry: its number stands in the address, and nothing of the record."""
        of = rows.filter(pk=value).values_list("kind", "object_id").first()
        if of is None:
            return rows.none()
        kinds = next((kinds for kinds in self.kinds.values() if of[0] in kinds), [of[0]])
        return rows.filter(kind__in=kinds, object_id=of[1])


TRAIL: Final = Register(
    key="trail",
    title="Audit trail entries",
    one="audit trail entry",
    module=Module.TRAIL,
    kind=ENTRY,
    rows=entries,
    columns=(
        Column("when", "When", lambda row: row.at, ("number",), opens=True, ways=("oldest first", "newest first")),
        Column("who", "Who", lambda row: row.who_name or row.who),
        Column("agency", "Agency", lambda row: row.agency_name),
        Column("did", "Did", lambda row: Did(row.did)),
        Column("kind", "Kind", lambda row: kind_words(row.kind).capitalize()),
        Column("key", "Key", lambda row: row.object_id),
        Column("purpose", "Purpose", lambda row: row.purpose, export_only=True),
        Column("number", "Entry", lambda row: row.pk, ("number",), numeric=True, export_only=True),
    ),
    filters=TrailFilters,
    order="-when",
    record="watching:entry",
    intro="Everything done by people in this area's agencies. Records are named by their keys, never by a name.",
    empty="Nothing is noted that you may see.",
    links=(
        ("Alerts", "watching:alerts", Action.FIND),
        ("Monthly samples", "watching:samples", Action.FIND),
        ("Verifications", "watching:verifications", Action.FIND),
    ),
)


class AlertFilters(django_filters.FilterSet):  # type: ignore[misc]
    """What alerts can be narrowed by."""

    state = django_filters.ChoiceFilter(label="State", choices=STATE, method="in_state", empty_label="All")
    cause = django_filters.MultipleChoiceFilter(
        label="Cause", choices=Cause.choices, widget=forms.CheckboxSelectMultiple
    )
    day = DaySpanFilter(label="Day", field_name="day")

    def in_state(self, rows: QuerySet[Alert], name: str, value: str) -> QuerySet[Alert]:
        return rows.filter(looked_at__isnull=value == OPEN)


def state_of(row: Any) -> object:
    """The outcome of an alert or a sampled reading, or that it waits."""
    return Outcome(row.outcome) if row.outcome else "Waiting"


ALERTS: Final = Register(
    key="alerts",
    title="Alerts",
    one="alert",
    module=Module.TRAIL,
    kind=ALERT,
    rows=alerts,
    columns=(
        Column("cause", "Cause", lambda row: Cause(row.cause), ("cause",), opens=True),
        Column("user", "Who", lambda row: row.user.name, ("user__name",)),
        Column("day", "Day", lambda row: row.day, ("day", "pk")),
        Column("readings", "How many", lambda row: row.readings, ("readings",), numeric=True),
        Column("kind", "Kind", lambda row: kind_words(row.kind) if row.kind else None),
        Column("state", "State", state_of, ("outcome",), tag=lambda row: "grey" if row.outcome else "orange"),
        Column("words", "Found", lambda row: row.words, export_only=True),
    ),
    filters=AlertFilters,
    order="-day",
    ready=(("Waiting", f"state={OPEN}"), ("Looked into", f"state={DONE}")),
    record="watching:alert",
    intro="Readings and refusals that somebody else looks into. An alert is a question, not a finding.",
    empty="There is no alert.",
    links=(
        ("The trail", "watching:trail", Action.FIND),
        ("Monthly samples", "watching:samples", Action.FIND),
    ),
)

SAMPLES: Final = Register(
    key="samples",
    title="Monthly samples",
    one="monthly sample",
    module=Module.TRAIL,
    kind=SAMPLE,
    rows=samples,
    columns=(
        Column("month", "Month", lambda row: f"{row.month:%B %Y}", ("month",), opens=True),
        Column("eligible", "Readings of the month", lambda row: row.eligible, ("eligible",), numeric=True),
        Column("drawn", "Drawn", lambda row: row.drawn, ("drawn",), numeric=True),
        Column("reviewed", "Reviewed", lambda row: row.reviewed, ("reviewed",), numeric=True),
    ),
    order="-month",
    record="watching:sample",
    intro="Readings drawn by lot on the first of each month from those of the month before.",
    empty="None has been drawn yet: the first is drawn on the first of next month.",
    links=(("The trail", "watching:trail", Action.FIND), ("Alerts", "watching:alerts", Action.FIND)),
)
