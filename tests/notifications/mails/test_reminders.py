"""Reminders of deadlines: one mail a person a day, with all that is due, unless switched off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.deadlines import actions
from consultations.models import State
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from notifications.mails import reminders
from notifications.sending import mail
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(department):
    day = local_date(database_clock.now())
    factories.consultation(
        department, State.CLOSED, title="пізній", report_due_on=day - timedelta(days=1)
    )
    factories.consultation(
        department, State.CLOSED, title="скорий", report_due_on=day + timedelta(days=2)
    )
    factories.consultation(
        department, State.CLOSED, title="далекий", report_due_on=day + timedelta(days=9)
    )
    return day


def send(user, day) -> bool:
    ids = {"day": day.toordinal()}
    return mail.send(reminders.TEMPLATE, user.pk, f"day:{day.isoformat()}", ids)


def test_one_mail_a_day_with_all_that_is_due(today, ofi):
    assert send(ofi, today)
    assert not send(ofi, today)  # told already
    (message,) = outbox.outbox
    assert message.to == [ofi.email]
    assert "пізній" in message.body
    assert "скорий" in message.body
    assert "далекий" not in message.body
    assert "/desk/deadlines/" in message.body


def test_nothing_due_no_mail(today, mo):
    assert not send(mo, today)
    assert outbox.outbox == []


def test_a_mail_of_yesterday_is_not_sent_today(today, ofi):
    assert not send(ofi, today - timedelta(days=1))


def test_switched_off_also_meanwhile(today, ofi, mo):
    def deferred():
        jobs = ProcrastinateJob.objects.filter(task_name="notifications.jobs.send")
        return {job.args["user_id"] for job in jobs}

    reminders.remind_all(today)
    assert {ofi.pk, mo.pk} <= deferred()
    actions.set_reminders(ofi, wanted=False)
    assert not send(ofi, today)
    assert ofi.pk not in _reminded(today)
    actions.set_reminders(ofi, wanted=True)
    assert ofi.pk in _reminded(today)


def _reminded(today):
    before = set(ProcrastinateJob.objects.values_list("pk", flat=True))
    reminders.remind_all(today)
    return {job.args["user_id"] for job in ProcrastinateJob.objects.exclude(pk__in=before)}
