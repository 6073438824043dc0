"""The reference city in the demonstration's performance pages: given, read, counted and published by the worker.

It takes the worker some seconds, so the house is up before it is there; the pages fill while one looks.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from procrastinate.contrib.django import app

from safeboard.figures.city.reference import write_reference_city
from safeboard.figures.performance.codes import Audience
from safeboard.figures.performance.live import live_snapshot
from safeboard.figures.performance.measuring import measure
from safeboard.figures.performance.models import HouseSnapshot, PublishedReport, Upload
from safeboard.figures.performance.publishing import approve, prepare, publish
from safeboard.figures.performance.reading import read
from safeboard.figures.performance.services import give_files, make_snapshot
from safeboard.figures.performance.writing import write
from safeboard.foundation.access.models import Seat
from safeboard.foundation.access.viewer import Viewer, viewer_of
from safeboard.foundation.agencies.models import BoardArea

SPOILT = (
    (b"<ReferralSource>1A</ReferralSource>", b"<ReferralSource>9Z</ReferralSource>", 3),
    (b"<CPPstartDate>2009", b"<CPPstartDate>3009", 2),
    (b"<GenderCurrent>1</GenderCurrent>", b"<GenderCurrent></GenderCurrent>", 4),
)
"""What is wrong in a copy of the newest return, so that the demonstration has an upload that is not right."""


def ask_for_city(area: BoardArea) -> None:
    """Let the worker fill the performance pages, if they are empty."""
    if not Upload.objects.filter(area=area).exists():
        load_reference_city.defer(area=area.pk)


@app.task(name="demo.load_reference_city")
def load_reference_city(area: int) -> None:
    """Load the city as an analyst would, publish its report as a business manager would. Begun again, it goes on."""
    if not settings.DEMO or HouseSnapshot.objects.filter(area=area).exists():
        return
    with tempfile.TemporaryDirectory(prefix="safeboard-") as folder:
        files = write_reference_city(Path(folder))
        upload = _given(area, files)
        snapshot = make_snapshot(upload=upload, year="", by=_viewer(area, "analyst"))
        measure(snapshot.pk)
        _given(area, [_spoilt(files[1])])
    snapshot.refresh_from_db()
    live_snapshot(snapshot.area, timezone.now())
    _prepared(snapshot, Audience.BOARD)
    report = _prepared(snapshot, Audience.PUBLIC)
    approve(report=report, by=_viewer(area, "business_manager"))
    publish(report=report, by=_viewer(area, "business_manager"))


def _given(area: int, files: Sequence[Path]) -> Upload:
    """The files given by the analyst and read."""
    opened = [UploadedFile(File(path.open("rb")), path.name, size=path.stat().st_size) for path in files]
    try:
        upload = give_files(files=opened, by=_viewer(area, "analyst"))
    finally:
        for each in opened:
            each.close()
    read(upload.pk)
    upload.refresh_from_db()
    return upload


def _spoilt(file: Path) -> Path:
    text = file.read_bytes()
    for right, wrong, times in SPOILT:
        text = text.replace(right, wrong, times)
    spoilt = file.with_name("CIN_Census_2009_first_try.xml")
    spoilt.write_bytes(text)
    return spoilt


def _prepared(snapshot: HouseSnapshot, audience: Audience) -> PublishedReport:
    report = prepare(snapshot=snapshot, audience=audience, by=_viewer(snapshot.area_id, "analyst"))
    write(report.pk)
    report.refresh_from_db()
    return report


def _viewer(area: int, role: str) -> Viewer:
    """The demonstration's user of that role, now."""
    seat = Seat.objects.select_related("user").filter(agency__area=area, role=role).earliest("pk")
    viewer = viewer_of(seat.user, timezone.now(), seat.pk)
    if viewer is None:
        raise LookupError(f"The demonstration has nobody in the role {role}.")
    return viewer
