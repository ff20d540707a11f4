"""Reading meetings: what actions, pages, displays and the API ask the database for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from django.db.models import Count, F, Prefetch, Q, QuerySet

from core.domain.clock import Now
from meetings.guests.queries import GUESTS
from meetings.models import (
    BundledItem,
    Deputy,
    Item,
    LogEntry,
    Meeting,
    Question,
    RollCall,
    Speaker,
    SpeakingTimes,
    Vote,
)
from meetings.presence.queries import heads_of
from meetings.querysets import MeetingQuerySet
from meetings.rollcalls.majority import Result, result_of
from meetings.speakers.rules import in_order


def for_page(meetings: MeetingQuerySet[Meeting]) -> MeetingQuerySet[Meeting]:
    """With what a page of one meeting, and its displays, read of its own row."""
    return meetings.select_related("body", "department", "current_item", "pause").defer("search")


def agenda_of(meeting: Meeting) -> QuerySet[Item]:
    """Its items in their order, with what each is about."""
    return meeting.items.select_related("consultation", "petition", "poll").order_by("order")


def is_member(meeting: Meeting, deputy: Deputy) -> bool:
    """Whether the deputy has a seat in the meeting's body on its day."""
    return members_of(meeting).filter(pk=deputy.pk).exists()


def members_of(meeting: Meeting) -> QuerySet[Deputy]:
    """The members of its body on its day, the head of the city among them; none without a body."""
    if meeting.body_id is None:
        return Deputy.objects.none()
    return Deputy.objects.of(meeting.body_id, meeting.day).select_related("faction")


def voters_of(roll_call: RollCall, meeting: Meeting) -> QuerySet[Deputy]:
    """Voters in it: the members of the body, the head of the city when they are counted."""
    members = members_of(meeting)
    if roll_call.counts_head:
        return members
    return members.exclude(pk__in=heads_of(meeting).values("deputy"))


def present_in(meeting: Meeting) -> QuerySet[Deputy]:
    """The deputies who are in the hall now."""
    return Deputy.objects.filter(
        pk__in=meeting.presences.filter(left_at=None).values("deputy")
    ).select_related("faction")


def roll_calls_of(meeting: Meeting, *, published: bool) -> QuerySet[RollCall]:
    """Its roll-calls in their order with their votes, deputies and factions: a query for the
    roll-calls, one for the votes. ``published``: only those that everybody reads."""
    rows = RollCall.objects.filter(item__meeting=meeting).select_related("item", "annulment")
    if published:
        rows = rows.filter(published_at__isnull=False)
    votes = Vote.objects.select_related("deputy", "faction", "video_ground")
    votes = votes.order_by("deputy__name_key", "pk")
    return rows.order_by("pk").prefetch_related(Prefetch("votes", votes))


def decided_with(roll_call: RollCall) -> QuerySet[RollCall]:
    """The roll-calls of the other items that were decided by the same vote, in the order of the
    agenda (ADR 103): one query."""
    first = BundledItem.objects.filter(own=roll_call).values("roll_call")
    bundle = Q(pk__in=first) | Q(bundled_as__roll_call__in=first)
    rows = RollCall.objects.filter(bundle | Q(bundled_as__roll_call=roll_call))
    rows = rows.exclude(pk=roll_call.pk).select_related("item", "annulment")
    return rows.order_by("item__order")


@dataclass(frozen=True, slots=True)
class ShownRollCall:
    """A roll-call with its votes, and what it came to."""

    roll_call: RollCall
    votes: list[Vote]
    result: Result

    @classmethod
    def of(cls, roll_call: RollCall) -> Self:
        """Its votes are prefetched (``roll_calls_of``), or one query."""
        votes = list(roll_call.votes.all())
        return cls(roll_call, votes, result_of(roll_call, [vote.choice for vote in votes]))


def open_roll_call_of(meeting: Meeting) -> RollCall | None:
    """The one that is open now."""
    return RollCall.objects.filter(item__meeting=meeting, closed_at=None).first()


def questions_of(meeting: Meeting, *, public: bool) -> QuerySet[Question]:
    """Its questions with their authors and ``supporters`` (how many want each answered beside its
    author), the most wanted first.
    ``public``: only those that everybody reads."""
    rows = Question.objects.filter(meeting=meeting)
    if public:
        rows = rows.public()
    counted = rows.select_related("author", "item").annotate(
        supporters=Count("supports"), guests=GUESTS
    )
    return counted.order_by(F("supporters").desc(), "pk")


def live_question_of(meeting: Meeting) -> Question | None:
    """The one that was put on the displays, whether or not its delay is over."""
    return meeting.questions.filter(is_live=True).select_related("author").first()


def question_on_displays_of(meeting: Meeting) -> Question | None:
    """The one that stands on the displays: its delay is over."""
    rows = meeting.questions.filter(is_live=True).select_related("author")
    if meeting.question_due_at is not None:
        rows = rows.filter(meeting__question_due_at__lte=Now())
    return rows.first()


def speakers_of(item: Item) -> QuerySet[Speaker]:
    """All who asked to speak on it, with their names."""
    return item.speakers.select_related("deputy__faction", "user").order_by("asked_at", "pk")


def waiting_speakers_of(item: Item) -> list[Speaker]:
    """Speakers who wait for the floor, in the order in which they get it (one query)."""
    return in_order(speakers_of(item))


def speaking_in(meeting: Meeting) -> Speaker | None:
    """The present speaker."""
    begun = Speaker.objects.filter(item__meeting=meeting, began_at__isnull=False, ended_at=None)
    return begun.select_related("deputy__faction", "user", "item").first()


def seconds_for(meeting: Meeting, kind: str) -> int:
    """Seconds for such a speech by the rules of the body that meets; one query."""
    times = SpeakingTimes.objects.filter(body=meeting.body_id).first()
    return (times or SpeakingTimes()).seconds_of(kind)


def log_of(meeting: Meeting) -> QuerySet[LogEntry]:
    """Log entries in order, with the things that they name: one query, two more where there were
    surveys.
    """
    things = (
        "item",
        "deputy",
        "roll_call",
        "speaker__deputy",
        "speaker__user",
        "question",
        "pause",
    )
    asked = ("show_of_hands", "poll__result")
    rows = meeting.log.select_related(*things, *asked).defer("poll__search")
    return rows.prefetch_related("poll__questions__options").order_by("pk")
