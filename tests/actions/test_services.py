"""The verbs of the register: what each writes, what each refuses, and what the database refuses by itself."""

import threading
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.kernel.errors import BadInput
from safeboard.tools.actions.codes import Impact, Risk, Status
from safeboard.tools.actions.evidence import give_evidence, neutral_name, place_of
from safeboard.tools.actions.models import ActionItem, DueDateChange, Evidence, Reopening
from safeboard.tools.actions.selectors import actions, facts, to_verify
from safeboard.tools.actions.services import (
    Agreed,
    add_recommendation,
    add_source,
    add_theme,
    change_action,
    check_impact,
    close,
    move_due_date,
    note_progress,
    reopen,
    verify,
)
from tests.actions.making import DUE, TODAY, a_source, an_action, manager
from tests.house.live import trail_may_be_emptied
from tests.house.synthetic import House, house, other_house

pytestmark = pytest.mark.django_db
__all__ = ["trail_may_be_emptied"]
PDF = b"%PDF-1.7 synthetic"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def owner(here: House) -> Viewer:
    return here.viewer("board_member", "police")


def refused(verb: Any, **given: Any) -> str:
    with pytest.raises(BadInput) as wrong:
        verb(**given)
    return str(wrong.value.problems[0].element or wrong.value.problems[0].message)


def status_of(row: ActionItem, by: Viewer) -> str:
    return str(actions(by).get(pk=row.pk).status)  # type: ignore[attr-defined]


def test_an_action_of_high_risk_goes_all_the_way() -> None:
    here = house()
    row, police, board = an_action(here, risk=Risk.HIGH), owner(here), manager(here)
    said = [status_of(row, board)]
    assert refused(close, action=row, words="Done", by=police) == "words"  # without evidence
    give_evidence(action=row, words="Minutes of the briefing", by=police)
    said.append(status_of(row, board))
    close(action=row, words="Done", by=police, impact_due_on=date(2027, 3, 1))
    said.append(status_of(row, board))
    assert [each.pk for each in to_verify(board)] == [row.pk]
    verify(action=row, words="Asked five sergeants", by=board)
    said.append(status_of(row, board))
    assert [each.pk for each in to_verify(board)] == []
    check_impact(action=row, impact=Impact.EMBEDDED, words="They act on it", known_by="An audit of ten", by=board)
    said.append(status_of(row, board))
    assert said == [Status.OPEN, Status.EVIDENCE_GIVEN, Status.CLOSED, Status.VERIFIED, Status.IMPACT_CHECKED]


def test_nobody_verifies_their_own_and_the_database_holds_it_too() -> None:
    here = house()
    row, board = an_action(here, risk=Risk.HIGH), manager(here)
    give_evidence(action=row, words="Seen", by=board)
    close(action=row, words="Done", by=owner(here))
    assert refused(verify, action=row, words="I gave it", by=board) == "words"
    assert [each.pk for each in to_verify(board)] == []
    row.refresh_from_db()
    for user in (row.closed_by_id, row.owner_id):
        with pytest.raises(IntegrityError), transaction.atomic():
            ActionItem.objects.filter(pk=row.pk).update(verified_on=TODAY, verified_by=user, verifying_words="So")


def test_those_without_leave_to_verify_do_not() -> None:
    here = house()
    row = an_action(here)
    close(action=row, words="Done", by=manager(here))
    with pytest.raises(PermissionDenied):
        verify(action=row, words="Fine", by=owner(here))


def test_the_first_due_date_stays_whatever_is_tried() -> None:
    here = house()
    row = an_action(here)
    later = date(2027, 2, 1)
    move_due_date(action=row, to=later, reason="The trainer was ill", by=owner(here))
    row.refresh_from_db()
    assert (row.first_due_on, row.due_on) == (DUE, later)
    change = DueDateChange.objects.get()
    assert (change.from_on, change.to_on, change.reason) == (DUE, later, "The trainer was ill")
    assert refused(move_due_date, action=row, to=later, reason="Again", by=owner(here)) == "to"
    assert refused(move_due_date, action=row, to=date(2031, 1, 1), reason="Later", by=owner(here)) == "to"
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionItem.objects.filter(pk=row.pk).update(first_due_on=later)


def test_reopening_keeps_what_had_been_said() -> None:
    here = house()
    row, board = an_action(here), manager(here)
    close(action=row, words="Done", by=owner(here))
    verify(action=row, words="Seen", by=board)
    reopen(action=row, reason="Two stations were left out", by=board)
    kept = Reopening.objects.get()
    assert (kept.reason, kept.closing_words, kept.verifying_words, kept.was_closed_on) == (
        "Two stations were left out",
        "Done",
        "Seen",
        TODAY,
    )
    row.refresh_from_db()
    assert (row.closed_on, row.verified_on, status_of(row, board)) == (None, None, Status.OPEN)


