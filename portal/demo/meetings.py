"""The demo city's council and its meetings: one that is over, and one that is to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts import allauth_compat
from accounts.models import Grant, User
from city.actions.description import describe
from city.models import Department, Theme
from core.domain import clock
from core.domain.calendar import WorkCalendar, local_date
from meetings.actions import agenda, planning, questions
from meetings.actions.agenda import ItemText
from meetings.actions.planning import Notice
from meetings.models import (
    Body,
    Deputy,
    Faction,
    Item,
    LogEntry,
    Meeting,
    Presence,
    Question,
    QuestionSupport,
    RollCall,
    Seat,
    Speaker,
    Vote,
)
from meetings.terms import minutes_day
from portal.demo import city, content, meetings_hall
from portal.demo.days import Days
from portal.demo.minutes import publish_minutes

#: Who runs the meetings.
SECRETARY = "barvinok"
_Kind = LogEntry.Kind


def load_meetings(people: Mapping[str, User], calendar: WorkCalendar) -> None:
    """Put in the council with its deputies, and its meetings."""
    described = content.table("meetings.toml")
    describe({"department": described["department"]})
    everybody = {**people, **_load_people(described["people"])}
    council = load_council(described, everybody)
    days = Days(local_date(clock.now()), calendar)
    Past(described["past"], council, everybody, days, calendar).load()
    _load_coming(described["coming"], everybody, days)


def load_council(described: Mapping[str, Any], people: Mapping[str, User]) -> Body:
    """The council, a committee, the factions and their deputies, and the head of the city."""
    about = described["council"]
    since = about["since"]
    council = Body.objects.create(
        name=about["name"],
        name_en=about["name_en"],
        kind=Body.Kind.COUNCIL,
        membership=about["membership"],
    )
    deputies = []
    for row in described["faction"]:
        faction = (
            Faction.objects.create(name=row["name"], name_en=row["name_en"])
            if row["name"]
            else None
        )
        for written in row["deputies"]:
            name, _star, key = written.partition("*")
            deputies.append(
                Deputy.objects.create(name=name, faction=faction, since=since, user=people.get(key))
            )
    Seat.objects.bulk_create(Seat(body=council, deputy=each, since=since) for each in deputies)
    head = Deputy.objects.create(name=about["head"], since=since)
    Seat.objects.create(body=council, deputy=head, since=since, is_head=True, is_chair=True)
    row = described["committee"]
    members = [deputies[number - 1] for number in row["members"]]
    committee = Body.objects.create(
        name=row["name"],
        name_en=row["name_en"],
        kind=Body.Kind.COMMITTEE,
        membership=len(members),
    )
    for place, deputy in enumerate(members):
        Seat.objects.create(body=committee, deputy=deputy, since=since, is_chair=place == 0)
    return council


def deputies_of(council: Body) -> list[Deputy]:
    """The deputies by their numbers in meetings.toml, less one; the head of the city last."""
    return list(Deputy.objects.filter(seats__body=council).order_by("pk"))


def vote_of(number: int, said: Mapping[str, Any]) -> str:
    """How the deputy of this number votes in a roll-call of meetings.toml; "" : not at all."""
    for choice in ("against", "abstained"):
        if number in said[choice]:
            return choice
    return "" if number in said["silent"] else "for"


def _entered(deputy: Deputy, by: User | None) -> str:
    """Who entered a vote, by whose account it was."""
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

    def load(self) -> None:
        row = self.row
        self.deputies = deputies_of(self.council)
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
        for number in range(1, len(self.deputies) + 1):
            if number not in row["absent"] + row["late"]:
                self._come(number)
        for place, described in enumerate(row["item"], 1):
            self._item(place, described)
        self._close()

    def _tell(self, kind: LogEntry.Kind, **things: Any) -> None:
        LogEntry.objects.create(meeting=self.meeting, kind=kind, at=self.now, **things)

    def _later(self, **delta: float) -> datetime:
        self.now += timedelta(**delta)
        return self.now

    def _come(self, number: int) -> None:
        deputy = self.deputies[number - 1]
        Presence.objects.create(meeting=self.meeting, deputy=deputy, came_at=self._later(seconds=3))
        self.here.add(number)
        self._tell(_Kind.CAME, deputy=deputy)

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
            for number in self.row["late"]:
                self._come(number)
        self._later(minutes=2)
        for said in described.get("speakers", ()):
            self._speak(item, said)
        for asked in self.row["question"]:
            if asked["item"] == place:
                self._ask(item, asked)
        if "hands" in described:
            self._show_hands(item, described["hands"])
        if "roll_call" in described:
            self._vote(item, described["roll_call"])
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
        for key in asked["supported"]:
            QuestionSupport.objects.create(question=question, user=self.people[key], at=self.now)
        self._tell(_Kind.QUESTION, item=item, question=question)
        self._later(minutes=2)
        kind = _Kind.LATER if is_later else _Kind.ANSWERED
        self._tell(kind, item=item, question=question)

    def _show_hands(self, item: Item, said: Mapping[str, Any]) -> None:
        show = meetings_hall.past_show(item, said, begun=self._later(seconds=20))
        self._tell(_Kind.HANDS, item=item, show_of_hands=show)
        meetings_hall.close_past(show, said, ended=self._later(seconds=70))
        self._tell(_Kind.HANDS_CLOSED, item=item, show_of_hands=show)

    def _vote(self, item: Item, said: Mapping[str, Any]) -> None:
        roll_call = RollCall.objects.create(
            item=item,
            question=said["question"],
            needs=said["needs"],
            membership=self.council.membership + 1,
            counts_head=True,
            present_at_opening=len(self.here),
            opened_at=self._later(seconds=10),
        )
        self._tell(_Kind.ROLL_CALL, item=item, roll_call=roll_call)
        secretary = self.people[SECRETARY]
        for number, deputy in enumerate(self.deputies, 1):
            is_here = number in self.here
            choice = vote_of(number, said) if is_here else ""
            by = None if not choice else deputy.user or secretary
            silent = Vote.Choice.NOT_VOTING if is_here else Vote.Choice.ABSENT
            Vote.objects.create(
                roll_call=roll_call,
                deputy=deputy,
                faction_id=deputy.faction_id,
                choice=choice or silent,
                at=self.now + timedelta(seconds=number % 12),
                by=by,
                entered=_entered(deputy, by),
            )
        roll_call.closed_at, roll_call.present = self._later(seconds=20), len(self.here)
        roll_call.save()
        self._tell(_Kind.ROLL_CALL_CLOSED, item=item, roll_call=roll_call)
        roll_call.published_at = self._later(seconds=30)
        roll_call.save()
        self._tell(_Kind.ROLL_CALL_PUBLISHED, item=item, roll_call=roll_call)
        if roll_call.needs != RollCall.Needs.PROCEDURAL:
            item.decided_by, item.decision_confirmed_at = roll_call, self.now
            item.save(update_fields=["decided_by", "decision_confirmed_at"])

    def _close(self) -> None:
        meeting = self.meeting
        meeting.closed_at = self._later(seconds=40)
        Presence.objects.filter(meeting=meeting, left_at=None).update(left_at=self.now)
        self._tell(_Kind.CLOSED)
        meeting.minutes_due_on = minutes_day(meeting, self.calendar)
        self.now = self.days.at(self.row["day"], 18, 30)
        meeting.video_url = "https://video.viche.example/session-12"
        meeting.video_published_at = self.now
        self._tell(_Kind.VIDEO)
        meeting.save()
        # A day too late: the page says so.
        self.now = self.days.at(self.row["day"] + 6, 11)
        publish_minutes(meeting, by=self.people[SECRETARY], at=self.now)
        self._tell(_Kind.MINUTES)


def _load_coming(row: Mapping[str, Any], people: Mapping[str, User], days: Days) -> None:
    """A hearing that is announced, with questions that people have asked already."""
    by = people[SECRETARY]
    begins_at = days.at(row["day"], row["hour"])
    meeting = planning.plan(
        by=by,
        department=Department.objects.get(slug="secretariat"),
        kind="hearing",
        body=None,
        notice=Notice(
            title=row["title"],
            place=row["place"],
            accessibility=row["accessibility"],
            capacity=row["capacity"],
            themes=tuple(Theme.objects.filter(slug__in=row["themes"])),
            begins_at=begins_at,
            ends_at=begins_at + timedelta(hours=2),
        ),
    )
    load_agenda(meeting, row["item"], by)
    planning.publish(meeting, by=by)
    for asked in row["question"]:
        question = questions.ask(meeting, by=people[asked["by"]], text=asked["text"])
        if supported := asked.get("supported"):
            questions.show(question, by=by)
            for key in supported:
                questions.support(question, by=people[key])


def load_agenda(meeting: Meeting, rows: Sequence[Mapping[str, Any]], by: User) -> None:
    """The items of an agenda of meetings.toml."""
    for row in rows:
        words = {name: row[name] for name in ("title", "text", "presenter") if name in row}
        agenda.add_item(meeting, by=by, text=ItemText(**words))


def _load_people(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, User]:
    """The secretary, and a deputy who has an account."""
    departments = {department.slug: department for department in Department.objects.all()}
    password = make_password(city.PASSWORD)
    made = {}
    for key, row in rows.items():
        names = ("given_name", "family_name", "public_name_style")
        user = User.objects.create(
            email=city.email_of(key),
            is_staff="role" in row,
            password=password,
            **{name: row[name] for name in names},
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if "role" in row:
            Grant.objects.create(
                user=user, role=row["role"], department=departments[row["department"]]
            )
            allauth_compat.activate_app(user, allauth_compat.new_app_secret())
            allauth_compat.activate_recovery_codes(user)
        made[key] = user
    return made
