"""The pages of uploads: several files at once, what is wrong row by row, progress without script, and undo."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safeboard.figures.exchange import table_load
from safeboard.figures.performance.models import HouseSnapshot, Upload, UploadProblem
from safeboard.figures.performance.reading import read
from safeboard.foundation.audit.models import TrailEntry
from tests.exchange.small_returns import return_text
from tests.house.synthetic import House, house, other_house
from tests.performance.making import WRONG_PLANS, an_upload, tables

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def here() -> House:
    return house()


@pytest.fixture
def analyst(here: House) -> Client:
    return here.client("analyst")


def text(client: Client, name: str, *args: object, **asked: str) -> str:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in made)


def test_from_files_to_a_snapshot_through_the_pages(here: House, analyst: Client) -> None:
    answer = analyst.post(reverse("performance-upload-add"), {"given": tables()}, follow=True)
    upload = Upload.objects.get()
    said = answer.content.decode()
    assert "The files are being read." in said
    assert "Look again" in said
    read(upload.pk)
    assert analyst.get(reverse("performance-upload-progress", args=[upload.pk])).headers["HX-Refresh"] == "true"
    assert "These files are right." in text(analyst, "performance-upload", upload.pk)
    assert HouseSnapshot.objects.count() == 0
    made = analyst.post(reverse("performance-upload-load", args=[upload.pk]), {"year": "2024-25"}, follow=True)
    assert "Its figures are being counted." in made.content.decode()
    again = analyst.post(reverse("performance-upload-load", args=[upload.pk]), {"year": "2024-25"}, follow=True)
    assert "a snapshot of the same year already" in again.content.decode()
    assert HouseSnapshot.objects.count() == 1


def test_each_bad_file_is_told_by_its_name_and_none_is_kept(analyst: Client) -> None:
    files = [*tables(), SimpleUploadedFile("notes.docx", b"PK"), SimpleUploadedFile("plans.xlsx", b"text")]
    said = analyst.post(reverse("performance-upload-add"), {"given": files}).content.decode()
    assert "notes.docx: This is no kind of file that can be read." in said
    assert "plans.xlsx: The file is named as .xlsx, but is not, or was cut off." in said
    assert Upload.objects.count() == 0
    assert "No file was chosen." in analyst.post(reverse("performance-upload-add")).content.decode()


def test_problems_stand_on_the_page_and_in_the_register_with_filters(here: House, analyst: Client) -> None:
    upload, other = an_upload(here, WRONG_PLANS), an_upload(here, WRONG_PLANS.replace(b"soon", b"later"))
    page = text(analyst, "performance-upload", upload.pk)
    for said in ("line 2", "child C1", "cppl_cp_plan_start_date", "Found 2024-02-30", "Not right yet"):
        assert said in page
    listed = text(analyst, "performance-problems", upload=str(upload.pk))
    assert ("soon" in listed, "later" in listed) == (True, False)
    address = f"{reverse('performance-problems')}?upload={other.pk}"
    answer = analyst.post(address, {"upload": str(other.pk), "search": "end_date"}, follow=True)
    narrowed = answer.content.decode()
    assert ("later" in narrowed, "2024-02-30" in narrowed) == (True, False)
    assert "end_date" not in answer.redirect_chain[0][0]


def test_a_problem_with_script_or_a_formula_is_shown_as_text(here: House, analyst: Client) -> None:
    upload = an_upload(here, WRONG_PLANS.replace(b"soon", b"<script>x</script>"))
    page = text(analyst, "performance-upload", upload.pk) + text(analyst, "performance-problems", all="1")
    assert "<script>x</script>" not in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page


def test_findings_of_the_census_check_say_what_to_do(here: House, analyst: Client, tmp_path: Path) -> None:
    given = SimpleUploadedFile("cin.xml", return_text().encode() if isinstance(return_text(), str) else return_text())
    analyst.post(reverse("performance-upload-add"), {"given": [given]})
    upload = Upload.objects.get()
    read(upload.pk)
    found = list(upload.findings.all())
    assert found
    page = text(analyst, "performance-upload", upload.pk)
    listed = text(analyst, "performance-findings", upload=str(upload.pk))
    assert found[0].code in page
    assert all(row.code in listed and row.remedy for row in found)
    answer = analyst.get(reverse("performance-findings-file", args=[upload.files.get().pk]))
    assert answer.content.startswith(b"PK")
    entry = TrailEntry.objects.filter(kind="return_finding").first()
    assert entry is not None
    assert entry.details["label"] == "OFFICIAL-SENSITIVE"


def test_only_who_loads_files_comes_to_them(here: House) -> None:
    upload = an_upload(here, WRONG_PLANS)
    names = ("performance-upload", "performance-upload-withdraw", "performance-upload-progress")
    for role in ("chair", "board_member", "social_worker", "system_administrator"):
        for name in names:
            assert here.client(role).get(reverse(name, args=[upload.pk])).status_code == 404
        assert here.client(role).get(reverse("performance-upload-add")).status_code == 404
    stranger = other_house().client("analyst")
    for name in names:
        assert stranger.get(reverse(name, args=[upload.pk])).status_code == 404
    assert "2024-02-30" not in text(stranger, "performance-problems", all="1")


def test_withdrawn_through_the_pages(here: House, analyst: Client) -> None:
    upload = an_upload(here)
    analyst.post(reverse("performance-upload-withdraw", args=[upload.pk]), follow=True)
    upload.refresh_from_db()
    assert upload.state == "withdrawn"
    twice = analyst.post(reverse("performance-upload-withdraw", args=[upload.pk]), follow=True).content.decode()
    assert "withdrawn, already" in twice


def test_pages_cost_the_same_for_two_problems_and_for_thousands(here: House, analyst: Client) -> None:
    few = an_upload(here, WRONG_PLANS)
    counts = [queries(analyst, reverse("performance-upload", args=[few.pk]))]
    counts.append(queries(analyst, f"{reverse('performance-problems')}?upload={few.pk}"))
    row = few.problems.first()
    assert row is not None
    copies = [{**row.__dict__, "id": None, "pk": None} for _ in range(3_000)]
    fields = [field.attname for field in UploadProblem._meta.concrete_fields if field.name != "id"]
    UploadProblem.objects.bulk_create([UploadProblem(**{name: each[name] for name in fields}) for each in copies])
    again = [queries(analyst, reverse("performance-upload", args=[few.pk]))]
    again.append(queries(analyst, f"{reverse('performance-problems')}?upload={few.pk}"))
    assert counts == again
    assert max(counts) <= MOST_QUERIES, counts


def many_wrong_rows(here: House, count: int) -> Upload:
    """An upload in whose plans so many rows hold no day where one belongs."""
    rows = "".join(f"P{number},C1,R{number},someday,\n" for number in range(count))
    head = WRONG_PLANS.splitlines(keepends=True)[0]
    return an_upload(here, plans=head + rows.encode())


def told_of_problems(client: Client, upload: Upload) -> str:
    said = text(client, "performance-upload", upload.pk).partition("Problems</h2>")[2].partition("</p>")[0]
    return " ".join(re.sub("<[^>]*>", "", said).split())


def test_of_many_problems_it_is_said_how_many_are_shown_and_all_are_a_file(here: House, analyst: Client) -> None:
    upload = many_wrong_rows(here, 12)
    stopping, noted = upload.problems_stopping, upload.problems_in_all - upload.problems_stopping
    assert (stopping, upload.problems.count()) == (12, stopping + noted)
    assert told_of_problems(analyst, upload) == (
        f"{stopping} that stop the loading, {noted} only noted. The first 10 of {stopping + noted} are shown here. "
        "All of them, to filter and search, or as a file"
    )
    address = f"{reverse('performance-problems-export')}?upload={upload.pk}"
    assert address in text(analyst, "performance-upload", upload.pk)
    taken = {"label": "official", "reason": "To mend them by", "form": "csv", "sure": "on"}
    answer = analyst.post(address, taken)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]
    assert sorted(line[3] for line in rows if line[3] == "someday") == ["someday"] * 12
    entry = TrailEntry.objects.get(did="exported")
    assert (entry.kind, entry.details["count"], entry.details["asked"]) == (
        "upload_problem",
        stopping + noted,
        {"upload": [str(upload.pk)]},
    )
    reader = here.client("social_worker")
    assert [reader.get(address).status_code, reader.post(address, taken).status_code] == [404, 404]


def test_problems_that_are_counted_and_not_listed_are_said_to_be(
    here: House, analyst: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader tells so many of one file, and one problem stands for the others."""
    monkeypatch.setattr(table_load, "MOST_TOLD", 11)
    upload = many_wrong_rows(here, 14)
    listed, noted = upload.problems.count(), upload.problems_in_all - upload.problems_stopping
    assert (upload.problems_stopping, upload.problems.filter(stops=True).count()) == (14, 12)
    assert "There are 3 more problems in this file." in upload.problems.values_list("message", flat=True)
    assert told_of_problems(analyst, upload) == (
        f"14 that stop the loading, {noted} only noted. The first 10 of {14 + noted} are shown here. "
        f"{listed} are listed one by one; the rest is only counted. Those listed, to filter and search, or as a file"
    )


def test_of_few_problems_nothing_is_said_of_others(here: House, analyst: Client) -> None:
    upload = an_upload(here, plans=WRONG_PLANS)
    counted = f"{upload.problems_stopping} that stop the loading, {upload.problems_in_all - upload.problems_stopping}"
    assert told_of_problems(analyst, upload) == f"{counted} only noted. All of them, to filter and search, or as a file"
