"""What the tests of signing share: pages from scratch, and jobs done in the test's transaction."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from core.web.pages import forget_pages


@pytest.fixture(autouse=True)
def nothing_kept():
    """No page that another test left in the process."""
    forget_pages()


@pytest.fixture
def run_jobs(db) -> Callable[[], list[str]]:
    """Do the jobs that wait, as a worker would; returns the names of their tasks."""
    done: set[int] = set(ProcrastinateJob.objects.values_list("pk", flat=True))

    def run() -> list[str]:
        names = []
        for job in (
            ProcrastinateJob.objects.filter(status="todo").exclude(pk__in=done).order_by("pk")
        ):
            app.tasks[job.task_name](**job.args)
            done.add(job.pk)
            names.append(job.task_name)
        return names

    return run
