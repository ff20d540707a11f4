"""Mail goes later when the mail server is away, and once; codes leave no trace."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from core.domain import clock as now_clock
from core.web.mail import compose
from discussions import actions as discussion
from discussions.models import HideReason
from notifications.jobs import Patient, sweep_letters
from notifications.models import Letter, Sent
from notifications.sending.mail import LETTER_LIVES, defer, defer_letter, send, send_letter
from tests.notifications.backends import Away

AWAY = {"default": {"BACKEND": "tests.notifications.backends.Away"}}
REFUSING = {"default": {"BACKEND": "tests.notifications.backends.Refusing"}}


@pytest.fixture
def hidden(remark, mo):
    discussion.hide(remark.comment, by=mo, reason=HideReason.SPAM, note="Порушує правила")
    return remark


def statuses() -> list[tuple[str, int]]:
    """Of the mails alone: a worker that sees a minute begin defers jobs of the clock, too."""
    mails = [f"notifications.jobs.{task}" for task in ("send", "send_letter")]
    jobs = ProcrastinateJob.objects.filter(task_name__in=mails).order_by("pk")
    return list(jobs.values_list("status", "attempts"))


def ready_now() -> None:
    """What waits for a later try need not wait in a test."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")


def test_a_worker_sends_what_was_deferred(worker, hidden):
    worker()
    assert len(mail.outbox) == 1
    assert statuses() == [("succeeded", 1)]


def test_a_mail_server_that_is_away_is_asked_again(worker, hidden, settings):
    settings.MAILERS, Away.times = AWAY, 2
    for attempt in (1, 2):
        worker()
        assert mail.outbox == []
        assert statuses() == [("todo", attempt)]
        assert not Sent.objects.exists()
        ready_now()
    worker()
    assert len(mail.outbox) == 1
    assert statuses() == [("succeeded", 3)]
    assert Sent.objects.count() == 1


def test_a_receiver_refused_for_good_is_not_asked_for_again(worker, hidden, settings):
    settings.MAILERS = REFUSING
    worker()
    assert statuses() == [("succeeded", 1)]


@pytest.mark.django_db
def test_waits_grow_and_end():
    def wait(attempts: int) -> float | None:
        job = ProcrastinateJob(attempts=attempts)
        decision = Patient().get_retry_decision(exception=OSError(), job=job)
        if decision is None:
            return None
        return (decision.retry_at - now_clock.now()).total_seconds()

    waits = [wait(attempts) for attempts in range(55)]
    assert [round(value / 10) * 10 for value in waits[:4]] == [30, 60, 120, 240]
    assert max(value for value in waits if value) <= 3601
    assert sum(value for value in waits if value) > 47 * 3600
    assert waits[-1] is None


@pytest.mark.django_db
def test_each_try_has_the_same_message_id_and_no_holiday_reply_comes_back(hidden, waiting):
    (job,) = waiting()
    for _ in range(2):
        send(**job.args)
        Sent.objects.all().delete()  # as after a crash between sending and committing
    headers = [message.extra_headers for message in mail.outbox]
    assert headers[0]["Message-ID"] == headers[1]["Message-ID"]
    assert headers[0]["Auto-Submitted"] == "auto-generated"
    assert job.args.keys() == {"template", "user_id", "about", "ids"}


@pytest.mark.django_db
def test_a_person_who_is_gone_is_not_written_to(hidden, waiting):
    (job,) = waiting()
    assert send(**{**job.args, "user_id": 0}) is False
    assert mail.outbox == []


@pytest.mark.django_db
def test_of_a_letter_with_a_code_only_its_id_is_in_the_job_and_nothing_stays(waiting):
    letter = code_letter()
    (job,) = waiting()
    assert job.args == {"letter_id": letter.pk}
    assert send_letter(letter.pk) is True
    assert "1234-5678" in mail.outbox[0].body
    assert '<div class="code"><p>1234-5678</p></div>' in mail.outbox[0].alternatives[0].content
    assert not Letter.objects.exists()
    assert send_letter(letter.pk) is False


@pytest.mark.django_db
def test_a_code_that_came_too_late_is_not_sent(clock):
    letter = code_letter()
    clock.advance(seconds=LETTER_LIVES.total_seconds() + 1)
    assert send_letter(letter.pk) is False
    assert mail.outbox == []
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_letters_that_could_not_be_sent_are_swept(clock):
    code_letter()
    sweep_letters(timestamp=0)
    assert Letter.objects.exists()
    clock.advance(seconds=LETTER_LIVES.total_seconds() + 1)
    sweep_letters(timestamp=0)
    assert not Letter.objects.exists()


def test_a_failed_try_keeps_the_letter(worker, settings):
    settings.MAILERS, Away.times = AWAY, 1
    code_letter()
    worker()
    assert Letter.objects.exists()
    ready_now()
    worker()
    assert len(mail.outbox) == 1
    assert not Letter.objects.exists()


def code_letter() -> Letter:
    context = {"code": "1234-5678"}
    letter = defer_letter(compose("accounts/login_code", context, to="olena@viche.example"))
    assert letter.expires_at - now_clock.now() <= timedelta(minutes=15)
    return letter


def test_deferring_is_part_of_the_transaction(empty_queue, olena, waiting):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        defer("accounts/reinstated", user_id=olena.pk, about="suspension:1")
        raise ZeroDivisionError
    assert waiting() == []


def test_so_it_is_in_the_worker(empty_queue, olena, waiting):
    """A worker has connections of its own: what a job defers still belongs to its transaction."""
    with app.replace_connector(app.connector.get_worker_connector()):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            defer("accounts/reinstated", user_id=olena.pk, about="suspension:1")
            raise ZeroDivisionError
        assert waiting() == []
        defer("accounts/reinstated", user_id=olena.pk, about="suspension:1")
    assert len(waiting()) == 1
