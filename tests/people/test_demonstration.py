"""The demonstration's families: the same each time, every shape there is, and never in a house with real records."""

from collections import Counter
from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from safeboard.casework.matching.searching import search
from safeboard.casework.people.codes import IdentifierKind
from safeboard.casework.people.models import Flag, Identifier, Person, PersonName, Relationship, SafetyWarning
from safeboard.casework.people.rules import checked_identifier
from safeboard.casework.people.selectors import day_of, network_of, record_of
from safeboard.foundation.access.viewer import viewer_of
from safeboard.foundation.access.words import Sensitivity
from safeboard.site.demo.people import BEFORE_ADOPTION, NotADemonstration, make_people
from safeboard.site.demo.users import make_agencies, make_area, make_users
from tests.house.synthetic import NOW, with_second_factor

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)


def test_another_house_is_refused(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(NotADemonstration):
        make_people([], [], TODAY)
    assert not Person.objects.exists()


def test_the_families_are_many_valid_and_the_same_each_time(settings: Settings) -> None:
    settings.DEMO = True
    agencies = make_agencies(make_area())
    users = make_users(agencies)
    make_people(agencies, users, TODAY)
    people = sorted(Person.objects.values_list("pk", flat=True))
    assert len(people) > 300
    make_people(agencies, users, TODAY)
    assert sorted(Person.objects.values_list("pk", flat=True)) == people
    numbers = Identifier.objects.values_list("kind", "value")
    assert [value for kind, value in numbers if checked_identifier(IdentifierKind(kind), value) != value] == []
    assert [value for kind, value in numbers if kind == "nhs" and not value.startswith("999")] == []
    assert set(Counter(Relationship.objects.values_list("kind", flat=True))) >= {
        *("parent", "adoptive parent", "step-parent", "foster carer", "special guardian", "spouse", "partner", "carer")
    }
    assert PersonName.objects.filter(kind="current").count() == len(people)
    assert min(SafetyWarning.objects.count(), Flag.objects.count()) > 20
    viewer = viewer_of(next(user for user in users if user.seats.filter(role="social_worker").exists()), NOW)
    assert viewer is not None
    assert day_of(viewer) == TODAY
    sizes = {
        len(network_of(viewer, record_of(viewer, key)).members)
        for key in Person.objects.filter(sensitivity=2).values_list("pk", flat=True)[:40]
    }
    assert min(sizes) >= 2
    assert max(sizes) > 10


def test_the_record_from_before_an_adoption_is_found_by_those_who_may_alone(settings: Settings) -> None:
    settings.DEMO = True
    agencies = make_agencies(make_area())
    users = make_users(agencies)
    make_people(agencies, users, TODAY)
    mother, child = Person.objects.filter(names__family=BEFORE_ADOPTION).order_by("born_on")
    assert (mother.sensitivity, child.sensitivity) == (Sensitivity.PERSONAL, Sensitivity.SEALED)

    def seen(role: str) -> tuple[set[UUID], int, list[UUID]]:
        """Whom the name finds, what the child's page answers, and of whom the mother's family network tells."""
        user = with_second_factor(next(user for user in users if user.seats.filter(role=role).exists()))
        viewer = viewer_of(user, NOW)
        assert viewer is not None
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        found = {fit.key for fit in search(viewer, BEFORE_ADOPTION).fits}
        page = client.get(reverse("people:person", args=[child.pk]))
        members = network_of(viewer, record_of(viewer, mother.pk)).members
        return found, page.status_code, sorted(members)

    assert seen("social_worker") == ({mother.pk}, 404, [mother.pk])
    assert seen("safeguarding_manager") == ({mother.pk, child.pk}, 200, sorted([mother.pk, child.pk]))
