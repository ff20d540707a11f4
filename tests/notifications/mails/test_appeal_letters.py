"""Letters about an appeal by mail: to the account, to the e-mail, and to nobody without one."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core import mail
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from appeals import actions
from appeals.filing.actions import NewFile
from appeals.models import Answer, Appeal, State
from appeals.publishing.actions import set_consent
from notifications.mails import appeal_letters
from tests.appeals import factories

pytestmark = pytest.mark.django_db

EMAIL = factories.WORDS["email"]


@pytest.fixture
def told(do):
    """Do the jobs that wait; the mails that they sent."""

    def run() -> list:
        mail.outbox.clear()
        do()
        return list(mail.outbox)

    return run


def letter_in(message) -> str:
    """The words of the PDF that comes with a mail."""
    name, content, kind = message.attachments[0]
    assert name.isascii()
    assert kind == "application/pdf"
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_the_answer_goes_to_the_e_mail_as_text_and_as_a_pdf(told):
    appeal = factories.appeal(state=State.IN_WORK)
    told()
    factories.answered(appeal, "Ліхтарі відремонтовано.")
    (message,) = told()
    assert message.to == [EMAIL]
    assert message.subject == f"{appeal.label}: Про розгляд звернення"
    for words in (message.body, letter_in(message)):
        assert "Коваль Олені Петрівні" in words
        assert "Шановна Олено Петрівно!" in words
        assert "Ліхтарі відремонтовано." in words
        assert "статті 16 і 17" in words
    assert reverse("appeals:find") in message.body
    assert appeal.text not in message.body


def test_another_kind_with_another_term_is_told(told):
    appeal = factories.appeal(state=State.IN_WORK)
    told()
    clerk = factories.registrar()
    actions.correct(appeal, by=clerk, to=actions.Description(kind="proposal"))
    assert told() == []
    actions.correct(appeal, by=clerk, to=actions.Description(kind="request"))
    (message,) = told()
    assert message.to == [EMAIL]
    assert reverse("appeals:find") in message.body
    assert appeal.text not in message.body


def test_a_shorter_term_is_told(told):
    appeal = factories.appeal(state=State.IN_WORK)
    told()
    until = factories.working_day(appeal, -14)
    actions.shorten(appeal, by=factories.registrar(), until=until, reason="Від’їздить")
    (message,) = told()
    assert message.to == [EMAIL]
    assert "Від’їздить" not in message.body


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.RETURNED, ["повертаємо", "Чого бракує: Немає підпису."]),
        (State.FORWARDED, ["переслано за належністю. Кому переслано: Криворізька районна рада"]),
        (State.MOVED, ["адміністративну справу", "Видача дозволу"]),
        (State.NOT_CONSIDERED, ["залишено без розгляду", "вирішено по суті"]),
    ],
)
def test_what_ends_without_an_answer_is_told_by_a_letter(told, olena, state, words):
    appeal = factories.appeal(olena, state)
    message = told()[-1]
    assert message.to == [olena.email]
    for word in words:
        assert word in message.body
    assert words[0].split()[0] in letter_in(message)
    assert appeal.text not in message.body


@pytest.mark.parametrize(
    "state",
    [State.IN_WORK, State.RETURNED, State.FORWARDED, State.MOVED, State.NOT_CONSIDERED],
)
def test_an_e_mail_that_nobody_confirmed_is_told_that_there_is_a_notice_alone(told, state):
    appeal = factories.appeal(state=state)
    message = told()[-1]
    assert message.to == [EMAIL]
    assert message.attachments == []
    assert appeal.label in message.body
    assert reverse("appeals:find") in message.body
    executor = appeal.department.name if appeal.department else "–"
    secret = (appeal.name, appeal.residence, appeal.ending_note or "–", executor)
    for words in (*secret, "повертаємо", "переслано", "без розгляду"):
        assert words == "–" or words not in message.body


def test_an_extension_tells_until_when_and_why(told, olena):
    appeal = factories.appeal(olena, State.IN_WORK)
    boss = factories.mayor()
    told()
    until = factories.working_day(appeal, 3)
    actions.extend(appeal, by=boss, until=until, reason="Чекаємо на експертизу.")
    (message,) = told()
    assert f"не пізніше {until:%d.%m.%Y}" in message.body
    assert "Чекаємо на експертизу." in message.body


def test_the_account_s_e_mail_comes_before_the_one_that_was_typed(told, olena):
    appeal = factories.appeal(olena, State.IN_WORK, email="slip@example.org")
    factories.answered(appeal)
    assert {address for message in told() for address in message.to} == {olena.email}


def test_the_account_s_address_serves_where_none_was_given(told, olena):
    appeal = factories.appeal(olena, State.IN_WORK, email="", phone="111-22-33")
    assert appeal.department.name in told()[-1].body
    factories.answered(appeal)  # not by e-mail: to be collected
    (message,) = told()
    assert message.to == [olena.email]
    assert message.attachments == []
    assert "Ліхтарі" not in message.body
    assert appeal.get_absolute_url() in message.body


def test_without_an_e_mail_nobody_is_written_to(told):
    appeal = factories.appeal(state=State.IN_WORK, email="", phone="(056) 111-22-33")
    factories.answered(appeal)
    assert told() == []


def test_files_of_the_answer_go_with_it_as_far_as_a_mail_takes_them(told, monkeypatch):
    appeal = factories.appeal(state=State.IN_WORK)
    boss = factories.head(appeal.department)
    told()
    monkeypatch.setattr(appeal_letters, "MOST_BYTES", 10)
    files = [NewFile("довідка.pdf", "application/pdf", b"%PDF"), NewFile("b", "x/y", b"1" * 7)]
    actions.draft_answer(appeal, by=boss, text="Так.", result="satisfied", files=files)
    actions.approve(appeal, by=boss)
    actions.answer(appeal, by=boss, how=Answer.How.EMAIL)
    (message,) = told()
    assert [name for name, _content, _kind in message.attachments][1:] == ["довідка.pdf"]
    assert "1. довідка.pdf" in message.body
    assert "2. b" in message.body


def test_jobs_and_logs_know_ids_alone(told, caplog):
    appeal = factories.appeal(state=State.FORWARDED)
    told()
    kept = [str(job.args) for job in ProcrastinateJob.objects.all()]
    assert any("send_appeal_notice" in job.task_name for job in ProcrastinateJob.objects.all())
    for secret in (appeal.text, appeal.subject, appeal.name, appeal.residence, EMAIL):
        assert all(secret not in words for words in [*kept, caplog.text])


def test_an_erased_author_is_not_written_to(told, olena):
    appeal = factories.appeal(olena, State.FORWARDED, email="", phone="111-22-33")
    Appeal.objects.filter(pk=appeal.pk).update(author=None)
    assert told() == []


def test_the_applicant_is_told_where_the_answer_is_published(told, olena):
    appeal = factories.appeal(olena, State.ANSWERED)
    boss, words = factories.head(appeal.department), {"subject": "С", "question": "П", "text": "В"}
    answer = set_consent(appeal.answers.get(), by=olena, agrees=True)
    told()
    actions.publish_answer(answer, by=boss, **words)
    (message,) = told()
    assert message.to == [olena.email]
    assert reverse("appeals:answer", args=[answer.pk]) in message.body
    assert appeal.get_absolute_url() in message.body
