"""Heads are written to when an answer waits for their approval."""

from __future__ import annotations

import pytest
from django.core import mail

from appeals import actions
from appeals.many.rules import version_of
from appeals.models import Appeal, State
from tests import factories as people
from tests.appeals import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(department):
    return people.user("worker", role="officer", department=department)


@pytest.fixture
def drafted(olena, department, worker, do):
    made = factories.appeal(olena, State.IN_WORK, by=department)
    actions.draft_answer(made, by=worker, text="Буде зроблено.", result="satisfied")
    do()
    mail.outbox.clear()
    return made


def test_the_heads_of_the_department_are_written_to(department, worker, drafted, do):
    boss = factories.head(department)
    actions.ask_approval(drafted, by=worker)
    do()
    (message,) = mail.outbox
    assert message.to == [boss.email]
    assert drafted.label in message.subject
    assert f"/desk/appeals/{drafted.pk}/approve/" in message.body
    assert drafted.subject not in message.subject + message.body
    # Asked anew after a change, they are written to anew.
    actions.draft_answer(drafted, by=worker, text="Уже зроблено.", result="satisfied")
    actions.ask_approval(drafted, by=worker)
    do()
    assert len(mail.outbox) == 2


def test_what_was_changed_meanwhile_is_not_told(department, worker, drafted, do):
    factories.head(department)
    actions.ask_approval(drafted, by=worker)
    actions.draft_answer(drafted, by=worker, text="Ще пишу.", result="satisfied")
    do()
    assert mail.outbox == []


def test_a_department_without_a_head_asks_those_of_the_office(worker, drafted, do):
    chief = factories.head(factories.office())
    actions.ask_approval(drafted, by=worker)
    do()
    assert [message.to for message in mail.outbox] == [[chief.email]]


def test_a_head_who_asks_is_not_written_to(department, drafted, do):
    boss = factories.head(department)
    actions.ask_approval(drafted, by=boss)
    do()
    assert mail.outbox == []


def test_the_head_of_the_body_is_told_what_they_are_asked_to_decide(department, do):
    """By the number alone: until then they could not read it (393/96-ВР arts 8, 20)."""
    made = factories.appeal(state="in_work", by=department)
    mayor = factories.mayor()
    do()
    mail.outbox.clear()
    actions.ask_head(made, by=factories.registrar(), words="Продовжити?")
    do()
    (message,) = mail.outbox
    assert message.to == [mayor.email]
    assert made.label in message.subject
    assert made.subject not in message.body
    assert "Продовжити?" not in message.body


@pytest.fixture
def sent_back(department, worker, drafted, do):
    """The draft, which came back from its head."""
    factories.head(department)
    actions.ask_approval(drafted, by=worker)
    do()
    mail.outbox.clear()
    actions.send_back(drafted, by=factories.head(department), words="Назвіть день.")
    return drafted


def test_who_drafted_it_is_told_that_it_came_back_without_its_words(worker, sent_back, do):
    do()
    (message,) = mail.outbox
    assert message.to == [worker.email]
    said = message.subject + message.body
    assert sent_back.label in message.subject
    assert f"/desk/appeals/{sent_back.pk}/draft/" in said
    secrets = (sent_back.subject, sent_back.name, sent_back.text, "Назвіть день.", "зроблено")
    assert not [each for each in secrets if each in said]


def test_who_works_on_it_no_more_or_has_changed_it_is_not_told(worker, sent_back, do):
    actions.draft_answer(sent_back, by=worker, text="Засвітять завтра.", result="satisfied")
    do()
    assert mail.outbox == []
    actions.ask_approval(sent_back, by=worker)
    do()
    mail.outbox.clear()
    boss = factories.head(sent_back.department)
    actions.send_back(sent_back, by=boss, words="Ще раз.")
    actions.assign(sent_back, by=boss, department=factories.office())
    do()
    assert worker.email not in [each for message in mail.outbox for each in message.to]


def test_heads_get_one_mail_of_many_drafts_without_their_words(department, worker, olena, do):
    boss = factories.head(department)
    made = [factories.appeal(olena, State.IN_WORK, by=department) for _number in range(3)]
    do()
    mail.outbox.clear()
    chosen = {each.pk: version_of(Appeal.objects.get(pk=each.pk)) for each in made}
    words = {"text": "Засвітимо.", "result": "satisfied"}
    actions.draft_together(chosen, by=worker, **words, is_ready=True)
    do()
    (message,) = mail.outbox
    assert message.to == [boss.email]
    said = message.subject + message.body
    assert "3" in message.subject
    assert "/desk/appeals/together/approve/" in said
    assert not [each for each in (made[0].subject, made[0].name, "Засвітимо") if each in said]
