"""Every row of an agency's list is accounted for, with the reason; linking puts numbers on records and is undone."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from safeboard.casework.matching.linkage import hold_against_ours, link, undo_link
from safeboard.casework.matching.models import AgencyList, ListedPerson, Outcome
from safeboard.casework.people.models import Identifier, Person
from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.kernel.errors import BadInput
from tests.house.synthetic import House, house
from tests.matching.records import somebody

pytestmark = pytest.mark.django_db
HEADER = "Your number,First names,Family name,Date of birth,Sex,NHS number,Postcode\n"


@pytest.fixture
def here() -> House:
    return house()


def sheet(*rows: str) -> bytes:
    return (HEADER + "\n".join(rows) + "\n").encode()


def held(here: House, *rows: str) -> AgencyList:
    return hold_against_ours(content=sheet(*rows), name="list.csv", by=here.viewer("social_worker"))


def outcomes(of: AgencyList) -> list[tuple[int, str, Person | None]]:
    return [(row.line, row.outcome, row.person) for row in of.rows.select_related("person")]


def test_every_row_has_an_outcome_and_a_reason(here: House) -> None:
    sam = somebody(
        here, "Samuel", "Vane", "2015-05-14", nhs="9990000018", sex="M", lines="1 Elm Road", postcode="CV1 2AB"
    )
    ann = somebody(here, "Ann", "First", "2012-02-03", sex="F")
    made = held(
        here,
        "P1,Sam,Vane,14/05/2015,M,999 000 0018,CV1 2AB",
        "P2,Anne,First,04/02/2012,F,,",
        "P3,Ursula,Quetzal,01/01/2001,F,,",
        "P4,Ann,First,31/02/2012,F,,",
        "P5,Ann,,03/02/2012,F,,",
        "P6,,First,,,,",
    )
    assert outcomes(made) == [
        (2, "matched", sam),
        (3, "possible", ann),
        (4, "not known", None),
        (5, "not readable", None),
        (6, "not readable", None),
        (7, "not readable", None),
    ]
    assert list(made.rows.filter(outcome="not readable").values_list("said", flat=True)) == [
        "Date of birth: That is not a date. Write it as 14/03/2018.",
        "Family name: There is none. Fill it in.",
        "A family name alone fits too many. Add a first name, a date of birth or an NHS number.",
    ]
    assert made.rows.get(line=2).evidence[0] == ["NHS number", "one had the number of the other", 16.5]
    assert Identifier.objects.filter(kind="local").count() == 0


def test_only_what_the_reader_of_the_list_may_open_is_matched(here: House) -> None:
    somebody(here, "Samuel", "Vane", "2015-05-14", nhs="9990000018", sensitivity=Sensitivity.SEALED)
    assert outcomes(held(here, "P1,Sam,Vane,14/05/2015,M,9990000018,")) == [(2, "not known", None)]


def test_two_records_that_fit_alike_are_possible_only(here: House) -> None:
    for _ in range(2):
        somebody(here, "Samuel", "Vane", "2015-05-14", sex="M")
    row = held(here, "P1,Samuel,Vane,14/05/2015,M,,").rows.get()
    assert (row.outcome, row.said) == ("possible", "1 more may be meant too.")


def test_linking_puts_the_agencys_number_on_the_record_and_undoing_ends_it(here: House) -> None:
    sam = somebody(here, "Samuel", "Vane", "2015-05-14", nhs="9990000018", sex="M")
    taken = somebody(here, "Ann", "First", "2012-02-03", nhs="9990000026", sex="F")
    made = held(here, "P1,Samuel,Vane,14/05/2015,M,9990000018,", "P1,Ann,First,03/02/2012,F,9990000026,")
    viewer = here.viewer("social_worker")
    assert link(held=made, by=viewer) == 1
    assert list(Identifier.objects.filter(kind="local").values_list("person", "issuer", "value")) == [
        (sam.pk, here.agencies["social care"].pk, "P1")
    ]
    assert made.rows.get(person=taken).said.startswith("Not linked. Another record has this number.")
    with pytest.raises(BadInput, match="dealt with meanwhile"):
        link(held=made, by=viewer)
    assert undo_link(held=made, by=viewer) == 1
    assert Identifier.objects.get(kind="local").ended_on == viewer.at.date()
    with pytest.raises(BadInput, match="dealt with meanwhile"):
        undo_link(held=made, by=viewer)


def test_a_list_is_its_readers_alone(here: House) -> None:
    made = held(here, "P1,Samuel,Vane,14/05/2015,M,,")
    other = here.client("social_worker", name="Another")
    assert other.get(reverse("matching:link-list", args=[made.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        link(held=made, by=here.viewer("social_worker", name="Another"))
    with pytest.raises(PermissionDenied):
        hold_against_ours(content=sheet("P1,A,B,,,,"), name="a.csv", by=here.viewer("chair"))


def test_a_list_is_read_looked_through_linked_and_undone_on_pages(here: House) -> None:
    somebody(here, "Samuel", "Vane", "2015-05-14", nhs="9990000018", sex="M")
    client = here.client("social_worker")
    file = SimpleUploadedFile("list.csv", sheet("P1,Samuel,Vane,14/05/2015,M,9990000018,", "P2,X,Y,1/1/2001,,,"))
    assert client.post(reverse("matching:read-list"), {"file": file}).status_code == 302
    made = AgencyList.objects.get()
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(reverse("matching:lists")).content.decode()))
    assert "2 1 0 1 0 Dry run." in said
    rows = client.get(reverse("matching:listed"), {"of": made.pk}).content.decode()
    assert "Samuel Vane" in rows
    row = ListedPerson.objects.get(line=2)
    assert client.get(reverse("matching:listed-person", args=[row.pk]))["Location"].startswith("/people/")
    for name in ("link-list", "undo-list"):
        assert client.post(reverse(f"matching:{name}", args=[made.pk]), {"form-once": ""}).status_code == 302
    assert Identifier.objects.get(kind="local").ended_on is not None


@pytest.mark.parametrize(
    ("name", "content"),
    [("list.pdf", b"%PDF"), ("list.xlsx", b"not a workbook"), ("list.csv", b"Nothing,known\n1,2\n"), ("list.csv", b"")],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(here: House, name: str, content: bytes) -> None:
    client = here.client("social_worker")
    answer = client.post(reverse("matching:read-list"), {"file": SimpleUploadedFile(name, content)})
    assert (answer.status_code, AgencyList.objects.count()) == (200, 0)
    assert "govuk-error" in answer.content.decode()


def test_lists_are_reached_from_the_search_by_those_who_may_change_people(here: House) -> None:
    address = reverse("matching:lists")
    pages = {
        role: here.client(role).get(reverse("matching:search")).content.decode()
        for role in ("social_worker", "practitioner")
    }
    assert {role: f'href="{address}"' in page for role, page in pages.items()} == {
        "social_worker": True,
        "practitioner": False,
    }


def test_a_list_written_into_the_template_is_read(here: House) -> None:
    client = here.client("social_worker")
    book = load_workbook(BytesIO(client.get(reverse("matching:list-template")).content))
    sheet_of_people = book.worksheets[0]
    for number, cell in enumerate(("P1", "Samuel", "Vane", date(2015, 5, 14), "M"), start=1):
        sheet_of_people.cell(2, number).value = cell
    filled = BytesIO()
    book.save(filled)
    made = hold_against_ours(content=filled.getvalue(), name="list.xlsx", by=here.viewer("social_worker"))
    assert [(row.line, row.outcome) for row in made.rows.all()] == [(2, Outcome.UNKNOWN)]
