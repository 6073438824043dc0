"""Reports: written as the road writes them, approved by another person, frozen, and taken only by who may."""

import json
import re
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from safeboard.figures.performance.codes import Audience, ReportState
from safeboard.figures.performance.kept_files import frozen, of_report
from safeboard.figures.performance.measuring import report_of
from safeboard.figures.performance.models import PublishedReport
from safeboard.figures.performance.publishing import approve, prepare, publish, turn_down
from safeboard.figures.performance.services import withdraw_snapshot
from safeboard.figures.performance.writing import write
from safeboard.figures.reporting.composition import cells_of
from safeboard.figures.reporting.exports import figures_json
from safeboard.figures.tables.snapshot_file import open_snapshot
from safeboard.foundation.access.models import Seat
from safeboard.foundation.access.viewer import viewer_of
from safeboard.foundation.audit.models import Did, TrailEntry
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages.columns import in_words
from tests.house.synthetic import NOW, SINCE, House, house, other_house
from tests.performance.making import a_report, a_snapshot

pytestmark = pytest.mark.django_db
FILES = ["figures.json", "figures.xlsx", "problems.csv", "report.html", "report.pdf"]


@pytest.fixture
def here() -> House:
    return house()


def published(here: House, audience: Audience) -> PublishedReport:
    report = prepare(snapshot=a_snapshot(here), audience=audience, by=here.viewer("analyst"))
    write(report.pk)
    approve(report=report, by=here.viewer("business_manager"))
    publish(report=report, by=here.viewer("business_manager"))
    report.refresh_from_db()
    return report


def test_files_are_the_roads_and_frozen_under_their_hash(here: House) -> None:
    report = a_report(here)
    assert (report.state, [file.name for file in report.files.all()]) == (ReportState.PREPARED, FILES)
    for file in report.files.all():
        content = of_report(file).read_bytes()
        assert (file.size, file.sha256) == (len(content), sha256(content).hexdigest())
    with open_snapshot(frozen(report.snapshot.identity)) as opened:
        given = report_of(report.snapshot, opened)
    kept = json.loads(of_report(report.files.get(name="figures.json")).read_text())
    expected = json.loads(figures_json(given, cells_of(given)))
    assert kept == expected
    write(report.pk)
    assert report.files.count() == len(FILES)


def test_two_reports_of_one_year_are_told_apart_where_they_are_linked(here: House) -> None:
    two = [a_report(here), a_report(here, ReportState.APPROVED)]
    day = in_words(timezone.localdate(two[0].prepared_at))
    page = here.client("business_manager").get("/performance/reports/?all=1").content.decode()
    linked = [re.search(rf'href="/performance/reports/{each.pk}/">([^<]+)<', page) for each in two]
    assert [each and each[1] for each in linked] == [
        f"2024-25 for the board alone, prepared {day}",
        f"2024-25 for everybody, prepared {day}",
    ]
    assert here.client("practitioner").get("/performance/reports/").status_code == 404


