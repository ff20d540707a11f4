"""From the form to the answer: what the applicant, the office, the executor and the head do."""

from __future__ import annotations

import pytest

from appeals import actions, secrets
from appeals.models import Answer, Appeal, Entry, RegisterDay, State
from core.domain import clock
from core.models import AuditEntry
from tests import factories as people
from tests.appeals import factories
from tests.appeals.factories import NOBODY

pytestmark = pytest.mark.django_db


def test_an_appeal_of_a_person_without_an_account_is_answered(department):
    filed = actions.file(by=NOBODY, **factories.WORDS)
    appeal, secret = filed.appeal, filed.secret
    assert appeal.state_at(clock.now()) == State.RECEIVED
    assert appeal.number == RegisterDay.objects.get(day=appeal.registered_on).last == 1
    assert appeal.label == f"1-{appeal.registered_on:%d.%m.%Y}"
    assert secrets.find_by_secret(1, appeal.registered_on, secret) == appeal

    clerk, boss = factories.registrar(), factories.head(department)
    worker = people.user("worker", role="officer", department=department)
    appeal = actions.accept(appeal, by=clerk, department=department, officer=worker, term="simple")
    assert appeal.state_at(clock.now()) == State.IN_WORK
    actions.note(appeal, by=worker, text="Замовлено лампи.")
    actions.draft_answer(appeal, by=worker, text="Ліхтарі світять.", result="satisfied")
    actions.approve(appeal, by=boss)
    answer = actions.answer(appeal, by=worker, how=Answer.How.EMAIL)
    appeal.refresh_from_db()
    assert appeal.state_at(clock.now()) == State.ANSWERED
    assert appeal.answered_at == appeal.closed_at == answer.sent_at

    actions.rate(appeal, by=NOBODY, rating=5, words="Дякую", holds_secret=True)
    told = [entry.kind for entry in Entry.objects.filter(appeal=appeal, internal=False)]
    assert told == ["filed", "accepted", "answered", "rated"]
    audited = AuditEntry.objects.filter(ids__appeal_id=appeal.pk).order_by("pk")
    assert [entry.event for entry in audited] == [
        "AppealFiled",
        "AppealAccepted",
        "AppealNoted",
        "AnswerDrafted",
        "AnswerApproved",
        "AppealAnswered",
        "AppealRated",
    ]
    assert audited[0].actor is None
    assert audited[1].actor == clerk.pk


@pytest.mark.parametrize("state", State)
def test_every_state_comes_about(olena, state):
    appeal = factories.appeal(olena, state)
    assert Appeal.objects.get(pk=appeal.pk).state_at(clock.now()) == state


def test_a_reopened_one_gets_a_second_answer(olena):
    appeal = factories.appeal(olena, State.REOPENED)
    assert appeal.term == "reopened"
    factories.answered(appeal, "Лампи замінено на нові.")
    appeal.refresh_from_db()
    assert appeal.state_at(clock.now()) == State.ANSWERED
    assert Answer.objects.filter(appeal=appeal, sent_at__isnull=False).count() == 2
