"""Number and secret: who has both reads the appeal, nobody else learns anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from appeals import secrets
from appeals.filing import limits
from notifications.mails.applicants import send_appeal_filed, send_appeal_secret
from tests.appeals.filing.conftest import open_by

pytestmark = pytest.mark.django_db

FIND, RENEW = "/appeals/find/", "/appeals/find/renew/"


def page_of(filed) -> str:
    return f"/appeals/{filed.appeal.pk}/"


def test_with_both_one_reads_it(client, file):
    filed = file()
    answer = client.post(FIND, {"number": filed.appeal.label, "secret": filed.secret.lower()})
    assert answer.headers["Location"] == page_of(filed)
    page = client.get(page_of(filed))
    assert filed.appeal.text in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_the_session_gets_another_key(client, file):
    filed = file()
    client.get(FIND)
    client.post("/appeals/find/", {"number": filed.appeal.label, "secret": "0" * 26})
    session = client.session
    session["something"] = 1
    session.save()
    before = client.session.session_key
    open_by(client, filed)
    assert client.session.session_key != before


def test_a_stranger_with_the_number_alone_learns_nothing(client, file):
    filed = file()
    wrong_code = client.post(FIND, {"number": filed.appeal.label, "secret": "A" * 26})
    no_such = client.post(FIND, {"number": "77-01.01.2026", "secret": "A" * 26})
    assert wrong_code.status_code == no_such.status_code == 422
    told = [
        answer.content.decode().replace(number, "")
        for answer, number in ((wrong_code, filed.appeal.label), (no_such, "77-01.01.2026"))
    ]
    assert [text.count("Немає звернення") for text in told] == [1, 1]
    assert client.get(page_of(filed)).status_code == 404
    assert filed.appeal.text not in wrong_code.content.decode()


def test_whatever_is_wrong_takes_the_same_work(client, file, monkeypatch):
    """The same statements but for their values, the same hashing, the same comparisons."""
    filed, other = file(), file()
    hashed: list[str] = []

    def spied(name: str) -> Callable[..., Any]:
        real = getattr(secrets, name)

        def spy(*given: Any, **named: Any) -> Any:
            hashed.append(name)
            return real(*given, **named)

        return spy

    for name in ("salted_hmac", "compare_digest"):
        monkeypatch.setattr(secrets, name, spied(name))

    def work(number: str, secret: str) -> tuple[list[str], list[str]]:
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(FIND, {"number": number, "secret": secret})
        assert answer.status_code == 422
        return [_without_values(each["sql"]) for each in asked.captured_queries], list(hashed)

    statements, hashing = work("77-01.01.2026", "A" * 26)
    assert hashing == ["salted_hmac", "compare_digest", "compare_digest"]
    for tried in (
        (filed.appeal.label, "A" * 26),
        ("77-01.01.2026", filed.secret),
        (other.appeal.label, filed.secret),
        (filed.appeal.label, "0"),
    ):
        assert work(*tried) == (statements, hashing), tried
    assert not [each for each in statements if '"text"' in each]


def _without_values(statement: str) -> str:
    return re.sub(r"'(?:[^']|'')*'(?:::\w+)?|\b\d+\b", "?", statement)


def test_guesses_of_one_client_are_limited_and_close_nothing_to_the_right_code(client, file):
    filed = file()
    statuses = [
        client.post(FIND, {"number": filed.appeal.label, "secret": f"{guess:026}"}).status_code
        for guess in range(limits.FIND.most + 2)
    ]
    assert statuses == [422] * limits.FIND.most + [429, 429]
    typed = {"number": filed.appeal.label, "secret": filed.secret}
    assert client.post(FIND, typed).status_code == 302


def test_guesses_of_many_clients_are_limited_and_lock_nobody_out(file):
    filed = file()
    numbered = {"number": filed.appeal.label}
    label = filed.appeal.label
    number, day = filed.appeal.number, filed.appeal.registered_on
    for _guess in range(limits.WRONG.most):
        limits.WRONG.spend(number, day)
    stranger, applicant = (Client(REMOTE_ADDR=f"198.51.100.{host}") for host in (1, 2))
    assert stranger.post(FIND, numbered | {"secret": "A" * 26}).status_code == 429
    assert applicant.post(FIND, {"number": label, "secret": filed.secret}).status_code == 302


def test_it_is_closed_after_some_hours_and_on_demand(client, file, clock):
    filed = file()
    open_by(client, filed)
    clock.advance(hours=2, minutes=1)
    assert client.get(page_of(filed)).status_code == 404
    clock.reset()
    open_by(client, filed)
    assert client.get(page_of(filed)).status_code == 200
    client.post("/appeals/find/leave/")
    assert client.get(page_of(filed)).status_code == 404


def test_closing_leaves_no_words_on_the_device(client, file):
    filed = file()
    open_by(client, filed)
    session = client.session
    session["begun_petition"] = {"text": filed.appeal.text}
    session.save()
    client.post("/appeals/find/leave/")
    assert "begun_petition" not in client.session
    assert filed.appeal.text not in client.get("/petitions/start/").content.decode()


def test_closing_signs_nobody_out(client, file, olena):
    client.force_login(olena)
    open_by(client, file())
    client.post("/appeals/find/leave/")
    assert client.get("/appeals/mine/").status_code == 200


@pytest.mark.parametrize("number", ["", "12", "дванадцять", "0-27.11.2026", "12-31.02.2026"])
def test_what_is_no_number_is_said(client, number):
    answer = client.post(FIND, {"number": number, "secret": "A" * 26})
    assert answer.status_code == 422
    assert 'href="#id_number"' in answer.content.decode()


def test_a_new_code_goes_to_the_mailbox_and_replaces_the_old_when_it_is_used(client, file):
    filed = file()
    ask_for_a_code(client, filed, email="Maria@example.org", name="Марія гончар")
    assert run_jobs() == [True]
    (sent,) = mail.outbox
    assert sent.to == ["maria@example.org"]
    assert filed.appeal.text not in sent.body
    new = code_in(sent)
    for secret, status in ((filed.secret, 302), (new, 302), (filed.secret, 422), (new, 302)):
        found = client.post(FIND, {"number": filed.appeal.label, "secret": secret})
        assert found.status_code == status


def test_a_session_of_the_old_code_ends_when_the_new_one_is_used(client, file):
    filed = file()
    open_by(client, filed)
    ask_for_a_code(client, filed)
    run_jobs()
    assert client.get(page_of(filed)).status_code == 200
    Client().post(FIND, {"number": filed.appeal.label, "secret": code_in(mail.outbox[0])})
    assert client.get(page_of(filed)).status_code == 404


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("other@example.org", "Гончар Марія"),
        ("maria@example.org", "Гончар"),
        ("maria@example.org", "Гончар Олена"),
        ("maria@example.org", "12"),
    ],
)
def test_whoever_types_something_else_is_told_the_same_and_nothing_goes(client, file, email, name):
    """A stranger with a mistyped address has the number by mail, and not the name."""
    filed = file()
    for number in (filed.appeal.label, "77-01.01.2026"):
        typed = {"number": number, "email": email, "name": name}
        assert client.post(RENEW, typed).status_code == 200
    assert run_jobs() == [False, False]
    assert not mail.outbox
    open_by(client, filed)
    assert client.get(page_of(filed)).status_code == 200


def test_new_codes_of_one_appeal_are_limited(client, file):
    filed = file()
    for _time in range(limits.RENEW_OF_APPEAL.most + 1):
        ask_for_a_code(client, filed)
    assert run_jobs() == [True] * limits.RENEW_OF_APPEAL.most + [False]


def test_a_refused_receiver_costs_no_try_and_no_code(client, file, monkeypatch):
    filed = file()
    for _time in range(limits.RENEW_OF_APPEAL.most):
        ask_for_a_code(client, filed)
    with monkeypatch.context() as refusing:
        refusing.setattr(locmem.EmailBackend, "send_messages", refuse_receiver)
        assert not any(run_jobs())
    assert run_jobs() == [True] * limits.RENEW_OF_APPEAL.most
    open_by(client, filed)
    assert client.get(page_of(filed)).status_code == 200


def refuse_receiver(_backend, messages):
    raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such mailbox")})


def ask_for_a_code(client, filed, email="maria@example.org", name="Гончар Марія"):
    typed = {"number": filed.appeal.label, "email": email, "name": name}
    assert client.post(RENEW, typed).status_code == 200


def code_in(message) -> str:
    return next(line for line in message.body.splitlines() if line.count("-") == 5)


def test_the_mail_after_filing_has_the_number_and_no_code(file):
    filed = file()
    assert send_appeal_filed(filed.appeal.pk)
    (sent,) = mail.outbox
    assert filed.appeal.label in sent.body
    assert filed.secret not in sent.body
    assert filed.appeal.text not in sent.body
    assert filed.appeal.subject not in sent.body


def run_jobs() -> list[bool]:
    """Send the new codes that wait."""
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.jobs.send_appeal_secret")
    return [send_appeal_secret(**job.args) for job in jobs.order_by("pk")]
