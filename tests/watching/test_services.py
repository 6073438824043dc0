"""Looking into alerts and samples, verifying night by night, and what is known of staff."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from safeboard.foundation.access.policy import visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action
from safeboard.foundation.audit.models import Did, TrailEntry
from safeboard.foundation.audit.trail import acts, note
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.watching.codes import Cause, Outcome
from safeboard.foundation.watching.models import Alert, Connection, HomeAddress, Sample, Verification
from safeboard.foundation.watching.selectors import alerts, entries, outcomes, sampled, samples, who_has_looked
from safeboard.foundation.watching.services import (
    connect,
    draw,
    draws_the_same,
    look_into,
    tell_home,
    verify_new,
)
from safeboard.foundation.watching.thresholds import thresholds
from tests.audit.tampering import tamper
from tests.house.synthetic import NOW, House, house, other_house
from tests.watching.readings import opens

pytestmark = pytest.mark.django_db


def alert(here: House, who: str = "social_worker") -> Alert:
    return Alert.objects.create(
        user=here.user(who),
        area=here.area,
        cause=Cause.OWN_NAME,
        kind="person",
        object_id="1",
        first_entry=1,
        readings=1,
        day=date(2026, 11, 2),
        found_at=NOW,
        once=f"{who} {here.area.code}",
    )


def test_an_alert_is_looked_into_once_with_its_outcome() -> None:
    here = house()
    officer, it = here.viewer("privacy_officer"), alert(here)
    look_into(what=it, outcome=Outcome.IN_ORDER, words="", by=officer)
    it.refresh_from_db()
    assert (it.outcome, it.looked_by, it.looked_at) == (Outcome.IN_ORDER, officer.user, NOW)
    with pytest.raises(BadInput, match="Somebody has looked into this meanwhile"):
        look_into(what=it, outcome=Outcome.BREACH, words="words", by=officer)
    assert outcomes(officer) == [("in order", 1, 0)]


def test_an_outcome_that_is_not_in_order_asks_for_words() -> None:
    here = house()
    with pytest.raises(BadInput, match="Say what was found and done"):
        look_into(what=alert(here), outcome=Outcome.BREACH, words=" ", by=here.viewer("privacy_officer"))


def test_nobody_looks_into_their_own_not_even_in_the_database() -> None:
    here = house()
    officer, it = here.viewer("privacy_officer"), alert(here, "privacy_officer")
    with pytest.raises(BadInput, match="Nobody looks into their own reading"):
        look_into(what=it, outcome=Outcome.IN_ORDER, words="", by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.update(looked_by=officer.user, looked_at=NOW, outcome=Outcome.IN_ORDER)


def other_areas_officer() -> Viewer:
    return other_house().viewer("privacy_officer")


@pytest.mark.parametrize("role", ["social_worker", "system_administrator", "chair", "business_manager"])
def test_others_do_not_see_alerts_samples_or_trail(role: str) -> None:
    here = house()
    it, viewer = alert(here), here.viewer(role)
    opens(here.user("social_worker"), "1")
    for read in (alerts, samples, entries):
        assert list(read(viewer, Action.FIND)) == []
    assert who_has_looked(viewer, "person", "1") == []
    with pytest.raises(PermissionDenied):
        look_into(what=it, outcome=Outcome.IN_ORDER, words="", by=viewer)


def test_another_areas_officer_sees_and_does_nothing_here() -> None:
    here = house()
    it, viewer = alert(here), other_areas_officer()
    opens(here.user("social_worker"), "1")
    assert list(alerts(viewer, Action.FIND)) == []
    assert [entry for entry in entries(viewer, Action.FIND) if entry.kind == "person"] == []
    with pytest.raises(PermissionDenied):
        look_into(what=it, outcome=Outcome.IN_ORDER, words="", by=viewer)
    with pytest.raises(PermissionDenied):
        tell_home(user=here.user("social_worker"), postcode="CV1 2AB", house="1", by=viewer)


def test_the_trail_names_who_and_agency() -> None:
    here = house()
    worker = here.user("social_worker")
    opens(worker, "1")
    entry = entries(here.viewer("privacy_officer"), Action.OPEN).get(kind="person")
    assert (entry.who_name, entry.agency_name) == (worker.name, here.agencies["social care"].name)


def test_the_policy_itself_keeps_the_trails_of_areas_apart() -> None:
    here, there = house(), other_house()
    opens(here.user("social_worker"), "1")
    opens(there.user("social_worker"), "2")
    for area, key in ((here, "1"), (there, "2")):
        seen = visible(TrailEntry.objects.filter(kind="person"), area.viewer("privacy_officer"), Action.OPEN)
        assert [entry.object_id for entry in seen] == [key]


def test_who_has_looked_counts_by_user_and_seat_from_whatever_area() -> None:
    here, there = house(), other_house()
    worker, far = here.user("social_worker", name="Sam Ash"), there.user("chair", name="Sam Elm")
    opens(worker, "1", "1", "2")
    opens(far, "1")
    opens(worker, "1", did=Did.LISTED)
    looks = who_has_looked(here.viewer("privacy_officer"), "person", "1")
    assert [(look.who, look.role, look.times) for look in looks] == [
        ("Sam Elm", "Chair of the board", 1),
        ("Sam Ash", "Social worker", 2),
    ]


def test_who_was_refused_is_told_apart_from_who_has_looked_and_to_nobody_without_the_trail() -> None:
    here = house()
    worker = here.user("social_worker", name="Sam Ash")
    opens(worker, "1")
    opens(worker, "1", "1", "2", did=Did.REFUSED)
    opens(other_house().user("chair", name="Sam Elm"), "1", did=Did.REFUSED)
    looks = who_has_looked(here.viewer("privacy_officer"), "person", "1")
    assert [(look.who, look.refused, look.times) for look in looks] == [
        ("Sam Elm", True, 1),
        ("Sam Ash", True, 2),
        ("Sam Ash", False, 1),
    ]
    assert who_has_looked(here.viewer("social_worker"), "person", "1") == []


def test_what_is_refused_to_one_whose_seat_is_over_is_seen_in_the_area_of_that_seat_alone() -> None:
    here, there = house(), other_house()
    gone = here.user("social_worker", name="Sam Ash")
    acts(who=str(gone.pk))
    note(Did.REFUSED, "page")
    note(Did.OPENED, "person", "1")
    acts(who="")
    seen = [list(entries(each.viewer("privacy_officer"), Action.OPEN).values_list("did")) for each in (here, there)]
    assert seen == [[("refused",)], []]


def this_month() -> date:
    return timezone.localdate().replace(day=1)


def test_a_months_sample_is_drawn_once_by_lot_and_can_be_drawn_again() -> None:
    here = house()
    worker = here.user("social_worker")
    opens(worker, *range(thresholds().sampled + 10))
    opens(other_house().user("social_worker"), "far")
    sample = draw(area=here.area, month=this_month(), at=NOW)
    assert sample is not None
    numbers = set(sample.readings.values_list("entry", flat=True))
    assert (sample.eligible, len(numbers)) == (thresholds().sampled + 10, thresholds().sampled)
    assert set(TrailEntry.objects.filter(number__in=numbers).values_list("who", "kind")) == {(str(worker.pk), "person")}
    assert draws_the_same(sample) is True
    assert draw(area=here.area, month=this_month(), at=NOW) is None
    sample.readings.first().delete()
    assert draws_the_same(sample) is False


def test_a_month_without_readings_has_an_empty_sample() -> None:
    sample = draw(area=house().area, month=date(2020, 1, 1), at=NOW)
    assert sample is not None
    assert (sample.eligible, sample.readings.count(), Sample.objects.count()) == (0, 0, 1)


def test_a_sampled_reading_is_reviewed_by_somebody_else() -> None:
    here = house()
    officer = here.viewer("privacy_officer")
    opens(here.user("social_worker"), "1")
    opens(officer.user, "1")
    sample = draw(area=here.area, month=this_month(), at=NOW)
    assert sample is not None
    theirs, own = sampled(officer, Action.VERIFY, sample)
    look_into(what=theirs, outcome=Outcome.MISTAKE, words="Spoken about.", by=officer)
    with pytest.raises(BadInput, match="Nobody looks into their own reading"):
        look_into(what=own, outcome=Outcome.IN_ORDER, words="", by=officer)
    assert outcomes(officer) == [("mistake", 0, 1)]
    assert [(row.drawn, row.reviewed) for row in samples(officer, Action.FIND)] == [(2, 1)]  # type: ignore[attr-defined]


def test_every_night_the_new_part_is_verified_from_the_state_before() -> None:
    here = house()
    opens(here.user("social_worker"), "1")
    first = verify_new(NOW)
    opens(here.user("social_worker"), "2")
    second = verify_new(NOW)
    assert (first.wrong, second.wrong, second.since) == ([], [], first.number)
    assert verify_new(NOW, whole=True).since == 0


def test_a_trail_that_was_changed_is_told_to_officers_and_administrators_and_not_built_upon() -> None:
    here = house()
    here.user("privacy_officer")
    here.user("system_administrator")
    opens(here.user("social_worker"), "1")
    whole = verify_new(NOW)
    opens(here.user("social_worker"), "2")
    number = TrailEntry.objects.get(kind="person", object_id="2").number
    tamper(f"UPDATE audit_trailentry SET who = '8' WHERE number = {number}")
    broken = verify_new(NOW)
    assert broken.wrong == [f"entry {number} was changed after it was written"]
    assert sorted(letter.to[0].split(".")[0] for letter in mail.outbox) == ["privacy_officer", "system_administrator"]
    assert verify_new(NOW).since == whole.number
    assert Verification.objects.filter(wrong=[]).count() == 1


def test_a_home_is_kept_changed_and_taken_away() -> None:
    here = house()
    officer, worker = here.viewer("privacy_officer"), here.user("social_worker")
    tell_home(user=worker, postcode="cv1 2ab", house="12", by=officer)
    tell_home(user=worker, postcode="cv1 2ac", house="14", by=officer)
    assert [(home.postcode, home.house) for home in HomeAddress.objects.all()] == [("CV1 2AC", "14")]
    with pytest.raises(BadInput, match="Both are needed"):
        tell_home(user=worker, postcode="cv1 2ac", house="", by=officer)
    tell_home(user=worker, postcode="", house="", by=officer)
    assert HomeAddress.objects.count() == 0


@pytest.mark.parametrize("key", ["1", "", "x" * 40, "00000000-0000-0000-0000-000000000000"])
def test_a_connection_with_no_record_is_refused(key: str) -> None:
    here = house()
    with pytest.raises(BadInput, match="No record has this key"):
        connect(
            user=here.user("social_worker"),
            kind="person",
            object_id=key,
            how="own child",
            by=here.viewer("privacy_officer"),
        )
    assert Connection.objects.count() == 0
