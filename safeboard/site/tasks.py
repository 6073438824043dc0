"""The house's own jobs: what looks after the other jobs."""

from typing import Final

from procrastinate.contrib.django import app
from procrastinate.jobs import Status

SILENT_SECONDS: Final = 30.0
"""A worker that lives tells so every ten seconds; one that has not for so long was killed, or its machine was."""

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
