"""Kinds of speech with their times, the order among them, totals, an item's own time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain import clock as database
from meetings.course import actions as course_actions
from meetings.displays import boards
from meetings.models import Meeting, Speaker, SpeakingTimes, State
from meetings.pauses import actions as pauses
from meetings.queries import waiting_speakers_of
from meetings.speakers import actions as speakers_actions
from meetings.speakers.actions_times import set_times
from meetings.speakers.queries import item_clock, totals_of
from tests import factories as people
from tests.meetings import factories
from tests.meetings.factories import refused
from tests.meetings.screens import shown_of

pytestmark = pytest.mark.django_db
TIMES = {"speech": 300, "reply": 90, "order": 30, "rapporteur": 900}


@pytest.fixture
def running(db: None) -> Meeting:
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    meeting.refresh_from_db()
    return meeting


def test_each_kind_has_the_time_that_the_body_s_rules_give(running, admin):
    item = running.current_item
    assert factories.speaker(item).seconds == 180  # before any rules were entered
    set_times(running.body, by=admin, **TIMES)
    for kind, seconds in TIMES.items():
        made = factories.speaker(item, name=f"Промовець {kind}", kind=kind)
        assert made.seconds == seconds
    assert factories.speaker(item, name="Інший", seconds=45).seconds == 45
    raised = speakers_actions.ask_to_speak(item, by=people.user("resident"))
    assert raised.seconds == TIMES["speech"]


def test_a_deputy_asks_for_a_reply_or_a_point_of_order_by_phone(running, client, admin):
    set_times(running.body, by=admin, **TIMES)
    item, resident = running.current_item, people.user("resident")
    for kind in ("reply", "order"):
        with refused("speaker.kind"):
            speakers_actions.ask_to_speak(item, by=resident, kind=kind)
    deputy = factories.deputies(running.body)[0]
    deputy.user = people.user("deputy")
    deputy.save()
    with refused("speaker.kind"):
        speakers_actions.ask_to_speak(item, by=deputy.user, kind="rapporteur")
    hand = f"/meetings/{running.pk}/hand/"
    client.force_login(resident)
    assert 'name="kind"' not in client.get(hand).text
    client.force_login(deputy.user)
    assert 'name="kind"' in client.get(hand).text
    client.post(hand, {"kind": "order", "stance": "none"})
    raised = item.speakers.get(deputy=deputy)
    assert (raised.kind, raised.seconds) == ("order", TIMES["order"])
    assert "З порядку ведення" in client.get(hand).text


@pytest.mark.parametrize("seconds", [0, 3601])
def test_times_are_within_an_hour_and_an_administrators(running, admin, seconds):
    with refused("speaker.seconds"):
        set_times(running.body, by=admin, **TIMES | {"order": seconds})
    with refused("meeting.administrators_only"):
        set_times(running.body, by=factories.secretary(), **TIMES)
    assert not SpeakingTimes.objects.exists()


def test_administrators_set_them_at_the_desk(client, running, admin):
    client.force_login(admin)
    url = f"/desk/deputies/bodies/{running.body_id}/times/"
    page = client.get(url)
    assert page.context["form"].initial["rapporteur"] == 600
    drawn = page.context["form"]["drawn_from"].value()
    assert client.post(url, TIMES | {"drawn_from": drawn}).status_code == 302
    assert SpeakingTimes.objects.get().rapporteur == 900


def test_a_point_of_order_comes_first_and_makes_nobody_speak_a_second_time(running):
    by, item = factories.secretary(), running.current_item
    deputy = factories.deputies(running.body)[0]
    order = factories.speaker(item, name="", deputy=deputy, kind="order")
    speakers_actions.begin_speech(order, by=by, seen_speaker=None)
    speakers_actions.end_speech(order, by=by)
    speech = factories.speaker(item, name="", deputy=deputy)
    other = factories.speaker(item, name="Гай")
    reply = factories.speaker(item, name="Репліка", kind="reply")
    rapporteur = factories.speaker(item, name="Доповідач", kind="rapporteur")
    again = factories.speaker(item, name="Ведення", kind="order")
    waiting = waiting_speakers_of(item)
    assert waiting == [again, rapporteur, reply, speech, other]


def test_totals_by_faction_and_person_without_the_time_the_clock_stood(running, clock):
    by, item = factories.secretary(), running.current_item
    one, two = factories.deputies(running.body)[:2]
    clock.stop(database.now())
    for deputy, name, seconds in ((one, "", 30), (two, "", 90), (one, "", 40), (None, "Гай", 5)):
        speaker = factories.speaker(item, deputy=deputy, name=name)
        speakers_actions.begin_speech(speaker, by=by, seen_speaker=None)
        clock.stop(database.now() + timedelta(seconds=seconds))
        running.refresh_from_db()
        pause = pauses.begin_pause(running, by=by, kind="technical")
        clock.stop(database.now() + timedelta(minutes=9))
        pauses.resume(running, by=by, seen_pause=pause.pk)
        speakers_actions.end_speech(speaker, by=by)
    faction, others = totals_of(running)
    assert (faction.name, faction.time, faction.speeches) == ("Рідне місто", "2 хв 40 с", 3)
    assert [(each.name, each.time) for each in faction.people] == [
        (two.name, "1 хв 30 с"),
        (one.name, "1 хв 10 с"),
    ]
    assert (others.name, others.time) == ("", "5 с")


def test_an_item_has_its_own_time_of_which_pauses_are_not(running, clock):
    item = running.current_item
    assert item_clock(running, item, database.now()) is None
    item.minutes = 5
    item.save()
    clock.stop(running.log.get(kind="item").at + timedelta(minutes=1))
    now = database.now()
    shown = item_clock(running, item, now)
    assert shown.due_at == now + timedelta(minutes=4)
    pause = pauses.begin_pause(running, by=factories.secretary(), kind="recess")
    running.refresh_from_db()
    clock.stop(now + timedelta(minutes=30))
    assert item_clock(running, item, database.now()).left == timedelta(minutes=4)
    pauses.resume(running, by=factories.secretary(), seen_pause=pause.pk)
    # It goes on when the item is taken up again.
    course_actions.next_item(running, by=factories.secretary(), seen_item=item.pk)
    clock.stop(database.now() + timedelta(minutes=2))
    factories.on_item(running, 1)
    running.refresh_from_db()
    clock.stop(database.now() + timedelta(minutes=6))
    shown = item_clock(running, item, database.now())
    assert shown.due_at == database.now() - timedelta(minutes=2)


def test_the_lectern_shows_the_time_alone_and_nobody_the_main_picture(running):
    context = boards.display_context(shown_of(running), "lectern")
    assert context["view"] == "item"
    speaker = factories.speaker(running.current_item)
    speakers_actions.begin_speech(speaker, by=factories.secretary(), seen_speaker=None)
    context = boards.display_context(shown_of(running), "lectern")
    assert (context["view"], context["speaking"].speaker) == ("lectern", speaker)
    assert isinstance(context["speaking"].speaker, Speaker)
