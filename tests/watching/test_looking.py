"""The worker looks through the new part of the trail: each cause once, in the right area, and the right people told."""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from safeboard.foundation.access.models import User
from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.audit.trail import acts
from safeboard.foundation.watching import looking
from safeboard.foundation.watching.codes import Cause
from safeboard.foundation.watching.looking import look
from safeboard.foundation.watching.models import Alert, Connection, HomeAddress, LookedTo
from safeboard.foundation.watching.rules import Told
from safeboard.foundation.watching.thresholds import thresholds
from safeboard.foundation.watching.told import TELLERS, told_of
from tests.audit.tampering import close
from tests.house.synthetic import NOW, house, other_house, with_second_factor
from tests.watching.readings import opens

pytestmark = pytest.mark.django_db

IN_HOURS = {Cause.OWN_NAME, Cause.OWN_ADDRESS, Cause.OWN_RECORD, Cause.STAFF_FAMILY, Cause.MANY}


@pytest.fixture(autouse=True)
def _synthetic_people() -> Iterator[None]:
    """Records whose keys are their surnames."""
    real = TELLERS.get("person")

    def tell(keys: Collection[str]) -> Mapping[str, Told]:
        return {key: Told(frozenset({key}), frozenset({("CV1 2AB", f"{key} Road")})) for key in keys}

    TELLERS["person"] = tell
    yield
    if real:
        TELLERS["person"] = real


def made() -> list[tuple[str, str]]:
    """Causes and keys, without the hour at which the tests happen to run."""
    rows = Alert.objects.exclude(cause=Cause.OUT_OF_HOURS).order_by("pk")
    return [(row.cause, row.object_id) for row in rows]


def test_own_surname_address_record_and_a_colleagues_family_are_found_once() -> None:
    here = house()
    worker, other = here.user("social_worker", name="Sam Ash"), here.user("social_worker", name="Sam Elm")
    HomeAddress.objects.create(user=worker, postcode="CV1 2AB", house="oak")
    Connection.objects.create(user=worker, kind="person", object_id="mine", how="own child")
    Connection.objects.create(user=other, kind="person", object_id="theirs", how="own child")
    opens(worker, "ash", "oak", "mine", "theirs", "nobody")
    look(NOW)
    expected = [
        (Cause.OWN_NAME, "ash"),
        (Cause.OWN_ADDRESS, "oak"),
        (Cause.OWN_RECORD, "mine"),
        (Cause.STAFF_FAMILY, "theirs"),
    ]
    assert made() == expected
    opens(worker, "ash", "nobody")
    look(NOW)
    assert made() == expected


def test_another_agencys_staff_family_makes_no_alert() -> None:
    here = house()
    worker, nurse = here.user("social_worker", name="Sam Ash"), here.user("designated_professional", name="Sam Elm")
    Connection.objects.create(user=nurse, kind="person", object_id="theirs", how="own child")
    opens(worker, "theirs")
    look(NOW)
    assert made() == []


def test_bulk_looking_is_counted_over_several_looks() -> None:
    worker = house().user("social_worker", name="Sam Ash")
    half = thresholds().many[0].records // 2 + 1
    opens(worker, *(f"a{n}" for n in range(half)))
    look(NOW)
    assert made() == []
    opens(worker, *(f"b{n}" for n in range(half)))
    look(NOW)
    assert made() == [(Cause.MANY, "")]


def refused(client: Client, *addresses: str) -> None:
    """Ask for what one does not get, each in a transaction of its own."""
    for address in addresses:
        assert client.get(address).status_code == 404
        close()


def test_refusals_are_counted_by_address_over_several_looks_and_told_to_the_area_of_the_seat() -> None:
    here, there = house(), other_house()
    client, limit = here.client("social_worker", name="Sam Ash"), thresholds().refused.records
    addresses = [f"/people/{uuid4()}/" for _ in range(limit - 1)]
    refused(client, *addresses, *addresses, f"{addresses[0]}?again")
    look(NOW)
    assert made() == []
    refused(client, "/alerts/", "/no-such-place/")
    look(NOW)
    assert made() == [(Cause.REFUSED, "")]
    alert = Alert.objects.get()
    first = TrailEntry.objects.filter(did="refused").earliest("number")
    assert (alert.readings, alert.first_entry, alert.area) == (limit, first.number, here.area)
    refused(client, f"/people/{uuid4()}/")
    look(NOW)
    assert made() == [(Cause.REFUSED, "")]
    ours, theirs = (each.client("privacy_officer").get(f"/alerts/{alert.pk}/") for each in (here, there))
    assert (ours.status_code, theirs.status_code) == (200, 404)
    page = ours.content.decode()
    assert ("Was refused many pages in a short time" in page, "Different addresses" in page) == (True, True)
    assert f"/trail/?who={alert.user_id}&amp;did=refused" in page


def test_refusals_of_different_users_are_not_counted_together_nor_of_one_without_a_seat() -> None:
    here = house()
    seatless = Client()
    user = with_second_factor(User.objects.create_user("nobody@example.org", "No Seat"))
    seatless.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    clients = [seatless, here.client("social_worker", name="Sam Ash"), here.client("social_worker", name="Sam Elm")]
    for client, many in zip(clients, (20, 6, 6), strict=True):
        refused(client, *(f"/people/{uuid4()}/" for _ in range(many)))
    look(NOW)
    assert made() == []


def test_an_alert_is_in_the_area_of_the_seat() -> None:
    there = other_house()
    opens(there.user("social_worker", name="Sam Ash"), "ash")
    look(NOW)
    assert {alert.area for alert in Alert.objects.all()} == {there.area}


def test_nothing_new_is_looked_through_twice() -> None:
    worker = house().user("social_worker", name="Sam Ash")
    opens(worker, "ash")
    look(NOW)
    before = LookedTo.objects.get().number
    Alert.objects.all().delete()
    assert (look(NOW), LookedTo.objects.get().number >= before) == (0, True)


def test_a_long_trail_is_looked_through_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "BLOCKS_AT_ONCE", 2)
    worker = house().user("social_worker", name="Sam Ash")
    opens(worker, "x", "y", "z", "ash")
    counts = [look(NOW) for _ in range(8)]
    assert (made(), sum(counts)) == ([(Cause.OWN_NAME, "ash")], Alert.objects.count())


def test_readings_of_other_kinds_and_by_nobody_are_passed_over() -> None:
    worker = house().user("social_worker", name="Sam Ash")
    opens(worker, "ash", kind="action")
    acts(who="job")
    look(NOW)
    assert Alert.objects.count() == 0


def test_the_privacy_officers_of_the_area_are_told_without_a_name(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    here = house()
    officer = here.user("privacy_officer")
    other_house().user("privacy_officer")
    opens(here.user("social_worker", name="Sam Ash"), "ash")
    with django_capture_on_commit_callbacks(execute=True):
        look(NOW)
    assert [letter.to for letter in mail.outbox] == [[officer.email]]
    assert "ash" not in (mail.outbox[0].subject + mail.outbox[0].body).lower()


def test_nothing_found_tells_nobody(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    house().user("privacy_officer")
    with django_capture_on_commit_callbacks(execute=True):
        look(datetime(2026, 11, 2, 3, 0, tzinfo=UTC))
    assert mail.outbox == []


def test_kinds_without_a_teller_tell_nothing() -> None:
    assert told_of({("unknown", "1")}) == {}
