"""The lists of this room: uploads, what is wrong with them, snapshots, reports."""

from functools import reduce
from operator import or_
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from safeboard.figures.performance import selectors
from safeboard.figures.performance.codes import Audience, Origin, ReportState, SnapshotState, UploadState
from safeboard.figures.performance.models import HouseSnapshot, PublishedReport, ReturnFinding, Upload, UploadProblem
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.pages.columns import in_words
from safeboard.foundation.pages.registers import Column, Register

COLOURS = {
    UploadState.WAITING: "grey",
    UploadState.READING: "blue",
    UploadState.WRONG: "red",
    UploadState.READY: "yellow",
    UploadState.LOADED: "green",
    UploadState.WITHDRAWN: "grey",
    UploadState.FAILED: "red",
    SnapshotState.MEASURING: "blue",
    ReportState.PREPARED: "yellow",
    ReportState.APPROVED: "light-blue",
    ReportState.PUBLISHED: "green",
    ReportState.TURNED_DOWN: "grey",
}


def colour(row: Any) -> str:
    """The colour of a state's tag; the words beside it say the same."""
    return COLOURS.get(row.state, "")


def title_of_report(row: PublishedReport) -> str:
    """Tells a report from another of the same year: for whom it is, and when it was prepared."""
    for_whom = Audience(row.audience).label.partition(":")[0].lower()
    return f"{row.snapshot.period.label} for {for_whom}, prepared {in_words(timezone.localdate(row.prepared_at))}"


def _uploads_of(request: HttpRequest | None) -> QuerySet[Upload]:
    return selectors.uploads(getattr(request, "viewer", None), Action.FIND)


class UploadFilters(filters.FilterSet):  # type: ignore[misc]
    state = filters.MultipleChoiceFilter(label="State", choices=UploadState.choices)

    class Meta:
        model = Upload
        fields = ["state"]


class ProblemFilters(filters.FilterSet):  # type: ignore[misc]
    upload = filters.ModelChoiceFilter(label="Upload", queryset=_uploads_of)
    stops = filters.ChoiceFilter(
        label="Whether it stops the loading", choices=[("True", "It stops"), ("False", "It is only noted")]
    )

    class Meta:
        model = UploadProblem
        fields = ["upload", "stops"]


class FindingFilters(filters.FilterSet):  # type: ignore[misc]
    upload = filters.ModelChoiceFilter(label="Upload", queryset=_uploads_of)
    is_error = filters.ChoiceFilter(
        label="Kind", choices=[("True", "To put right"), ("False", "To explain")], field_name="is_error"
    )

    class Meta:
        model = ReturnFinding
        fields = ["upload", "is_error"]


class SnapshotFilters(filters.FilterSet):  # type: ignore[misc]
    state = filters.MultipleChoiceFilter(label="State", choices=SnapshotState.choices)
    origin = filters.MultipleChoiceFilter(label="Made from", choices=Origin.choices)

    class Meta:
        model = HouseSnapshot
        fields = ["state", "origin"]


class ReportFilters(filters.FilterSet):  # type: ignore[misc]
    state = filters.MultipleChoiceFilter(label="State", choices=ReportState.choices)
    audience = filters.MultipleChoiceFilter(label="For whom", choices=Audience.choices)

    class Meta:
        model = PublishedReport
        fields = ["state", "audience"]


def _problems(viewer: Viewer, action: Action) -> QuerySet[UploadProblem]:
    return selectors.problems(viewer, action)


