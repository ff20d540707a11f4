"""What became of an organisation's words is told to whoever may speak for it now."""

from __future__ import annotations

import pytest
from django.core import mail

from consultations.remarks import actions
from core.domain import clock as core_clock
from discussions import actions as discussion
from organisations.models import Mandate
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def terrace(firm, bohdan):
    made = factories.organisation("ТОВ «Тераса»", firm, scopes=("comment",))
    factories.mandate(bohdan, made, scopes=["vote"])
    return made


@pytest.fixture
def said(remark, firm, terrace):
    return actions.remark(
        remark.consultation, by=firm, text="Нам дорого.", organisation_id=terrace.pk
    )


def receivers() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_who_speaks_for_it_is_told(said, charlie, terrace, ofi, do):
    factories.mandate(charlie, terrace)
    actions.answer(said, by=ofi, text="Врахуємо.")
    do()
    assert receivers() == ["charlie@viche.example", "firm@viche.example"]
    assert "ТОВ «Тераса»" in mail.outbox[0].body


def test_who_lost_the_mandate_is_not(said, charlie, firm, terrace, ofi, do):
    factories.mandate(charlie, terrace)
    Mandate.objects.filter(user=firm).update(revoked_at=core_clock.now())
    actions.answer(said, by=ofi, text="Врахуємо.")
    do()
    assert receivers() == ["charlie@viche.example"]


def test_who_lost_it_before_the_mail_went_is_not(said, firm, ofi, do):
    actions.answer(said, by=ofi, text="Врахуємо.")
    Mandate.objects.filter(user=firm).update(revoked_at=core_clock.now())
    do()
    assert receivers() == []


def test_whoever_wrote_it_is_told_that_it_is_hidden(said, firm, terrace, mo, do):
    Mandate.objects.filter(user=firm).update(revoked_at=core_clock.now())
    discussion.hide(said.comment, by=mo, reason="spam", note="Порушує правила")
    do()
    assert receivers() == ["firm@viche.example"]
    assert "ТОВ «Тераса»" in mail.outbox[0].body
