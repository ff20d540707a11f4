"""A colleague who is named in a note gets a link to it, without a word of it."""

from __future__ import annotations

import pytest
from django.core import mail

from accounts.models import Grant
from accounts.notes.actions import withdraw_note, write_note
from accounts.notes.matters import find_matter
from appeals.models import State
from core.domain import clock as database_clock
from tests import factories as people
from tests.appeals import factories

pytestmark = pytest.mark.django_db

WORDS = "Подзвонила до майстра, чекаю."


@pytest.fixture
def colleague(department):
    return people.user("colleague", "Оксана", "Тиха", role="officer", department=department)


@pytest.fixture
def matter(olena, department, do):
    appeal = factories.appeal(olena, State.IN_WORK, by=department)
    do()
    mail.outbox.clear()  # of its registration
    return find_matter("appeal", appeal.pk)


def test_a_link_without_words_or_applicant(matter, ofi, colleague, olena, do):
    note = write_note(matter, by=ofi, words=WORDS, to=colleague)
    write_note(matter, by=ofi, words="Без адресата.")
    do()
    (message,) = mail.outbox
    assert message.to == [colleague.email]
    assert f"{matter.url}#note-{note.pk}" in message.body
    told = message.subject + message.body
    appeal = matter.row
    for kept in (WORDS, appeal.subject, appeal.text, appeal.name, olena.family_name, appeal.label):
        assert kept not in told


@pytest.mark.parametrize("happens", ["withdrawn", "role ended"])
def test_what_is_not_theirs_to_read_any_more_is_not_told(happens, matter, ofi, colleague, do):
    note = write_note(matter, by=ofi, words=WORDS, to=colleague)
    if happens == "withdrawn":
        withdraw_note(note, by=ofi)
    else:
        Grant.objects.filter(user=colleague).update(ends_at=database_clock.now())
    do()
    assert mail.outbox == []
