"""Each fault is made and taken away again: raised once, told once, over once. Prints a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from core.domain import outbox
from core.models import StateFault
from core.state.runs import record_run
from notifications.sending.mail import defer_letter
from operation.telling.actions import record_state
from tests.notifications.backends import Away
from tests.notifications.sending.test_deliver import AWAY, ready_now
from tests.operation.checks.machines import systemctl, time_server, tls_server

pytestmark = pytest.mark.django_db(transaction=True)


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


class Faults:
    """A context for each fault: within it the fault is there, after it no more."""

    def __init__(self, settings, clock, worker, tmp_path, servers: ExitStack):
        self.settings, self.clock, self.worker, self.tmp_path = settings, clock, worker, tmp_path
        #: What answers until the end of the test.
        self.servers = servers

    @contextmanager
    def mail_away(self) -> Iterator[None]:
        """A code that is asked for while the mail server is away, for ten minutes."""
        self.settings.MAILERS, Away.times = AWAY, 1
        defer_letter(EmailMultiAlternatives("Код", "417-902", to=["olena@viche.example"]))
        self.worker()
        self.clock.advance(minutes=10)
        yield
        ready_now()
        self.worker()

    @contextmanager
    def backup_failed(self) -> Iterator[None]:
        self.settings.STATE_BACKUP_HOURS = 26
        record_run("backup")
        self.clock.advance(hours=27)
        yield
        record_run("backup")

    @contextmanager
    def audit_unit_failed(self) -> Iterator[None]:
        self.settings.STATE_SYSTEMCTL = systemctl(self.tmp_path, "viche-audit.service")
        yield
        self.settings.STATE_SYSTEMCTL = systemctl(self.tmp_path)

    @contextmanager
    def disk_full(self) -> Iterator[None]:
        self.settings.STATE_DISKS, self.settings.STATE_DISK_PERCENT = [str(self.tmp_path)], 0
        yield
        self.settings.STATE_DISK_PERCENT = 100

    @contextmanager
    def clock_off(self) -> Iterator[None]:
        """Five minutes, against a time server on loopback."""
        with time_server(ahead=300) as self.settings.STATE_SNTP_SERVER:
            yield
        self.settings.STATE_SNTP_SERVER = self.servers.enter_context(time_server(ahead=0))

    @contextmanager
    def certificate_ends(self) -> Iterator[None]:
        with tls_server(self.tmp_path, days=6) as self.settings.STATE_CERTIFICATE:
            yield
        renewed = tls_server(self.tmp_path, days=80)
        self.settings.STATE_CERTIFICATE = self.servers.enter_context(renewed)

    @contextmanager
    def worker_dead(self) -> Iterator[None]:
        run("DELETE FROM procrastinate_workers")
        yield
        run("INSERT INTO procrastinate_workers DEFAULT VALUES")

    @contextmanager
    def job_stuck(self) -> Iterator[None]:
        pk = outbox.defer("notifications.jobs.tell_followers", activity_id=0)
        run("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", pk)
        self.clock.advance(hours=2)
        yield
        run("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", pk)


#: The fault, the check that finds it, its subject ("*": the folder of the test), its level.
MADE = (
    ("mail_away", "mail", "", 2),
    ("backup_failed", "backup", "", 2),
    ("audit_unit_failed", "units", "viche-audit.service", 2),
    ("disk_full", "disk", "*", 1),
    ("clock_off", "clock", "", 2),
    ("certificate_ends", "certificate", "", 2),
    ("worker_dead", "worker", "", 2),
    ("job_stuck", "stuck", "", 1),
)


def mails_of(fault: StateFault, template: str) -> int:
    """Mails about a fault that were deferred."""
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.jobs.send")
    return jobs.filter(args__template=template, args__about=f"fault:{fault.pk}").count()


@pytest.fixture
def faults(settings, clock, worker, tmp_path):
    with ExitStack() as servers:
        yield Faults(settings, clock, worker, tmp_path, servers)


def test_each_fault_is_raised_and_over_once(faults, tmp_path, admin, capsys):
    lines = []
    run("INSERT INTO procrastinate_workers DEFAULT VALUES")
    for made, name, subject, level in MADE:
        subject = str(tmp_path) if subject == "*" else subject
        rows = StateFault.objects.filter(name=name, subject=subject)
        make: Callable[[], Iterator[None]] = getattr(faults, made)
        with make():
            changes = [record_state(), record_state()]
            (fault,) = rows
            assert [fault.pk in each.raised for each in changes] == [True, False], made
            assert (fault.over_at, fault.level) == (None, level), made
            assert mails_of(fault, "operation/raised") == 1, made
        changes = [record_state(), record_state()]
        assert [fault.pk in each.over for each in changes] == [True, False], made
        fault.refresh_from_db()
        assert fault.over_at is not None, made
        assert rows.count() == 1, made
        assert mails_of(fault, "operation/over") == 1, made
        lines.append((made, f"{name} {subject}".strip(), "critical" if level == 2 else "warning"))
    with capsys.disabled():
        print(f"\n{'fault':20} {'raised':34} {'level':9} over, mails")
        for made, raised, level in lines:
            print(f"{made:20} {raised[-34:]:34} {level:9} once, 1 + 1")
