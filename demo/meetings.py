"""The demo city's council and its meetings: one that is over, and one that is to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from city.lists.description import describe
from city.models import Department
from core.domain import clock
from core.domain.calendar import WorkCalendar, local_date
from demo import content, meetings_hall, meetings_special, meetings_survey
from demo.content import Days
from demo.meetings_coming import load_coming
from demo.meetings_council import deputies_of, load_council, load_people
from demo.minutes import publish_minutes
from meetings.models import (
    Body,
    Deputy,
    Item,
    LogEntry,
    Meeting,
    Pause,
    Presence,
    Question,
    QuestionSupport,
    RollCall,
    RollCallAnnulment,
    Speaker,
    VideoGround,
    Vote,
)
from meetings.terms import minutes_day

#: Who runs the meetings.
SECRETARY = "barvinok"
#: How long before the opening its recording begins.
VIDEO_BEFORE = timedelta(minutes=7, seconds=30)
_Kind = LogEntry.Kind


def load_meetings(people: Mapping[str, User], calendar: WorkCalendar) -> None:
    """Put in the council with its deputies, and its meetings."""
    described = content.table("meetings.toml")
    describe({"department": described["department"]})
    everybody = {**people, **load_people(described["people"])}
    council = load_council(described, everybody)
    days = Days(local_date(clock.now()), calendar)
    Past(described["past"], council, everybody, days, calendar).load()
    load_coming(described["coming"], everybody[SECRETARY], everybody, days)


def vote_of(number: int, said: Mapping[str, Any]) -> str:
    """Choice of the deputy of this number in a roll-call of meetings.toml; "" : not at all."""
    for choice in ("against", "abstained"):
        if number in said[choice]:
            return choice
    return "" if number in said["silent"] else "for"


def _entered_by(deputy: Deputy, by: User | None) -> str:
    """Account that entered a vote."""
    if by is None:
        return Vote.Entered.CLOSE
    return Vote.Entered.SELF if by == deputy.user else Vote.Entered.SECRETARY


@dataclass
class Past:
    """A session that is over: the rows that the actions would have written, at moments of their
    own. ``now`` moves on as it is told."""

    row: Mapping[str, Any]
    council: Body
    people: Mapping[str, User]
    days: Days
    calendar: WorkCalendar
    here: set[int] = field(default_factory=set)
    #: Written at once: an entry each would be a query each.
    log: list[LogEntry] = field(default_factory=list)

    def load(self) -> None:
        row = self.row
        self.deputies = deputies_of(self.council)
        self.ground = self.council.video_grounds.first()
        self.now = self.days.at(row["day"], 10, 4)
        begins_at = self.days.at(row["day"], 10)
        self.meeting = Meeting.objects.create(
            kind="session",
            body=self.council,
            department=Department.objects.get(slug="secretariat"),
            title=row["title"],
            place=row["place"],
            accessibility=row["accessibility"],
            begins_at=begins_at,
            ends_at=begins_at + timedelta(hours=3),
            published_at=self.days.at(row["noticed"], 15),
            opened_at=self.now,
        )
        self._tell(_Kind.OPENED)
        away = {*row["absent"], *row["late"]}
        self._come(number for number in range(1, len(self.deputies) + 1) if number not in away)
        for described in row["item"]:
            self._item(self.meeting.items.count() + 1, described)
        self._close()
        self._write_log()

    def _tell(self, kind: LogEntry.Kind, **things: Any) -> None:
        self.log.append(LogEntry(meeting=self.meeting, kind=kind, at=self.now, **things))

    def _write_log(self) -> None:
        LogEntry.objects.bulk_create(self.log)
        self.log.clear()

    def _later(self, **delta: float) -> datetime:
        self.now += timedelta(**delta)
        return self.now

    def _come(self, numbers: Iterable[int]) -> None:
        rows = []
        for number in numbers:
            deputy = self.deputies[number - 1]
            came_at = self._later(seconds=3)
            ground = self._ground_of(number)
            rows.append(
                Presence(meeting=self.meeting, deputy=deputy, came_at=came_at, video_ground=ground)
            )
            self.here.add(number)
            self._tell(_Kind.CAME, deputy=deputy)
        Presence.objects.bulk_create(rows)

    def _ground_of(self, number: int) -> VideoGround | None:
        """The act by which this deputy takes part by videoconference."""
        return self.ground if number in self.row.get("by_video", ()) else None

    def _item(self, place: int, described: Mapping[str, Any]) -> None:
        opened_at = self._later(seconds=20)
        ends_at = opened_at + timedelta(minutes=described["minutes"])
        item = Item.objects.create(
            meeting=self.meeting,
            order=place,
            title=described["title"],
            text=described.get("text", ""),
            presenter=described.get("presenter", ""),
            state=Item.State.DONE,
            opened_at=opened_at,
            closed_at=ends_at,
        )
        self._tell(_Kind.ITEM, item=item)
        if place == 2:
            self._come(self.row["late"])
        self._later(minutes=2)
        for said in described.get("speakers", ()):
            self._speak(item, said)
        if "alarm" in described:
            self._interrupt(described["alarm"])
        for asked in self.row["question"]:
            if asked["item"] == place:
                self._ask(item, asked)
        if "hands" in described:
            self._show_hands(item, described["hands"])
        if "survey" in described:
            self._survey(item, described["survey"])
        if "ballot" in described:
            self._vote_secretly(item, described["ballot"])
        if "annulled" in described:
            self._annul(item, described["annulled"])
        self._before_vote(item, described)
        if "roll_call" in described:
            self.vote(item, described["roll_call"])
        self.now = max(self.now, ends_at)
        self._tell(_Kind.ITEM_DONE, item=item)

    def _speak(self, item: Item, said: Mapping[str, Any]) -> None:
        number = said.get("deputy")
        speaker = Speaker(
            item=item,
            deputy=self.deputies[number - 1] if number else None,
            name=said.get("name", ""),
            stance=said["stance"],
            asked_at=self.now - timedelta(minutes=1),
            began_at=self._later(seconds=15),
            seconds=180,
        )
        speaker.ended_at = self.now + timedelta(minutes=said["minutes"])
        speaker.save()
        self._tell(_Kind.SPEAKS, item=item, speaker=speaker)
        self.now = speaker.ended_at
        self._tell(_Kind.SPOKE, item=item, speaker=speaker)

    def _interrupt(self, minutes: int) -> None:
        """An air-raid alarm of so many minutes."""
        pause = Pause(meeting=self.meeting, kind=Pause.Kind.ALARM, began_at=self._later(seconds=20))
        self.now, began_at = self.now + timedelta(minutes=minutes), self.now
        pause.ended_at = self.now
        pause.save()
        self.log.append(LogEntry(meeting=self.meeting, kind=_Kind.ALARM, at=began_at, pause=pause))
        self._tell(_Kind.RESUMED, pause=pause)

    def _ask(self, item: Item, asked: Mapping[str, Any]) -> None:
        is_later = asked.get("later", False)
        question = Question.objects.create(
            meeting=self.meeting,
            item=item,
            author=self.people[asked["by"]],
            text=asked["text"],
            asked_at=self.now - timedelta(minutes=2),
            state=Question.State.LATER if is_later else Question.State.ANSWERED,
            answer=asked.get("answer", ""),
            answered_at=None if is_later else self.now + timedelta(minutes=2),
        )
        QuestionSupport.objects.bulk_create(
            QuestionSupport(question=question, user=self.people[key], at=self.now)
            for key in asked["supported"]
        )
        meetings_hall.support_as_guests(question, asked.get("guests", 0))
        self._tell(_Kind.QUESTION, item=item, question=question)
        self._later(minutes=2)
        kind = _Kind.LATER if is_later else _Kind.ANSWERED
        self._tell(kind, item=item, question=question)

    def _show_hands(self, item: Item, said: Mapping[str, Any]) -> None:
        show = meetings_hall.past_show(item, said, begun=self._later(seconds=20))
        self._tell(_Kind.HANDS, item=item, show_of_hands=show)
        meetings_hall.close_past(show, said, ended=self._later(seconds=70))
        self._tell(_Kind.HANDS_CLOSED, item=item, show_of_hands=show)

    def _before_vote(self, item: Item, described: Mapping[str, Any]) -> None:
        """Run votes before the item itself: nothing here."""

    def _survey(self, item: Item, said: Mapping[str, Any]) -> None:
        began_at = self._later(seconds=20)
        ended_at = began_at + timedelta(minutes=2)
        quick = meetings_survey.past_survey(
            item, said, by=self.people[SECRETARY], people=self.people, span=(began_at, ended_at)
        )
        self._tell(_Kind.POLL, item=item, poll=quick.poll)
        self.now = ended_at
        self._tell(_Kind.POLL_CLOSED, item=item, poll=quick.poll)

    def _vote_secretly(self, item: Item, said: Mapping[str, Any]) -> None:
        here = [deputy for number, deputy in enumerate(self.deputies, 1) if number in self.here]
        ballot = meetings_special.vote_on_paper(
            item, said, here, total=self.council.membership + 1, at=self._later(seconds=20)
        )
        for kind, at in meetings_special.moments_of(ballot):
            self.now = at
            self._tell(kind, item=item, words=ballot.question)

    def _annul(self, item: Item, said: Mapping[str, Any]) -> None:
        """A roll-call that counts for nothing; the next one on the item repeats it."""
        roll_call = self.vote(item, said, decides=False)
        RollCallAnnulment.objects.create(
            roll_call=roll_call,
            at=self._later(seconds=40),
            by=self.people[SECRETARY],
            reason=said["reason"],
        )
        self._tell(_Kind.ROLL_CALL_ANNULLED, item=item, roll_call=roll_call, words=said["reason"])

    def vote(self, item: Item, said: Mapping[str, Any], *, decides: bool = True) -> RollCall:
        """A roll-call on the item from its opening to its publication."""
        roll_call = RollCall.objects.create(
            item=item,
            question=said["question"],
            needs=said["needs"],
            membership=self.council.membership + 1,
            counts_head=True,
            present_at_opening=len(self.here),
            opened_at=self._later(seconds=10),
        )
        if decides:
            annulled = RollCallAnnulment.objects.filter(roll_call__item=item, repeated_by=None)
            annulled.update(repeated_by=roll_call)
        self._tell(_Kind.ROLL_CALL, item=item, roll_call=roll_call)
        Vote.objects.bulk_create(self._votes(item, said, roll_call))
        roll_call.closed_at, roll_call.present = self._later(seconds=20), len(self.here)
        roll_call.save()
        self._tell(_Kind.ROLL_CALL_CLOSED, item=item, roll_call=roll_call)
        self._bundle(said.get("with", ()), roll_call)
        roll_call.published_at = self._later(seconds=30)
        roll_call.save()
        self._tell(_Kind.ROLL_CALL_PUBLISHED, item=item, roll_call=roll_call)
        if decides and roll_call.needs != RollCall.Needs.PROCEDURAL:
            item.decided_by, item.decision_confirmed_at = roll_call, self.now
            item.save(update_fields=["decided_by", "decision_confirmed_at"])
        return roll_call

    def _votes(self, item: Item, said: Mapping[str, Any], roll_call: RollCall) -> list[Vote]:
        secretary = self.people[SECRETARY]
        no_part = meetings_special.declare(item, said, self.deputies, by=secretary, at=self.now)
        if no_part is not None:
            self._tell(_Kind.CONFLICT, item=item, deputy=no_part)
        votes = []
        for number, deputy in enumerate(self.deputies, 1):
            is_here = number in self.here
            choice = vote_of(number, said) if is_here and deputy != no_part else ""
            by = None if not choice else deputy.user or secretary
            silent = Vote.Choice.NOT_VOTING if is_here else Vote.Choice.ABSENT
            if deputy == no_part:
                silent = Vote.Choice.CONFLICT
            votes.append(
                Vote(
                    roll_call=roll_call,
                    deputy=deputy,
                    faction_id=deputy.faction_id,
                    choice=choice or silent,
                    at=self.now + timedelta(seconds=number % 12),
                    by=by,
                    entered=_entered_by(deputy, by),
                    video_ground=self._ground_of(number) if is_here else None,
                )
            )
        return votes

    def _bundle(self, titles: Sequence[str], roll_call: RollCall) -> None:
        """Items that the same vote decides, each with a result of its own."""
        for title in titles:
            item = meetings_special.bundle(roll_call, title, at=self.now)
            self._tell(_Kind.ITEM, item=item)
            self._tell(_Kind.ROLL_CALL_CLOSED, item=item, roll_call=item.decided_by)
            self._tell(_Kind.ITEM_DONE, item=item)

    def _close(self) -> None:
        meeting = self.meeting
        meeting.closed_at = self._later(seconds=40)
        Presence.objects.filter(meeting=meeting, left_at=None).update(left_at=self.now)
        self._tell(_Kind.CLOSED)
        meeting.minutes_due_on = minutes_day(meeting, self.calendar)
        self.now = self.days.at(self.row["day"], 18, 30)
        meeting.video_url = "https://video.viche.example/session-12"
        meeting.video_published_at = self.now
        # The recording runs before the gavel.
        begins_at = meeting.opened_at or meeting.begins_at
        meeting.video_begins_at = begins_at - VIDEO_BEFORE
        self._tell(_Kind.VIDEO)
        meeting.save()
        meetings_hall.load_subtitles(meeting)
        self.now = self.days.at(self.row["day"] + 3, 10)
        decided = RollCall.objects.get(item__meeting=meeting, item__order=2)
        by = self.people[SECRETARY]
        meetings_special.stop(self.row["stop"], decided, by=by, at=self.now)
        self._tell(_Kind.STOPPED, item=decided.item, roll_call=decided)
        # A day too late: the page says so.
        self.now = self.days.at(self.row["day"] + 6, 11)
        self._write_log()
        publish_minutes(meeting, by=self.people[SECRETARY], at=self.now)
        self._tell(_Kind.MINUTES)
