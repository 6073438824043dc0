"""The disk of the files is full, really: told plainly, nothing typed lost, no half file left, record and file agree."""

import hashlib
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.utils import timezone
from pytest_django import Settings

from safeboard.figures.performance.codes import Audience, ReportState, UploadState
from safeboard.figures.performance.models import Upload
from safeboard.figures.performance.publishing import prepare
from safeboard.figures.performance.reading import read
from safeboard.figures.performance.services import give_files, read_again
from safeboard.figures.performance.writing import write
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages.uploads import NO_ROOM
from safeboard.site.tasks import delete_what_passed
from safeboard.tools.actions.evidence import place_of
from safeboard.tools.actions.models import Evidence
from tests.bad_days.posting import address_of
from tests.bad_days.small_disk import NEEDS_A_DISK, fill, small_disk
from tests.exchange.small_returns import return_text
from tests.house.synthetic import House, house
from tests.performance.making import a_snapshot, tables

pytestmark = [NEEDS_A_DISK, pytest.mark.django_db]

WORDS = "What shows that it is done: thirty-one people came."


@pytest.fixture
def here() -> House:
    return house()


@pytest.fixture
def disk(settings: Settings) -> Iterator[Path]:
    """The house's files lie on a small disk of their own."""
    with small_disk(16_384) as mounted:
        settings.MEDIA_ROOT = mounted / "files"
        yield mounted


def files_on(disk: Path) -> list[Path]:
    return sorted(path for path in disk.rglob("*") if path.is_file())


def evidence(here: House, address: str, size: int = 20_000) -> HttpResponse:
    file = SimpleUploadedFile("minutes.txt", b"The minutes. " * (size // 13))
    answer = here.client("business_manager").post(address, {"words": WORDS, "file": file})
    assert isinstance(answer, HttpResponse)
    return answer


def told(answer: HttpResponse) -> list[bool]:
    text = answer.content.decode()
    return [answer.status_code == 200, NO_ROOM in text, WORDS in text]


def test_evidence(here: House, disk: Path) -> None:
    address = address_of("actions:give-evidence", here)
    filling = fill(disk)
    assert told(evidence(here, address)) == [True, True, True]
    assert (Evidence.objects.count(), files_on(disk)) == (0, [filling])
    filling.unlink()
    assert evidence(here, address).status_code == 302
    row = Evidence.objects.get()
    assert files_on(disk) == [place_of(row)]
    assert row.sha256 == hashlib.sha256(place_of(row).read_bytes()).hexdigest()


def test_evidence_with_room_for_half_of_it(here: House, disk: Path) -> None:
    address = address_of("actions:give-evidence", here)
    filling = fill(disk)
    os.truncate(filling, filling.stat().st_size - 64 * 1024)
    assert told(evidence(here, address, 1_000_000)) == [True, True, True]
    assert (Evidence.objects.count(), files_on(disk)) == (0, [filling])


def test_where_files_come_in(here: House, settings: Settings) -> None:
    """A file too large to be held in memory is dropped, and the words beside it are not."""
    address = address_of("actions:give-evidence", here)
    with small_disk(1_024) as disk:
        settings.FILE_UPLOAD_TEMP_DIR = disk
        assert told(evidence(here, address, 4_000_000)) == [True, True, True]
        assert (Evidence.objects.count(), files_on(disk)) == (0, [])
        filling = fill(disk)
        assert told(evidence(here, address, 4_000_000)) == [True, True, True]
        assert (Evidence.objects.count(), files_on(disk)) == (0, [filling])


def test_files_for_performance(here: House, disk: Path) -> None:
    """There is room for the first of them and not for the last: none is kept."""
    filling = fill(disk)
    os.truncate(filling, filling.stat().st_size - 64 * 1024)
    given = [*tables(), SimpleUploadedFile("cla.csv", b"a,b\n" + b"1,2\n" * 50_000)]
    answer = here.client("analyst").post("/performance/uploads/add/", {"given": given})
    assert (answer.status_code, NO_ROOM in answer.content.decode()) == (200, True)
    assert (Upload.objects.count(), files_on(disk)) == (0, [filling])
    filling.unlink()
    answer = here.client("analyst").post("/performance/uploads/add/", {"given": tables()})
    upload = Upload.objects.get()
    assert answer.status_code == 302
    assert [path.name for path in files_on(disk)] == sorted(str(file.pk) for file in upload.files.all())


@pytest.mark.parametrize("room", [0, 48 * 1024])
def test_the_worker_reads(here: House, disk: Path, room: int) -> None:
    """It stops, says that it was not the files, leaves nothing behind, and with room again reads the same files."""
    by = here.viewer("analyst")
    census = SimpleUploadedFile("census.xml", return_text().encode())
    upload = give_files(files=[census], by=by)
    kept = files_on(disk)
    filling = fill(disk)
    os.truncate(filling, filling.stat().st_size - room)
    with pytest.raises((BadInput, OSError)):
        read(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.problems.count()) == (UploadState.FAILED, 0)
    assert files_on(disk) == sorted([*kept, filling])
    filling.unlink()
    read_again(upload=upload, by=by)
    read(upload.pk)
    upload.refresh_from_db()
    assert upload.state == UploadState.READY


def test_the_worker_writes_a_report(here: House, disk: Path) -> None:
    report = prepare(snapshot=a_snapshot(here), audience=Audience.PUBLIC, by=here.viewer("analyst"))
    kept = files_on(disk)
    filling = fill(disk)
    os.truncate(filling, filling.stat().st_size - 64 * 1024)
    with pytest.raises(OSError, match="No space left"):
        write(report.pk)
    report.refresh_from_db()
    assert (report.state, report.files.count()) == (ReportState.FAILED, 0)
    assert files_on(disk) == sorted([*kept, filling])


def test_a_file_whose_row_was_not_committed_goes_the_next_night(
    here: House, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    address = address_of("actions:give-evidence", here)
    assert evidence(here, address).status_code == 302
    upload = give_files(files=tables(), by=here.viewer("analyst", at=timezone.now()))
    kept = files_on(tmp_path)
    long_ago = (timezone.now() - timedelta(days=2)).timestamp()
    for path in tmp_path.rglob("*"):
        os.utime(path, (long_ago, long_ago))
    young = place_of(Evidence())
    for lost in (
        place_of(Evidence()),
        tmp_path / f"performance/uploads/{'0' * 8}-0000-4000-8000-{'0' * 12}/part",
        young,
    ):
        lost.parent.mkdir(parents=True, exist_ok=True)
        lost.write_bytes(b"lost")
        if lost != young:
            os.utime(lost, (long_ago, long_ago))
            os.utime(lost.parent, (long_ago, long_ago))
    delete_what_passed(timestamp=0)
    assert files_on(tmp_path) == sorted([*kept, young])
    assert Upload.objects.get() == upload
