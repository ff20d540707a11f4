"""Who takes part in a matter is told when it is on an agenda, and what was decided; once each."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from consultations.remarks import actions as remarks_actions
from core.domain.actions import action
from core.domain.events import emit
from discussions import actions as discussion
from meetings.agenda import actions as agenda_actions
from meetings.agenda.actions import ItemText
from meetings.course import actions as course_actions
from meetings.events import CloseConfirmed, MeetingPublished
from meetings.models import Meeting, State
from meetings.planning import actions as planning_actions
from meetings.questions import actions as questions_actions
from meetings.record import actions as record_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.undoing import actions as undoing
from notifications.sending.unsubscribing import set_wanted
from petitions.models import Signature
from tests.meetings import factories
from tests.petitions import factories as petitions

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    """Who was written to since the last time."""
    people = sorted(each.to[0].partition("@")[0] for each in mail.outbox)
    mail.outbox.clear()
    return people


@pytest.fixture
def session(consultation: Any) -> Meeting:
    """A session in preparation about the consultation, and about something else."""
    meeting = factories.meeting(State.DRAFT, items=1)
    text = ItemText(title="Про літні майданчики", consultation=consultation)
    agenda_actions.add_item(meeting, by=factories.secretary(), text=text)
    return meeting


@pytest.fixture
def spoken(remark: Any, bohdan: User, charlie: User) -> Any:
    """olena's remark, which bohdan supports; charlie spoke and wants no mails."""
    discussion.react(remark.comment, by=bohdan, value=1)
    remarks_actions.remark(remark.consultation, by=charlie, text="Проти.")
    set_wanted(charlie.pk, remark.consultation_id, is_wanted=False)
    return remark


def publish(meeting: Meeting) -> Meeting:
    return planning_actions.publish(
        meeting, by=factories.secretary(), short_notice_reason="Невідкладне питання"
    )


def hold(meeting: Meeting, *, order: int, for_: int | None) -> None:
    """Consider an item and close the meeting; ``for_``: so many vote for it, None: no vote."""
    by = factories.secretary()
    meeting.refresh_from_db()
    course_actions.open_meeting(meeting, by=by)
    meeting.refresh_from_db()
    factories.everybody_is_here(meeting)
    item = factories.on_item(meeting, order)
    if for_ is not None:
        roll_call = factories.roll_call(meeting)
        assert meeting.body is not None
        for deputy in factories.deputies(meeting.body)[:for_]:
            rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="for")
        rollcalls_actions.close_roll_call(roll_call, by=by)
        roll_call.refresh_from_db()
        rollcalls_actions.publish_roll_call(roll_call, by=by)
    course_actions.close_meeting(meeting, by=by, seen_item=item.pk)


def test_who_spoke_and_who_supports_is_told_once_of_each(session, spoken, do):
    do()
    told()
    meeting = publish(session)
    do()
    message = mail.outbox[0]
    assert "Про літні майданчики" in message.body
    assert meeting.get_absolute_url() in message.body
    assert "List-Unsubscribe" in message.extra_headers
    assert told() == ["bohdan", "olena"]
    # An event that comes twice tells nobody twice.
    with action():
        emit(MeetingPublished(meeting.pk, None))
    do()
    assert told() == []
    hold(meeting, order=2, for_=2)
    do()
    message = mail.outbox[0]
    assert "Не прийнято: за – 2, потрібно 3 з 5" in message.body
    assert "/roll-calls/" in message.body
    assert told() == ["bohdan", "olena"]
    with action():
        emit(CloseConfirmed(meeting.pk, None))
    do()
    assert told() == []


def test_a_result_published_in_the_minute_after_the_close_is_told_with_it(session, spoken, do):
    """A close by mistake can be reopened then: nobody has been told."""
    meeting, by = publish(session), factories.secretary()
    hold(meeting, order=2, for_=None)
    meeting = undoing.reopen(meeting, by=by)
    roll_call = rollcalls_actions.close_roll_call(factories.roll_call(meeting), by=by)
    do()
    told()
    meeting.refresh_from_db()
    meeting = course_actions.close_meeting(meeting, by=by, seen_item=meeting.current_item_id)
    rollcalls_actions.publish_roll_call(roll_call, by=by)
    meeting.refresh_from_db()
    assert meeting.close_told_at is None
    meeting = undoing.reopen(meeting, by=by)
    meeting.refresh_from_db()
    course_actions.close_meeting(meeting, by=by, seen_item=meeting.current_item_id)
    do()
    assert told() == ["bohdan", "olena"]
    meeting.refresh_from_db()
    with factories.refused("undo.told"):
        undoing.reopen(meeting, by=by)


def test_what_is_put_on_the_agenda_later_is_told_then(spoken, consultation, do):
    meeting = factories.meeting(items=1)
    do()
    told()
    text = ItemText(title="Додане", consultation=consultation)
    item = agenda_actions.add_item(meeting, by=factories.secretary(), text=text)
    agenda_actions.edit_item(item, by=factories.secretary(), text=text)
    do()
    assert told() == ["bohdan", "olena"]


def test_without_a_vote_the_minutes_tell(session, spoken, do):
    meeting = publish(session)
    hold(meeting, order=2, for_=None)
    do()
    told()
    meeting.refresh_from_db()
    record_actions.publish_minutes(
        meeting, by=factories.secretary(), url="https://rada.example/minutes.pdf"
    )
    do()
    assert told() == ["bohdan", "olena"]


def test_of_what_was_cancelled_nothing_is_told_any_more(session, spoken, do):
    meeting = publish(session)
    planning_actions.cancel(meeting, by=factories.secretary(), reason="Немає кворуму")
    do()
    assert told() == []


def test_the_author_of_a_petition_and_those_who_want_its_mails(olena, bohdan, charlie, do):
    petition = petitions.petition(olena)
    for person, wants in ((olena, True), (bohdan, True), (charlie, False)):
        Signature.objects.create(petition=petition, user=person, wants_news=wants)
    petitions.signatures(petition, 1, email="hanna@viche.example", name="Ганна")
    meeting = factories.meeting(State.DRAFT, items=0)
    text = ItemText(title="Про петицію", petition=petition)
    agenda_actions.add_item(meeting, by=factories.secretary(), text=text)
    publish(meeting)
    do()
    assert petition.title in mail.outbox[0].subject
    assert told() == ["bohdan", "hanna", "olena"]


def test_who_asked_and_got_no_answer_is_offered_to_go_on(olena, bohdan, do):
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    for text in ("Коли?", "Чому?"):
        factories.question(meeting, olena, state="shown", text=text)
    factories.question(meeting, bohdan, state="answered")
    course_actions.close_meeting(meeting, by=factories.secretary(), seen_item=None)
    do()
    (message,) = mail.outbox
    assert message.to == [olena.email]
    for question in meeting.questions.filter(author=olena):
        assert question.text in message.body
        assert reverse("meetings:go_on", args=[meeting.pk, question.pk]) in message.body


def test_who_was_promised_an_answer_is_told_when_it_is_there(olena, bohdan, do):
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    promised = factories.question(meeting, olena, state="later")
    by = factories.secretary()
    questions_actions.answer(factories.question(meeting, bohdan, state="shown"), by=by, text="Так.")
    course_actions.close_meeting(meeting, by=by, seen_item=None)
    do()
    assert told() == []  # who was answered in the hall was there
    questions_actions.answer(promised, by=by, text="У червні, на 12 млн грн.")
    do()
    assert "У червні, на 12 млн грн." in mail.outbox[0].body
    assert told() == ["olena"]
