"""Involvement: who works with a record, for a time, is what the reach `involved` sees."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from safeboard.foundation.access.involving import end_involvement, involve, involved
from safeboard.foundation.access.models import Involvement
from safeboard.foundation.access.policy import may
from safeboard.foundation.access.words import Action
from safeboard.foundation.kernel.errors import BadInput
from tests.house.synthetic import NOW, house
from tests.people.families import a_person

pytestmark = pytest.mark.django_db


def test_an_involved_user_sees_the_record_until_it_ends() -> None:
    here = house()
    person, worker = a_person(here), here.viewer("practitioner", "school")
    by = here.viewer("social_worker")
    assert not may(worker, Action.OPEN, person)
    made = involve(kind="person", object_id=str(person.pk), user=worker.user, why="Class teacher", by=by)
    assert may(worker, Action.OPEN, person)
    later = here.viewer("social_worker", at=NOW + timedelta(days=3))
    end_involvement(involvement=made, by=later)
    assert not may(here.viewer("practitioner", "school", at=later.at), Action.OPEN, person)
    assert may(here.viewer("practitioner", "school", at=NOW + timedelta(days=2)), Action.OPEN, person)
    assert [each.ends_on for each in involved("person", str(person.pk), later)] == [date(2026, 11, 4)]


def test_an_involved_agency_lets_all_its_people_in() -> None:
    here = house()
    person, worker = a_person(here), here.viewer("practitioner", "school")
    school = here.agencies["school"]
    involve(kind="person", object_id=str(person.pk), agency=school, why="Her school", by=here.viewer("social_worker"))
    assert may(worker, Action.OPEN, person)
    assert not may(here.viewer("practitioner", "police"), Action.OPEN, person)


def test_one_recorded_by_mistake_today_is_removed() -> None:
    here = house()
    by, person = here.viewer("social_worker"), a_person(here)
    made = involve(kind="person", object_id=str(person.pk), user=here.user("practitioner"), why="Wrong child", by=by)
    end_involvement(involvement=made, by=by)
    assert not Involvement.objects.exists()


def test_what_does_not_go_together_is_told_by_field() -> None:
    here = house()
    by, key = here.viewer("social_worker"), str(a_person(here).pk)
    with pytest.raises(BadInput) as wrong:
        involve(kind="person", object_id=key, why="x", by=by, ends_on=date(2026, 1, 1))
    assert [problem.element for problem in wrong.value.problems] == ["user", "ends_on"]
    worker = here.user("practitioner")
    involve(kind="person", object_id=key, user=worker, why="Class teacher", by=by)
    with pytest.raises(BadInput, match="already"):
        involve(kind="person", object_id=key, user=worker, why="Class teacher", by=by)


def test_who_may_not_change_the_record_says_nobody_is_involved() -> None:
    here = house()
    person = a_person(here)
    with pytest.raises(PermissionDenied):
        involve(
            kind="person",
            object_id=str(person.pk),
            user=here.user("practitioner"),
            why="x",
            by=here.viewer("conference_administrator"),
        )


def test_the_database_refuses_involving_oneself() -> None:
    here = house()
    worker = here.user("social_worker")
    with pytest.raises(IntegrityError, match="nobody_involves_themselves"), transaction.atomic():
        Involvement.objects.create(
            kind="person", object_id="1", user=worker, said_by=worker, why="Me", starts_on=NOW.date()
        )
