"""Uploads with their problems, snapshots with their figures, and published reports with their files."""

import uuid
from fractions import Fraction

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from safeboard.figures.performance.codes import Audience, FileKind, Origin, ReportState, SnapshotState, UploadState
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.agencies.models import BoardArea
from safeboard.foundation.kernel.numbers import Unit, ratio
from safeboard.foundation.kernel.periods import Period

USER = settings.AUTH_USER_MODEL


class Upload(models.Model):
    """Files given together, to become one snapshot. `identity` is that of the snapshot that they would make."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=UploadState.choices, default=UploadState.WAITING)
    finished_at = models.DateTimeField(null=True, blank=True)
    identity = models.CharField(max_length=64, blank=True)
    reference_date = models.DateField(null=True, blank=True)
    first_day = models.DateField(null=True, blank=True)
    newest_year = models.CharField(max_length=7, blank=True)
    row_counts = models.JSONField(default=dict)
    problems_in_all = models.PositiveIntegerField(default=0)
    problems_stopping = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["area", "-made_at"], name="uploads_of_an_area")]
        constraints = [
            models.CheckConstraint(
                name="upload_right_has_an_identity",
                condition=~Q(state__in=[UploadState.READY, UploadState.LOADED])
                | ~Q(identity="") & Q(problems_stopping=0),
            ),
        ]

    def __str__(self) -> str:
        return f"Upload of {self.made_at:%d %B %Y, %H:%M}"


class UploadedFile(models.Model):
    """One file of an upload. It is kept under its key; `name` is what its giver called it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["upload", "name"], name="file_named_once_in_an_upload")]

    def __str__(self) -> str:
        return self.name


class UploadProblem(models.Model):
    """One thing wrong with a file, in words its giver can act on. `child` is a local identifier, never a name."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="problems")
    file = models.CharField(max_length=200, blank=True)
    line = models.PositiveIntegerField(null=True, blank=True)
    child = models.CharField(max_length=100, blank=True)
    element = models.CharField(max_length=200, blank=True)
    message = models.TextField()
    found = models.TextField(blank=True)
    expected = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    stops = models.BooleanField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.message


class ReturnFinding(models.Model):
    """How often one rule of the department's found something in a return, what is asked, and what to do."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="findings")
    file = models.CharField(max_length=200)
    rules_of = models.CharField(max_length=100)
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    is_error = models.BooleanField()
    found = models.PositiveIntegerField()
    usual_cause = models.TextField(blank=True)
    remedy = models.TextField(blank=True)

    class Meta:
        ordering = ["-is_error", "-found", "code"]
        constraints = [models.UniqueConstraint(fields=["upload", "file", "code"], name="rule_once_in_a_return")]

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"


class HouseSnapshot(models.Model):
    """The standard tables of one area, frozen, and the period its figures are of. Its file is kept under its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    identity = models.CharField(max_length=64)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, blank=True, related_name="snapshots")
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=SnapshotState.choices, default=SnapshotState.MEASURING)
    starts_on = models.DateField()
    ends_on = models.DateField()
    reference_date = models.DateField()
    manifest = models.JSONField()
    rows_in_all = models.PositiveBigIntegerField(default=0)
    measured_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["area", "state", "-made_at"], name="snapshots_of_an_area")]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "identity", "starts_on", "ends_on"],
                condition=~Q(state=SnapshotState.WITHDRAWN),
                name="same_records_are_one_snapshot",
            ),
            models.CheckConstraint(name="snapshot_period_runs_forward", condition=Q(starts_on__lt=F("ends_on"))),
            models.CheckConstraint(
                name="snapshot_of_files_has_its_upload",
                condition=Q(origin=Origin.UPLOAD, upload__isnull=False) | Q(origin=Origin.LIVE, upload__isnull=True),
            ),
            models.CheckConstraint(
                name="snapshot_withdrawn_by_somebody_at_a_time",
                condition=Q(state=SnapshotState.WITHDRAWN, withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                | (~Q(state=SnapshotState.WITHDRAWN) & Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period.label}, records to {self.reference_date:%-d %B %Y}"

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)


class SnapshotRows(HouseSnapshot):
    """The rows behind a snapshot's figures: the same record, more sensitive, so under a guard of its own."""

    class Meta:
        proxy = True


