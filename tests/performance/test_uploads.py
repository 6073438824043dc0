"""Files given: what is taken, what is refused, what the worker finds, and that nothing is loaded until it is right."""

import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from safeboard.figures.performance.codes import FileKind, SnapshotState, UploadState
from safeboard.figures.performance.kept_files import folder_of_upload, frozen, staged, uploaded
from safeboard.figures.performance.measuring import measure
from safeboard.figures.performance.models import HouseSnapshot, ReturnFinding, Upload
from safeboard.figures.performance.reading import read
from safeboard.figures.performance.services import (
    give_files,
    make_snapshot,
    withdraw_snapshot,
    withdraw_upload,
)
from safeboard.foundation.kernel.errors import BadInput
from tests.house.synthetic import House, house, other_house
from tests.performance.making import EXTRACT, PERSONS, PLANS, WRONG_PLANS, an_upload, tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> House:
    return house()


def refused(here: House, name: str, content: bytes) -> list[str]:
    with pytest.raises(BadInput) as wrong:
        give_files(files=[SimpleUploadedFile(name, content)], by=here.viewer("analyst"))
    assert Upload.objects.count() == 0
    return [problem.message for problem in wrong.value.problems]


def test_files_are_kept_and_a_job_waits(here: House) -> None:
    upload = give_files(files=tables(), by=here.viewer("analyst"))
    assert upload.state == UploadState.WAITING
    assert [(file.name, file.kind, file.size) for file in upload.files.all()] == [
        ("extract.csv", FileKind.EXTRACT, len(EXTRACT)),
        ("ssd_cp_plans.csv", FileKind.SSD, len(PLANS)),
        ("ssd_person.csv", FileKind.SSD, len(PERSONS)),
    ]
    assert [uploaded(file).read_bytes() for file in upload.files.all()] == [EXTRACT, PLANS, PERSONS]
    job = ProcrastinateJob.objects.get(task_name="performance.read_upload")
    assert job.args == {"upload": str(upload.pk)}


def test_only_who_may_add_gives_files(here: House) -> None:
    for role in ("chair", "business_manager", "board_member", "social_worker"):
        with pytest.raises(PermissionDenied):
            give_files(files=tables(), by=here.viewer(role))
    assert Upload.objects.count() == 0


def test_what_is_right_is_read_but_not_loaded(here: House) -> None:
    upload = an_upload(here)
    assert (upload.state, upload.newest_year) == (UploadState.READY, "2024-25")
    assert [(row.element, row.found, row.stops) for row in upload.problems.all()] == [
        ("cppl_referral_id", "R1", False)  # told, but it does not stop
    ]
    assert upload.row_counts["ssd_cp_plans"] == 2
    assert staged(upload).exists()
    assert HouseSnapshot.objects.count() == 0


def test_every_problem_is_told_with_its_place_and_remedy(here: House) -> None:
    upload = an_upload(here, WRONG_PLANS)
    assert upload.state == UploadState.WRONG
    told = [(row.file, row.line, row.child, row.element, row.found, row.stops) for row in upload.problems.all()]
    assert told == [
        ("ssd_cp_plans.csv", 2, "C1", "cppl_cp_plan_start_date", "2024-02-30", True),
        ("ssd_cp_plans.csv", 3, "C2", "cppl_cp_plan_end_date", "soon", True),
    ]
    assert all(row.message and row.expected and row.remedy for row in upload.problems.all())
    assert not staged(upload).exists()


def test_what_is_wrong_cannot_be_loaded(here: House) -> None:
    upload = an_upload(here, PLANS.replace(b"2024-05-01", b"2024-02-30"))
    with pytest.raises(BadInput):
        make_snapshot(upload=upload, year="", by=here.viewer("analyst"))
    assert HouseSnapshot.objects.count() == 0


def test_files_of_another_authority_are_not_right(here: House) -> None:
    upload = an_upload(here, extract=EXTRACT.replace(b"X99000001", b"E08000026"))
    assert upload.state == UploadState.WRONG
    assert [(row.message, row.found) for row in upload.problems.filter(stops=True)] == [
        ("The files are of another authority than this board's.", "Coventry (E08000026)")
    ]


def test_a_job_done_again_finds_nothing_to_do(here: House) -> None:
    upload = an_upload(here, PLANS.replace(b"2024-05-01", b"2024-02-30"))
    before = list(upload.problems.values_list("pk"))
    read(upload.pk)
    assert list(upload.problems.values_list("pk")) == before


def test_a_worker_killed_in_the_middle_leaves_the_job_to_be_done_once(
    here: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = give_files(files=tables(), by=here.viewer("analyst"))

    class Killed(BaseException):
        """As when the process ends: nothing that handles errors sees it."""

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", die)
        with pytest.raises(Killed), transaction.atomic():
            read(upload.pk)
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.READING)  # what had been committed by then
    (folder_of_upload(upload) / ".safeboard-left").mkdir()
    read(upload.pk)
    upload.refresh_from_db()
    assert upload.state == UploadState.READY
    assert [path.name for path in folder_of_upload(upload).iterdir() if path.name.startswith(".")] == []


def test_a_snapshot_is_made_counted_and_shown_once(here: House) -> None:
    upload = an_upload(here)
    analyst = here.viewer("analyst")
    snapshot = make_snapshot(upload=upload, year="", by=analyst)
    measure(snapshot.pk)
    measure(snapshot.pk)
    snapshot.refresh_from_db()
    assert (snapshot.state, snapshot.period.label, snapshot.identity) == ("ready", "2024-25", upload.identity)
    assert frozen(upload.identity).exists()
    figure = snapshot.figures.get(measure="plans_open", group_column="", starts_on=snapshot.starts_on)
    assert (figure.numerator, figure.keys_count) == (1, 1)


