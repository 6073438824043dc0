"""The way of a report: prepared by one person, approved by another, published."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from safeboard.figures.performance.codes import Audience, ReportState, SnapshotState
from safeboard.figures.performance.models import HouseSnapshot, PublishedReport
from safeboard.figures.performance.stored import told_since
from safeboard.figures.performance.tasks import write_report
from safeboard.foundation.access.duties import Duty, keep_apart
from safeboard.foundation.access.policy import may
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Sensitivity
from safeboard.foundation.kernel.errors import BadInput, Problem

LONGEST_REMARK = 500


@transaction.atomic
def prepare(*, snapshot: HouseSnapshot, audience: Audience, by: Viewer) -> PublishedReport:
    """Let the worker write a report of the snapshot, to be approved by another person.

    Raises BadInput where the snapshot is not ready, or such a report of it is under way or out; PermissionDenied.
    """
    held = HouseSnapshot.objects.select_for_update(of=("self",)).get(pk=snapshot.pk)
    if not may(by, Action.ADD, held):
        raise PermissionDenied
    if held.state != SnapshotState.READY:
        raise BadInput(Problem("This snapshot is not ready.", "Wait until its figures are counted, or take another."))
    there = held.reports.filter(audience=audience).exclude(state__in=[ReportState.TURNED_DOWN, ReportState.FAILED])
    if there.exists():
        raise BadInput(
            Problem("Such a report of this snapshot is there already.", "Use that one, or turn it down first.")
        )
    if audience == Audience.PUBLIC and told_since(held):
        raise BadInput(
            Problem(
                "Other figures of these years were shown to everybody since those of this snapshot were counted.",
                "Freeze the live records anew, or give the files again, and take the new snapshot: it hides what the"
                " two together would tell of few children.",
            )
        )
    report = PublishedReport.objects.create(
        area_id=held.area_id,
        snapshot=held,
        audience=audience,
        sensitivity=Sensitivity.PERSONAL if audience == Audience.BOARD else Sensitivity.OFFICIAL,
        prepared_by=by.user,
        prepared_at=by.at,
    )
    write_report.defer(report=str(report.pk))
    return report


@transaction.atomic
def approve(*, report: PublishedReport, by: Viewer) -> None:
    """Say that the report may be published. Never by who prepared it: BadInput. PermissionDenied without the grant."""
    held = _to_decide(report, by)
    held.state, held.decided_by, held.decided_at = ReportState.APPROVED, by.user, by.at
    held.save()


@transaction.atomic
def turn_down(*, report: PublishedReport, remark: str, by: Viewer) -> None:
    """Say that the report may not be published, and why. Its files stay. BadInput without a reason; as `approve`."""
    if not remark.strip() or len(remark) > LONGEST_REMARK:
        raise BadInput(
            Problem("Say why the report is turned down.", f"At most {LONGEST_REMARK} signs.", element="remark")
        )
    held = _to_decide(report, by)
    held.state, held.decided_by, held.decided_at, held.remark = ReportState.TURNED_DOWN, by.user, by.at, remark.strip()
    held.save()


def _to_decide(report: PublishedReport, by: Viewer) -> PublishedReport:
    held = PublishedReport.objects.select_for_update().get(pk=report.pk)
    if not may(by, Action.VERIFY, held):
        raise PermissionDenied
    if held.state != ReportState.PREPARED:
        raise BadInput(Problem("This report does not wait for approval.", "See what has become of it."))
    keep_apart(Duty.APPROVE_PUBLICATION, by=by, from_users=[held.prepared_by_id])
    return held


@transaction.atomic
def publish(*, report: PublishedReport, by: Viewer) -> None:
    """Put an approved report out. BadInput where it is not approved; PermissionDenied without the grant."""
    held = PublishedReport.objects.select_for_update().get(pk=report.pk)
    if not may(by, Action.VERIFY, held):
        raise PermissionDenied
    if held.state != ReportState.APPROVED:
        raise BadInput(Problem("This report is not approved.", "It must be approved by another person first."))
    held.state, held.published_by, held.published_at = ReportState.PUBLISHED, by.user, by.at
    held.save()
