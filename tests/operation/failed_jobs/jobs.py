"""Jobs of tests, in a state that they would come to by themselves."""

from __future__ import annotations

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from core.domain import outbox


def fail_job(status: str = "failed") -> ProcrastinateJob:
    """A job that has run for the last time, or that waits with the status \"todo\"."""
    pk = outbox.defer("notifications.jobs.send_letter", letter_id=0)
    if status == "failed":
        set_failed(pk)
    return ProcrastinateJob.objects.get(pk=pk)


def set_failed(pk: int) -> None:
    """As a worker leaves it: the events of both steps are there."""
    with connection.cursor() as cursor:
        for status in ("doing", "failed"):
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s",
                [status, pk],
            )
