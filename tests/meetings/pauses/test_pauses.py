"""Pauses of a meeting: what each refuses, exact clocks, what becomes of a suspended roll-call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from icalendar import Calendar
from lxml import html

from core.domain import clock as database
from meetings.course import actions as course_actions
from meetings.displays import boards
from meetings.displays.pictures import PICTURES
from meetings.minutes.content import compose
from meetings.minutes.parts import Parts
from meetings.minutes.queries import gather, minutes_of
from meetings.models import Meeting, Pause, RollCall, State
from meetings.pauses import actions as pauses
from meetings.presence import actions as presence_actions
from meetings.questions import actions as questions_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from meetings.speakers import clocks
from tests import factories as people
from tests.meetings import factories
from tests.meetings.factories import refused
from tests.meetings.screens import shown_of

pytestmark = pytest.mark.django_db
KINDS = Pause.Kind.values


@pytest.fixture
def running(db: None) -> Meeting:
    """A session at its first item."""
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    meeting.refresh_from_db()
    return meeting


def interrupt(meeting: Meeting, kind: str = "recess", **how: Any) -> Pause:
    made = pauses.begin_pause(meeting, by=factories.secretary(), kind=kind, **how)
    meeting.refresh_from_db()
    return made


def go_on(meeting: Meeting, **how: Any) -> None:
    meeting.refresh_from_db()
    pauses.resume(meeting, by=factories.secretary(), seen_pause=meeting.pause_id, **how)
    meeting.refresh_from_db()


def kinds(meeting: Meeting) -> list[str]:
    return list(meeting.log.values_list("kind", flat=True))


@pytest.mark.parametrize("kind", KINDS)
def test_what_each_pause_refuses_and_what_it_does_not(running, kind):
    by = factories.secretary()
    deputy = factories.deputies(running.body)[0]
    roll_call = factories.roll_call(running)
    first = factories.speaker(running.current_item)
    waiting = factories.speaker(running.current_item, name="Іван Гай")
    speakers_actions.begin_speech(first, by=by, seen_speaker=None)
    rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="for")
    interrupt(running, kind)
    asked = {"question": "Ще одне", "seen_item": running.current_item_id}
    conducts: list[Callable[[], Any]] = [
        lambda: rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="against"),
        lambda: rollcalls_actions.take_vote_back(roll_call, deputy, by=by),
        lambda: rollcalls_actions.close_roll_call(roll_call, by=by),
        lambda: rollcalls_actions.open_roll_call(running, by=by, **asked),
        lambda: factories.show_of_hands(running),
        lambda: factories.quick_poll(running),
        lambda: course_actions.next_item(running, by=by, seen_item=running.current_item_id),
        lambda: speakers_actions.begin_speech(waiting, by=by, seen_speaker=first.pk),
        lambda: clocks.start_clock(first, by=by),
        lambda: clocks.add_time(first, by=by),
    ]
    for act in conducts:
        with refused("meeting.paused"):
            act()
    # People come and go, ask, and take their names off the list.
    presence_actions.come(running, deputy, by=by)
    asked_by = people.user("asker")
    questions_actions.ask(running, by=asked_by, text="Чи довго чекати?")
    speakers_actions.withdraw(waiting, by=by)
    course_actions.blank(running, by=by)
    assert RollCall.objects.get(pk=roll_call.pk).votes.get().choice == "for"


def test_a_deputy_is_told_why_their_vote_is_not_taken(client, running):
    deputy = factories.deputies(running.body)[0]
    deputy.user = people.user("deputy")
    deputy.save()
    roll_call = factories.roll_call(running)
    client.force_login(deputy.user)
    interrupt(running, "alarm")
    page = client.get(f"/meetings/{running.pk}/vote/").text
    assert "Повітряна тривога" in page
    assert 'name="choice"' not in page
    cast = f"/meetings/{running.pk}/roll-calls/{roll_call.pk}/vote/"
    said = client.post(cast, {"choice": "for"}, follow=True).text
    assert "засідання перервано" in said
    assert not roll_call.votes.exists()
    go_on(running)
    assert 'name="choice"' in client.get(f"/meetings/{running.pk}/vote/").text


def test_the_clock_of_who_speaks_stands_to_the_second(running, clock):
    by = factories.secretary()
    clock.stop(database.now())
    speaker = factories.speaker(running.current_item, seconds=120)
    speakers_actions.begin_speech(speaker, by=by, seen_speaker=None)
    clock.stop(database.now() + timedelta(seconds=30))
    interrupt(running)
    speaker.refresh_from_db()
    assert (speaker.left, speaker.time_is_up_at) == (timedelta(seconds=90), None)
    clock.stop(database.now() + timedelta(minutes=17))
    go_on(running)
    speaker.refresh_from_db()
    assert speaker.time_is_up_at == database.now() + timedelta(seconds=90)
    clocks.add_time(speaker, by=by)
    speaker.refresh_from_db()
    assert speaker.time_is_up_at == database.now() + timedelta(seconds=150)
    clock.stop(database.now() + timedelta(seconds=10))
    speakers_actions.end_speech(speaker, by=by)
    speaker.refresh_from_db()
    assert speaker.spoken_for == timedelta(seconds=40)


def test_a_clock_that_the_chair_stopped_stands_after_the_pause_too(running):
    by = factories.secretary()
    speaker = factories.speaker(running.current_item)
    speakers_actions.begin_speech(speaker, by=by, seen_speaker=None)
    clocks.stop_clock(speaker, by=by)
    interrupt(running)
    go_on(running)
    speaker.refresh_from_db()
    assert speaker.stopped_at is not None
    with refused("speaker.clock_stands"):
        clocks.stop_clock(speaker, by=by)
    clocks.start_clock(speaker, by=by)
    with refused("speaker.clock_runs"):
        clocks.start_clock(speaker, by=by)
    with refused("speaker.seconds"):
        clocks.add_time(speaker, by=by, seconds=3600)
    with refused("speaker.nothing_added"):
        clocks.add_time(speaker, by=by, seconds=0)
    speakers_actions.end_speech(speaker, by=by)
    with refused("speaker.not_speaking"):
        clocks.add_time(speaker, by=by)


def test_a_suspended_roll_call_goes_on_with_its_votes(running):
    by, deputy = factories.secretary(), factories.deputies(running.body)[0]
    roll_call = factories.roll_call(running)
    rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="for")
    interrupt(running, "alarm")
    go_on(running)
    rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="against")
    assert roll_call.votes.get().choice == "against"
    assert kinds(running)[-3:] == ["alarm", "resumed", "vote_continued"]


def test_or_it_is_closed_and_repeated(running):
    roll_call = factories.roll_call(running, needs="two_thirds")
    interrupt(running, "alarm")
    go_on(running, repeats_vote=True)
    first, second = RollCall.objects.filter(item__meeting=running).order_by("pk")
    assert first.closed_at and not second.closed_at
    assert (second.question, second.needs) == (roll_call.question, "two_thirds")
    annulled = first.annulment
    assert annulled.repeated_by == second
    assert annulled.reason == "Голосування перервано (Повітряна тривога), його повторюють."
    said = ["resumed", "vote_repeated", "roll_call_closed", "roll_call_annulled", "roll_call"]
    assert kinds(running)[-5:] == said
    interrupt(running)
    rows = Pause.objects.filter(meeting=running).order_by("pk")
    assert [row.roll_call_id for row in rows] == [first.pk, second.pk]


def test_it_is_repeated_without_a_quorum_for_a_reason_alone(client, running):
    """After an alarm not everybody comes back."""
    by, members = factories.secretary(), factories.deputies(running.body)
    roll_call = factories.roll_call(running, no_quorum_reason="")
    interrupt(running, "alarm")
    for deputy in members[:3]:
        presence_actions.leave(running, deputy, by=by)
    with refused("rollcall.no_quorum"):
        go_on(running, repeats_vote=True)
    assert running.pause and not RollCall.objects.filter(closed_at__isnull=False).exists()
    client.force_login(by)
    address = f"/meetings/{running.pk}/control/repeat/"
    assert address in client.get(f"/meetings/{running.pk}/control/").text
    seen = {"seen_pause": running.pause_id}
    without = client.post(address, seen)
    assert without.status_code == 422
    assert "no_quorum_reason" in without.context["form"].errors
    reason = "Щоб зафіксувати відсутність кворуму"
    assert client.post(address, {**seen, "no_quorum_reason": reason}).status_code == 302
    roll_call.refresh_from_db()
    again = roll_call.annulment.repeated_by
    assert (again.no_quorum_reason, again.present_at_opening) == (reason, 2)
    running.refresh_from_db()
    assert running.pause is None


def test_an_alarm_in_a_recess_takes_its_place(running):
    roll_call = factories.roll_call(running)
    recess = interrupt(running, resumes_at=database.now() + timedelta(minutes=10))
    with refused("pause.the_same"):
        interrupt(running, resumes_at=recess.resumes_at, seen_pause=recess.pk)
    # The second of two secretaries sees what the first did.
    with refused("meeting.moved_on"):
        interrupt(running, "alarm", seen_pause=None)
    alarm = interrupt(running, "alarm", seen_pause=recess.pk)
    recess.refresh_from_db()
    assert recess.ended_at == alarm.began_at
    assert alarm.roll_call == roll_call
    with refused("meeting.moved_on"):
        pauses.resume(running, by=factories.secretary(), seen_pause=recess.pk)
    go_on(running)
    with refused("pause.none"):
        go_on(running)


def test_what_is_refused_to_begin_and_to_end(running):
    by, now = factories.secretary(), database.now()
    for code, until in (
        ("pause.in_the_past", now),
        ("pause.too_far", now + timedelta(days=93)),
    ):
        with refused(code):
            interrupt(running, resumes_at=until)
    with refused("meeting.runners_only"):
        pauses.begin_pause(running, by=people.user("nobody"), kind="recess")
    pause = interrupt(running)
    with refused("pause.no_vote"):
        go_on(running, repeats_vote=True)
    course_actions.close_meeting(running, by=by, seen_item=running.current_item_id)
    pause.refresh_from_db()
    running.refresh_from_db()
    assert pause.ended_at == running.closed_at
    with refused("meeting.closed"):
        interrupt(running)


def test_no_deadline_is_changed_by_a_pause(running, clock):
    """Session of several days: the minutes are due by its close, as without a recess."""
    interrupt(running, resumes_at=database.now() + timedelta(days=2))
    clock.advance(days=2, hours=1)
    go_on(running)
    other = factories.meeting(State.RUNNING)
    for each in (running, other):
        course_actions.close_meeting(each, by=factories.secretary(), seen_item=each.current_item_id)
    due = Meeting.objects.filter(pk__in=[running.pk, other.pk])
    assert len(set(due.values_list("minutes_due_on", flat=True))) == 1


def test_postgresql_keeps_pauses(running):
    pause = interrupt(running)
    with pytest.raises(IntegrityError, match="pause_one_at_a_time"), transaction.atomic():
        Pause.objects.create(meeting=running, kind="alarm", began_at=database.now())
    with pytest.raises(IntegrityError, match="meeting_open_pause"), transaction.atomic():
        Meeting.objects.filter(pk=running.pk).update(pause=None)
        connection.check_constraints()
    go_on(running)
    rows = Pause.objects.filter(pk=pause.pk)
    for change in (lambda: rows.update(kind="alarm"), lambda: rows._raw_delete(rows.db)):
        with pytest.raises(IntegrityError, match="pause_is_kept"), transaction.atomic():
            change()


def test_every_face_says_it_and_says_it_no_more(client, running):
    """S2-3: a recess was known to one face of five. Display, embed (the same address), page, phone,
    control, API: one alarm."""
    running.refresh_from_db()
    factories.roll_call(running)
    interrupt(running, "alarm", resumes_at=database.now() + timedelta(minutes=10))
    client.force_login(factories.secretary())
    faces = ["display/", "", "vote/", "control/"]
    for face in faces:
        said = client.get(f"/meetings/{running.pk}/{face}").text
        assert "Повітряна тривога" in said, face
        assert 'role="timer"' in said, face
    detail = f"/api/v1/meetings/{running.pk}/"
    paused = client.get(detail).json()["pause"]
    assert (paused["kind"], paused["roll_call"]) == ("alarm", running.pause.roll_call_id)
    for picture in PICTURES:
        assert boards.display_context(shown_of(running), picture, "Слова")["view"] == "pause"
    assert 'id="all-for"' not in client.get(f"/meetings/{running.pk}/control/").text
    go_on(running)
    assert 'id="all-for"' in client.get(f"/meetings/{running.pk}/control/").text
    for face in faces:
        text = html.fromstring(client.get(f"/meetings/{running.pk}/{face}").text)
        assert not text.xpath("//*[@id='meeting-pause' or contains(@class, 'display-pause')]")
    assert client.get(detail).json()["pause"] is None
    said = " ".join(html.fromstring(client.get(f"/meetings/{running.pk}/log/").text).itertext())
    assert "Повітряна тривога: засідання перервано" in said
    assert "Призупинене голосування продовжено" in said


def test_the_lower_third_says_it(client, running):
    interrupt(running, "alarm")
    strip = client.get(f"/meetings/{running.pk}/lower-third/").text
    assert "Повітряна тривога" in strip
    assert "Засідання продовжиться після відбою." in strip


def test_a_session_of_several_days_says_when_it_goes_on(client, running):
    until = database.now() + timedelta(days=2)
    interrupt(running, resumes_at=until)
    words = f"продовження {date_format(localtime(until), 'j E Y, H:i')}"
    for face in ("", "display/"):
        said = " ".join(client.get(f"/meetings/{running.pk}/{face}").text.split())
        assert words in said or words.capitalize() in said
        assert f'id="pause-{running.pause_id}-left"' not in said  # no countdown of days
    calendar = client.get(f"/meetings/{running.pk}/calendar.ics")
    events = Calendar.from_ical(calendar.content).walk("VEVENT")
    assert len(events) == 2
    assert events[1]["DTSTART"].dt == until.replace(microsecond=0)
    go_on(running)
    calendar = client.get(f"/meetings/{running.pk}/calendar.ics")
    assert len(Calendar.from_ical(calendar.content).walk("VEVENT")) == 1


def test_the_minutes_tell_it(running):
    interrupt(running)
    go_on(running)
    course_actions.close_meeting(
        running, by=factories.secretary(), seen_item=running.current_item_id
    )
    running.refresh_from_db()
    gathered = gather(running, minutes_of(running, by=factories.secretary()))
    told = str(compose(gathered, Parts()))
    assert "Оголошено перерву" in told
    assert "Засідання продовжено: тривало" in told


def test_the_secretary_interrupts_and_goes_on_by_one_press(client, running):
    client.force_login(factories.secretary())
    url = f"/meetings/{running.pk}/control/"
    page = client.get(url).text
    assert 'data-key="g"' in page
    assert 'data-key="r"' in page
    client.post(f"{url}pause/recess/?minutes=10", {"seen_pause": ""})
    running.refresh_from_db()
    lasts = running.pause.resumes_at - running.pause.began_at
    assert timedelta(minutes=10) <= lasts <= timedelta(minutes=11)
    client.post(f"{url}pause/alarm/", {"seen_pause": running.pause_id})
    running.refresh_from_db()
    assert running.pause.kind == "alarm"
    said = {"seen_pause": running.pause_id, "kind": "recess"}
    day = localtime(database.now() + timedelta(days=1))
    said["resumes_at"] = day.strftime("%Y-%m-%dT%H:%M")
    assert client.post(f"{url}pause/", said).status_code == 302
    running.refresh_from_db()
    assert running.pause.is_over_night
    client.post(f"{url}resume/continue/", {"seen_pause": running.pause_id})
    running.refresh_from_db()
    assert running.pause is None
