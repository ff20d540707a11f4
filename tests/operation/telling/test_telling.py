"""Administrators are told of a fault once, and of its end; and when the worker is dead, at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import Grant
from core.domain.actions import action
from core.domain.events import emit
from core.models import StateFault
from core.state.faults import record_results
from core.state.registry import Finding, Level, Result
from operation.events import FaultOver, FaultRaised
from operation.telling.actions import record_state
from operation.telling.handlers import MOST_TOLD
from tests.notifications.channels.servers import http_server

pytestmark = pytest.mark.django_db


def find(level: Level) -> None:
    """A check finds a full disk, or no more."""
    finding = Finding(level, "Зайнято 97 %.", "/var")
    with action():
        changes = record_results([Result("disk", "Disk", finding)])
        for pk in changes.raised:
            emit(FaultRaised(pk))
        for pk in changes.over:
            emit(FaultOver(pk))


def do_jobs() -> None:
    """Do what waits, as a worker would, in the test's transaction."""
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("pk"):
        app.tasks[job.task_name].func(**job.args)


@pytest.fixture
def alive():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


def test_a_mail_to_each_administrator_and_one_when_it_is_over(admin, olena, ofi):
    find(Level.CRITICAL)
    do_jobs()
    (told,) = mail.outbox
    assert told.to == [admin.email]
    assert "Зайнято 97 %." in told.body and "/desk/state/" in told.body
    find(Level.OK)
    do_jobs()
    assert len(mail.outbox) == 2
    assert "/var" in mail.outbox[1].body
    do_jobs()
    assert len(mail.outbox) == 2


def test_what_was_over_before_the_mail_could_go_is_told_in_one(admin):
    """Mail itself failed: after its recovery the administrator reads from when until when."""
    find(Level.CRITICAL)
    find(Level.OK)
    do_jobs()
    (told,) = mail.outbox
    assert "усунено" in told.subject or "усунено" in told.body


def test_who_is_administrator_no_more_is_not_told(admin):
    find(Level.CRITICAL)
    Grant.objects.filter(user=admin).delete()
    do_jobs()
    assert mail.outbox == []


def test_what_comes_and_goes_is_told_a_few_times(admin):
    for _time in range(MOST_TOLD + 2):
        find(Level.CRITICAL)
        find(Level.OK)
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.jobs.send")
    assert jobs.filter(args__template="operation/raised").count() == MOST_TOLD
    assert jobs.filter(args__template="operation/over").count() == MOST_TOLD


def test_second_channels_are_told_once_each(settings, admin, tmp_path):
    with http_server() as received:
        settings.STATE_WEBHOOK = f"http://127.0.0.1:{received.port}/hook"
        settings.TELEGRAM_API = f"http://127.0.0.1:{received.port}"
        settings.TELEGRAM_BOT_TOKEN, settings.STATE_TELEGRAM_CHAT = "7:token", "-100"
        settings.STATE_SENDMAIL_TO = ["duty@viche.example"]
        settings.STATE_SENDMAIL = str(_sendmail(tmp_path))
        find(Level.CRITICAL)
        do_jobs()
        do_jobs()
        hook, telegram = received.requests
    assert hook[0] == "/hook"
    facts = json.loads(hook[2])
    assert (facts["check"], facts["subject"], facts["is_over"]) == ("disk", "/var", False)
    assert telegram[0] == "/bot7:token/sendMessage"
    said = json.loads(telegram[2])
    assert said["chat_id"] == "-100" and "Зайнято 97 %." in said["text"]
    by_sendmail = (tmp_path / "taken").read_text()
    assert by_sendmail.count("To: duty@viche.example") == 1


def _sendmail(folder: Path) -> Path:
    program = folder / "sendmail"
    program.write_text(f"#!/bin/sh\ncat >>{folder}/taken\n")
    program.chmod(0o755)
    return program


def test_a_channel_that_does_not_take_it_is_asked_again(settings, admin):
    with http_server() as received:
        settings.STATE_WEBHOOK, received.status = f"http://127.0.0.1:{received.port}/", 503
        find(Level.CRITICAL)
        fault = StateFault.objects.get()
        task = app.tasks["operation.jobs.tell_channel"].func
        with pytest.raises(Exception, match="the channel answered 503"):
            task(channel="webhook", fault_id=fault.pk, is_over=False)
        fault.refresh_from_db()
        assert fault.told == []
        received.status = 204
        task(channel="webhook", fault_id=fault.pk, is_over=False)
        assert len(received.requests) == 2


def test_a_dead_worker_is_told_at_once_and_not_again_by_the_queue(settings, admin, capsys):
    with http_server() as received:
        settings.STATE_WEBHOOK = f"http://127.0.0.1:{received.port}/"
        call_command("tell_state")
        told = [json.loads(body)["check"] for _path, _headers, body in received.requests]
        assert told == ["worker"]
        assert [each.to for each in mail.outbox] == [[admin.email]]
        call_command("tell_state")
        do_jobs()
        assert (len(received.requests), len(mail.outbox)) == (1, 1)
    assert "Raised: 1, over: 0. Messages that went at once: 2." in capsys.readouterr().out


def test_a_living_worker_tells_itself(admin, alive):
    find(Level.CRITICAL)
    call_command("tell_state")
    assert mail.outbox == []


def test_nothing_is_told_where_all_is_well(admin, alive):
    changes = record_state()
    assert (changes.raised, changes.over) == ((), ())
    assert not ProcrastinateJob.objects.exists()
