"""Addresses of this room. They carry keys only."""

from django.urls import include, path

from safeboard.figures.performance import measure_pages, report_pages, snapshot_pages, upload_pages
from safeboard.figures.performance.registers import FINDINGS, PROBLEMS, REPORTS, SNAPSHOTS, UPLOADS
from safeboard.foundation.pages.registers import register_urls

urlpatterns = [
    path("", measure_pages.measures, name="performance-measures"),
    path("measures/<slug:key>/", measure_pages.measure, name="performance-measure"),
    path("measures/<slug:key>/charts/<int:number>.svg", measure_pages.chart, name="performance-chart"),
    path("figures/<int:pk>/rows/", measure_pages.rows, name="performance-rows"),
    path("uploads/", include(register_urls(UPLOADS))),
    path("uploads/add/", upload_pages.add, name="performance-upload-add"),
    path("uploads/problems/", include(register_urls(PROBLEMS))),
    path("uploads/findings/", include(register_urls(FINDINGS))),
    path("uploads/<uuid:pk>/", upload_pages.upload, name="performance-upload"),
    path("uploads/<uuid:pk>/progress/", upload_pages.progress, name="performance-upload-progress"),
    path("uploads/<uuid:pk>/load/", upload_pages.load, name="performance-upload-load"),
    path("uploads/<uuid:pk>/again/", upload_pages.again, name="performance-upload-again"),
    path("uploads/<uuid:pk>/withdraw/", upload_pages.withdraw, name="performance-upload-withdraw"),
    path("uploads/files/<uuid:pk>/findings/", upload_pages.findings_file, name="performance-findings-file"),
    path("snapshots/", include(register_urls(SNAPSHOTS))),
    path("snapshots/live/", snapshot_pages.freeze, name="performance-freeze"),
    path("snapshots/<uuid:pk>/", snapshot_pages.snapshot, name="performance-snapshot"),
    path("snapshots/<uuid:pk>/progress/", snapshot_pages.progress, name="performance-snapshot-progress"),
    path("snapshots/<uuid:pk>/withdraw/", snapshot_pages.withdraw, name="performance-snapshot-withdraw"),
    path("snapshots/<uuid:pk>/report/", snapshot_pages.prepare_one, name="performance-prepare"),
    path("reports/", include(register_urls(REPORTS))),
    path("reports/<uuid:pk>/", report_pages.report, name="performance-report"),
    path("reports/<uuid:pk>/progress/", report_pages.progress, name="performance-report-progress"),
    path("reports/<uuid:pk>/approve/", report_pages.approve_one, name="performance-approve"),
    path("reports/<uuid:pk>/turn-down/", report_pages.turn_down_one, name="performance-turn-down"),
    path("reports/<uuid:pk>/publish/", report_pages.publish_one, name="performance-publish"),
    path("reports/<uuid:pk>/files/<uuid:file>/", report_pages.download, name="performance-report-file"),
]
