"""Whose an appeal is when accounts are joined or erased, and what is left after five years."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.data.actions import erase
from accounts.data.register import retentions
from accounts.identity.handlers import merge
from appeals import actions
from appeals.actions import NewFile
from appeals.filing.models import OPEN_STATES
from appeals.models import Answer, Appeal, Attachment, Entry, Reading, State
from appeals.publishing.actions import set_consent
from appeals.queries import record_reading
from core.domain import clock as database_clock
from core.domain.retention import period_of
from tests.appeals import factories

pytestmark = pytest.mark.django_db


def run_retentions() -> None:
    """What the hourly job does to appeals."""
    before = database_clock.now() - period_of("appeal_authors")
    for each in retentions:
        if each.period == "appeal_authors":
            each.run(before, most=100)


def test_an_erased_account_leaves_the_record(olena, department):
    """393/96-ВР: the council owes the answer, and keeps both."""
    appeal = factories.appeal(olena, State.IN_WORK, by=department)
    erase(olena, by=olena)
    appeal.refresh_from_db()
    assert appeal.name == factories.WORDS["name"]
    factories.answered(appeal)
    assert Answer.objects.get(appeal=appeal).sent_at


def test_joined_accounts_have_the_appeals_of_both(olena, bohdan):
    one, two = factories.filed(olena).appeal, factories.filed(bohdan).appeal
    merge(bohdan, olena)
    kept = {appeal.author_id for appeal in Appeal.objects.filter(pk__in=[one.pk, two.pk])}
    assert len(kept) == 1


@pytest.mark.parametrize("state", [state for state in State if state not in OPEN_STATES])
def test_after_five_years_nothing_says_from_whom_it_was(olena, department, clock, state):
    files = [NewFile("яма.jpg", "image/jpeg", b"\xff")]
    appeal = factories.appeal(olena, state, by=department, files=files, privileged="hero")
    record_reading(appeal, factories.registrar())
    waiting = factories.appeal(olena, State.REOPENED)
    clock.advance(days=5 * 365 - 1)
    run_retentions()
    appeal.refresh_from_db()
    assert appeal.name
    clock.advance(days=2)
    run_retentions()
    appeal.refresh_from_db()
    assert appeal.emptied_at
    said = (appeal.name, appeal.residence, appeal.email, appeal.subject, appeal.text)
    assert said == ("",) * 5
    assert (appeal.origin, appeal.origin_path) == ("", "")
    assert (appeal.author, appeal.secret_hash, appeal.privileged) == (None, None, "")
    assert appeal.state_at(database_clock.now()) == state  # for the statistics
    assert appeal.number == 1
    for gone in (Entry, Attachment, Reading):
        assert not gone.objects.filter(appeal=appeal).exists()
    assert set(Answer.objects.filter(appeal=appeal).values_list("text", flat=True)) <= {"–"}
    waiting.refresh_from_db()
    assert waiting.name  # it is not answered yet
    run_retentions()  # what is empty is left alone


def test_a_published_answer_stays(olena, department, clock):
    appeal = factories.appeal(olena, State.ANSWERED, by=department)
    answer = Answer.objects.get(appeal=appeal)
    head = factories.head(department)
    set_consent(answer, by=olena, agrees=True)
    words = {"subject": "Про світло", "question": "Чи є?", "text": "Ліхтарі світять."}
    actions.publish_answer(answer, by=head, **words)
    clock.advance(days=5 * 365 + 1)
    run_retentions()
    answer.refresh_from_db()
    assert (answer.text, answer.public_text) == ("–", "Ліхтарі світять.")
    assert timedelta(days=5 * 365) == period_of("appeal_authors")
