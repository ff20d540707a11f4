"""Queue background jobs in the transaction of the action that they belong to.

    outbox.defer("votes.jobs.create_partitions", poll_id=poll.pk)

A job is deferred by the name of its task, so that the module of an action need not import the jobs
that in turn import it; a test finds every name here among the registered tasks. The row is written
on Django's connection: rolled back with it, committed with it. procrastinate's own ``task.defer()``
would not do: in a worker its connector has connections of its own, and what an action that is run
by a job defers would commit before the action does, or without it.
"""

from __future__ import annotations

from collections.abc import Sequence

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from procrastinate.types import JSONDict, JSONValue

_manager = JobManager(DjangoConnector())


def defer(task: str, /, **arguments: JSONValue) -> int:
    """Queue one job of the task of this name; returns the job's id.

    ``arguments`` are ids: they are stored and logged. Raises TaskNotFound.
    """
    return _deferrer(task).defer(**arguments)


def defer_many(task: str, arguments: Sequence[JSONDict], /) -> list[int]:
    """Queue a job for each of ``arguments``, in one statement; returns the jobs' ids."""
    return _deferrer(task).batch_defer(*arguments) if arguments else []


def _deferrer(task: str) -> JobDeferrer:
    deferrer = app.configure_task(task, allow_unknown=False)
    deferrer.job_manager = _manager
    return deferrer
