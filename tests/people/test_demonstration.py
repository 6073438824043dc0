"""The demonstration's families: the same each time, every shape there is, and never in a house with real records."""

from collections import Counter
from datetime import date

import pytest
from pytest_django import Settings

from safeboard.casework.people.codes import IdentifierKind
from safeboard.casework.people.models import Flag, Identifier, Person, PersonName, Relationship, SafetyWarning
from safeboard.casework.people.rules import checked_identifier
from safeboard.casework.people.selectors import day_of, network_of, record_of
from safeboard.foundation.access.viewer import viewer_of
from safeboard.site.demo.people import NotADemonstration, make_people
from safeboard.site.demo.users import make_agencies, make_area, make_users
from tests.house.synthetic import NOW

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
