"""Restricted records: who is shut out, who passes, what is told, how a restriction is kept on and ends."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from safeboard.casework.people.models import PersonName
from safeboard.foundation.access.models import Restriction, User
from safeboard.foundation.access.policy import may, visible
from safeboard.foundation.access.restricting import (
    DEFAULTS,
    list_user,
    restrict,
    restrictions,
    review,
    standing,
    whom_to_ask,
)
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, RestrictionCategory
from safeboard.foundation.kernel.errors import BadInput
from tests.house.synthetic import NOW, House, house, other_house
from tests.people.families import a_person

pytestmark = pytest.mark.django_db
ASK = "The head of safeguarding, extension 12"


def closed(here: House, category: str = "case review", **given: object) -> tuple[Restriction, object]:
    """A person's record restricted by the head of safeguarding."""
    person = a_person(here)
    made = restrict(
        kind="person",
        object_id=str(person.pk),
        category=RestrictionCategory(category),
        reason="A review is under way",
        ask=ASK,
        by=here.viewer("safeguarding_manager"),
        **given,  # type: ignore[arg-type]
    )
    return made, person


def may_do(viewer: Viewer, record: object) -> dict[str, bool]:
    return {str(action): may(viewer, action, record) for action in (Action.FIND, Action.OPEN, Action.RESTRICT)}  # type: ignore[arg-type]


def words(wrong: pytest.ExceptionInfo[BadInput]) -> list[tuple[str, str]]:
    return [(problem.element, problem.message) for problem in wrong.value.problems]


def test_a_review_closes_the_record_to_all_but_the_duty_team_who_may_still_know_it_exists() -> None:
    here = house()
    _, person = closed(here)
    assert may_do(here.viewer("social_worker"), person) == {"find": True, "open": False, "restrict": False}
    assert may_do(here.viewer("duty_team"), person) == {"find": True, "open": True, "restrict": False}
    assert whom_to_ask("person", str(person.pk), here.viewer("social_worker")) == [ASK]  # type: ignore[attr-defined]


def test_whoever_keeps_restrictions_can_review_one_whose_list_they_are_not_on() -> None:
    here = house()
    _, person = closed(here)
    assert may_do(here.viewer("privacy_officer"), person) == {"find": True, "open": False, "restrict": True}


def test_those_on_the_list_pass_and_those_kept_out_do_not_whatever_their_role() -> None:
    here = house()
    relative, keeper = here.user("duty_team"), here.user("social_worker", name="Listed Colleague")
    made, person = closed(here, "staff relative", allowed=[keeper], kept_out=[relative])
    assert may_do(here.viewer("social_worker", name="Listed Colleague"), person)["open"]
    assert may_do(here.viewer("duty_team"), person) == {"find": False, "open": False, "restrict": False}
    list_user(restriction=made, user=relative, allowed=None, by=here.viewer("privacy_officer"))
    assert may_do(here.viewer("duty_team"), person)["open"]


def test_where_only_those_listed_are_kept_out_all_others_go_on() -> None:
    here = house()
    kept_out = here.user("social_worker", name="Kept Out")
    _, person = closed(here, only_listed=False, kept_out=[kept_out])
    assert may_do(here.viewer("social_worker"), person)["open"]
    assert not may_do(here.viewer("social_worker", name="Kept Out"), person)["find"]


def test_that_an_adopted_childs_record_exists_is_hidden() -> None:
    here = house()
    _, person = closed(here, "adoption")
    assert may_do(here.viewer("social_worker"), person) == {"find": False, "open": False, "restrict": False}
    assert whom_to_ask("person", str(person.pk), here.viewer("social_worker")) == []  # type: ignore[attr-defined]


def test_what_leads_to_a_restricted_record_is_closed_with_it() -> None:
    here = house()
    a_person(here, family="Open")
    closed(here)
    seen = visible(PersonName.objects.all(), here.viewer("social_worker"), Action.OPEN)
    assert [name.family for name in seen] == ["Open"]


