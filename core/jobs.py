"""Periodic jobs: delete expired rows and files, write the heartbeat, restart stalled jobs."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from procrastinate import JobContext
from procrastinate.contrib.django import app

from core.domain import clock, heartbeat, idempotency_keys
from core.kept_pictures import orphans
from core.web import limits

# The aliases are the names by which jobs of version 0.5 are queued; they go with the next version.

#: Finished jobs are kept this long, to be looked into.
KEEP_JOBS_HOURS = 24
KEEP_FAILED_JOBS_HOURS = 24 * 30


@app.periodic(cron="* * * * *")
@app.task(
    queueing_lock="write_heartbeat", priority=10, aliases=["core.domain.jobs.write_heartbeat"]
)
def write_heartbeat(timestamp: int) -> None:
    """Prove that the database accepts writes: /healthz/writes reads it. Fails on a full disk."""
    heartbeat.write_heartbeat()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="sweep_limits", aliases=["core.domain.jobs.sweep_limits"])
def sweep_limits(timestamp: int) -> None:
    """Delete limits whose window has ended."""
    limits.sweep()


@app.periodic(cron="29 * * * *")
@app.task(
    queueing_lock="sweep_idempotency_keys", aliases=["core.domain.jobs.sweep_idempotency_keys"]
)
def sweep_idempotency_keys(timestamp: int) -> None:
    """Delete keys of forms that were carried out more than 24 hours ago."""
    idempotency_keys.sweep()


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="sweep_sessions", aliases=["core.domain.jobs.sweep_sessions"])
def sweep_sessions(timestamp: int) -> None:
    """Delete sessions that have expired."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="sweep_pictures")
def sweep_pictures(timestamp: int) -> None:
    """Delete files of pictures that no row has."""
    orphans.delete_orphans()


@app.periodic(cron="* * * * *")
@app.task(
    queueing_lock="go_on_with_stalled_jobs",
    pass_context=True,
    aliases=["core.domain.jobs.go_on_with_stalled_jobs"],
)
async def go_on_with_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Give the jobs of a worker that died back to the queue; each of them may be run twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="sweep_jobs", pass_context=True, aliases=["core.domain.jobs.sweep_jobs"])
async def sweep_jobs(context: JobContext, timestamp: int) -> None:
    """Delete finished jobs after a day, failed ones after a month."""
    manager = context.app.job_manager
    await manager.delete_old_jobs(nb_hours=KEEP_JOBS_HOURS)
    await manager.delete_old_jobs(
        nb_hours=KEEP_FAILED_JOBS_HOURS, include_failed=True, include_cancelled=True
    )
