"""What the tests of mails share: a remark in an open consultation, and a real worker."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from consultations.models import Consultation, Remark
from consultations.remarks import actions
from tests import factories
from tests.servers import database_url


@pytest.fixture
def consultation(department) -> Consultation:
    return factories.consultation(department)


@pytest.fixture
def remark(consultation, olena) -> Remark:
    return actions.remark(consultation, by=olena, text="Столи заважають пішоходам.")


@pytest.fixture
def waiting() -> Callable[[], list[ProcrastinateJob]]:
    """The jobs of mails that wait, the oldest first."""
    mails = ProcrastinateJob.objects.filter(queue_name="mail", status="todo").order_by("pk")
    return lambda: list(mails.all())


@pytest.fixture
def do(waiting) -> Callable[[], int]:
    """Do the jobs that wait, as a worker would, inside the test's transaction; how many."""
    done: set[int] = set()

    def run() -> int:
        count = 0
        while jobs := [job for job in waiting() if job.pk not in done]:
            for job in jobs:
                app.tasks[job.task_name].func(**job.args)
                done.add(job.pk)
                count += 1
        return count

    return run


@pytest.fixture
def empty_queue(transactional_db) -> Iterator[None]:
    """No job of another test: Django empties the tables of its own models alone."""
    _empty_queue()
    yield
    _empty_queue()


@pytest.fixture
def worker(empty_queue) -> Callable[[], None]:
    """Run a real worker of the queue of mails until nothing is left that could be done now."""

    def run() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            working.run_worker(
                queues=["mail"], wait=False, install_signal_handlers=False, listen_notify=False
            )

    return run


@pytest.fixture
def start_worker(empty_queue, tmp_path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start a worker of its own on the test's database; all are killed afterwards."""
    workers = []

    def start(**env: str) -> subprocess.Popen[bytes]:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "procrastinate", "worker", "--concurrency", "1"],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DATABASE_URL": database_url(),
                "DJANGO_SETTINGS_MODULE": "tests.notifications.worker_settings",
                "MAIL_KEPT_AT": str(tmp_path),
                **env,
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        worker.kill()
        worker.wait()


def _empty_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
