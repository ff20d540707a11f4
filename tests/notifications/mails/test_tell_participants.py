"""Everybody who took part is told, in batches that survive the worker, once each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from accounts.models import User
from consultations.life import actions as life_actions
from consultations.models import State
from consultations.remarks import actions
from discussions.models import Comment
from notifications.sending import fanout
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoken(consultation, olena, bohdan):
    for person in (olena, bohdan, olena):
        actions.remark(consultation, by=person, text="Так.")
    return consultation


def receivers() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_new_dates_with_the_reason(spoken, ofi, charlie, do):
    last = spoken.last_day + timedelta(days=14)
    life_actions.change_dates(
        spoken, by=ofi, opens_on=spoken.opens_on, last_day=last, reason="Багато зауважень."
    )
    do()
    assert receivers() == ["bohdan@viche.example", "olena@viche.example"]
    assert "Багато зауважень." in mail.outbox[0].body
    assert str(last.year) in mail.outbox[0].body


def test_withdrawn_with_the_reason(spoken, ofi, do):
    life_actions.withdraw(spoken, by=ofi, reason="Проєкт переробляють.")
    do()
    assert receivers() == ["bohdan@viche.example", "olena@viche.example"]
    assert "Проєкт переробляють." in mail.outbox[0].body


def test_the_report(spoken, ofi, do, clock):
    clock.advance(days=40)
    factories.publish_report(spoken, by=ofi, outcome="Враховано пункт 2.")
    do()
    assert len(receivers()) == 2
    assert "Враховано пункт 2." in mail.outbox[0].body


def test_opened_the_officers_of_the_department_are_told(department, ofi, do, clock):
    consultation = factories.consultation(department, State.ANNOUNCED)
    clock.advance(days=11)
    life_actions.tell_what_passed()
    do()
    assert receivers() == [ofi.email]
    assert consultation.get_absolute_url() in mail.outbox[0].body
    life_actions.tell_what_passed()
    assert do() == 0


def test_suspended_and_silent_people_are_not_told(spoken, ofi, bohdan, charlie, do):
    User.objects.filter(pk=bohdan.pk).update(is_active=False)
    life_actions.withdraw(spoken, by=ofi, reason="…")
    do()
    assert receivers() == ["olena@viche.example"]


@pytest.fixture
def crowd(consultation, monkeypatch) -> list[str]:
    """More than two batches of people who took part."""
    monkeypatch.setattr(fanout, "BATCH", 20)
    many = 2 * fanout.BATCH + 5
    people = User.objects.bulk_create(
        User(email=f"p{n}@viche.example", given_name="П", family_name="Р", password="!")
        for n in range(many)
    )
    Comment.objects.bulk_create(
        Comment(thread_id=consultation.thread_id, author=person, text="Так.", html="Так.")
        for person in people
        for _ in range(2)
    )
    return sorted(person.email for person in people)


def test_a_crowd_is_told_in_batches(consultation, crowd, ofi, do):
    life_actions.withdraw(consultation, by=ofi, reason="…")
    assert do() == len(crowd) + 3
    assert receivers() == crowd


def test_a_batch_that_runs_twice_sends_nothing_twice(consultation, crowd, ofi, waiting, do):
    life_actions.withdraw(consultation, by=ofi, reason="…")
    (first,) = waiting()
    fanout.tell_batch(**first.args)  # its worker was killed before it could say that it was done
    do()
    assert receivers() == crowd