def test_the_same_records_are_not_made_a_snapshot_twice(here: House) -> None:
    analyst = here.viewer("analyst")
    make_snapshot(upload=an_upload(here), year="", by=analyst)
    again = an_upload(here)
    with pytest.raises(BadInput, match="a snapshot of the same year already"):
        make_snapshot(upload=again, year="2024-25", by=analyst)
    earlier = make_snapshot(upload=again, year="2023-24", by=analyst)
    assert earlier.period.label == "2023-24"


def test_a_year_without_records_is_refused(here: House) -> None:
    with pytest.raises(BadInput, match="no record of this year"):
        make_snapshot(upload=an_upload(here), year="1998-99", by=here.viewer("analyst"))


def test_a_snapshot_withdrawn_leaves_the_upload_to_be_loaded_again(here: House) -> None:
    analyst = here.viewer("analyst")
    upload = an_upload(here)
    snapshot = make_snapshot(upload=upload, year="", by=analyst)
    measure(snapshot.pk)
    with pytest.raises(PermissionDenied):
        withdraw_snapshot(snapshot=snapshot, by=here.viewer("business_manager"))
    withdraw_snapshot(snapshot=snapshot, by=analyst)
    snapshot.refresh_from_db()
    upload.refresh_from_db()
    assert (snapshot.state, snapshot.withdrawn_by, upload.state) == ("withdrawn", analyst.user, "ready")
    assert make_snapshot(upload=upload, year="", by=analyst).state == SnapshotState.MEASURING


def test_an_upload_withdrawn_is_removed_with_its_files(
    here: House, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    upload = an_upload(here)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        withdraw_upload(upload=upload, by=here.viewer("analyst"))
    upload.refresh_from_db()
    assert (upload.state, upload.problems.count(), folder_of_upload(upload).exists()) == ("withdrawn", 0, False)


def test_another_area_can_neither_load_nor_withdraw(here: House) -> None:
    upload = an_upload(here)
    stranger = other_house().viewer("analyst")
    with pytest.raises(PermissionDenied):
        make_snapshot(upload=upload, year="", by=stranger)
    with pytest.raises(PermissionDenied):
        withdraw_upload(upload=upload, by=stranger)


def test_wrong_types_are_refused(here: House) -> None:
    assert refused(here, "plans.pdf", b"%PDF-1.7") == ["This is no kind of file that can be read."]
    assert refused(here, "plans.xlsx", b"not a workbook") == ["The file is named as .xlsx, but is not, or was cut off."]
    assert refused(here, "plans.csv", b"\x00\x01\x02") == ["The file is named as CSV, but holds no text."]
    assert refused(here, "plans.parquet", b"PAR0") == ["The file is named as Parquet, but is not."]
    assert refused(here, "cin.xml", b"hello") == ["The file is named as XML, but is not."]
    assert refused(here, "empty.csv", b"") == ["The file is empty."]
    assert refused(here, ".csv", b"a,b\n1,2\n")[0] == "The name of the file cannot be used."
    assert refused(here, "a" * 200 + ".csv", b"a,b\n1,2\n") == ["The name of the file cannot be used."]


def test_one_bad_file_among_several_is_named_and_none_is_kept(here: House) -> None:
    with pytest.raises(BadInput) as wrong:
        give_files(files=[*tables(), SimpleUploadedFile("notes.docx", b"PK")], by=here.viewer("analyst"))
    assert [problem.file for problem in wrong.value.problems] == ["notes.docx"]
    assert Upload.objects.count() == 0


def test_no_file_the_same_name_twice_and_too_many_are_refused(here: House) -> None:
    analyst = here.viewer("analyst")
    for files, said in (
        ([], "No file was chosen."),
        ([*tables(), tables()[0]], "Two files have the same name."),
        ([SimpleUploadedFile(f"caf{n}.csv", b"a\n1\n") for n in range(41)], "These are too many files for one upload."),
    ):
        with pytest.raises(BadInput) as wrong:
            give_files(files=files, by=analyst)
        assert [problem.message for problem in wrong.value.problems] == [said]


def test_a_document_type_and_entities_are_refused(here: House) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
    assert refused(here, "cin.xml", bomb) == ["The file declares a document type, which no census return does."]


def test_a_packed_bomb_is_refused(here: House) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 << 20))
    assert refused(here, "plans.xlsx", packed.getvalue()) == [
        "The file unpacks to far more than it could hold if it were a table."
    ]


def test_a_parquet_bomb_is_refused(here: House) -> None:
    packed = io.BytesIO()
    table = pa.table({"a": pa.array(["x" * 1000]).take(pa.array([0] * 200_000))})
    pq.write_table(table, packed, compression="zstd", use_dictionary=False)
    assert refused(here, "caf.parquet", packed.getvalue()) == [
        "The file unpacks to far more than it could hold if it were a table."
    ]


def test_a_formula_in_a_cell_is_a_text_that_is_wrong(here: House) -> None:
    upload = an_upload(here, PLANS.replace(b"2024-05-01", b'=HYPERLINK("http://bad.example")'))
    assert [(row.line, row.element, row.found[:10]) for row in upload.problems.all()] == [
        (2, "cppl_cp_plan_start_date", "=HYPERLINK")
    ]


def test_constraints_hold_in_the_database(here: House) -> None:
    upload = an_upload(here)
    for values in ({"identity": ""}, {"state": "loaded", "identity": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Upload.objects.filter(pk=upload.pk).update(**values)
    ReturnFinding.objects.create(upload=upload, file="a.xml", code="1", title="t", is_error=True, found=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnFinding.objects.create(upload=upload, file="a.xml", code="1", title="t", is_error=True, found=1)
