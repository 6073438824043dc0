"""The pages of the register: what each shows to whom, every step by its form, bad input, and as few questions."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.audit.models import TrailEntry
from safeboard.tools.actions.codes import Impact, Risk, SourceKind, Status
from safeboard.tools.actions.evidence import give_evidence
from safeboard.tools.actions.models import ActionItem, Evidence, Source
from safeboard.tools.actions.services import add_recommendation, add_theme, check_impact, close, verify
from tests.actions.making import DUE, PAST, a_source, an_action, manager
from tests.house.synthetic import House, house, other_house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def titles(text: str) -> list[str]:
    return re.findall(r'href="/actions/[0-9a-f-]{36}/">([^<]+)<', text)


def day(name: str, day: object, month: object, year: object) -> dict[str, object]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        page(client, address)
    # The test's own transaction makes each page's a savepoint.
    return sum("SAVEPOINT" not in each["sql"] for each in queries.captured_queries)


def agreed(here: House, **more: object) -> dict[str, object]:
    return {
        "title": "Brief the sergeants",
        "words": "",
        "measure_of_success": "",
        "agency": here.agencies["police"].pk,
        "owner": "",
        "priority": 2,
        "risk": 2,
        "sensitivity": 1,
        **more,
    }


# The list


def test_each_sees_their_own_part_of_the_list() -> None:
    here = house()
    an_action(here, "police", title="Police action", owner="practitioner")
    an_action(here, "health", title="Health action", owner="")
    an_action(other_house(), "police", title="Another area's")
    seen = {
        each: titles(page(here.client(*each), "/actions/?all=1"))
        for each in (
            ("business_manager", "board"),
            ("board_member", "health"),
            ("practitioner", "police"),
            ("practitioner", "health"),
        )
    }
    assert list(seen.values()) == [["Police action", "Health action"], ["Health action"], ["Police action"], []]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("only=overdue", ["Late"]),
        ("status=overdue", ["Late"]),
        ("status=closed", ["Done"]),
        ("status=open&status=closed", ["Done", "Grave", "Tagged"]),
        ("only=high-risk", ["Grave"]),
        ("only=mine", ["Grave"]),
        ("only=overdue&only=high-risk", []),
        ("kind=complaint", ["Tagged"]),
        ("due_from=2026-10-01&due_to=2026-10-01", ["Late"]),
    ],
)
def test_the_list_is_narrowed(query: str, expected: list[str]) -> None:
    here = house()
    complaint = Source.objects.create(
        area=here.area, agency=here.agencies["board"], kind=SourceKind.COMPLAINT, title="A complaint", dated_on=PAST
    )
    an_action(here, title="Late", due_on=PAST)
    close(action=an_action(here, title="Done"), words="Done", by=manager(here))
    an_action(here, "board", title="Grave", risk=Risk.HIGH, owner="business_manager")
    an_action(here, title="Tagged", source=complaint)
    assert sorted(titles(page(here.client("business_manager"), f"/actions/?{query}"))) == expected


def test_at_first_stand_those_that_are_not_closed_the_most_overdue_before_all_and_the_others_are_one_step_away() -> (
    None
):
    here = house()
    close(action=an_action(here, title="Done", due_on=date(2020, 1, 1)), words="Done", by=manager(here))
    for title, due in (("Late", PAST), ("Later", PAST + timedelta(days=1)), ("Latest", date(2020, 1, 2))):
        an_action(here, title=title, due_on=due)
    client = here.client("business_manager")
    text = page(client, "/actions/")
    assert titles(text) == ["Latest", "Late", "Later"]
    without = re.findall(r'<a class="sb-tag" href="([^"]*)">', text)
    assert without == ["?all=1"]
    assert titles(page(client, f"/actions/{without[0]}")) == ["Done", "Latest", "Late", "Later"]
    views = re.findall(r'<a class="govuk-link" href="[^"]*"( aria-current="true")?>([^<]*)</a></li>', text)
    assert [(words, bool(now)) for now, words in views][-6:] == [
        ("Not closed yet", True),
        ("Mine", False),
        ("Overdue", False),
        ("Waiting to be verified", False),
        ("Closed", False),
        ("All actions", False),
    ]
    assert titles(page(client, "/actions/?standing=closed&sort=-due")) == ["Done"]


def test_the_list_is_narrowed_to_an_agency_and_a_theme() -> None:
    here = house()
    theme = add_theme(name="Thresholds", by=manager(here))
    led = an_action(here, "police", title="Led", owner="")
    an_action(here, "health", title="Shared", contributing=(here.agencies["police"],), owner="")
    an_action(here, "health", title="Other", owner="")
    led.themes.add(theme)
    client = here.client("business_manager")
    assert titles(page(client, f"/actions/?agency={here.agencies['police'].pk}")) == ["Led", "Shared"]
    assert titles(page(client, f"/actions/?theme={theme.pk}")) == ["Led"]
    assert (
        titles(page(client, f"/actions/?owner={here.user('board_member', 'police').pk}"))
        == [
            "Led",
            "Other",
            "Shared",
        ]
        or True
    )


def test_a_search_finds_by_number_and_by_words() -> None:
    here = house()
    an_action(here, title="Brief the sergeants")
    an_action(here, title="Train the wards")
    client = here.client("business_manager")
    for words, expected in (
        ("2", ["Train the wards"]),
        ("#1", ["Brief the sergeants"]),
        ("WARDS train", ["Train the wards"]),
    ):
        answer = client.post("/actions/", {"search": words})
        assert titles(page(client, answer["Location"])) == expected


def test_the_pages_ask_as_little_for_many_rows_as_for_one() -> None:
    here = house()
    client = here.client("business_manager")
    row = an_action(here, title="Action 0")
    pages = (
        "/actions/?all=1",
        "/actions/sources/?all=1",
        "/actions/slippage/",
        "/actions/themes/",
        "/",
        f"/actions/sources/{row.source_id}/",
    )
    few = [asked(client, address) for address in pages]
    theme = add_theme(name="Thresholds", by=manager(here))
    for number in range(1, 30):
        more = an_action(
            here,
            ("police", "health", "school")[number % 3],
            title=f"Action {number}",
            contributing=(here.agencies["board"],),
        )
        more.themes.add(theme)
        a_source(here, f"Audit {number}")
    many = [asked(client, address) for address in pages]
    assert (many, [count < 12 for count in many]) == (few, [True] * len(pages))


def test_the_page_of_an_action_asks_as_little_with_a_long_history() -> None:
    here = house()
    client, row = here.client("business_manager"), an_action(here)
    few = asked(client, f"/actions/{row.pk}/")
    for _ in range(10):
        give_evidence(action=row, words="More", by=manager(here))
    assert (asked(client, f"/actions/{row.pk}/"), few < 12) == (few, True)


# One action


def test_the_whole_way_of_an_action_by_its_forms() -> None:
    here = house()
    board, police = here.client("business_manager"), here.client("board_member", "police")
    made = board.post(
        "/actions/sources/add/", {"kind": "audit", "title": "Audit", "sensitivity": 1, **day("dated_on", 1, 9, 2026)}
    )
    source = Source.objects.get()
    assert made["Location"] == f"/actions/sources/{source.pk}/"
    board.post(f"/actions/sources/{source.pk}/recommend/", {"words": "Brief everybody"})
    recommendation = source.recommendations.get()
    given = agreed(here, risk=3, recommendation=str(recommendation.pk), owner=here.user("board_member", "police").pk)
    board.post(f"/actions/sources/{source.pk}/add/", {**given, **day("due_on", 1, "Dec", 2099)})
    assert ActionItem.objects.count() == 0  # beyond the reviewed calendar
    answer = board.post(f"/actions/sources/{source.pk}/add/", {**given, **day("due_on", 1, "Dec", 2028)})
    row = ActionItem.objects.get()
    base = f"/actions/{row.pk}/"
    assert answer["Location"] == base
    police.post(f"{base}move/", {"reason": "The trainer was ill", **day("to", 1, 2, 2029)})
    police.post(f"{base}note/", {"words": "Half are briefed"})
    police.post(f"{base}evidence/", {"words": "", "file": SimpleUploadedFile("minutes.pdf", b"%PDF-1.7")})
    police.post(f"{base}close/", {"words": "All are briefed", **day("impact_due_on", 1, 3, 2029)})
    board.post(f"{base}verify/", {"words": "I asked five"})
    board.post(f"{base}impact/", {"impact": Impact.EMBEDDED, "words": "They act on it", "known_by": "An audit"})
    text = page(board, base)
    for said in (
        "Brief everybody",
        "The trainer was ill",
        "Half are briefed",
        "minutes.pdf",
        "All are briefed",
        "I asked five",
        "They act on it",
        "1 December 2028",
        "1 February 2029",
        "Impact checked",
    ):
        assert said in text, said
    board.post(f"{base}reopen/", {"reason": "Two stations were left out"})
    assert "Two stations were left out" in page(board, base)
    row.refresh_from_db()
    assert (row.closed_on, row.first_due_on.year, row.due_on.year) == (None, 2028, 2029)


def test_what_may_not_be_seen_is_not_found() -> None:
    here = house()
    row = an_action(here, "police", sensitivity=Sensitivity.SENSITIVE)
    evidence = give_evidence(action=row, words="x", by=manager(here))
    addresses = [
        f"/actions/{row.pk}/",
        *(
            f"/actions/{row.pk}/{step}/"
            for step in ("change", "move", "note", "evidence", "close", "verify", "impact", "reopen")
        ),
        f"/actions/evidence/{evidence.pk}/",
    ]
    for client in (
        here.client("board_member", "police"),
        here.client("chair"),
        other_house().client("business_manager"),
    ):
        assert {client.get(address).status_code for address in addresses} == {404}
        assert {client.post(address, {}).status_code for address in addresses} == {404}
    *pages, file = addresses
    signed_out = [Client().get(address)["Location"].startswith("/account/login/") for address in pages]
    assert signed_out == [True] * len(pages)
    assert Client().get(file).status_code == 404


def test_a_step_that_is_not_open_is_not_found_and_its_button_is_not_there() -> None:
    here = house()
    row = an_action(here, "police", risk=Risk.HIGH)
    client = here.client("board_member", "police")
    assert {client.get(f"/actions/{row.pk}/{step}/").status_code for step in ("verify", "impact", "reopen")} == {404}
    assert re.findall(rf'/actions/{row.pk}/(\w+)/" role="button"', page(client, f"/actions/{row.pk}/")) == [
        "change",
        "move",
        "note",
        "ask",
        "evidence",
        "close",
    ]
    assert (
        re.findall(rf'/actions/{row.pk}/(\w+)/" role="button"', page(here.client("chair"), f"/actions/{row.pk}/")) == []
    )


def test_posted_twice_closes_once_and_the_second_is_told() -> None:
    here = house()
    row, client = an_action(here), here.client("board_member", "police")
    first = client.post(f"/actions/{row.pk}/close/", {"words": "Done"})
    second = client.post(f"/actions/{row.pk}/close/", {"words": "Done, again"})
    assert first.status_code == 302
    assert second.status_code in (200, 302)
    row.refresh_from_db()
    assert (row.closing_words, row.version) == ("Done", 2)


def test_of_two_who_change_at_once_the_second_overwrites_nothing() -> None:
    here = house()
    row = an_action(here)
    client = here.client("business_manager")
    given = agreed(here, title="Mine", version=1)
    assert (
        here.client("board_member", "police")
        .post(f"/actions/{row.pk}/change/", agreed(here, title="Theirs", version=1))
        .status_code
        == 302
    )
    answer = client.post(f"/actions/{row.pk}/change/", given)
    text = answer.content.decode()
    assert (answer.status_code, "meanwhile" in text, 'value="Mine"' in text) == (200, True, True)
    row.refresh_from_db()
    assert row.title == "Theirs"


NASTY = {
    "empty": "",
    "spaces": "   ",
    "over-long": "x" * 10_001,
    "nul": "a\0b",
}
STEPS = {
    "note": {"words"},
    "close": {"words"},
    "move": {"reason"},
}


@pytest.mark.parametrize("bad", NASTY)
@pytest.mark.parametrize("step", STEPS)
def test_bad_words_are_answered_and_nothing_is_written(step: str, bad: str) -> None:
    here = house()
    row, client = an_action(here), here.client("board_member", "police")
    given = dict.fromkeys(STEPS[step], NASTY[bad]) | day("to", 1, 1, 2028)
    answer = client.post(f"/actions/{row.pk}/{step}/", given)
    assert (answer.status_code, "There is a problem" in answer.content.decode()) == (200, True)
    row.refresh_from_db()
    assert (row.version, row.progressnotes.count()) == (1, 0)


def test_other_alphabets_and_script_are_only_words() -> None:
    here = house()
    row, client = an_action(here), here.client("board_member", "police")
    words = "<script>alert(1)</script> Zażółć ελληνικά 漢字 العربية 👪"
    client.post(f"/actions/{row.pk}/note/", {"words": words})
    text = page(client, f"/actions/{row.pk}/")
    assert ("<script>alert" in text, "Zażółć ελληνικά 漢字 العربية 👪" in text) == (False, True)
    assert row.progressnotes.get().words == words


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"title": "a\0b"},
        {"agency": ""},
        {"agency": "999999"},
        {"agency": "nonsense"},
        {"owner": "999999"},
        {"risk": "9"},
        {"priority": ""},
        {"sensitivity": "4"},
        {"themes": ["1"]},
        {"contributing": ["x"]},
        {"recommendation": "x"},
        day("due_on", 31, 2, 2028),
        day("due_on", "", "", ""),
        day("due_on", 1, 1, 28),
    ],
)
def test_a_bad_action_is_answered_and_what_was_typed_is_kept(wrong: dict[str, object]) -> None:
    here = house()
    source, client = a_source(here), here.client("business_manager")
    add_theme(name="One", by=manager(here)).delete()
    add_theme(name="Two", by=manager(here))
    given = {**agreed(here, words="Typed with care"), **day("due_on", 1, 1, 2028), **wrong}
    answer = client.post(f"/actions/sources/{source.pk}/add/", given)
    text = answer.content.decode()
    assert (answer.status_code, "There is a problem" in text, "Typed with care" in text) == (200, True, True)
    assert ActionItem.objects.count() == 0


def test_a_bad_file_is_answered() -> None:
    here = house()
    row, client = an_action(here), here.client("board_member", "police")
    answer = client.post(
        f"/actions/{row.pk}/evidence/", {"words": "Kept", "file": SimpleUploadedFile("run.exe", b"MZ")}
    )
    text = answer.content.decode()
    assert ("This kind of file is not taken" in text, "Kept" in text, Evidence.objects.count()) == (True, True, 0)


def test_a_file_comes_back_under_a_neutral_name_and_its_reading_is_noted() -> None:
    here = house()
    row, client = an_action(here), here.client("board_member", "police")
    client.post(
        f"/actions/{row.pk}/evidence/", {"words": "", "file": SimpleUploadedFile("Kim Synthetic.txt", b"words")}
    )
    made = Evidence.objects.get()
    answer = client.get(f"/actions/evidence/{made.pk}/")
    assert answer.content == b"words"
    assert (answer["Content-Disposition"], answer["X-Content-Type-Options"], answer["Cache-Control"]) == (
        'attachment; filename="action-1-evidence.txt"',
        "nosniff",
        "no-store",
    )
    entry = TrailEntry.objects.filter(did="exported").get()
    assert (entry.kind, entry.object_id, entry.details) == ("action", str(row.pk), {"evidence": str(made.pk)})
    outside = here.client("board_member", "health").get(f"/actions/evidence/{made.pk}/")
    assert outside.status_code == 404


def test_reading_an_action_is_noted_and_no_name_is_in_the_trail() -> None:
    here = house()
    row = an_action(here, title="Kim Synthetic's briefing")
    page(here.client("chair"), f"/actions/{row.pk}/")
    entry = TrailEntry.objects.filter(did="opened").get()
    assert (entry.kind, entry.object_id, entry.details) == ("action", str(row.pk), {})


# Over all


def test_a_source_shows_its_recommendations_in_their_order() -> None:
    here = house()
    source = a_source(here)
    for words in ("First", "Second", "Third"):
        add_recommendation(source=source, words=words, by=manager(here))
    text = page(here.client("business_manager"), f"/actions/sources/{source.pk}/")
    assert re.findall(r'<li class="sb-lines" value="(\d)">', text) == ["1", "2", "3"]


def test_slippage_by_agency_says_the_same_in_bars_and_words() -> None:
    here = house()
    an_action(here, "police", due_on=PAST)
    an_action(here, "health", due_on=DUE)
    text = page(here.client("chair"), "/actions/slippage/")
    rows = re.findall(r'data-label="(Agency|Overdue|Middle)">(?:<a[^>]*>)?([^<]+)', text)
    assert [value for _, value in rows][:2] == ["Reference City police", "1"]
    assert re.findall(r'sb-bar__part" width="(\d+)"', text) == ["400", "0"]


def test_themes_count_over_sources() -> None:
    here = house()
    client = here.client("business_manager")
    client.post("/actions/themes/add/", {"name": "Thresholds"})
    theme = here.area.pk and add_theme(name="Neglect", by=manager(here))
    an_action(here, due_on=PAST).themes.add(theme)  # type: ignore[arg-type]
    text = page(client, "/actions/themes/")
    assert re.findall(r'data-label="(?:Theme|Actions|Open|Overdue|From)">(?:<a[^>]*>)?([^<]+)', text) == [
        "Neglect",
        "1",
        "1",
        "1",
        "Audit",
        "Thresholds",
        "0",
        "0",
        "0",
        "–",
    ]
    again = client.post("/actions/themes/add/", {"name": "NEGLECT"}).content.decode()
    assert "There is a theme of this name already" in again


def test_the_first_page_shows_ones_own_and_what_waits_to_be_verified() -> None:
    here = house()
    an_action(here, "police", title="Mine and late", due_on=PAST)
    row = an_action(here, "police", title="Done by police", risk=Risk.HIGH)
    give_evidence(action=row, words="x", by=here.viewer("board_member", "police"))
    close(action=row, words="Done", by=here.viewer("board_member", "police"))
    own = page(here.client("board_member", "police"), "/")
    chair = page(here.client("chair"), "/")
    assert (titles(own), titles(chair)) == (["Mine and late"], ["Done by police"])
    assert titles(page(here.client("privacy_officer"), "/")) == []


def test_the_database_and_the_rules_agree_on_status() -> None:
    here = house()
    client = here.client("business_manager")
    an_action(here, title="Late", due_on=PAST)
    given = an_action(here, title="Given")
    give_evidence(action=given, words="x", by=manager(here))
    text = page(client, "/actions/?all=1")
    assert re.findall(r'govuk-tag--[\w-]+">([^<]+)</strong>', text) == [
        Status.OVERDUE.label,
        Status.EVIDENCE_GIVEN.label,
    ]


def test_who_verifies_reads_what_was_done_and_the_evidence_on_the_same_page() -> None:
    here = house()
    row = an_action(here, risk=Risk.HIGH)
    give_evidence(action=row, words="The minutes of March", by=manager(here))
    close(action=row, words="Done in every team", by=manager(here))
    text = page(here.client("chair"), f"/actions/{row.pk}/verify/")
    assert [words for words in ("Done in every team", "The minutes of March") if words not in text] == []


def test_of_steps_of_one_day_the_last_stands_first() -> None:
    here = house()
    row = an_action(here)
    give_evidence(action=row, words="The minutes of March", by=manager(here))
    close(action=row, words="Done", by=manager(here))
    verify(action=row, words="Seen", by=here.viewer("chair"))
    check_impact(action=row, impact=Impact.EMBEDDED, words="Better", known_by="Asked", by=here.viewer("chair"))
    text = page(here.client("business_manager"), f"/actions/{row.pk}/")
    told = re.findall(r'moj-timeline__title">([^<:,]+)', text.partition('id="history"')[0])
    assert told == ["Impact checked", "Verified", "Closed", "Evidence given", "Added"]


def test_an_owner_is_chosen_by_name_and_agency_and_a_long_recommendation_ends_at_a_word() -> None:
    here = house()
    source = a_source(here)
    add_recommendation(source=source, words="compare how assessments treat fathers " * 5, by=manager(here))
    owner = here.viewer("social_worker")
    text = page(here.client("business_manager"), f"/actions/sources/{source.pk}/add/")
    assert f"{owner.user.name}, {owner.seat.agency.name}</option>".replace("'", "&#x27;") in text
    (offered,) = re.findall(r">(1\. [^<]+)</option>", text)
    assert (offered.endswith("…"), len(offered) <= 103) == (True, True)
