"""Sources of minutes: the rows of the meeting, its log, and the secretary's texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from meetings.documents.queries import Documents, documents_of
from meetings.models import (
    Deputy,
    Item,
    LogEntry,
    Meeting,
    Minutes,
    MinutesEdition,
    MinutesPart,
    Presence,
    Question,
    RollCall,
    Seat,
    Speaker,
    VideoGround,
)
from meetings.outcome.deciding import deciding
from meetings.presence.queries import heads_of, total_of
from meetings.queries import ShownRollCall, agenda_of, members_of, roll_calls_of
from meetings.special import Special, special_of

_Kind = LogEntry.Kind
#: Kinds of entries that rows tell, or that are not of the meeting's course. Every other kind is
#: told by its own words: what a later feature writes into the log stands in the minutes, too.
_TOLD = frozenset({
    *(_Kind.OPENED, _Kind.CLOSED, _Kind.ITEM, _Kind.ITEM_DONE, _Kind.ITEM_DROPPED),
    *(_Kind.CAME, _Kind.LEFT, _Kind.ROLL_CALL, _Kind.ROLL_CALL_CLOSED, _Kind.ROLL_CALL_PUBLISHED),
    _Kind.ROLL_CALL_ANNULLED,
    *(_Kind.SPEAKS, _Kind.SPOKE, _Kind.QUESTION, _Kind.ANSWERED, _Kind.LATER),
    *(_Kind.CLOCK_STOPPED, _Kind.CLOCK_WENT_ON, _Kind.TIME_ADDED),
    *(_Kind.SPEECH_BACK, _Kind.ANSWER_BACK),
    *(_Kind.BLANKED, _Kind.UNBLANKED, _Kind.VIDEO, _Kind.MINUTES),
})  # fmt: skip
_ASKED = frozenset({_Kind.QUESTION, _Kind.ANSWERED, _Kind.LATER})
_ENDS = frozenset({_Kind.ITEM_DONE, _Kind.ITEM_DROPPED, _Kind.CLOSED})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time; ``until``: None while it goes on."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ConsideredItem:
    """An item with all that happened while it was considered."""

    item: Item
    spans: Sequence[Span] = ()
    speakers: Sequence[Speaker] = ()
    questions: Sequence[Question] = ()
    roll_calls: Sequence[ShownRollCall] = ()
    #: The vote that decided it: as the secretary has confirmed, or the last one that counts.
    decided_by: ShownRollCall | None = None
    #: What else stands in the log.
    entries: Sequence[LogEntry] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that minutes are composed of. ``membership``: the body's total, with the head of the
    city if they took part; ``peak``: how many were present at most at once."""

    meeting: Meeting
    texts: Mapping[str, str]
    agenda: Sequence[Item]
    considered: Sequence[ConsideredItem]
    presences: Mapping[Deputy, Sequence[Span]]
    #: Who took part by videoconference, with the act that allows it.
    by_video: Mapping[Deputy, VideoGround]
    absent: Sequence[Deputy]
    membership: int
    peak: int
    #: Questions and entries of no item.
    questions: Sequence[Question]
    entries: Sequence[LogEntry]
    documents: Documents
    special: Special


def minutes_of(meeting: Meeting, *, by: User) -> Minutes:
    """The secretary's minutes; the texts that ``by`` would begin with where there are none."""
    found = Minutes.objects.select_related("changed_by").filter(pk=meeting.pk).first()
    return found or Minutes(meeting=meeting, texts=first_texts(meeting, by=by))


def first_texts(meeting: Meeting, *, by: User) -> dict[str, str]:
    """Initial texts of minutes: who has the seat of the chair presides, where they are present; who
    begins them keeps them.
    """
    texts = {"keeper": by.get_full_name()}
    if meeting.body_id is None:
        return texts
    here = meeting.presences.values("deputy")
    seats = Seat.objects.on(meeting.day).filter(
        body=meeting.body_id, is_chair=True, deputy__in=here
    )
    chair = seats.select_related("deputy").order_by("-is_head", "pk").first()
    return {**texts, "chair": chair.deputy.name} if chair else texts


def unpublished_in(meeting: Meeting) -> int:
    """Number of roll-calls that were not annulled and have no published result."""
    rows = RollCall.objects.filter(item__meeting=meeting, published_at=None, annulment=None)
    return rows.count()


def gather(meeting: Meeting, minutes: Minutes) -> Gathered:
    """All of a meeting that its minutes say: thirteen queries at most."""
    agenda = list(agenda_of(meeting))
    told = ("item", "question__author", "deputy", "roll_call", "show_of_hands", "poll__result")
    rows = meeting.log.select_related(*told, "pause").defer("poll__search")
    log = list(rows.prefetch_related("poll__questions__options").order_by("at", "pk"))
    speakers = Speaker.objects.filter(item__meeting=meeting, began_at__isnull=False)
    by_item: dict[int, list[Speaker]] = defaultdict(list)
    for speaker in speakers.select_related("deputy__faction", "user").order_by("began_at", "pk"):
        by_item[speaker.item_id].append(speaker)
    counted: dict[int, list[ShownRollCall]] = defaultdict(list)
    for roll_call in roll_calls_of(meeting, published=False).filter(closed_at__isnull=False):
        counted[roll_call.item_id].append(ShownRollCall.of(roll_call))
    spans = _spans(log)
    items = {item.pk: item for item in agenda if item.pk in spans}
    asked, entries = _by_item(log)
    presences, by_video = _presences(meeting)
    members = list(members_of(meeting))
    return Gathered(
        meeting=meeting,
        texts=minutes.texts,
        agenda=agenda,
        considered=[
            ConsideredItem(
                item,
                spans[pk],
                by_item[pk],
                asked[pk],
                counted[pk],
                decided_by=_decided_by(item, counted[pk]),
                entries=entries[pk],
            )
            for pk, item in sorted(items.items(), key=lambda pair: spans[pair[0]][0].since)
        ],
        presences=presences,
        by_video=by_video,
        absent=[deputy for deputy in members if deputy not in presences],
        membership=_membership(meeting, presences),
        peak=_peak(presences),
        questions=asked[None],
        entries=entries[None],
        documents=documents_of(meeting),
        special=special_of(meeting),
    )


