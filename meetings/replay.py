"""The replay of a meeting: what happened by the second, beside the same second of its video."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.db.paging import neighbours, page_of
from meetings import reading
from meetings.hall.presenters import words_of
from meetings.models import LogEntry, Meeting, Question
from meetings.presenters import ShownMeeting
from meetings.quickpolls import summary_of

_Kind = LogEntry.Kind
#: Entries of the log on a page.
SIZE = 500
#: What is told in one line with its neighbours of the same kind.
_TOGETHER = frozenset({_Kind.CAME, _Kind.LEFT})
#: Hosts that take the second of a video in the query ``t``; others in the fragment (W3C Media
#: Fragments).
_HOSTS_WITH_QUERY = frozenset({"www.youtube.com", "youtube.com", "youtu.be", "m.youtube.com"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the replay. ``anchor``: its address on the page; ``seconds`` after the opening."""

    at: datetime
    seconds: int
    anchor: str
    label: str
    words: str
    video_url: str = ""

    @property
    def clock(self) -> str:
        """Hours, minutes and seconds after the opening."""
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


def log_context(shown: ShownMeeting, params: QueryDict) -> dict[str, Any]:
    """A page of the log: one query."""
    page = page_of(
        reading.log_of(shown.meeting), order=("pk",), after=params.get("after", ""), size=SIZE
    )
    return shown.context(lines=list(lines_of(shown.meeting, page)), **neighbours(page, params))


def lines_of(meeting: Meeting, entries: Iterable[LogEntry]) -> Iterator[Line]:
    """The entries in lines; those who come or leave one after the other stand in one."""
    taken: Counter[int] = Counter()
    for entry, words in _together(entries):
        start = meeting.opened_at or entry.at
        seconds = max(0, int((entry.at - start).total_seconds()))
        taken[seconds] += 1
        anchor = f"t-{seconds}" if taken[seconds] == 1 else f"t-{seconds}-{taken[seconds]}"
        video_url = at_second(meeting.video_url, seconds) if meeting.video_url else ""
        yield Line(entry.at, seconds, anchor, str(_Kind(entry.kind).label), words, video_url)


def at_second(url: str, seconds: int) -> str:
    """The address of a video from a second on."""
    parts = urlsplit(url)
    if parts.hostname in _HOSTS_WITH_QUERY:
        query = f"{parts.query}&t={seconds}" if parts.query else f"t={seconds}"
        return parts._replace(query=query).geturl()
    return parts._replace(fragment=f"t={seconds}").geturl()


def _together(entries: Iterable[LogEntry]) -> Iterator[tuple[LogEntry, str]]:
    first: LogEntry | None = None
    words: list[str] = []
    for entry in entries:
        if first is not None and entry.kind == first.kind and entry.kind in _TOGETHER:
            words.append(_words(entry))
            continue
        if first is not None:
            yield first, ", ".join(filter(None, words))
        first, words = entry, [_words(entry)]
    if first is not None:
        yield first, ", ".join(filter(None, words))


def _words(entry: LogEntry) -> str:
    """What it is about. A question that is not shown any more is not told here either."""
    if entry.question is not None:
        is_public = entry.question.state in Question.PUBLIC
        return entry.question.text if is_public else _("The question is not shown any more.")
    if entry.show_of_hands is not None:
        return words_of(entry.show_of_hands, is_closed=entry.kind == _Kind.HANDS_CLOSED)
    for thing in (entry.speaker, entry.deputy, entry.roll_call):
        if thing is not None:
            return str(thing)
    if entry.poll is not None:
        is_over = entry.kind == _Kind.POLL_CLOSED
        given = summary_of(entry.poll) if is_over else ""
        return f"{entry.poll.title} ({given})" if given else entry.poll.title
    if entry.item is not None:
        return f"{entry.item.order}. {entry.item.title}"
    return entry.words
