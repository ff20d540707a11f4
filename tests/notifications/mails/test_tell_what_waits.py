"""The weekly mail to heads: what waits in their department, by kind and age, in counts and links."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.deadlines.actions import set_reminders
from appeals.models import Appeal
from appeals.models import State as AppealState
from city.models import Department
from consultations.models import State
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from notifications.mails import weekly
from notifications.sending import mail
from tests import factories
from tests.appeals import factories as appeals

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(department):
    return appeals.head(department)


@pytest.fixture
def today(department):
    """Of the department: an appeal late for long, a report late, one this week, one later; of
    another department: a report."""
    day = local_date(database_clock.now())
    for title, of, days in (
        ("пізній", department, -30),
        ("скорий", department, 7),
        ("далекий", department, 8),
        ("чужий", factories.department("Парки", slug="parks"), -1),
    ):
        factories.consultation(
            of, State.CLOSED, title=title, report_due_on=day + timedelta(days=days)
        )
    made = appeals.appeal(state=AppealState.IN_WORK, by=department)
    late = database_clock.now() - timedelta(days=32)
    Appeal.objects.filter(pk=made.pk).update(
        received_at=late - timedelta(days=30), due_at=late
    )
    return day


def send(user, day) -> bool:
    ids = {"day": day.toordinal()}
    return mail.send(weekly.TEMPLATE, user.pk, f"week:{day.isoformat()}", ids)


def test_counts_by_kind_and_age_with_links_and_no_words(today, head, department):
    assert send(head, today)
    (message,) = outbox.outbox
    assert message.to == [head.email]
    assert "4" in message.subject
    lines = [line.strip() for line in message.body.splitlines()]
    report = lines.index("– Оприлюднити звіт: 3")
    assert lines[report + 1 : report + 4] == [
        "прострочено: 1",
        "строк протягом тижня: 1",
        "строк пізніше: 1",
    ]
    appeal = Appeal.objects.get()
    answer = next(at for at, line in enumerate(lines) if line.endswith(": 1") and "–" in line)
    assert lines[answer + 1] == "прострочено більш як на 30 днів: 1"
    assert lines[answer + 2].endswith(f"/desk/appeals/{appeal.pk}/")
    for kept in ("пізній", "скорий", "чужий", appeal.subject, appeal.name, appeal.label):
        assert kept not in message.subject + message.body


def test_nothing_waits_no_mail(head):
    assert not send(head, local_date(database_clock.now()))
    assert outbox.outbox == []


def test_what_waits_is_read_when_it_is_sent(today, head, department):
    weekly.tell_heads(today)
    Department.objects.get(pk=department.pk).consultations.update(withdrawn_at=database_clock.now())
    Appeal.objects.update(closed_at=database_clock.now(), withdrawn_at=database_clock.now())
    assert not send(head, today)


def test_heads_alone_and_who_wants_it(today, head, ofi, admin):
    assert not send(ofi, today)
    assert weekly.tell_heads(today) == 1
    assert ProcrastinateJob.objects.filter(args__template=weekly.TEMPLATE).count() == 1
    set_reminders(head, wanted=False)
    assert weekly.tell_heads(today) == 0
    assert not send(head, today)
