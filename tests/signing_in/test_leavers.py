"""Leavers are ended by the agency's list: seen first, then ended at once with their sessions, or undone."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from safeboard.foundation.access.models import Seat
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.signing_in.models import Leaver, LeaversList
from safeboard.foundation.signing_in.staff_list import from_file, from_text
from tests.house.synthetic import SINCE, House, house, other_house
from tests.house.workbooks import BEYOND, with_a_cell
from tests.signing_in.people import give_password

pytestmark = pytest.mark.django_db


def police(here: House) -> tuple[str, str, str]:
    """The addresses of three of the police's people, the administrator not among them."""
    emails = [here.user(role, "police").email for role in ("practitioner", "screening_officer", "board_member")]
    return emails[0], emails[1], emails[2]


def hold(here: House, typed: str) -> tuple[Client, str]:
    """Give the list as the police's administrator; the browser, and the address of what it would end."""
    client = here.client("agency_administrator", "police")
    answer = client.post("/leavers/", {"typed": typed})
    assert answer.status_code == 302, answer.content.decode()
    return client, answer["Location"]


def test_seats_not_on_the_list_are_shown_and_nothing_ends_yet() -> None:
    here = house()
    stays, goes, also_goes = police(here)
    client, page = hold(here, f"{stays.upper()}\nspelt.otherwise@police.example")
    shown = client.get(page).content.decode()
    assert (goes in shown, also_goes in shown, stays in shown) == (True, True, False)
    assert "spelt.otherwise@police.example" in shown
    assert "2 seats" in shown
    assert Seat.objects.exclude(ends_on=None).count() == 0


def test_confirming_ends_seats_and_sessions_at_once() -> None:
    here = house()
    stays, goes, _ = police(here)
    gone, staying = here.client("screening_officer", "police"), here.client("practitioner", "police")
    assert gone.get("/").status_code == 200
    client, page = hold(here, stays)
    client.post(f"{page}end/")
    assert gone.get("/")["Location"] == "/account/login/?next=/"
    assert (
        "This account is closed"
        in Client()
        .post("/account/login/", {"login": goes, "password": "a long enough password"}, follow=True)
        .content.decode()
    )
    assert staying.get("/").status_code == 200
    assert client.get("/").status_code == 200


def test_undoing_gives_back_what_was() -> None:
    here = house()
    stays, goes, _ = police(here)
    before = list(Seat.objects.order_by("pk").values())
    client, page = hold(here, stays)
    client.post(f"{page}end/")
    client.post(f"{page}undo/")
    now = list(Seat.objects.filter(pk__in=[row["id"] for row in before]).order_by("pk").values())
    assert now == before
    assert give_password(Client(), goes) == 302


def test_each_step_is_taken_once() -> None:
    here = house()
    client, page = hold(here, police(here)[0])
    client.post(f"{page}undo/")
    assert LeaversList.objects.get().undone_at is None
    for step in ("end", "end", "undo", "undo", "end"):
        client.post(f"{page}{step}/")
    row = LeaversList.objects.get()
    assert row.confirmed_at is not None
    assert row.undone_at is not None
    assert Seat.objects.exclude(ends_on=None).count() == 0


def test_a_seat_in_another_agency_goes_on_and_its_holder_can_sign_in() -> None:
    here = house()
    stays, goes, _ = police(here)
    user = here.user("screening_officer", "police")
    Seat.objects.create(user=user, role="practitioner", agency=here.agencies["health"], starts_on=SINCE)
    session = here.client("screening_officer", "police")
    client, page = hold(here, stays)
    client.post(f"{page}end/")
    assert session.get("/")["Location"] == "/account/login/?next=/"
    assert give_password(Client(), goes) == 302
    assert not Leaver.objects.get(seat__user=user).closed_account


def test_other_agencies_and_ones_own_seat_are_untouched() -> None:
    here = house()
    police(here)
    here.user("practitioner", "health")
    hold(here, "somebody@else.example")
    ended = {(leaver.seat.agency.kind, leaver.seat.role) for leaver in Leaver.objects.select_related("seat__agency")}
    assert ended == {("police", "practitioner"), ("police", "screening_officer"), ("police", "board_member")}


def test_others_find_neither_page_nor_list() -> None:
    here = house()
    _, page = hold(here, police(here)[0])
    for client in (
        here.client("chair"),
        here.client("agency_administrator", "health"),
        other_house().client("system_administrator"),
    ):
        assert client.get(page).status_code == 404
        assert client.post(f"{page}end/").status_code == 404
    assert here.client("chair").get("/leavers/").status_code == 404
    assert Seat.objects.exclude(ends_on=None).count() == 0


def test_a_wrong_line_is_named_and_what_was_typed_is_kept() -> None:
    here = house()
    page = here.client("agency_administrator", "police").post("/leavers/", {"typed": "a@b.example\nnot@an address"})
    assert "Row 2 holds what is not an e-mail address." in page.content.decode()
    assert "not@an address" in page.content.decode()
    assert LeaversList.objects.count() == 0


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, packed = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(packed)
    return packed.getvalue()


def test_a_workbook_is_read_from_any_column() -> None:
    content = workbook(
        ("Name", "Work e-mail"), ("Synthetic A", "A@b.example"), ("Synthetic B", "c@b.example"), (None, 7)
    )
    assert from_file("staff.xlsx", content) == {"a@b.example", "c@b.example"}
    assert from_file("staff.xlsx", with_a_cell(content, "XFD1048576")) == {"a@b.example", "c@b.example"}


def test_a_file_is_uploaded_through_the_page() -> None:
    here = house()
    stays, goes, _ = police(here)
    file = SimpleUploadedFile("staff.csv", f"Name;Address\r\nSynthetic;{stays}\r\n".encode("utf-8-sig"))
    client = here.client("agency_administrator", "police")
    page = client.post("/leavers/", {"file": file})["Location"]
    assert goes in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("staff.csv", b"\xff\xfe\x00a", "neither Excel nor text"),
        ("staff.xlsx", b"PK not a workbook", "This workbook is damaged"),
        ("staff.xlsx", with_a_cell(workbook(("a@b.example",)), BEYOND), "This workbook cannot be read: it is damaged"),
        ("staff.csv", b"Name\nNobody\n", "no e-mail address"),
        ("staff.csv", b"a" * 200_000 + b"@b.example", "too long to read"),
        ("staff.csv", b"a@b.example\n" * 200_000, "bigger than 2 MB"),
        ("staff.xlsx", workbook(('=HYPERLINK("x")&"@b.example"',)), "Row 1 holds"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_plainly(name: str, content: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        from_file(name, content)


def test_what_a_mail_program_pastes_is_read() -> None:
    pasted = "Synthetic One <One@b.example>; Synthetic Two <two@b.example>"
    assert from_text(pasted) == {"one@b.example", "two@b.example"}


@given(
    st.lists(st.sampled_from(["a@b.example", "C@d.example", "e.f@g.example"]), min_size=1), st.sampled_from("\n,;\t")
)
def test_however_a_list_is_pasted_it_holds_the_same_addresses(emails: list[str], between: str) -> None:
    assert from_text(between.join(emails)) == {email.lower() for email in emails}
