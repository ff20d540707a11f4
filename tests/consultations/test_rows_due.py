"""Reminders of rows that are due: one mail a day to each who has some."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from consultations.actions import remarks as speaking
from consultations.dispositions import actions, reminders
from consultations.dispositions.events import RowsDue
from core.domain import clock as clocks
from core.domain.calendar import local_date
from notifications.mail import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(opened, olena):
    return [speaking.remark(opened, by=olena, text=f"Слово {n}").pk for n in range(4)]


def give(opened, rows, ofi, days: int, **to) -> None:
    due_on = local_date(clocks.now()) + timedelta(days=days)
    actions.assign(opened, rows, by=ofi, due_on=due_on, **to)


def test_whoever_has_rows_is_told_in_one_mail(opened, rows, ofi, stranger, emitted):
    give(opened, rows[:2], ofi, 3, person_id=ofi.pk)
    give(opened, rows[2:3], ofi, -1, department_id=stranger.grants.get().department_id)
    give(opened, rows[3:], ofi, 4, person_id=ofi.pk)
    emitted.clear()
    assert reminders.remind() == 2
    today = local_date(clocks.now()).toordinal()
    assert emitted == [RowsDue(pk, today) for pk in sorted((ofi.pk, stranger.pk))]
    reminders.remind()
    for job in ProcrastinateJob.objects.filter(queue_name="mail").order_by("pk"):
        send(**job.args)
    assert [len(message.to) for message in mail.outbox] == [1, 1]
    [own] = [message for message in mail.outbox if message.to == [ofi.email]]
    assert f"/desk/consultations/{opened.pk}/table/" in own.body
    assert "2 рядки" in own.body


def test_what_is_complete_or_not_due_needs_none(opened, rows, ofi):
    give(opened, rows[:1], ofi, 4, person_id=ofi.pk)
    give(opened, rows[1:2], ofi, 1, person_id=ofi.pk)
    actions.settle_many(opened, rows[1:2], by=ofi, kind="accepted")
    assert reminders.remind() == 0
