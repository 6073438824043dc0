"""This room's jobs: looking through the trail, the monthly sample, and the nightly verification."""

from django.utils import timezone
from procrastinate.contrib.django import app

from safeboard.foundation.agencies.models import BoardArea
from safeboard.foundation.audit.trail import acts
from safeboard.foundation.kernel.months import add_months
from safeboard.foundation.watching.looking import look
from safeboard.foundation.watching.services import draw, verify_new

JOB = "job"
"""Who acts, to the trail: nobody who signs in."""


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="look_for_alerts")
def look_for_alerts(timestamp: int) -> None:
    """Look through what was added to the trail. `timestamp` is given to every periodic job."""
    acts(who=JOB)
    look(timezone.now())


@app.periodic(cron="30 2 * * *")
@app.task(queueing_lock="verify_trail")
def verify_trail(timestamp: int) -> None:
    """Verify the new part of the trail every night, and on the first of a month the whole."""
    acts(who=JOB)
    now = timezone.now()
    verify_new(now, whole=timezone.localdate(now).day == 1)


@app.periodic(cron="0 6 1 * *")
@app.task(queueing_lock="draw_samples")
def draw_samples(timestamp: int) -> None:
    """On the first of a month draw the sample of the month before, for every area."""
    acts(who=JOB)
    now = timezone.now()
    month = add_months(timezone.localdate(now).replace(day=1), -1)
    for area in BoardArea.objects.all():
        draw(area=area, month=month, at=now)