def test_every_category_has_a_length_and_ends() -> None:
    here = house()
    assert set(DEFAULTS) == set(RestrictionCategory)
    for category, default in DEFAULTS.items():
        made, _ = closed(here, category)
        assert made.ends_at.date() - NOW.date() == timedelta(days=default.days + 1)
        assert made.review_on == min(NOW.date() + timedelta(days=90), NOW.date() + timedelta(days=default.days))


def test_after_its_last_day_a_restriction_closes_nothing() -> None:
    here = house()
    _, person = closed(here, ends_on=date(2026, 11, 3))
    assert not may_do(here.viewer("social_worker", at=NOW.replace(day=3, hour=23)), person)["open"]
    assert may_do(here.viewer("social_worker", at=NOW.replace(day=4, hour=0)), person)["open"]


def test_a_review_keeps_it_on_for_ninety_days_or_ends_it() -> None:
    here = house()
    made, person = closed(here)
    later = here.viewer("privacy_officer", at=NOW + timedelta(days=80))
    review(restriction=made, keep=True, reason="The review goes on", by=later)
    made.refresh_from_db()
    assert made.review_on == (NOW + timedelta(days=170)).date()
    assert [each.pk for each in standing(later)] == [made.pk]
    review(restriction=made, keep=False, reason="The review has ended", by=later)
    assert may_do(here.viewer("social_worker", at=later.at), person)["open"]
    assert [(each.kept, each.reason) for each in made.reviews.order_by("id")] == [
        (True, "The review goes on"),
        (False, "The review has ended"),
    ]
    with pytest.raises(BadInput, match="has ended"):
        review(restriction=made, keep=True, reason="Once more", by=later)


def test_only_those_granted_it_restrict_review_and_list() -> None:
    here, there = house(), other_house()
    made, person = closed(here)
    for by in (here.viewer("social_worker"), here.viewer("system_administrator"), there.viewer("privacy_officer")):
        with pytest.raises(PermissionDenied):
            review(restriction=made, keep=False, reason="No", by=by)
        with pytest.raises(PermissionDenied):
            list_user(restriction=made, user=here.user("practitioner"), allowed=True, by=by)
        with pytest.raises(PermissionDenied):
            restrict(
                kind="person",
                object_id=str(person.pk),  # type: ignore[attr-defined]
                category=RestrictionCategory.OTHER,
                reason="No",
                ask=ASK,
                by=by,
            )


def test_a_restriction_is_not_shown_to_whom_it_keeps_out() -> None:
    here = house()
    officer = here.viewer("privacy_officer")
    made, _ = closed(here, "staff allegation", kept_out=[officer.user])
    assert list(restrictions(officer, Action.FIND)) == []
    with pytest.raises(PermissionDenied):
        review(restriction=made, keep=False, reason="It is about me", by=officer)


def test_a_restriction_ends_within_five_years_and_lists_nobody_twice() -> None:
    here = house()
    twice = here.user("practitioner")
    with pytest.raises(BadInput) as wrong:
        closed(here, ends_on=date(2036, 1, 1), allowed=[twice], kept_out=[twice])
    assert words(wrong) == [
        ("ends_on", "A restriction ends today or later, within five years."),
        ("kept_out", "Somebody is on both lists."),
    ]


def test_the_database_hides_only_what_is_closed_to_all() -> None:
    made, _ = closed(house(), only_listed=False)
    with pytest.raises(IntegrityError, match="only_what_is_closed_to_all_is_hidden"), transaction.atomic():
        Restriction.objects.filter(pk=made.pk).update(hides_existence=True)
    with pytest.raises(IntegrityError, match="restriction_ends_after_it_starts"), transaction.atomic():
        Restriction.objects.filter(pk=made.pk).update(ends_at=made.starts_at - timedelta(seconds=1))
    assert User.objects.count() == 1
