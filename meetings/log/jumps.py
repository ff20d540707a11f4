"""Jumps to a moment of a meeting: its line in the replay, beside the same second of the video."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.urls import reverse

from core.db.paging import Page, page_of
from core.db.statements import Asked, Statement
from drafts.models import Clause
from meetings.models import Deputy, Item, LogEntry, Meeting, RollCall, Speaker
from meetings.rollcalls.named_clauses import clause_named

#: Hosts that take the second of a video in the query ``t``; others in the fragment (W3C Media
#: Fragments).
_HOSTS_WITH_QUERY = frozenset({"www.youtube.com", "youtube.com", "youtu.be", "m.youtube.com"})
#: What takes an item up, or leaves it.
_TURNS = (
    *(LogEntry.Kind.ITEM, LogEntry.Kind.ITEM_DONE, LogEntry.Kind.ITEM_DROPPED),
    LogEntry.Kind.CLOSED,
)
#: Speeches on a page.
SIZE = 25
#: Meetings that considered one consultation.
MOST_MEETINGS = 10


@dataclass(frozen=True, slots=True)
class Jump:
    """A moment's line in the replay, and in the video; "" without a video."""

    at: datetime
    url: str
    video_url: str = ""

    @classmethod
    def to(cls, meeting: Meeting, at: datetime) -> Jump:
        """To ``at`` in a meeting that was opened."""
        seconds = seconds_of(meeting, at)
        video_url = in_video(meeting, at)
        log_url = reverse("meetings:log", args=[meeting.pk])
        return cls(at, f"{log_url}?at={seconds}#t-{seconds}", video_url)


@dataclass(frozen=True, slots=True)
class Speech:
    """A speech of a deputy, with its jump."""

    speaker: Speaker
    jump: Jump

    @property
    def item(self) -> Item:
        return self.speaker.item


@dataclass(frozen=True, slots=True)
class ItemJump:
    """An item, and where it was first taken up; ``seconds`` and ``until`` of the video, which is
    all that it plays at ``clip_url``: until the item was left, None while it is not."""

    item: Item
    jump: Jump
    seconds: int = 0
    until: int | None = None
    clip_url: str = ""

    @property
    def clock(self) -> str:
        """From where to where, as a player shows it."""
        has_lasted = self.until is not None and self.until > self.seconds
        ends = f"–{clock_of(self.until)}" if self.until is not None and has_lasted else ""
        return f"{clock_of(self.seconds)}{ends}"


@dataclass(frozen=True, slots=True)
class VoteJump:
    """A roll-call, and where it was opened; ``clause``: that of the draft which it names."""

    question: str
    jump: Jump
    clause: Clause | None = None


@dataclass(frozen=True, slots=True)
class ConsultationItem:
    """An item about a consultation, where it was first taken up, and its published roll-calls."""

    meeting: Meeting
    item: Item
    jump: Jump
    votes: Sequence[VoteJump]


def seconds_of(meeting: Meeting, at: datetime) -> int:
    """Seconds after the opening."""
    return max(0, int((at - (meeting.opened_at or at)).total_seconds()))


def video_seconds(meeting: Meeting, at: datetime) -> int:
    """Seconds after the beginning of its recording; 0 before it. A recording of which nobody has
    said when it begins is taken to begin with the opening.
    """
    begins = meeting.video_begins_at or meeting.opened_at or at
    return max(0, int((at - begins).total_seconds()))


def in_video(meeting: Meeting, at: datetime, until: datetime | None = None) -> str:
    """The address of its video from a moment on, and to another; "" without a video."""
    if not meeting.video_url:
        return ""
    last = video_seconds(meeting, until) if until is not None else None
    return at_second(meeting.video_url, video_seconds(meeting, at), last)


def clock_of(seconds: int) -> str:
    """Hours, minutes and seconds, as a player shows them."""
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


def at_second(url: str, seconds: int, until: int | None = None) -> str:
    """The address of a video from a second on, and where its host can, until another."""
    parts = urlsplit(url)
    if parts.hostname in _HOSTS_WITH_QUERY:
        query = f"{parts.query}&t={seconds}" if parts.query else f"t={seconds}"
        return parts._replace(query=query).geturl()
    last = f",{until}" if until is not None and until > seconds else ""
    return parts._replace(fragment=f"t={seconds}{last}").geturl()


def speeches_of(deputy: Deputy, after: str) -> Page[Speech]:
    """A deputy's speeches in published meetings, the newest first: one query a page."""
    rows = Speaker.objects.filter(
        deputy=deputy, began_at__isnull=False, item__meeting__published_at__isnull=False
    ).select_related("item__meeting")
    page = page_of(rows, order=("-began_at", "-pk"), after=after, size=SIZE)
    shown = [Speech(row, Jump.to(row.item.meeting, row.began_at or row.asked_at)) for row in page]
    return Page(shown, page.next_cursor, page.previous_cursor)


def items_of(meeting: Meeting) -> list[ItemJump]:
    """The items in the order in which they were first taken up, each until it was left for the
    first time: one query."""
    turns = meeting.log.filter(kind__in=_TURNS).select_related("item__consultation")
    entries = list(turns.order_by("pk"))
    found: dict[int, ItemJump] = {}
    for entry, after in zip_longest(entries, entries[1:]):
        if entry.kind == LogEntry.Kind.ITEM and entry.item and entry.item.pk not in found:
            left = after.at if after else None
            found[entry.item.pk] = ItemJump(
                entry.item,
                Jump.to(meeting, entry.at),
                video_seconds(meeting, entry.at),
                video_seconds(meeting, left) if left else None,
                in_video(meeting, entry.at, left),
            )
    return list(found.values())


_CONSIDERED = Statement(
    lambda: (
        Item.objects.filter(
            consultation=Asked("consultation"),
            opened_at__isnull=False,
            meeting__published_at__isnull=False,
        )
        .select_related("meeting")
        .order_by("-opened_at", "-pk")[:MOST_MEETINGS]
    )
)


def of_consultation(consultation_id: int, clauses: Iterable[Clause] = ()) -> list[ConsultationItem]:
    """Meetings that considered a consultation, the last first: one query, and one for the
    roll-calls where it was. ``clauses``: those of its text.
    """
    items = _CONSIDERED.all(consultation=consultation_id)
    if not items:
        return []
    votes: dict[int, list[VoteJump]] = {item.pk: [] for item in items}
    meetings = {item.pk: item.meeting for item in items}
    published = RollCall.objects.filter(item__in=items, published_at__isnull=False)
    for roll_call in published.order_by("pk"):
        jump = Jump.to(meetings[roll_call.item_id], roll_call.opened_at)
        clause = clause_named(roll_call.question, clauses)
        votes[roll_call.item_id].append(VoteJump(roll_call.question, jump, clause))
    return [
        ConsultationItem(item.meeting, item, Jump.to(item.meeting, item.opened_at), votes[item.pk])
        for item in items
        if item.opened_at is not None
    ]


def deputies_in(meeting: Meeting) -> QuerySet[Deputy]:
    """Deputies who were present, or spoke, in the order of their names."""
    from_log = meeting.log.exclude(deputy=None).values("deputy")
    spoke = Speaker.objects.filter(item__meeting=meeting, began_at__isnull=False)
    return Deputy.objects.filter(Q(pk__in=from_log) | Q(pk__in=spoke.values("deputy")))
