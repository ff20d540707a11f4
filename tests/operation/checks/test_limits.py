"""Each check on both sides of its limit, and where there is nothing to look at."""

from __future__ import annotations

import pytest
from django.db import connection

from core.domain import outbox
from core.state.registry import Level, run_checks
from core.state.runs import record_run
from operation.state_checks import queues
from tests.operation.checks.machines import systemctl, time_server, tls_server

pytestmark = pytest.mark.django_db
OK, WARNING, CRITICAL, UNKNOWN = Level


def levels(name: str) -> list[Level]:
    return [each.level for each in run_checks([name])]


@pytest.mark.parametrize(
    ("days", "level"), [(-1, CRITICAL), (6, CRITICAL), (7, WARNING), (13, WARNING), (14, OK)]
)
def test_days_of_the_certificate(settings, tmp_path, days, level):
    with tls_server(tmp_path, days) as settings.STATE_CERTIFICATE:
        assert levels("certificate") == [level]


@pytest.mark.parametrize(
    ("ahead", "level"),
    [(0, OK), (4, OK), (-6, WARNING), (50, WARNING), (300, CRITICAL), (-300, CRITICAL)],
)
def test_seconds_of_the_clock(settings, ahead, level):
    with time_server(ahead) as settings.STATE_SNTP_SERVER:
        assert levels("clock") == [level]


def test_what_does_not_answer_is_unknown(settings, tmp_path):
    with time_server(0) as nobody:
        pass
    settings.STATE_SNTP_SERVER = settings.STATE_CERTIFICATE = nobody
    assert (levels("clock"), levels("certificate")) == ([UNKNOWN], [UNKNOWN])


def test_units(settings, tmp_path):
    assert levels("units") == [OK]  # no systemd
    settings.STATE_SYSTEMCTL = systemctl(tmp_path, code=1)  # not started by it
    assert levels("units") == [OK]
    settings.STATE_SYSTEMCTL = systemctl(tmp_path, "viche@jobs.service", "viche-backup.service")
    assert levels("units") == [CRITICAL, CRITICAL]


@pytest.mark.parametrize(
    ("name", "limit", "late"),
    [("backup", {"hours": 26}, CRITICAL), ("restore", {"days": 14}, WARNING)],
)
def test_age_of_backup_and_restore(settings, clock, name, limit, late):
    settings.STATE_BACKUP_HOURS = 26
    assert levels(name) == [WARNING if name == "backup" else OK]  # never
    record_run(name)
    clock.advance(**limit)
    clock.advance(seconds=-60)
    assert levels(name) == [OK]
    clock.advance(seconds=61)
    assert levels(name) == [late]
    record_run("restore", is_ok=False)
    assert levels("restore") == [CRITICAL]


def test_a_due_job_that_waits(clock):
    outbox.defer("notifications.jobs.tell_followers", activity_id=0)
    clock.advance(seconds=queues.LONGEST_WAIT.total_seconds() - 60)
    assert levels("queues") == [OK]
    clock.advance(seconds=90)
    assert levels("queues") == [WARNING]


def test_a_failed_periodic_job_is_over_when_a_later_one_succeeds():
    for task in ("core.jobs.write_heartbeat", "notifications.jobs.send"):
        make_job(task, "failed", "beat" if "beat" in task else None)
    (finding,) = run_checks(["failed"])
    assert (finding.level, finding.words[:1]) == (WARNING, "2")
    make_job("core.jobs.write_heartbeat", "succeeded", "beat")
    (finding,) = run_checks(["failed"])
    assert finding.words[:1] == "1"


def make_job(task: str, status: str, queueing_lock: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, queueing_lock)"
            " VALUES ('default', %s, %s::procrastinate_job_status, %s)",
            [task, status, queueing_lock],
        )
