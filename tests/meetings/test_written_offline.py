"""Questions written without a link: when they were written is shown, and decides nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.domain import clock as database
from core.web.idempotency import FIELD, new_key
from core.web.pages import forget_pages
from meetings.models import Question, State
from tests.meetings import factories

pytestmark = pytest.mark.django_db
DATA = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def meeting(clock):
    """One whose notice was published three hours ago."""
    made = factories.meeting()
    clock.advance(hours=3)
    return made


def test_sent_again_with_its_key_it_is_there_once(client, olena, meeting):
    written = database.now() - timedelta(minutes=5)
    client.force_login(olena)
    sent = {"text": "Хто платить?", "written_at": written.isoformat(), FIELD: new_key()}
    for _time in range(2):
        answer = client.post(f"/meetings/{meeting.pk}/ask/", sent, **DATA)
        assert answer.json() == {"url": f"/meetings/{meeting.pk}/#floor"}
    question = Question.objects.get()
    assert question.written_at == question.written_earlier == written


@pytest.mark.parametrize(
    "ago",
    [timedelta(minutes=-2), timedelta(hours=4), timedelta(hours=25)],
    ids=["to come", "before the notice", "long ago"],
)
def test_what_cannot_be_is_not_kept_and_the_question_is(client, olena, meeting, ago):
    client.force_login(olena)
    written = (database.now() - ago).isoformat()
    client.post(f"/meetings/{meeting.pk}/ask/", {"text": "Хто?", "written_at": written})
    assert Question.objects.get().written_at is None


@pytest.mark.parametrize("nonsense", ["", "вчора", "2026-13-45T99:99"])
def test_a_moment_that_cannot_be_read_refuses_nothing(client, olena, meeting, nonsense):
    client.force_login(olena)
    client.post(f"/meetings/{meeting.pk}/ask/", {"text": "Хто?", "written_at": nonsense})
    assert Question.objects.get().written_at is None


@pytest.mark.parametrize("ago", [timedelta(seconds=-1), timedelta(hours=24, seconds=1)])
def test_the_database_keeps_no_other(olena, meeting, ago):
    question = factories.question(meeting, olena)
    question.written_at = question.asked_at - ago
    written = pytest.raises(IntegrityError, match="question_written_before_it_came")
    with written, transaction.atomic():
        question.save()


def test_order_goes_by_arrival_and_a_moment_close_to_it_is_not_told(client, olena, bohdan, meeting):
    now = database.now()
    first = factories.question(
        meeting, bohdan, state="shown", text="Перше?", written_at=now - timedelta(seconds=30)
    )
    factories.question(
        meeting, olena, state="shown", text="Друге?", written_at=now - timedelta(minutes=90)
    )
    assert first.written_earlier is None
    forget_pages()
    page = client.get(f"/meetings/{meeting.pk}/").text
    assert page.index("Перше?") < page.index("Друге?")
    assert page.count("написано:") == 1
    client.force_login(factories.secretary())
    assert client.get(f"/meetings/{meeting.pk}/control/").text.count("написано:") == 1


def test_refused_after_the_close_it_gets_its_sentence(client, olena):
    closed = factories.meeting(State.CLOSED)
    client.force_login(olena)
    answer = client.post(f"/meetings/{closed.pk}/ask/", {"text": "Запізно?"}, **DATA)
    assert (answer.status_code, answer.json()) == (422, {"detail": "Засідання завершено."})
    # The page shows what the device has kept, though it has no form any more.
    page = client.get(f"/meetings/{closed.pk}/ask/").text
    assert f'data-outbox="meeting-question:{olena.pk}:{closed.pk}"' in page
    assert "data-outbox-form" not in page


def test_the_meeting_s_page_has_it_for_who_is_signed_in_alone(client, olena, meeting):
    forget_pages()
    assert "data-outbox" not in client.get(f"/meetings/{meeting.pk}/").text
    client.force_login(olena)
    assert f":{olena.pk}:{meeting.pk}" in client.get(f"/meetings/{meeting.pk}/").text
