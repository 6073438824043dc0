"""The worker's jobs of this room: there, due when they should be, and doing what they say."""

import pytest
from procrastinate.contrib.django import app

from safeboard.foundation.audit.models import TrailEntry
from safeboard.foundation.watching.models import Sample, Verification
from safeboard.foundation.watching.tasks import draw_samples, look_for_alerts, verify_trail
from tests.house.synthetic import house
from tests.watching.readings import opens

pytestmark = pytest.mark.django_db


def test_each_job_is_due_when_it_should_be() -> None:
    due = {each.task.name.rpartition(".")[2]: each.cron for each in app.periodic_registry.periodic_tasks.values()}
    ours = ("look_for_alerts", "verify_trail", "draw_samples")
    assert {name: due[name] for name in ours} == {
        "look_for_alerts": "*/5 * * * *",
        "verify_trail": "30 2 * * *",
        "draw_samples": "0 6 1 * *",
    }


def test_the_jobs_do_their_work_as_nobody_who_signs_in() -> None:
    here = house()
    opens(here.user("social_worker", name="Sam Oak"), "1")
    for job in (look_for_alerts, verify_trail, draw_samples):
        job.func(0)
    assert (Verification.objects.count(), Sample.objects.filter(area=here.area).count()) == (1, 1)
    noted = TrailEntry.objects.filter(kind__in=["watching_verification", "watching_sample"])
    assert {entry.who for entry in noted} == {"job"}
