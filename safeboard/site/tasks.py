"""The house's own jobs: what looks after the other jobs, and what deletes things that pass."""

from datetime import timedelta
from typing import Final

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from safeboard.figures.performance import kept_files
from safeboard.foundation.pages import drafts, posted_once
from safeboard.foundation.signing_in import sessions
from safeboard.site.demo import performance as demonstration
from safeboard.tools.actions import evidence

SILENT_SECONDS: Final = 30.0
"""A worker that lives tells so every ten seconds; one that has not for so long was killed, or its machine was."""

A_DAY: Final = timedelta(days=1)
"""Files younger than this may belong to a row that is still being stored."""

MOST_TRIES: Final = 3
"""A job under which workers have ended so many times is given up: it may be what ends them."""


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="rescue_jobs")
async def rescue_jobs(timestamp: int, silent_seconds: float = SILENT_SECONDS) -> None:
    """Put the jobs of workers that ended in the middle of them back into the queue; each is begun anew.

    Nothing of them was done: a job is one transaction, which ends with its worker. `timestamp`, which is when the
    rescue was due, is what the queue gives to every periodic job.
    """
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_seconds):
        if job.attempts + 1 < MOST_TRIES:
            await app.job_manager.retry_job(job)
        else:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)


@app.periodic(cron="45 2 * * *")
@app.task(queueing_lock="delete_what_passed")
def delete_what_passed(timestamp: int) -> None:
    """Delete the drafts that nobody came back for, the tokens of forms sent long ago, sessions that ended, and files
    that no row speaks of.

    `timestamp`: as above.
    """
    now = timezone.now()
    drafts.delete_expired(now)
    posted_once.delete_expired(now)
    sessions.delete_expired(now)
    evidence.delete_lost_files(now - A_DAY)
    kept_files.delete_lost_files(now - A_DAY)


load_reference_city = demonstration.load_reference_city
"""Where jobs are looked for, the demonstration's stands too."""
