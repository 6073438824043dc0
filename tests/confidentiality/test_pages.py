"""The pages of confidentiality: what they do, what they tell, and to whom."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safeboard.foundation.access.break_glass import break_glass
from safeboard.foundation.access.models import BreakGlass, Involvement, Notice, Restriction
from safeboard.foundation.audit.models import TrailEntry
from tests.house.confidential import (
    REASON,
    a_notice,
    a_record,
    a_restricted_record,
    a_restriction,
    an_involvement,
    an_opening,
)
from tests.house.synthetic import House, confirmed, house, other_house

pytestmark = pytest.mark.django_db


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def address(record: dict[str, str], page: str) -> str:
    return f"/record/{record['kind']}/{record['object_id']}/{page}/"


def test_a_closed_record_says_whom_to_ask_and_that_is_in_the_trail() -> None:
    here = house()
    record = a_restricted_record(here)
    said = text(here.client("social_worker").get(address(record, "closed")))
    assert "This person&#x27;s record is closed to you" in said
    assert "Ashcombe" not in said
    assert "The head of safeguarding, extension 12" in said
    assert "A review is under way" not in said
    assert TrailEntry.objects.filter(did="refused", kind="person", object_id=record["object_id"]).count() == 1


def test_two_closed_records_are_told_apart_by_a_reference_that_says_nothing_of_them() -> None:
    here = house()
    one, other = a_restriction(here), a_restriction(here)
    by = here.viewer("investigator", at=timezone.now())
    made = break_glass(kind="person", object_id=other.object_id, reason=REASON, by=by)
    officer, closed = here.client("privacy_officer"), []
    for row, page in ((one, "/restrictions/"), (other, "/restrictions/"), (made, "/break-glass/")):
        reference = f"person {row.object_id[:8]}"
        assert reference.capitalize() in text(officer.get(page))
        said = text(officer.get(f"{page}{row.pk}/"))
        assert f"A person&#x27;s record that you may not open (reference: {reference})" in said
        assert [word for word in ("Robin", "Ashcombe") if word in said] == []
        closed.append(reference)
    assert len({*closed}) == 2
    asked = text(here.client("social_worker").get(f"/record/person/{one.object_id}/closed/"))
    assert [each in asked for each in closed] == [True, False, False]
    assert here.client("practitioner").get(f"/record/person/{one.object_id}/closed/").status_code == 404


def test_the_page_of_a_closed_record_is_not_found_by_those_who_may_not_know_of_it() -> None:
    here = house()
    record = a_restricted_record(here)
    for client in (
        here.client("practitioner"),
        here.client("system_administrator"),
        other_house().client("social_worker"),
    ):
        for page in ("closed", "break-glass", "restrict", "involved", "involved/add"):
            assert client.get(address(record, page)).status_code == 404


def test_breaking_the_glass_asks_for_the_second_step_again() -> None:
    here = house()
    record = a_restricted_record(here)
    answer = here.client("social_worker").get(address(record, "break-glass"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/reauthenticate/")


def test_glass_is_broken_with_a_reason_and_a_banner_stands_on_every_page() -> None:
    here = house()
    record = a_restricted_record(here)
    client = confirmed(here.client("social_worker"))
    page = address(record, "break-glass")
    assert "at least five different words" in text(client.post(page, {"reason": "urgent"}))
    assert not BreakGlass.objects.exists()
    assert client.post(page, {"reason": REASON}).status_code == 302
    assert BreakGlass.objects.get().reason == REASON
    assert "You hold" in text(client.get("/"))
    assert "You hold" not in text(here.client("privacy_officer").get("/"))
    assert client.get(page).status_code == 404
    assert client.get(address(record, "closed")).status_code == 302


def test_whoever_opened_a_record_finishes_from_the_banner_and_nobody_else() -> None:
    here = house()
    made = an_opening(here)
    page, client = f"/break-glass/{made.pk}/finished/", here.client("investigator")
    officer = here.client("privacy_officer")
    assert (officer.get(page).status_code, officer.post(page).status_code) == (404, 404)
    assert "Until" in text(officer.get(f"/break-glass/{made.pk}/"))
    record = f"/people/{made.object_id}/"
    assert f'href="{page}"' in text(client.get(record))
    assert f'href="{record}"' in text(client.get(page))  # the way back, for who has not finished
    assert client.post(page)["Location"] == "/"
    assert client.get(record)["Location"] == f"/record/person/{made.object_id}/closed/"
    said = text(client.get("/"))
    assert ("The opening has ended" in said, "You hold" in said) == (True, False)
    made.refresh_from_db()
    ended_at = made.ends_at
    assert client.get(page)["Location"] == client.post(page)["Location"] == "/"
    made.refresh_from_db()
    assert made.ends_at == ended_at
    assert "Ended early" in text(officer.get(f"/break-glass/{made.pk}/"))


def test_two_openings_are_told_apart_in_the_banner() -> None:
    here = house()
    client, openings, banners = here.client("investigator"), [], []
    for _ in range(2):
        openings.append(an_opening(here))
        banner = text(client.get("/")).partition('class="sb-glass"')[2].partition("</div>")[0]
        banners.append(sorted(re.findall(r">one person</a>(.*?) open in an emergency", banner)))
    assert banners == [[""], sorted(f" (reference: {made.object_id[:8]})" for made in openings)]


def test_an_opening_is_reviewed_by_somebody_else_and_shown_on_the_first_page_until_then() -> None:
    here = house()
    made = an_opening(here)
    client = here.client("privacy_officer")
    assert f"/break-glass/{made.pk}/" in text(client.get("/"))
    assert "Reason given" in text(client.get(f"/break-glass/{made.pk}/"))
    assert (
        client.post(f"/break-glass/{made.pk}/outcome/", {"outcome": "needed", "found": "Confirmed"}).status_code == 302
    )
    made.refresh_from_db()
    assert made.outcome == "needed"
    assert "It was needed" in text(client.get(f"/break-glass/{made.pk}/"))


def test_the_board_sees_numbers_only() -> None:
    here = house()
    an_opening(here)
    said = text(here.client("chair").get("/break-glass/statistics/"))
    assert "People who opened" in said
    assert "Synthetic Child abuse investigator" not in said
    assert here.client("chair").get("/break-glass/").status_code == 404


def test_a_record_is_restricted_reviewed_and_let_go() -> None:
    here = house()
    record = a_record(here)
    client = here.client("privacy_officer")
    listed = here.user("practitioner")
    given = {
        "category": "safe contact",
        "reason": "A refuge",
        "ask": "The refuge worker",
        "closed_to": "only listed",
        "allowed": listed.email,
        "kept_out": "nobody@nowhere.example",
    }
    assert "Nobody signs in with nobody@nowhere.example" in text(client.post(address(record, "restrict"), given))
    assert client.post(address(record, "restrict"), {**given, "kept_out": ""}).status_code == 302
    made = Restriction.objects.get()
    assert (made.hides_existence, [entry.user for entry in made.entries.all()]) == (True, [listed])
    assert str(made.pk) in text(client.get("/restrictions/"))
    assert "A refuge" in text(client.get(f"/restrictions/{made.pk}/"))
    kept = {"keep": "keep", "reason": "Still there"}
    assert client.post(f"/restrictions/{made.pk}/review/", kept).status_code == 302
    off = {"user": listed.email, "place": "off"}
    assert client.post(f"/restrictions/{made.pk}/list/", off).status_code == 302
    assert not made.entries.exists()
    assert client.post(f"/restrictions/{made.pk}/review/", {"keep": "end", "reason": "Safe now"}).status_code == 302
    assert client.get(f"/restrictions/{made.pk}/review/").status_code == 404


def test_nobody_puts_themselves_on_a_list() -> None:
    here = house()
    made, client = a_restriction(here), here.client("privacy_officer")
    own = {"user": here.user("privacy_officer").email, "place": "pass"}
    assert "Nobody gives rights to themselves" in text(client.post(f"/restrictions/{made.pk}/list/", own))


def test_involvement_is_recorded_shown_and_ended() -> None:
    here = house()
    record, client = a_record(here), here.client("social_worker")
    given = {"user": here.user("practitioner").email, "why": "Class teacher"}
    assert client.post(address(record, "involved/add"), given).status_code == 302
    assert "Class teacher" in text(client.get(address(record, "involved")))
    made = Involvement.objects.get()
    assert client.post(address(record, f"involved/{made.pk}/end")).status_code == 302
    assert not Involvement.objects.exists()


def test_an_involvement_is_ended_from_its_own_record_only() -> None:
    here = house()
    other, mine = a_record(here), an_involvement(here)
    assert here.client("social_worker").post(address(other, f"involved/{mine['pk']}/end")).status_code == 404


def test_a_notice_is_ones_own_and_read_by_following_it() -> None:
    here = house()
    key = a_notice(here, "social_worker")
    assert here.client("chair").get(f"/notices/{key}/").status_code == 404
    client = here.client("social_worker")
    assert "A record was opened." in text(client.get("/"))
    assert client.get(f"/notices/{key}/").status_code == 302
    assert Notice.objects.get().read_at is not None
    assert "A record was opened." not in text(client.get("/"))
    assert "A record was opened." in text(client.get("/notices/"))


def test_every_role_is_told_to_everybody() -> None:
    said = text(house().client("practitioner").get("/roles/"))
    assert "Child abuse investigator" in said
    assert "System administrator" in said


@pytest.mark.parametrize(
    "text_typed", ["x " * 20_000, "", "a\0b", "<script>alert(1)</script>", "Ребёнок в опасности, мать не отвечает"]
)
def test_a_reason_of_any_kind_is_taken_or_refused_in_words(text_typed: str) -> None:
    here = house()
    record = a_restricted_record(here)
    answer = confirmed(here.client("social_worker")).post(address(record, "break-glass"), {"reason": text_typed})
    taken = text_typed.startswith("Р")
    assert (answer.status_code, BreakGlass.objects.count()) == ((302, 1) if taken else (200, 0))
    assert taken or "There is a problem" in text(answer)
    assert taken or "<script>alert" not in text(answer)


def counted(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def many(here: House, count: int) -> None:
    for _ in range(count):
        a_restriction(here)
        an_opening(here)


def test_lists_ask_the_database_as_often_for_one_row_as_for_many() -> None:
    here = house()
    many(here, 1)
    pages = ("/restrictions/", "/break-glass/", "/break-glass/statistics/", "/notices/")
    client = here.client("privacy_officer")
    chair = here.client("chair")
    one = [counted(chair if "statistics" in page else client, page) for page in pages]
    many(here, 12)
    assert [counted(chair if "statistics" in page else client, page) for page in pages] == one
    assert max(one) < 12
