"""Retry or dismiss a failed job."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from accounts.rules import administer
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import refuse, require
from operation.events import FailedJobDismissed, FailedJobRetried

NOT_FAILED = refuse(
    "job.not_failed", _("This job is no longer among the failed ones: it was dealt with.")
)
_RETRY = "SELECT procrastinate_retry_job_v2(%s, statement_timestamp(), NULL, NULL, NULL)"
_DISMISS = "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = %s"


def retry_job(job_id: int, *, by: User) -> None:
    """Put a failed job into the queue once more. What it would tell too late it does not tell: a
    code that has expired is never sent (notifications.sending.mail.send_letter).

    Refuses by accounts.rules.administer and ``job.not_failed``. Emits FailedJobRetried.
    """
    with action():
        task = _lock_failed(job_id, by)
        _run(_RETRY, job_id)
        emit(FailedJobRetried(by.pk, job_id, task))


def dismiss_job(job_id: int, *, by: User) -> None:
    """Give up a failed job: what it had to do is not done.

    Refuses by accounts.rules.administer and ``job.not_failed``. Emits FailedJobDismissed.
    """
    with action():
        task = _lock_failed(job_id, by)
        _run(_DISMISS, job_id)
        emit(FailedJobDismissed(by.pk, job_id, task))


def _lock_failed(job_id: int, by: User) -> str:
    """Name of the task of a failed job, whose row is locked."""
    require(administer(by))
    failed = ProcrastinateJob.objects.select_for_update().filter(pk=job_id, status="failed")
    task = failed.values_list("task_name", flat=True).first()
    if task is None:
        require(NOT_FAILED)
        raise LookupError
    return str(task)


def _run(statement: str, job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [job_id])
