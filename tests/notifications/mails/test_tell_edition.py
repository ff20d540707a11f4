"""Mails of a hiding and a report: reasons to the author, another edition to the officers."""

from __future__ import annotations

import pytest
from django.core import mail

from consultations.models import Procedure, Remark
from consultations.reports import actions as reports
from discussions import actions as discussion
from moderation.contests import actions as contests

pytestmark = pytest.mark.django_db

ARTICLE = "Закон № 3841-IX, ст. 15 ч. 3 п. 4"


@pytest.fixture
def unconsidered(consultation):
    Procedure.objects.filter(pk=consultation.procedure_id).update(
        unconsidered={"off_topic": ARTICLE}
    )
    return consultation


def test_a_statement_of_reasons(remark, unconsidered, mo, do):
    discussion.hide(remark.comment, by=mo, reason="off_topic", quote="столи заважають")
    do()
    (message,) = mail.outbox
    for words in (
        ARTICLE,
        "правила участі",
        "Слова, що порушують правило: «столи заважають»",
        "На розгляд це відібрала програма: новий автор",
        "інший модератор",
        f"/comments/{remark.pk}/contest/",
        "ст. 122 ч. 2",
    ):
        assert words in message.body, words


def test_of_a_proposal_that_is_considered_it_says_so(remark, mo, do):
    discussion.hide(remark.comment, by=mo, reason="personal", note="Телефон людини")
    do()
    (message,) = mail.outbox
    for words in ("Закон № 2297-VI, ст. 14", "Рада все одно ухвалює", "Телефон людини"):
        assert words in message.body, words


def test_the_report_and_another_edition(remark, unconsidered, olena, ofi, mo, admin, do, clock):
    clock.set(unconsidered.closes_at)
    discussion.hide(remark.comment, by=mo, reason="off_topic", note="Не про це")
    Remark.objects.update(number=4)
    reports.save(unconsidered, by=ofi, texts={"outcome": "Так.", "summary": "Просять."})
    reports.publish(unconsidered, by=ofi, names_contests=True)
    send_all(do)
    [told] = [each for each in mail.outbox if "Ваше зауваження" in each.body]
    assert "Ваше зауваження № 4: приховано модератором (не стосується предмета" in told.body
    assert ARTICLE in told.body
    contest = contests.make(remark.comment, by=olena, words="Це про проєкт")
    contests.decide(contest, by=admin, is_upheld=False, reason="Про нього.")
    send_all(do)
    [due] = [each for each in mail.outbox if each.to == [ofi.email]]
    assert "нове видання звіту" in due.subject
    assert f"/desk/consultations/{unconsidered.pk}/report/" in due.body


def send_all(do):
    mail.outbox.clear()
    do()
