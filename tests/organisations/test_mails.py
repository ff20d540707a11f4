"""Who is told what by mail, in the transaction of what happened, and what the mails say."""

from __future__ import annotations

import json
import re

import pytest
from django.core import mail
from django.db import connection

from consultations.waiting.actions import join_confirmed, send
from core.domain.retention import period_of
from notifications import jobs
from organisations.confirming import actions as confirming_actions
from organisations.mandates import actions as people_actions
from organisations.mandates import actions_invitations as actions
from organisations.registering import actions as registering_actions
from tests import factories
from tests.organisations.conftest import CODE, DESCRIBED

pytestmark = pytest.mark.django_db


def deliver() -> dict[tuple[str, str], str]:
    """What the worker would send now: (receiver's name, template) -> the words."""
    told = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name LIKE '%%.send' RETURNING args::text"
        )
        rows = [json.loads(row[0]) for row in cursor.fetchall()]
    for arguments in rows:
        mail.outbox.clear()
        jobs.send.func(**arguments)
        for sent in mail.outbox:
            key = (sent.to[0].partition("@")[0], arguments["template"].partition("/")[2])
            told[key] = f"{sent.subject}\n{sent.body}"
    return told


def test_whoever_registered_is_told_of_the_confirmation_and_rivals_of_theirs(claim, firm, ofi):
    registering_actions.register(by=firm, kind="legal", code=CODE, fields=DESCRIBED)
    confirming_actions.confirm_at_office(claim, by=ofi, papers=["extract"])
    told = deliver()
    assert set(told) == {("olena", "confirmed"), ("firm", "overtaken")}
    assert claim.get_absolute_url() in told["olena", "confirmed"]
    assert "ТОВ «Тераса»" in told["firm", "overtaken"]


def test_a_refusal_says_why(claim, ofi):
    confirming_actions.refuse_at_office(claim, by=ofi, reason="Інша адреса")
    assert "Інша адреса" in deliver()["olena", "refused"]


def test_a_refusal_says_what_becomes_of_remarks_that_wait(claim, olena, ofi, department):
    consultation = factories.consultation(department)
    sent = send(consultation, by=olena, organisation_id=claim.pk, text="Таємні слова.")
    confirming_actions.refuse_at_office(claim, by=ofi, reason="Інша адреса")
    told = deliver()["olena", "refused"]
    assert sent.get_absolute_url() in told
    assert "оприлюднити його від себе" in told
    registering_actions.describe(claim, by=olena, fields={})
    registering_actions.close(claim, by=ofi)
    assert sent.get_absolute_url() in deliver()["olena", "closed"]


def test_the_author_is_told_that_what_waited_is_published(claim, olena, ofi, department):
    consultation = factories.consultation(department)
    sent = send(consultation, by=olena, organisation_id=claim.pk, text="Слова.")
    confirming_actions.confirm_at_office(claim, by=ofi, papers=["extract"])
    join_confirmed()
    assert sent.get_absolute_url() in deliver()["olena", "remark_joined"]


def test_heads_hear_of_a_new_colleague_and_the_person_of_the_end(company, head, olena, firm):
    invitation = actions.invite(company, by=olena, email=firm.email, scopes=["comment"])
    mandate = actions.accept(invitation, by=firm)
    told = deliver()
    assert set(told) == {("olena", "granted")}
    assert firm.get_full_name() in told["olena", "granted"]
    changed = people_actions.change_mandate(mandate, by=olena, scopes=["vote"])
    assert set(deliver()) == {("firm", "changed")}
    people_actions.revoke(changed, by=olena)
    assert set(deliver()) == {("firm", "revoked")}


def test_a_former_head_is_told_no_more(company, head, olena, firm):
    former = factories.mandate(factories.user("former"), company, is_head=True)
    people_actions.revoke(former, by=olena)
    deliver()
    actions.accept(actions.invite(company, by=olena, email=firm.email, scopes=["comment"]), by=firm)
    assert set(deliver()) == {("olena", "granted")}


def test_who_leaves_is_told_nothing(company, colleague, firm):
    people_actions.revoke(colleague, by=firm)
    assert deliver() == {}


def test_what_was_asked_for_is_answered(company, head, olena, ofi):
    new = {"name": "ТОВ «Нова»", "short_name": "ТОВ «Нова»", "location": "вул. Нова, 1"}
    asked = registering_actions.amend(company, by=olena, fields=new)
    confirming_actions.decide_amendment(asked, by=ofi, accept=False, reason="У реєстрі інша")
    assert "У реєстрі інша" in deliver()["olena", "amended"]
    asked = registering_actions.amend(company, by=olena, fields=new)
    confirming_actions.decide_amendment(asked, by=ofi, accept=True)
    assert "ТОВ «Нова»" in deliver()["olena", "amended"]


def test_jobs_hold_ids_alone(company, head, olena):
    actions.invite(company, by=olena, email="nobody-here@viche.example")
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        rows = [row[0] for row in cursor.fetchall()]
    assert rows and all(re.fullmatch(r'\{"invitation_id": \d+\}', row) for row in rows)


def test_old_invitations_are_forgotten(company, head, olena, firm, clock, settings):
    taken = actions.invite(company, by=olena, email=firm.email)
    actions.accept(taken, by=firm)
    open_ = actions.invite(company, by=olena, email=factories.user("late").email)
    clock.advance(days=14)
    assert actions.forget_invitations() == 0
    clock.advance(days=period_of("invitations").days, minutes=1)
    assert actions.forget_invitations() == 2
    assert not company.invitations.filter(pk__in=[taken.pk, open_.pk]).exists()
    assert company.mandates.filter(user=firm, revoked_at=None).exists()
