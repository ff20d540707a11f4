"""An extraordinary session of the demo city, played by the actions while people watch it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from accounts.models import User
from city.models import Department, District, Theme
from core.domain import clock
from demo import city, content, meetings_hall
from demo.displays import pair_displays
from demo.meetings import SECRETARY, vote_of
from demo.meetings_coming import load_agenda
from demo.meetings_council import deputies_of
from demo.meetings_survey import ask_those_present, end_survey
from demo.streets import streets_of
from meetings.course import actions as course_actions
from meetings.models import Body, Deputy, Item, Meeting, Pause, Question, Speaker
from meetings.pauses import actions as pauses
from meetings.planning import actions as planning_actions
from meetings.planning.actions import Notice
from meetings.presence import actions as presence_actions
from meetings.questions import actions as questions_actions
from meetings.record import actions as record_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions

#: Lets so many seconds of the meeting pass.
type Wait = Callable[[float], None]
#: Seconds of the meeting for which a result stands before anything else is taken up: at SPEED of
#: the command that plays it, eight of whoever reads it.
READ = 40


def announce() -> Meeting:
    """Plan and publish it, to begin at once."""
    row = content.table("meetings.toml")["play"]
    by = _person(SECRETARY)
    begins_at = clock.now() + timedelta(minutes=1)
    meeting = planning_actions.plan(
        by=by,
        department=Department.objects.get(slug="secretariat"),
        kind="session",
        body=Body.objects.get(kind=Body.Kind.COUNCIL, closed_at=None),
        notice=Notice(
            title=row["title"],
            place=row["place"],
            district=District.objects.get(slug=row["district"]),
            streets=tuple(streets_of(row["streets"])),
            themes=tuple(Theme.objects.filter(slug__in=row["themes"])),
            begins_at=begins_at,
            ends_at=begins_at + timedelta(hours=1),
        ),
    )
    load_agenda(meeting, row["item"], by)
    meeting = planning_actions.publish(meeting, by=by, short_notice_reason=row["reason"])
    pair_displays(meeting, by=by)
    return meeting


def play(meeting: Meeting, wait: Wait) -> Meeting:
    """About ten minutes of a session, from its opening to its close. Ends by itself."""
    row = content.table("meetings.toml")["play"]
    assert meeting.body is not None  # noqa: S101 - the demo's own
    return _Play(meeting, row, _person(SECRETARY), deputies_of(meeting.body), wait).run()


def end(meeting: Meeting) -> None:
    """Close what was broken off: a roll-call, a survey, a speech, the meeting."""
    by = _person(SECRETARY)
    meeting.refresh_from_db()
    if not meeting.is_running:
        return
    if meeting.pause is not None:
        pauses.resume(meeting, by=by, seen_pause=meeting.pause_id)
    for speaker in Speaker.objects.filter(
        item__meeting=meeting, began_at__isnull=False, ended_at=None
    ):
        speakers_actions.end_speech(speaker, by=by)
    end_survey(meeting, by=by)
    for item in meeting.items.all():
        for roll_call in item.roll_calls.filter(closed_at=None):
            rollcalls_actions.close_roll_call(roll_call, by=by)
    meetings_hall.end_shows(meeting, by=by)
    course_actions.close_meeting(meeting, by=by, seen_item=meeting.current_item_id)


@dataclass
class _Play:
    meeting: Meeting
    row: Mapping[str, Any]
    by: User
    deputies: list[Deputy]
    wait: Wait

    def run(self) -> Meeting:
        self.meeting = course_actions.open_meeting(self.meeting, by=self.by)
        for number, deputy in enumerate(self.deputies, 1):
            if number not in self.row["absent"]:
                presence_actions.come(self.meeting, deputy, by=self.by)
                self.wait(0.5)
        for place, described in enumerate(self.row["item"], 1):
            self.wait(6)
            seen = self.meeting.current_item_id
            self.meeting = course_actions.next_item(self.meeting, by=self.by, seen_item=seen)
            item = self.meeting.current_item
            assert item is not None  # noqa: S101 - the agenda has as many
            self._item(place, item, described)
        self.wait(15)
        self.meeting = course_actions.close_meeting(
            self.meeting, by=self.by, seen_item=self.meeting.current_item_id
        )
        url = "https://video.viche.example/session-13"
        return record_actions.publish_video(self.meeting, by=self.by, url=url)

    def _item(self, place: int, item: Item, described: Mapping[str, Any]) -> None:
        self.wait(35)
        asked = self._ask(place, item)
        waiting = [
            speakers_actions.add_speaker(
                item,
                by=self.by,
                name=said.get("name", ""),
                deputy=self.deputies[said["deputy"] - 1] if "deputy" in said else None,
                stance=said["stance"],
                seconds=60,
            )
            for said in described["speakers"]
        ]
        if "recess" in described:
            self._recess(described["recess"])
        for speaker in waiting:
            self.wait(4)
            speakers_actions.begin_speech(speaker, by=self.by, seen_speaker=None)
            self.wait(44)
            speakers_actions.end_speech(speaker, by=self.by)
        for question in asked:
            self._answer(question)
        if "hands" in described:
            meetings_hall.play_show(
                self.meeting, described["hands"], by=self.by, people=_person, wait=self.wait
            )
        if "survey" in described:
            ask_those_present(self.meeting, described["survey"], by=self.by, wait=self.wait)
            self.wait(READ)
        self._vote(described["roll_call"])

    def _recess(self, minutes: int) -> None:
        """Called for so many minutes; the meeting goes on earlier."""
        until = clock.now() + timedelta(minutes=minutes)
        pause = pauses.begin_pause(
            self.meeting, by=self.by, kind=Pause.Kind.RECESS, resumes_at=until
        )
        self.wait(12)
        pauses.resume(self.meeting, by=self.by, seen_pause=pause.pk)

    def _ask(self, place: int, item: Item) -> list[Question]:
        """The questions to an item: shown, merged with those that ask the same, supported."""
        numbered: dict[int, Question] = {}
        shown = []
        for number, row in enumerate(self.row["question"], 1):
            if row["item"] != place:
                continue
            author = _person(row["by"])
            question = questions_actions.ask(self.meeting, by=author, text=row["text"], item=item)
            self.wait(4)
            if "same_as" in row:
                into = numbered[row["same_as"]]
                questions_actions.merge(question, by=self.by, into=into)
                continue
            numbered[number] = questions_actions.show(question, by=self.by)
            shown.append(numbered[number])
            for key in row["supported"]:
                questions_actions.support(numbered[number], by=_person(key))
                self.wait(2)
        return shown

    def _answer(self, question: Question) -> None:
        questions_actions.put_live(question, by=self.by, seen_live=None)
        self.wait(36)
        questions_actions.answer(question, by=self.by)

    def _vote(self, said: Mapping[str, Any]) -> None:
        self.wait(10)
        roll_call = rollcalls_actions.open_roll_call(
            self.meeting,
            by=self.by,
            question=said["question"],
            needs=said["needs"],
            seen_item=self.meeting.current_item_id,
        )
        for number, deputy in enumerate(self.deputies, 1):
            choice = vote_of(number, said)
            if number in self.row["absent"] or not choice:
                continue
            self.wait(1.5)
            if deputy.user is None:
                rollcalls_actions.enter_vote(roll_call, deputy, by=self.by, choice=choice)
            else:
                rollcalls_actions.vote(roll_call, deputy, by=deputy.user, choice=choice)
        self.wait(6)
        rollcalls_actions.close_roll_call(roll_call, by=self.by)
        self.wait(10)
        rollcalls_actions.publish_roll_call(roll_call, by=self.by)
        self.wait(READ)


def _person(key: str) -> User:
    return User.objects.get(email=city.email_of(key))
