"""Jobs are deferred in the transaction of what they belong to, also by the worker itself.

A worker replaces procrastinate's connector by one with connections of its own, and then
``task.defer()`` inside an action that a job runs would commit before the action does, or without
it. These two always write on Django's connection: rolled back with it, committed with it.
"""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from procrastinate.tasks import Task

_jobs = JobManager(DjangoConnector())


def defer(task: Task[..., Any, ...], /, **arguments: Any) -> int:
    """Leave a job behind; returns its id. ``arguments`` are ids: they are kept and logged."""
    return _deferrer(task).defer(**arguments)


def defer_many(task: Task[..., Any, ...], arguments: list[dict[str, Any]], /) -> list[int]:
    """Leave many jobs of one kind behind, in one statement."""
    return _deferrer(task).batch_defer(*arguments) if arguments else []


def _deferrer(task: Task[..., Any, ...]) -> JobDeferrer:
    deferrer = task.configure()
    deferrer.job_manager = _jobs
    return deferrer