class FigureRow(models.Model):
    """One figure as counted, and which of its numbers those may not see who may not see the rows.

    `group_column` and `group_label` empty: the whole; the label alone empty: a group that was not collected. What was
    counted is a run of `keys_count` from `keys_from` in the file of the measure and period (`counted.py`).
    """

    snapshot = models.ForeignKey(HouseSnapshot, on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveIntegerField()
    measure = models.CharField(max_length=80)
    edition = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()
    group_column = models.CharField(max_length=60, blank=True)
    group_label = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=20)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    children = models.BigIntegerField(null=True)
    children_of_base = models.BigIntegerField(null=True)
    collected = models.BooleanField()
    why_not = models.TextField(blank=True)
    population_vintage = models.CharField(max_length=200, blank=True)
    numerator_hidden = models.BooleanField(default=False)
    denominator_hidden = models.BooleanField(default=False)
    value_hidden = models.BooleanField(default=False)
    children_hidden = models.BooleanField(default=False)
    children_of_base_hidden = models.BooleanField(default=False)
    keys_from = models.PositiveBigIntegerField(default=0)
    keys_count = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["snapshot", "position"]
        indexes = [models.Index(fields=["snapshot", "measure"], name="figures_of_a_measure")]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "starts_on", "ends_on", "measure", "group_column", "group_label"],
                name="figure_once_in_a_snapshot",
            ),
            models.CheckConstraint(
                name="figure_not_collected_has_no_number",
                condition=Q(collected=True, numerator__gte=0)
                | Q(collected=False, numerator__isnull=True, denominator__isnull=True, keys_count=0),
            ),
            models.CheckConstraint(
                name="figure_hidden_where_its_numerator_is", condition=Q(numerator_hidden=False) | Q(value_hidden=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.group} {self.period.label}"

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)

    @property
    def group(self) -> str | None:
        """As in the road's figure: None, "column" or "column=label"."""
        return f"{self.group_column}={self.group_label}" if self.group_label else self.group_column or None

    @property
    def value(self) -> Fraction | None:
        """The exact value; numerator and denominator are what is kept."""
        if self.numerator is None:
            return None
        if self.unit == Unit.COUNT:
            return Fraction(self.numerator)
        return None if self.denominator is None else ratio(self.numerator, self.denominator, Unit(self.unit))


class PublishedReport(models.Model):
    """A report of one snapshot on its way to publication. Its files are frozen when it is prepared.

    Another person than the one who prepared it approves it. The board's own copy hides nothing, so it is personal.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(BoardArea, on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(HouseSnapshot, on_delete=models.PROTECT, related_name="reports")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    sensitivity = models.PositiveSmallIntegerField(choices=Sensitivity.choices)
    state = models.CharField(max_length=20, choices=ReportState.choices, default=ReportState.WAITING)
    prepared_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    published_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-prepared_at"]
        constraints = [
            models.CheckConstraint(
                name="nobody_approves_the_report_they_prepared",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="report_decided_by_somebody_at_a_time",
                condition=Q(
                    state__in=[ReportState.APPROVED, ReportState.PUBLISHED, ReportState.TURNED_DOWN],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                | Q(
                    state__in=[ReportState.WAITING, ReportState.PREPARED, ReportState.FAILED],
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="report_published_by_somebody_at_a_time",
                condition=Q(state=ReportState.PUBLISHED, published_by__isnull=False, published_at__isnull=False)
                | (~Q(state=ReportState.PUBLISHED) & Q(published_by__isnull=True, published_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="report_hiding_nothing_is_personal",
                condition=~Q(audience=Audience.BOARD) | Q(sensitivity__gte=Sensitivity.PERSONAL),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_audience_display()}, {self.prepared_at:%-d %B %Y}"


class ReportFile(models.Model):
    """One frozen file of a report, kept under its key; `sha256` is of its bytes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(PublishedReport, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="file_named_once_in_a_report")]

    def __str__(self) -> str:
        return self.name
