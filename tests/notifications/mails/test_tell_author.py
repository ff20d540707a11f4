"""The author of a remark is told what became of it: once, truly, in her language."""

from __future__ import annotations

import pytest
from django.core import mail

from consultations.models import Remark
from consultations.remarks import actions
from core.domain.actions import action
from discussions import actions as discussion
from discussions.models import HideReason
from notifications.models import Sent
from notifications.sending.mail import send
from tests import factories

pytestmark = pytest.mark.django_db


def hide(remark, mo, note: str = "Про інше"):
    return discussion.hide(remark.comment, by=mo, reason=HideReason.OFF_TOPIC, note=note)


def test_hidden_with_the_reason_and_her_own_words(remark, mo, do):
    hide(remark, mo, note="Це про інше.")
    assert do() == 1
    (message,) = mail.outbox
    assert message.to == ["olena@viche.example"]
    for words in (
        "Столи заважають пішоходам.",
        "Це про інше.",
        str(remark.consultation.title),
        remark.get_absolute_url(),
    ):
        assert words in message.body
        assert words in message.alternatives[0].content


def test_in_the_language_of_the_receiver(remark, mo, olena, do):
    olena.language = "en"
    olena.save()
    hide(remark, mo)
    do()
    assert mail.outbox[0].subject == "What you wrote has been hidden"
    assert f"/en{remark.get_absolute_url()}" in mail.outbox[0].body


def test_a_mail_is_sent_once_however_often_its_job_runs(remark, mo, waiting, do):
    hide(remark, mo)
    (job,) = waiting()
    do()
    assert send(**job.args) is False
    assert len(mail.outbox) == 1
    assert Sent.objects.count() == 1


def test_who_said_nearly_the_same_is_told_with_their_own_words(
    remark, consultation, olena, bohdan, firm, charlie, ofi, mo, do
):
    terrace = factories.organisation("ТОВ «Тераса»", firm, charlie)
    same = {
        bohdan: actions.remark(consultation, by=bohdan, text="Столи дуже заважають пішоходам."),
        firm: actions.remark(
            consultation, by=firm, text="Нам теж заважають столи.", organisation_id=terrace.pk
        ),
    }
    hidden = actions.remark(consultation, by=mo, text="Столи!")
    folded = [*same.values(), hidden]
    Remark.objects.filter(pk__in=[each.pk for each in folded]).update(folded_into=remark)
    hide(hidden, mo)
    do()
    mail.outbox.clear()
    given = actions.answer(remark, by=ofi, text="Відсунемо столи.")
    do()
    told = {message.to[0]: message.body for message in mail.outbox}
    assert set(told) == {person.email for person in (olena, bohdan, firm, charlie)}
    assert all("Відсунемо столи." in body for body in told.values())
    assert "Столи дуже заважають" not in told[olena.email]
    for person, own in ((bohdan, same[bohdan]), (firm, same[firm]), (charlie, same[firm])):
        assert own.comment.text in told[person.email]
        assert own.get_absolute_url() in told[person.email]
    mail.outbox.clear()
    actions.correct(remark, given, by=ofi, text="Відсунемо на метр.", tells_author=True)
    do()
    assert len(mail.outbox) == 4


def test_restored_meanwhile_nothing_is_said_of_the_hiding(remark, mo, do):
    hide(remark, mo)
    discussion.restore(remark.comment, by=mo)
    do()
    (message,) = mail.outbox
    assert "hidden" not in message.subject.lower()
    assert remark.get_absolute_url() in message.body


def test_hidden_again_she_is_told_again(remark, mo, do, clock):
    hide(remark, mo)
    do()
    discussion.restore(remark.comment, by=mo)
    clock.advance(seconds=5)
    hide(remark, mo)
    do()
    assert len(mail.outbox) == 2  # hidden, hidden: restored was no longer true


def test_a_reply_below_a_remark_too(remark, bohdan, mo, do):
    reply = actions.reply(remark, by=bohdan, text="Не згоден.")
    discussion.hide(reply, by=mo, reason=HideReason.SPAM, note="Порушує правила")
    do()
    assert mail.outbox[0].to == ["bohdan@viche.example"]
    assert remark.get_absolute_url() in mail.outbox[0].body


def test_answered_by_the_council(remark, ofi, do):
    actions.answer(remark, by=ofi, text="Відстань до столів – 1,5 метра.")
    do()
    (message,) = mail.outbox
    assert message.to == ["olena@viche.example"]
    assert "Відстань до столів – 1,5 метра." in message.body


@pytest.mark.parametrize("tells", [True, False])
def test_a_corrected_reply_is_told_where_the_officer_wants_it(remark, ofi, do, tells):
    reply = actions.answer(remark, by=ofi, text="Відстань до столів – 1,5 метра.")
    do()
    mail.outbox.clear()
    actions.correct(remark, reply, by=ofi, text="Відстань – 2 метри.", tells_author=tells)
    do()
    assert [message.to for message in mail.outbox] == [["olena@viche.example"]] * tells
    for message in mail.outbox:
        assert "Відстань – 2 метри." in message.body
        assert remark.get_absolute_url() in message.body


def test_what_was_hidden_meanwhile_is_not_in_a_mail(remark, ofi, mo, do):
    actions.answer(remark, by=ofi, text="Столи стоятимуть інакше.")
    hide(remark, mo)
    do()
    (message,) = mail.outbox  # of the hiding alone
    assert "Столи стоятимуть інакше." not in message.body


def test_what_a_person_writes_stays_text(consultation, olena, mo, do):
    made = actions.remark(
        consultation, by=olena, text='<script>alert(1)</script> <a href="https://x.example">x</a>'
    )
    hide(made, mo)
    do()
    html = mail.outbox[0].alternatives[0].content
    assert "<script" not in html
    assert '<a href="https://x.example">x</a>' not in html
    assert "<script>alert(1)</script>" in mail.outbox[0].body  # plain text needs no escaping


def test_an_action_that_fails_sends_nothing(remark, mo, waiting):
    with pytest.raises(ZeroDivisionError), action():
        hide(remark, mo)
        raise ZeroDivisionError
    assert waiting() == []
