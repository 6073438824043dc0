"""This room's jobs: the weekly e-mail."""

from django.utils import timezone
from procrastinate.contrib.django import app

from safeboard.foundation.audit.trail import acts
from safeboard.tools.actions.digest import send_digests

JOB = "job"


@app.periodic(cron="0 7-18 * * 1")
@app.task(queueing_lock="send_action_digests")
def send_action_digests(timestamp: int) -> None:
    """On Mondays, every hour of the day: whoever has had this week's e-mail is not sent another.

    `timestamp` is given to every periodic job.
    """
    acts(who=JOB)
    send_digests(timezone.now())
