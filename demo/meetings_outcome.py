"""Outcomes of the demo city's meetings: a decision after a consultation, a committee's conclusions,
questions that nobody answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from accounts.models import User
from city.models import Department
from consultations.decisions.models import VOTES, Decision
from consultations.decisions.sittings import sittings_of
from consultations.evidence.things import Things
from consultations.models import Consultation
from core.audit_log.comparing import BEGUN
from core.domain import clock
from core.domain.actions import action
from core.domain.audit import enter
from core.domain.calendar import WorkCalendar, local_date
from demo import city, content
from demo.content import Days
from demo.meetings import SECRETARY, Past
from demo.meetings_coming import clause_of, load_session
from meetings.amendments.actions import question_of
from meetings.models import (
    Amendment,
    Body,
    Deputy,
    Item,
    LogEntry,
    Meeting,
    Outcome,
    Presence,
    Question,
    QuestionSupport,
    RollCall,
    Stop,
    Vote,
)
from meetings.outcome.handlers_index import index_meeting
from meetings.terms import minutes_day, proposals_day

_Kind = LogEntry.Kind


def load_outcomes(people: Mapping[str, User], calendar: WorkCalendar) -> None:
    """Put in what followed from meetings; what they are found by, of all of them."""
    described = content.table("meetings_outcome.toml")
    keys = ("olena", "bohdan", "charlie", SECRETARY)
    emails = {city.email_of(key): key for key in keys}
    found = {emails[user.email or ""]: user for user in User.objects.filter(email__in=emails)}
    everybody = {**people, **found}
    days = Days(local_date(clock.now()), calendar)
    _Decided(described["session"], _council(), everybody, days, calendar).load()
    _load_committee(described["committee"], everybody[SECRETARY], days, calendar)
    _load_hearing(described["hearing"], everybody, days, calendar)
    load_session(content.table("meetings.toml")["session"], everybody[SECRETARY], days)
    for pk in Meeting.objects.filter(published_at__isnull=False).values_list("pk", flat=True):
        index_meeting(pk)


def _council() -> Body:
    return Body.objects.get(kind=Body.Kind.COUNCIL)


def consultation_of(slug: str) -> Consultation:
    """A consultation of the demo city by its folder."""
    facts = content.table(slug, "consultation.toml")
    return Consultation.objects.get(title=facts["title"])


class _Decided(Past):
    """The session that voted on the draft of a consultation; its decision leads there."""

    def _before_vote(self, item: Item, described: Mapping[str, Any]) -> None:
        """The amendments to the draft, each with its roll-call."""
        if "about" in described:
            item.consultation = consultation_of(described["about"])
            item.save(update_fields=["consultation"])
        for number, moved in enumerate(described.get("amendment", ()), 1):
            amendment = Amendment(
                item=item,
                number=number,
                clause=clause_of(item, moved["clause"]),
                kind=moved["kind"],
                text=moved.get("text", ""),
                deputy=self.deputies[moved["deputy"] - 1],
                at=self.meeting.begins_at - timedelta(days=2),
                by=self.people[SECRETARY],
            )
            question = question_of(amendment)
            said = {"question": question, "needs": "majority", "silent": [], **moved}
            amendment.roll_call = self.vote(item, said, decides=False)
            amendment.save()

    def _item(self, place: int, described: Mapping[str, Any]) -> None:
        super()._item(place, described)
        if "second_vote" in described:
            second = RollCall.objects.get(item__meeting=self.meeting, item__order=place)
            Stop.objects.filter(second_vote=None).update(second_vote=second)
        if "about" not in described:
            return
        consultation = consultation_of(described["about"])
        (sitting,) = sittings_of(consultation.pk)
        fields = sitting.fields()
        taken = {name: fields[name] for name in (*VOTES, "decided_on", "roll_call_url")}
        Decision.objects.filter(consultation=consultation).update(**taken)
        here = Things(consultation)
        with action():  # it was loaded, and recorded, before the session
            enter(BEGUN, by_id=None, ids={"of": here.of}, rows=list(here.decisions()))

    def _close(self) -> None:
        meeting = self.meeting
        meeting.closed_at = self._later(seconds=40)
        meeting.presences.filter(left_at=None).update(left_at=self.now)
        self._tell(_Kind.CLOSED)
        meeting.minutes_due_on = minutes_day(meeting, self.calendar)
        self.now = self.days.at(self.row["day"], 18, 30)
        meeting.video_url = "https://video.viche.example/session-13"
        meeting.video_published_at = self.now
        self._tell(_Kind.VIDEO)
        meeting.save()


def _over(row: Mapping[str, Any], kind: str, body: Body | None, days: Days) -> tuple[Meeting, Item]:
    """A meeting of one item that is over; not saved after it was closed."""
    begins_at = days.at(row["day"], 16)
    meeting = Meeting.objects.create(
        kind=kind,
        body=body,
        department=Department.objects.get(slug="secretariat"),
        title=row["title"],
        place=row["place"],
        begins_at=begins_at,
        ends_at=begins_at + timedelta(hours=2),
        published_at=begins_at - timedelta(days=7),
        opened_at=begins_at,
    )
    taken_up_at, ends_at = (begins_at + timedelta(minutes=number) for number in (3, 70))
    item = Item.objects.create(
        meeting=meeting,
        order=1,
        title=row["item"],
        consultation=consultation_of(row["about"]) if "about" in row else None,
        state=Item.State.DONE,
        opened_at=taken_up_at,
        closed_at=ends_at,
    )
    told = ((_Kind.OPENED, begins_at, None), (_Kind.ITEM, taken_up_at, item))
    for kind_of_entry, at, about in (*told, (_Kind.CLOSED, ends_at, None)):
        LogEntry.objects.create(meeting=meeting, kind=kind_of_entry, at=at, item=about)
    meeting.closed_at = ends_at
    return meeting, item


def _load_committee(row: Mapping[str, Any], by: User, days: Days, calendar: WorkCalendar) -> None:
    """A committee that supported a draft, and published its conclusions in time."""
    body = Body.objects.get(kind=Body.Kind.COMMITTEE)
    meeting, item = _over(row, "committee", body, days)
    meeting.minutes_due_on = minutes_day(meeting, calendar)
    meeting.save()
    members = list(Deputy.objects.filter(seats__body=body))
    assert meeting.closed_at is not None  # noqa: S101 - it is over
    at = meeting.closed_at - timedelta(minutes=5)
    roll_call = RollCall.objects.create(
        item=item,
        question=row["question"],
        membership=body.membership,
        present_at_opening=len(members),
        opened_at=at,
    )
    Presence.objects.bulk_create(
        Presence(
            meeting=meeting,
            deputy=deputy,
            came_at=meeting.begins_at,
            left_at=meeting.closed_at,
        )
        for deputy in members
    )
    Vote.objects.bulk_create(
        Vote(
            roll_call=roll_call,
            deputy=deputy,
            faction_id=deputy.faction_id,
            choice=Vote.Choice.FOR,
            at=at,
            by=by,
            entered=Vote.Entered.SECRETARY,
        )
        for deputy in members
    )
    roll_call.closed_at, roll_call.present = at + timedelta(minutes=1), len(members)
    roll_call.save()
    roll_call.published_at = at + timedelta(minutes=2)
    roll_call.save()
    item.decided_by, item.decision_confirmed_at = roll_call, roll_call.published_at
    item.save(update_fields=["decided_by", "decision_confirmed_at"])
    Outcome.objects.create(
        item=item,
        text=row["conclusion"].strip(),
        url=row["url"],
        by=by,
        at=days.at(row["published"], 15),
    )


def _load_hearing(
    row: Mapping[str, Any], people: Mapping[str, User], days: Days, calendar: WorkCalendar
) -> None:
    """A hearing whose proposals are still to be decided on; not every question was answered."""
    meeting, item = _over(row, "hearing", None, days)
    meeting.proposals_due_on = proposals_day(meeting, calendar)
    meeting.save()
    for asked in row["question"]:
        question = Question.objects.create(
            meeting=meeting,
            item=item,
            author=people[asked["by"]],
            text=asked["text"],
            asked_at=meeting.begins_at + timedelta(minutes=20),
            state=asked["state"],
        )
        for key in asked["supported"]:
            QuestionSupport.objects.create(
                question=question, user=people[key], at=question.asked_at
            )