def _with_words(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Files and columns are searched for too, and not filtered by: their names would stand in the address."""
    looked_through = ("file", "element", "child", "message", "found")
    return rows.filter(reduce(or_, (Q(**{f"{name}__icontains": words}) for name in looked_through)))


UPLOADS = Register(
    key="performance-uploads",
    title="Uploads",
    one="upload",
    module=Module.PERFORMANCE,
    kind="upload",
    rows=selectors.uploads,
    order="-given",
    record="performance-upload",
    add="performance-upload-add",
    filters=UploadFilters,
    empty="No files have been given yet.",
    intro="Files given here are read and checked. Nothing is loaded until they are right and you say so.",
    columns=(
        Column("given", "Given", lambda row: row.made_at, order=("made_at",), opens=True),
        Column("by", "By", lambda row: row.made_by.name, order=("made_by__name",)),
        Column("state", "State", lambda row: row.get_state_display(), order=("state",), tag=colour),
        Column("year", "Newest year", lambda row: row.newest_year, order=("newest_year",)),
        Column("problems", "Problems", lambda row: row.problems_in_all, order=("problems_in_all",), numeric=True),
    ),
)

PROBLEMS = Register(
    key="performance-problems",
    title="Problems",
    one="problem",
    module=Module.PERFORMANCE,
    kind="upload_problem",
    rows=_problems,
    order="-stops",
    filters=ProblemFilters,
    search=_with_words,
    search_label="Search by file, column, child, message or what was found",
    empty="No problem was found.",
    intro="Mend each where the record is kept, export again, and give the new files as a new upload.",
    columns=(
        Column("place", "Place", lambda row: place_of(row), order=("file", "line", "pk")),
        Column("child", "Child", lambda row: row.child, order=("child",)),
        Column("wrong", "What is wrong", lambda row: wrong(row), order=("message",)),
        Column("found", "Found", lambda row: row.found, export_only=True),
        Column("expected", "Expected", lambda row: row.expected, export_only=True),
        Column("remedy", "What to do", lambda row: row.remedy),
        Column(
            "stops",
            "Weight",
            lambda row: "Stops" if row.stops else "Noted",
            order=("stops", "-file", "-line", "-pk"),
            ways=("what stops last", "what stops first"),
            tag=lambda row: "red" if row.stops else "grey",
        ),
    ),
)

FINDINGS = Register(
    key="performance-findings",
    title="Findings of the census check",
    one="finding",
    module=Module.PERFORMANCE,
    kind="return_finding",
    rows=selectors.findings,
    order="-kind",
    filters=FindingFilters,
    empty="The department's rules found nothing.",
    intro="What the department will ask about a return. A finding does not stop the loading.",
    columns=(
        Column("rule", "Rule", lambda row: row.code, order=("code",)),
        Column("title", "What was found", lambda row: row.title, order=("title",)),
        Column(
            "kind",
            "Kind",
            lambda row: "To put right" if row.is_error else "To explain",
            order=("is_error", "found"),
            ways=("to explain first", "to put right first"),
            tag=lambda row: "red" if row.is_error else "yellow",
        ),
        Column("times", "Times", lambda row: row.found, order=("found",), numeric=True),
        Column("cause", "Usual cause", lambda row: row.usual_cause, export_only=True),
        Column("remedy", "What to do", lambda row: row.remedy),
        Column("file", "File", lambda row: row.file, order=("file",)),
    ),
)

SNAPSHOTS = Register(
    key="performance-snapshots",
    title="Snapshots",
    one="snapshot",
    module=Module.PERFORMANCE,
    kind="snapshot",
    rows=selectors.snapshots,
    order="-made",
    record="performance-snapshot",
    filters=SnapshotFilters,
    empty="There is no snapshot yet.",
    intro="Records frozen under a hash: every figure names the snapshot that it was counted in.",
    links=(("Freeze the live records now", "performance-freeze", Action.ADD),),
    columns=(
        Column("made", "Made", lambda row: row.made_at, order=("made_at",), opens=True),
        Column("year", "Year", lambda row: row.period.label, order=("ends_on",)),
        Column("area", "Area", lambda row: row.area.name, order=("area__name",)),
        Column("records", "Records to", lambda row: row.reference_date, order=("reference_date",)),
        Column("origin", "Made from", lambda row: row.get_origin_display(), order=("origin",)),
        Column("by", "By", lambda row: row.made_by.name if row.made_by else "The house, at night"),
        Column("state", "State", lambda row: row.get_state_display(), order=("state",), tag=colour),
        Column("rows", "Rows", lambda row: row.rows_in_all, order=("rows_in_all",), numeric=True),
    ),
)

REPORTS = Register(
    key="performance-reports",
    title="Reports",
    one="report",
    module=Module.PERFORMANCE,
    kind="published_report",
    rows=selectors.reports,
    order="-prepared",
    record="performance-report",
    filters=ReportFilters,
    empty="No report is published yet.",
    intro="Each report is frozen with its snapshot. One person prepares it, another approves it.",
    columns=(
        Column("report", "Report", title_of_report, order=("snapshot__ends_on", "audience", "prepared_at"), opens=True),
        Column("area", "Area", lambda row: row.area.name, order=("area__name",)),
        Column("audience", "For whom", lambda row: row.get_audience_display(), order=("audience",)),
        Column("state", "State", lambda row: row.get_state_display(), order=("state",), tag=colour),
        Column("prepared", "Prepared", lambda row: row.prepared_at, order=("prepared_at",)),
        Column("published", "Published", lambda row: row.published_at, order=("published_at",)),
    ),
)


def wrong(row: UploadProblem) -> str:
    """The message with what was found and what was expected, as the command line tells it."""
    if row.expected:
        return f"{row.message} Found {row.found or 'nothing'}; expected {row.expected}."
    return f"{row.message} Found {row.found}." if row.found else row.message


def place_of(row: UploadProblem) -> str:
    """File, line and column, as far as they are known."""
    parts = (row.file, f"line {row.line:,}" if row.line is not None else "", row.element)
    return ", ".join(part for part in parts if part)