def test_who_prepared_a_report_cannot_approve_it_even_with_another_seat(here: House) -> None:
    report = a_report(here)
    both = report.prepared_by
    seat = Seat.objects.create(user=both, role="business_manager", agency=here.agencies["board"], starts_on=SINCE)
    viewer = viewer_of(both, NOW, seat.pk)
    assert viewer is not None
    with pytest.raises(BadInput, match="Nobody approves the report that they prepared"):
        approve(report=report, by=viewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedReport.objects.filter(pk=report.pk).update(
            state=ReportState.APPROVED, decided_by=report.prepared_by, decided_at=NOW
        )


def test_only_who_may_verify_approves_and_only_in_order(here: House) -> None:
    report = a_report(here)
    manager = here.viewer("business_manager")
    for role in ("analyst", "chair", "board_member"):
        with pytest.raises(PermissionDenied):
            approve(report=report, by=here.viewer(role))
    with pytest.raises(PermissionDenied):
        approve(report=report, by=other_house().viewer("business_manager"))
    with pytest.raises(BadInput, match="not approved"):
        publish(report=report, by=manager)
    approve(report=report, by=manager)
    with pytest.raises(BadInput, match="does not wait"):
        turn_down(report=report, remark="Too late", by=manager)
    publish(report=report, by=manager)
    report.refresh_from_db()
    assert (report.state, report.decided_by, report.published_by) == ("published", manager.user, manager.user)


def test_turned_down_with_a_reason_and_prepared_again(here: House) -> None:
    report, manager, analyst = a_report(here), here.viewer("business_manager"), here.viewer("analyst")
    for remark in ("", "  ", "x" * 501):
        with pytest.raises(BadInput):
            turn_down(report=report, remark=remark, by=manager)
    with pytest.raises(BadInput, match="there already"):
        prepare(snapshot=report.snapshot, audience=Audience(report.audience), by=analyst)
    turn_down(report=report, remark="A figure is wrong.", by=manager)
    assert prepare(snapshot=report.snapshot, audience=Audience(report.audience), by=analyst).pk != report.pk


def test_a_snapshot_with_a_report_is_not_withdrawn(here: House) -> None:
    report = a_report(here)
    with pytest.raises(BadInput, match="A report is made"):
        withdraw_snapshot(snapshot=report.snapshot, by=here.viewer("analyst"))


def test_readers_see_what_is_published_for_them(here: House) -> None:
    public, board = published(here, Audience.PUBLIC), published(here, Audience.BOARD)
    strange = other_house()
    for role, sees in (
        ("chair", {public.pk}),
        ("board_member", {public.pk}),
        ("business_manager", {public.pk, board.pk}),
        ("analyst", {public.pk, board.pk}),
        ("system_administrator", set()),
    ):
        for report in (public, board):
            file = report.files.get(name="report.pdf")
            expected = 200 if report.pk in sees else 404
            client = here.client(role)
            assert client.get(reverse("performance-report", args=[report.pk])).status_code == expected, role
            address = reverse("performance-report-file", args=[report.pk, file.pk])
            assert client.get(address).status_code == expected, role
            assert strange.client("analyst").get(address).status_code == 404


def test_what_is_not_published_is_not_found_by_readers(here: House) -> None:
    report = prepare(snapshot=a_snapshot(here), audience=Audience.PUBLIC, by=here.viewer("analyst"))
    for role, expected in (("chair", 404), ("board_member", 404), ("business_manager", 200), ("analyst", 200)):
        assert here.client(role).get(reverse("performance-report", args=[report.pk])).status_code == expected


def test_taking_a_file_is_noted_with_its_label(here: House) -> None:
    report = published(here, Audience.PUBLIC)
    file = report.files.get(name="figures.xlsx")
    answer = here.client("chair").get(reverse("performance-report-file", args=[report.pk, file.pk]))
    assert answer.content == of_report(file).read_bytes()
    label = f"OFFICIAL-X99000001-2024-25-{report.snapshot.identity[:8]}-figures.xlsx"
    assert answer["Content-Disposition"] == f'attachment; filename="{label}"'
    entry = TrailEntry.objects.filter(kind="published_report").first()
    assert entry is not None
    assert (entry.did, entry.object_id, entry.details) == (
        Did.EXPORTED,
        str(report.pk),
        {"file": "figures.xlsx", "label": "OFFICIAL"},
    )


def test_the_way_of_a_report_through_its_pages(here: House) -> None:
    snapshot = a_snapshot(here)
    analyst, manager = here.client("analyst"), here.client("business_manager")
    answer = analyst.post(reverse("performance-prepare", args=[snapshot.pk]), {"audience": "public"}, follow=True)
    report = PublishedReport.objects.get()
    assert "The report is being written." in answer.content.decode()
    part = analyst.get(reverse("performance-report-progress", args=[report.pk]))
    assert ("hx-get" in part.content.decode(), part.headers.get("HX-Refresh")) == (True, None)
    write(report.pk)
    assert analyst.get(reverse("performance-report-progress", args=[report.pk])).headers["HX-Refresh"] == "true"
    assert "another person approves it" in analyst.get(reverse("performance-report", args=[report.pk])).content.decode()
    assert analyst.get(reverse("performance-approve", args=[report.pk])).status_code == 404
    manager.post(reverse("performance-approve", args=[report.pk]))
    said = manager.post(reverse("performance-publish", args=[report.pk]), follow=True).content.decode()
    assert "The report is published." in said
    again = manager.post(reverse("performance-publish", args=[report.pk]), follow=True).content.decode()
    assert "This report is not approved." in again
