"""Who may find, open and change actions: by area, agency, contribution, ownership and sensitivity."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from safeboard.foundation.access.models import Restriction
from safeboard.foundation.access.policy import is_restricted, may
from safeboard.foundation.access.restricting import restrict
from safeboard.foundation.access.roles import roles
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, RestrictionCategory, Sensitivity
from safeboard.foundation.kernel.errors import BadInput
from safeboard.tools.actions.codes import SourceKind
from safeboard.tools.actions.models import ActionItem
from safeboard.tools.actions.selectors import NOT_SEEN, actions, searched, sources
from safeboard.tools.actions.services import Agreed, add_action, add_source, close, note_progress
from tests.actions.making import DUE, PAST, a_source, an_action, manager
from tests.house.synthetic import NOW, House, house, other_house
from tests.people.families import a_person

pytestmark = pytest.mark.django_db

EVERYBODY = (
    ("board_member", "police"),
    ("board_member", "health"),
    ("practitioner", "police"),
    ("practitioner", "school"),
    ("designated_professional", "health"),
    ("business_manager", "board"),
    ("chair", "board"),
    ("analyst", "board"),
    ("privacy_officer", "board"),
    ("agency_administrator", "police"),
    ("system_administrator", "board"),
)


def who_may(action: Action, row: ActionItem, here: House) -> set[tuple[str, str]]:
    return {each for each in EVERYBODY if may(here.viewer(*each), action, row)}


def test_an_action_is_seen_by_area_by_agency_and_by_its_owner() -> None:
    here = house()
    row = an_action(here, "police", owner="practitioner")
    wide = {("business_manager", "board"), ("chair", "board"), ("analyst", "board")}
    of_police = {("board_member", "police"), ("practitioner", "police")}
    assert who_may(Action.OPEN, row, here) == wide | of_police
    assert who_may(Action.CHANGE, row, here) == {("business_manager", "board")} | of_police


def test_a_contributing_agency_reads_and_does_not_change() -> None:
    here = house()
    row = an_action(here, "police", owner="", contributing=(here.agencies["health"], here.agencies["school"]))
    health = {("board_member", "health"), ("designated_professional", "health")}
    assert who_may(Action.OPEN, row, here) >= health
    assert who_may(Action.CHANGE, row, here) == {("business_manager", "board"), ("board_member", "police")}
    listed = actions(here.viewer("board_member", "health"))
    assert [each.pk for each in listed] == [row.pk]  # once, however many agencies contribute


def test_a_sensitive_action_is_for_those_cleared_for_it() -> None:
    here = house()
    row = an_action(here, "police", sensitivity=Sensitivity.SENSITIVE)
    assert who_may(Action.FIND, row, here) == {("business_manager", "board")}


@pytest.mark.parametrize("role", roles())
def test_another_area_sees_nothing(role: str) -> None:
    an_action(house(), "police")
    viewer = other_house().viewer(role)
    assert (actions(viewer).count(), sources(viewer).count()) == (0, 0)


def test_a_source_too_sensitive_to_open_is_not_named() -> None:
    here = house()
    source = a_source(here, "Review of a death", Sensitivity.SENSITIVE)
    an_action(here, "police", source=source)
    seen = {role: actions(here.viewer(role, kind)).get().source_title for role, kind in (EVERYBODY[0], EVERYBODY[5])}
    assert seen == {"board_member": NOT_SEEN, "business_manager": "Review of a death"}
    assert list(searched(actions(here.viewer("board_member", "police")), "death")) == []


def test_an_agency_reads_the_sources_of_its_own_actions_only() -> None:
    here = house()
    audit = a_source(here, "Audit")
    a_source(here, "Another audit")
    an_action(here, "police", source=audit)
    an_action(here, "police", source=audit, title="Second")
    seen = {kind: [row.title for row in sources(here.viewer("board_member", kind))] for kind in ("police", "health")}
    assert seen == {"police": ["Audit"], "health": []}


def test_a_restricted_action_is_found_and_not_opened() -> None:
    here = house()
    row = an_action(here, "police")
    Restriction.objects.create(
        kind="action",
        object_id=str(row.pk),
        area=here.area,
        category="colleague",
        reason="It is about a colleague.",
        ask="The privacy officer",
        set_by=here.user("privacy_officer"),
        starts_at=NOW - timedelta(days=1),
        ends_at=NOW + timedelta(days=90),
        review_on=NOW.date(),
    )
    viewer = manager(here)
    assert (may(viewer, Action.FIND, row), may(viewer, Action.OPEN, row), may(viewer, Action.CHANGE, row)) == (
        True,
        False,
        False,
    )


def test_what_restricts_the_record_that_a_source_is_about_closes_the_source_and_its_actions() -> None:
    here = house()
    person = a_person(here)
    keeper, about = here.viewer("safeguarding_manager"), {"record_kind": "person", "object_id": str(person.pk)}
    source = add_source(kind=SourceKind.AUDIT, title="About a child", dated_on=PAST, by=keeper, **about)
    row, other = an_action(here, "police", source=source), an_action(here, "police", title="Another")

    def allowed(action: Action) -> list[bool]:
        owner = here.viewer("board_member", "police")
        return [may(owner, action, each) for each in (row, other, source)]

    assert allowed(Action.OPEN) == [True, True, True]
    restriction = restrict(
        kind="person",
        object_id=str(person.pk),
        category=RestrictionCategory.OTHER,
        reason="synthetic",
        ask="The privacy officer",
        by=here.viewer("privacy_officer"),
    )
    assert allowed(Action.OPEN) == [False, True, False]
    assert allowed(Action.FIND) == [True, True, True]
    assert (is_restricted(row, NOW), is_restricted(other, NOW)) == (True, False)
    restriction.entries.create(user=here.user("board_member", "police"), allowed=True)
    assert allowed(Action.OPEN) == [True, True, True]
    with pytest.raises(PermissionDenied):
        add_source(
            kind=SourceKind.AUDIT, title="Another", dated_on=PAST, by=here.viewer("safeguarding_manager"), **about
        )


def test_the_title_of_a_restricted_source_is_not_told_by_its_actions() -> None:
    here = house()
    source = a_source(here, "Review of a death")
    an_action(here, "police", source=source)
    titles = {actions(manager(here)).get().source_title}
    restrict(
        kind="action source",
        object_id=str(source.pk),
        category=RestrictionCategory.CASE_REVIEW,
        reason="synthetic",
        ask="The privacy officer",
        by=here.viewer("business_manager"),
    )
    assert titles | {actions(manager(here)).get().source_title} == {"Review of a death", "A source you may not open"}


def test_an_agency_adds_its_own_actions_and_no_others() -> None:
    here = house()
    by = here.viewer("designated_professional", "health")
    source = a_source(here)
    own = Agreed(title="Train the wards", agency=here.agencies["health"])
    assert add_action(source=source, agreed=own, due_on=DUE, by=by).agency == here.agencies["health"]
    with pytest.raises(BadInput):
        add_action(source=source, agreed=Agreed(title="Train", agency=here.agencies["police"]), due_on=DUE, by=by)
    with pytest.raises(PermissionDenied):
        add_action(
            source=source,
            agreed=Agreed(title="Train", agency=here.agencies["health"], sensitivity=Sensitivity.SEALED),
            due_on=DUE,
            by=by,
        )
    assert [each.title for each in ActionItem.objects.all()] == ["Train the wards"]


@pytest.mark.parametrize("role", ["practitioner", "chair", "analyst", "privacy_officer", "system_administrator"])
def test_those_who_may_not_add_do_not(role: str) -> None:
    here = house()
    by = here.viewer(role)
    with pytest.raises(PermissionDenied):
        add_source(kind=a_source(here).kind, title="Another", dated_on=DUE, by=by)
    with pytest.raises((PermissionDenied, BadInput)):
        add_action(source=a_source(here), agreed=Agreed(title="Another", agency=by.seat.agency), due_on=DUE, by=by)
    assert ActionItem.objects.count() == 0


@pytest.mark.parametrize(("role", "kind"), [("analyst", "board"), ("chair", "board"), ("practitioner", "school")])
def test_those_who_only_read_write_nothing(role: str, kind: str) -> None:
    here = house()
    row, by = an_action(here, "police"), here.viewer(role, kind)
    for write in (note_progress, close):
        with pytest.raises(PermissionDenied):
            write(action=row, words="All done", by=by)
    row.refresh_from_db()
    assert (row.closed_on, row.progressnotes.count()) == (None, 0)


def test_an_arrangement_shares_the_register_and_its_end_ends_that() -> None:
    here, there = house(), other_house()
    row = an_action(here, "police")
    viewer: Viewer = there.viewer("business_manager")
    shared = here.area.arrangements.create(name="One register", module="actions", starts_on=NOW.date())
    shared.areas.add(there.area)
    assert may(there.viewer("business_manager"), Action.OPEN, row)
    shared.ends_on = NOW.date()
    shared.save()
    later = there.viewer("business_manager", at=NOW + timedelta(days=1))
    assert (may(viewer, Action.OPEN, row), may(later, Action.OPEN, row)) == (False, False)
