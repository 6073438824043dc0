"""Every field that takes a file is given what it should not be given: refused in plain words, and the page stands."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from openpyxl import Workbook

from safeboard.figures.performance.codes import UploadState
from safeboard.figures.performance.models import HouseSnapshot, Upload
from safeboard.figures.performance.reading import read
from tests.bad_days.posting import BY_LETTER, Form, address_of, forms_of, posted
from tests.house.examples import EXAMPLES
from tests.house.synthetic import house
from tests.house.workbooks import unzipped, zipped

pytestmark = pytest.mark.django_db

ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (name, *(name - 1,) * 8)
        for name in range(ord("b"), ord("k"))
    )
    + b"]><worksheet><sheetData><row><c><v>&j;</v></c></row></sheetData></worksheet>"
)


def workbook() -> bytes:
    file, book = io.BytesIO(), Workbook()
    assert book.active is not None
    book.active["A1"] = "Email"
    book.save(file)
    return file.getvalue()


def with_bomb() -> bytes:
    """A workbook whose first sheet is a bomb of entities."""
    parts = unzipped(workbook())
    return zipped(**{name: ENTITIES if name.startswith("xl/worksheets/") else part for name, part in parts.items()})


BAD = {
    "empty.xlsx": b"",
    "picture.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "program.exe": b"MZ" + bytes(1000),
    "cut.xlsx": workbook()[:-200],
    "entities.xlsx": with_bomb(),
    "entities.xml": ENTITIES,
    "bomb.xlsx": zipped(**{"xl/workbook.xml": bytes(200 * 1024 * 1024), "[Content_Types].xml": b"<Types/>"}),
    "../../etc/passwd": b"root",
    "unknown.csv": "e-mail\nžluťoučký@".encode("utf-16"),
}


TAKE_FILES = sorted(
    {"signing_in:leavers", "actions:give-evidence", "actions:loads", "matching:read-list", "performance-upload-add"}
)
NEVER_OPENED_HERE = {("actions:give-evidence", "entities.xlsx")}
"""Evidence is kept as it is: what is within a sheet that the house never reads is for Excel to refuse, and it does."""
TRIES = [(name, file) for name in TAKE_FILES for file in BAD if (name, file) not in NEVER_OPENED_HERE]


def form_with_file(client: Client, address: str) -> Form:
    answer = client.get(address)
    return next(form for form in forms_of(answer, address) if form.files)


@pytest.mark.parametrize(("name", "file"), TRIES)
def test_a_bad_file_is_refused_plainly(name: str, file: str) -> None:
    example, here = EXAMPLES[name], house()
    address = address_of(name, here)
    client = here.client(example.role)
    client.raise_request_exception = False
    form = form_with_file(client, address)
    answer = posted(client, form, {form.files[0]: SimpleUploadedFile(file, BAD[file])})
    if (name, answer.status_code) == ("performance-upload-add", 302):
        refused_by_the_worker()
        return
    said = answer.content.decode()
    assert (answer.status_code, "There is a problem" in said) == (200, True)


def refused_by_the_worker() -> None:
    """What is within a file that looks right is found when it is read: told problem by problem, and nothing loaded."""
    upload = Upload.objects.get()
    read(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.problems.exists(), HouseSnapshot.objects.exists()) == (UploadState.WRONG, True, False)


def test_every_field_that_takes_a_file_is_tried() -> None:
    taking = []
    for name in sorted(EXAMPLES.keys() - {BY_LETTER}):
        # Each example in a house of its own, for one makes what another makes.
        with transaction.atomic():
            here, role = house(), EXAMPLES[name].role
            address = address_of(name, here)
            answer = (here.client(role) if role else Client()).get(address)
            taking += [name] if any(form.files for form in forms_of(answer, address)) else []
            transaction.set_rollback(True)
    assert taking == TAKE_FILES
