"""Queue background jobs in the transaction of the action that they belong to.

    outbox.defer("consultations.jobs.carry_remarks", carrying_id=carrying.pk)

A job is deferred by the name of its task, so that the module of an action need not import the jobs
that in turn import it; a test finds every name here among the registered tasks. The row is written
on Django's connection: rolled back with it, committed with it. procrastinate's own ``task.defer()``
would not do: in a worker its connector has connections of its own, and what an action that is run
by a job defers would commit before the action does, or without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from procrastinate.types import JSONDict, JSONValue
from psycopg.types.json import Jsonb

from core.db.counters import write_last

_manager = JobManager(DjangoConnector())
#: What procrastinate asks for one job, without the answer.
_DEFER = """
SELECT procrastinate_defer_jobs_v1(
    ARRAY[ROW(%s, %s, %s, %s, %s, %s, %s)]::procrastinate_job_to_defer_v1[]
)
"""


def defer(task: str, /, **arguments: JSONValue) -> int:
    """Queue one job of the task of this name; returns the job's id.

    ``arguments`` are ids: they are stored and logged. Raises TaskNotFound.
    """
    return _deferrer(task).defer(**arguments)


def defer_at(at: datetime, task: str, /, **arguments: JSONValue) -> int:
    """Queue one job that is not started before ``at`` (aware); returns the job's id. Raises
    TaskNotFound."""
    return _deferrer(task, schedule_at=at).defer(**arguments)


def defer_last(task: str, /, **arguments: JSONValue) -> None:
    """Queue one job with the last statements of the action under way: no round trip of its own,
    and no id. Not for a task with a queueing lock, whose refusal would come too late."""
    job = _deferrer(task).make_new_job(**cast(Any, arguments))
    write_last(
        "",
        _DEFER,
        [
            job.queue,
            job.task_name,
            job.priority,
            job.lock,
            job.queueing_lock,
            Jsonb(job.task_kwargs),
            job.scheduled_at,
        ],
    )


def defer_many(task: str, arguments: Sequence[JSONDict], /) -> list[int]:
    """Queue a job for each of ``arguments``, in one statement; returns the jobs' ids."""
    return _deferrer(task).batch_defer(*arguments) if arguments else []


def _deferrer(task: str, **options: Any) -> JobDeferrer:
    deferrer = app.configure_task(task, allow_unknown=False, **options)
    deferrer.job_manager = _manager
    return deferrer
