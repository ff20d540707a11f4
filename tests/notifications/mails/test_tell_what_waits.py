"""The weekly mail to heads: what waits in their department, by kind and age."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox

from accounts.deadlines.actions import set_reminders
from accounts.models import Grant
from accounts.staff.actions import name_cover
from appeals.models import Appeal
from appeals.models import State as AppealState
from consultations.models import Consultation, State
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from notifications import jobs
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
    Appeal.objects.filter(pk=made.pk).update(received_at=late - timedelta(days=30), due_at=late)
    return day


@pytest.fixture
def tell(do):
    """Run the job of the jobs' clock; the mails that it leads to."""

    def run(*, meanwhile=lambda: None):
        do()
        outbox.outbox.clear()
        jobs.tell_heads_what_waits(0)
        meanwhile()
        do()
        return list(outbox.outbox)

    return run


def test_counts_by_kind_and_age_with_links_and_no_words(today, head, ofi, admin, tell):
    (message,) = tell()
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


def test_nothing_waits_no_mail(head, tell):
    assert tell() == []


def test_of_one_week_there_is_one_mail(clock, today, head, tell):
    clock.advance(days=-today.weekday() % 7)  # to a Monday
    assert len(tell()) == 1
    assert tell() == []
    clock.advance(days=6)
    assert tell() == []
    clock.advance(days=1)
    assert len(tell()) == 1


def test_it_does_not_go_when_its_week_is_over(clock, today, head, tell):
    clock.advance(days=-today.weekday() % 7)
    assert tell(meanwhile=lambda: clock.advance(days=7)) == []


def test_what_waits_is_read_when_it_is_sent(today, head, tell):
    parks = Consultation.objects.get(title="чужий").department

    def give_away():
        Consultation.objects.update(department=parks)
        Appeal.objects.update(department=parks)

    assert tell(meanwhile=give_away) == []


@pytest.mark.parametrize("happens", ["reminders off", "role ended"])
def test_who_does_not_want_it_or_is_no_head_is_not_told(happens, today, head, tell):
    def end():
        if happens == "reminders off":
            set_reminders(head, wanted=False)
        else:
            Grant.objects.filter(user=head).update(ends_at=database_clock.now())

    assert tell(meanwhile=end) == []
    assert tell() == []


def test_who_stands_in_for_the_head_is_told_too(today, head, ofi, tell):
    now = database_clock.now()
    name_cover(head, ofi, by=head, starts_at=now, ends_at=now + timedelta(days=3), reason="")
    assert {message.to[0] for message in tell()} == {head.email, ofi.email}