def _decided_by(item: Item, shown: Sequence[ShownRollCall]) -> ShownRollCall | None:
    found = deciding(item, [each.roll_call for each in shown])
    return next((each for each in shown if each.roll_call == found), None)


def _spans(log: Iterable[LogEntry]) -> dict[int, list[Span]]:
    """When each item was considered: one that was taken up again has several."""
    found: dict[int, list[Span]] = {}
    for entry in log:
        if entry.kind == _Kind.ITEM and entry.item_id is not None:
            found.setdefault(entry.item_id, []).append(Span(entry.at, None))
        elif entry.kind == _Kind.ITEM_UNDONE and entry.item_id in found:
            # It was taken up by mistake: that was no consideration of it.
            found[entry.item_id].pop()
            if not found[entry.item_id]:
                del found[entry.item_id]
        elif entry.kind in _ENDS and entry.item_id in found:
            last = found[entry.item_id][-1]
            found[entry.item_id][-1] = Span(last.since, last.until or entry.at)
    return found


def _by_item(
    log: Iterable[LogEntry],
) -> tuple[dict[int | None, list[Question]], dict[int | None, list[LogEntry]]]:
    """Questions that were put and are shown, each where it was put first, and what no row tells,
    by the item that was considered then."""
    asked: dict[int | None, list[Question]] = defaultdict(list)
    entries: dict[int | None, list[LogEntry]] = defaultdict(list)
    seen: set[int] = set()
    # Items that are decided together with one are considered within it.
    considered: list[int | None] = [None]
    for entry in log:
        if entry.kind == _Kind.ITEM:
            considered.append(entry.item_id)
        elif entry.kind == _Kind.CLOSED:
            considered = [None]
        elif entry.kind in _ENDS or entry.kind == _Kind.ITEM_UNDONE:
            considered = [pk for pk in considered if pk is None or pk != entry.item_id]
        current = considered[-1]
        if entry.kind == _Kind.ITEM or entry.kind in _ENDS:
            continue
        if entry.kind not in _TOLD:
            entries[current].append(entry)
        elif entry.kind in _ASKED and entry.question is not None:
            question = entry.question
            if question.pk not in seen and question.state in Question.PUBLIC:
                asked[current].append(question)
            seen.add(question.pk)
    return asked, entries


def _presences(
    meeting: Meeting,
) -> tuple[dict[Deputy, list[Span]], dict[Deputy, VideoGround]]:
    """Deputies present, in the order of their names, and those by videoconference."""
    rows = Presence.objects.filter(meeting=meeting)
    rows = rows.select_related("deputy__faction", "video_ground")
    found: dict[Deputy, list[Span]] = {}
    by_video: dict[Deputy, VideoGround] = {}
    for row in rows.order_by("deputy__name_key", "deputy", "came_at"):
        found.setdefault(row.deputy, []).append(Span(row.came_at, row.left_at))
        if row.video_ground is not None:
            by_video[row.deputy] = row.video_ground
    return found, by_video


def _membership(meeting: Meeting, present: Iterable[Deputy]) -> int:
    """The body's total: the head of the city counts when they took part (280/97-ВР art. 59(2))."""
    if meeting.body is None:
        return 0
    heads = set(heads_of(meeting).values_list("deputy", flat=True))
    took_part = heads & {deputy.pk for deputy in present}
    return total_of(meeting, is_head_here=bool(took_part))


def _peak(presences: Mapping[Deputy, Sequence[Span]]) -> int:
    """The greatest number present at once."""
    moves = [(span.since, 1) for spans in presences.values() for span in spans]
    moves += [
        (span.until, -1) for spans in presences.values() for span in spans if span.until is not None
    ]
    here = most = 0
    for _at, change in sorted(moves):
        here += change
        most = max(most, here)
    return most


# --- Editions -------------------------------------------------------------------------------------


def editions_of(meeting: Meeting) -> list[MinutesEdition]:
    """Its editions, the newest first, without what they say."""
    found = MinutesEdition.objects.filter(meeting=meeting).select_related("by")
    return list(found.defer("content"))


def edition_to_read(meeting: Meeting, number: str = "") -> MinutesEdition | None:
    """The edition of this number, else the newest; None where there is no such."""
    found = MinutesEdition.objects.filter(meeting=meeting)
    if number:
        if not (number.isascii() and number.isdecimal() and len(number) < 5):
            return None
        found = found.filter(number=int(number))
    return found.first()


def parts_of(edition: MinutesEdition) -> list[MinutesPart]:
    """Its names and questions, in their order: one query."""
    return list(edition.parts.select_related("question").order_by("place"))
