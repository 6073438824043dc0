"""Many actions to another owner: seen first, only what one may change, and undone."""

import pytest
from django.db import transaction

from safeboard.foundation.kernel.errors import BadInput
from safeboard.tools.actions.models import ActionItem, OwnerChange
from safeboard.tools.actions.owner_change import do_change, hold_change, undo_change
from safeboard.tools.actions.services import close
from tests.actions.making import an_action, manager
from tests.house.synthetic import House, house, other_house

pytestmark = pytest.mark.django_db


def owners(here: House) -> dict[str, str]:
    rows = ActionItem.objects.filter(area=here.area).order_by("number")
    return {row.title: row.owner.email.split("@")[0] if row.owner else "" for row in rows}


def test_only_open_actions_that_one_may_change_are_given_and_given_back() -> None:
    here = house()
    leaver = here.user("practitioner", "police")
    here.user("practitioner", "health")
    an_action(here, "police", owner="practitioner", title="One")
    an_action(here, "police", owner="practitioner", title="Two")
    close(action=an_action(here, "police", owner="practitioner", title="Closed"), words="x", by=manager(here))
    health = an_action(here, "health", owner="", title="Elsewhere")
    ActionItem.objects.filter(pk=health.pk).update(owner=leaver)
    by, to = here.viewer("board_member", "police"), here.user("board_member", "police")
    change = hold_change(owner=leaver, to=to, by=by)
    entries = {entry.action.title: entry.pk for entry in change.entries.all()}
    assert (list(entries), owners(here)["One"]) == (["One", "Two"], "practitioner.police")
    assert do_change(change=change, chosen=[entries["One"]], by=by) == 1
    assert owners(here) == {
        "One": "board_member.police",
        "Two": "practitioner.police",
        "Closed": "practitioner.police",
        "Elsewhere": "practitioner.police",
    }
    with pytest.raises(BadInput), transaction.atomic():
        do_change(change=change, chosen=list(entries.values()), by=by)
    assert undo_change(change=change, by=by) == 1
    assert owners(here)["One"] == "practitioner.police"
    with pytest.raises(BadInput), transaction.atomic():
        undo_change(change=change, by=by)


def test_what_another_did_meanwhile_is_left_alone() -> None:
    here = house()
    one, two = an_action(here, title="One"), an_action(here, title="Two")
    to = here.user("practitioner", "police")
    change = hold_change(owner=one.owner, to=to, by=manager(here))
    close(action=two, words="x", by=manager(here))
    chosen = list(change.entries.values_list("pk", flat=True))
    assert do_change(change=change, chosen=chosen, by=manager(here)) == 1
    ActionItem.objects.filter(pk=one.pk).update(owner=here.user("board_member", "health"))
    assert undo_change(change=change, by=manager(here)) == 0
    assert owners(here) == {"One": "board_member.health", "Two": "board_member.police"}


def test_nobody_beyond_ones_reach_is_given_an_action() -> None:
    here, there = house(), other_house()
    row = an_action(here)
    for by, to in (
        (manager(here), there.user("board_member", "police")),
        (here.viewer("board_member", "police"), here.user("board_member", "health")),
        (manager(here), row.owner),
    ):
        assert to is not None
        with pytest.raises(BadInput) as wrong, transaction.atomic():
            hold_change(owner=row.owner, to=to, by=by)
        assert wrong.value.problems[0].element == "to"


def test_by_the_pages() -> None:
    here = house()
    row, to = an_action(here), here.user("practitioner", "police")
    client = here.client("business_manager")
    preview = client.post("/actions/owners/", {"owner": row.owner_id, "to": to.pk})["Location"]
    text = client.get(preview).content.decode()
    assert ("Give these to Synthetic Practitioner?" in text, "Brief every duty sergeant" in text) == (True, True)
    change = OwnerChange.objects.get()
    for _ in range(2):  # posted twice
        client.post(f"{preview}give/", {"entry": [change.entries.get().pk, "nonsense"]})
    row.refresh_from_db()
    assert (row.owner, row.version) == (to, 2)
    client.post(f"{preview}undo/")
    row.refresh_from_db()
    assert row.owner == here.user("board_member", "police")
    assert "There is a problem" in client.post("/actions/owners/", {"to": ""}).content.decode()
    assert other_house().client("business_manager").get(preview).status_code == 404
    assert here.client("chair").get("/actions/owners/").status_code == 404