def test_a_step_taken_twice_is_refused_the_second_time() -> None:
    here = house()
    row = an_action(here)
    close(action=row, words="Done", by=owner(here))
    assert "you cannot close" in refused(close, action=row, words="Done", by=owner(here))
    assert "you cannot note progress" in refused(note_progress, action=row, words="Nearly", by=owner(here))
    assert "you cannot open again" in refused(reopen, action=an_action(here), reason="No", by=owner(here))


def test_of_two_who_change_at_once_the_second_is_told() -> None:
    here = house()
    row = an_action(here)
    first = Agreed(title="One title", agency=row.agency, owner=row.owner)
    change_action(action=row, agreed=first, version=1, by=owner(here))
    second = Agreed(title="Another title", agency=row.agency, owner=row.owner)
    assert "meanwhile" in refused(change_action, action=row, agreed=second, version=1, by=manager(here))
    row.refresh_from_db()
    assert (row.title, row.version) == ("One title", 2)


def test_what_is_not_ones_to_choose_is_refused_by_field() -> None:
    here, there = house(), other_house()
    row = an_action(here)
    stranger = there.user("board_member", "police")
    theme = add_theme(name="Thresholds", by=manager(there))
    agreed = Agreed(
        title="x",
        agency=there.agencies["police"],
        owner=stranger,
        themes=[theme],
        contributing=[there.agencies["police"]],
    )
    with pytest.raises(BadInput) as wrong:
        change_action(action=row, agreed=agreed, version=1, by=manager(here))
    assert [each.element for each in wrong.value.problems] == [
        "agency",
        "contributing",
        "contributing",
        "owner",
        "themes",
    ]


def test_nobody_gives_an_action_away_to_an_agency_beyond_their_reach() -> None:
    here = house()
    row = an_action(here)
    away = Agreed(title="x", agency=here.agencies["health"], owner=None)
    assert refused(change_action, action=row, agreed=away, version=1, by=owner(here)) == "agency"
    row.refresh_from_db()
    assert row.agency == here.agencies["police"]


def test_numbers_are_counted_in_each_area() -> None:
    here, there = house(), other_house()
    assert [an_action(here).number, an_action(there).number, an_action(here).number] == [1, 1, 2]


def test_a_source_is_added_once_and_recommendations_are_numbered() -> None:
    here = house()
    source, board = a_source(here), manager(here)
    again = {"kind": source.kind, "title": source.title, "dated_on": source.dated_on, "by": board}
    assert refused(add_source, **again) == "title"
    numbers = [add_recommendation(source=source, words=words, by=board).number for words in ("First", "Second")]
    assert numbers == [1, 2]
    assert refused(add_theme, name=add_theme(name="Neglect", by=board).name.upper(), by=board) == "name"


def test_a_contributing_agency_gives_evidence_and_notes_and_does_not_close() -> None:
    here = house()
    row = an_action(here, contributing=(here.agencies["health"],))
    health = here.viewer("board_member", "health")
    note_progress(action=row, words="Our part is done", by=health)
    give_evidence(action=row, words="The rota", by=health)
    with pytest.raises(PermissionDenied):
        close(action=row, words="Done", by=health)
    assert facts(row).evidence_by == {health.user.pk}


def test_a_file_is_kept_under_its_key_and_leaves_under_a_neutral_name() -> None:
    here = house()
    made = give_evidence(
        action=an_action(here), words="", by=owner(here), file=BytesIO(PDF), file_name="../Kim Synthetic.pdf"
    )
    place = place_of(made)
    assert (place.read_bytes(), place.name) == (PDF, made.pk.hex)
    assert (made.file_name, made.media_type, made.size) == ("Kim Synthetic.pdf", "application/pdf", len(PDF))
    assert neutral_name(made) == "action-1-evidence.pdf"


def test_a_file_that_cannot_be_stored_leaves_no_row(settings: Settings, tmp_path: Path) -> None:
    here = house()
    row = an_action(here)
    (tmp_path / "actions").write_text("a file where the folder should be")
    given = {"action": row, "words": "", "by": owner(here), "file": BytesIO(PDF), "file_name": "minutes.pdf"}
    assert refused(give_evidence, **given) == "The file could not be stored just now."
    assert Evidence.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("trail_may_be_emptied")
def test_two_closing_at_once_close_once() -> None:
    here = house()
    row, both = an_action(here), [owner(here), manager(here)]
    told: list[str] = []

    def try_to(by: Viewer) -> None:
        try:
            close(action=row, words=f"Done, says {by.role.key}", by=by)
        except BadInput as wrong:
            told.append(str(wrong))
        finally:
            connection.close()

    running = [threading.Thread(target=try_to, args=(by,)) for by in both]
    for each in running:
        each.start()
    for each in running:
        each.join()
    row.refresh_from_db()
    assert (len(told), row.version) == (1, 2)
