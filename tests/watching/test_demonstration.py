"""The demonstration's sample: there once, waiting for its reviewer, who looks into it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from safeboard.foundation.watching.models import Sample, SampledReading
from safeboard.foundation.watching.services import draws_the_same
from safeboard.site.demo.people import make_people
from safeboard.site.demo.readings import make_sample
from safeboard.site.demo.users import make_agencies, make_area, make_users
from tests.house.synthetic import with_second_factor
from tests.watching.readings import opens

pytestmark = pytest.mark.django_db


def test_one_sample_of_readings_waits_for_the_privacy_officer(settings: Settings) -> None:
    settings.DEMO = True
    area, now = make_area(), timezone.now()
    agencies = make_agencies(area)
    users = make_users(agencies)
    make_people(agencies, users, timezone.localdate(now))
    for _ in range(2):
        make_sample(area, users, now)
    sample = Sample.objects.get()
    assert (sample.area, sample.month, sample.eligible) == (area, timezone.localdate(now).replace(day=1), 8)
    assert (sample.readings.count(), draws_the_same(sample)) == (8, True)
    opens(next(user for user in users if user.seats.filter(role="social_worker").exists()), 1)
    assert draws_the_same(sample) is True, "though the month goes on"
    roles = SampledReading.objects.values_list("user__seats__role", "looked_at")
    assert sorted(roles) == [("duty_team", None)] * 4 + [("screening_officer", None)] * 4
    pages = {}
    for role in ("privacy_officer", "social_worker"):
        client = Client()
        user = with_second_factor(next(user for user in users if user.seats.filter(role=role).exists()))
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        pages[role] = client.get(reverse("watching:sample", args=[sample.pk])).status_code
    assert pages == {"privacy_officer": 200, "social_worker": 404}
