"""The replay of a meeting: what happened by the second, beside the same second of its video."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.db.paging import neighbours, page_of
from meetings import queries
from meetings.hall.presenters import words_of
from meetings.log import jumps
from meetings.log.jumps import Jump
from meetings.models import Deputy, LogEntry, Meeting, Question, Subtitle, Vote
from meetings.pauses.words import words_of as words_of_line
from meetings.presenters import VOTED, ShownMeeting
from meetings.quickpolls.pages import summary_of
from meetings.speakers.queries import totals_of
from meetings.video.player import player_of
from meetings.video.queries import said_between

_Kind = LogEntry.Kind
#: Entries of the log on a page.
SIZE = 500
#: What is told in one line with its neighbours of the same kind.
_TOGETHER = frozenset({_Kind.CAME, _Kind.LEFT})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the replay. ``anchor``: its address on the page; ``seconds`` after the opening;
    ``url``: where it stands among all lines, on a page of some of them."""

    at: datetime
    seconds: int
    anchor: str
    label: str
    words: str
    video_url: str = ""
    url: str = ""
    video_seconds: int = 0
    #: What was said from here to the next line, by the subtitles.
    said: Sequence[Subtitle] = ()

    @property
    def clock(self) -> str:
        """Hours, minutes and seconds of the video."""
        return jumps.clock_of(self.video_seconds)


def log_context(shown: ShownMeeting, params: QueryDict) -> dict[str, Any]:
    """A page of the log, from a second on (``at``) or of one deputy (``deputy``): four queries,
    and one with either."""
    meeting = shown.meeting
    entries = queries.log_of(meeting)
    deputies = list(jumps.deputies_in(meeting))
    deputy = next((one for one in deputies if str(one.pk) == params.get("deputy")), None)
    since = None if deputy else _since(meeting, entries, params.get("at", ""))
    if since is not None:
        entries = entries.filter(at__gte=since)
    choices = _choices(meeting, deputy) if deputy else {}
    if deputy is not None:
        entries = entries.filter(
            Q(deputy=deputy)
            | Q(speaker__deputy=deputy)
            | Q(kind=_Kind.ROLL_CALL, roll_call__in=[*choices])
        )
    page = page_of(entries, order=("pk",), after=params.get("after", ""), size=SIZE)
    lines = list(lines_of(meeting, page, choices=choices, is_part=deputy is not None))
    if deputy is None:
        lines = beside_lines(meeting, lines)
    return shown.context(
        lines=lines,
        player=player_of(meeting),
        has_subtitles=bool(meeting.video_url) and meeting.subtitles.exists(),
        items=jumps.items_of(meeting),
        deputies=deputies,
        deputy=deputy,
        totals=totals_of(meeting),
        is_from_the_middle=since is not None,
        **neighbours(page, params),
    )


def lines_of(
    meeting: Meeting,
    entries: Iterable[LogEntry],
    *,
    choices: Mapping[int, str] | None = None,
    is_part: bool = False,
) -> Iterator[Line]:
    """The entries in lines; those who come or leave one after the other stand in one.

    ``choices``: how the deputy whom the lines are about voted, by roll-call; ``is_part``: lines say
    where they stand among all.
    """
    taken: Counter[int] = Counter()
    for entry, words in _together(entries, choices or {}):
        seconds = jumps.seconds_of(meeting, entry.at)
        taken[seconds] += 1
        anchor = f"t-{seconds}" if taken[seconds] == 1 else f"t-{seconds}-{taken[seconds]}"
        url = Jump.to(meeting, entry.at).url if is_part else ""
        label = str(_Kind(entry.kind).label)
        yield Line(
            entry.at,
            seconds,
            anchor,
            label,
            words,
            video_url=jumps.in_video(meeting, entry.at),
            url=url,
            video_seconds=jumps.video_seconds(meeting, entry.at),
        )


def beside_lines(meeting: Meeting, lines: Sequence[Line]) -> list[Line]:
    """The same lines with what was said from each to the next: one query where there are
    subtitles."""
    if not lines or not meeting.video_url:
        return list(lines)
    said = said_between(meeting, [line.video_seconds for line in lines])
    return [replace(line, said=words) for line, words in zip(lines, said, strict=True)]


def _since(meeting: Meeting, entries: QuerySet[LogEntry], asked: str) -> datetime | None:
    """The moment from which a long log is shown; None: from its beginning."""
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 7
    if not is_number or meeting.opened_at is None or entries.count() <= SIZE:
        return None
    return meeting.opened_at + timedelta(seconds=int(asked))


def _choices(meeting: Meeting, deputy: Deputy) -> dict[int, str]:
    """A deputy's choices in the published roll-calls, by roll-call."""
    votes = Vote.objects.filter(
        deputy=deputy,
        roll_call__item__meeting=meeting,
        roll_call__published_at__isnull=False,
    )
    return dict(votes.order_by().values_list("roll_call", "choice"))


def _together(
    entries: Iterable[LogEntry], choices: Mapping[int, str]
) -> Iterator[tuple[LogEntry, str]]:
    first: LogEntry | None = None
    words: list[str] = []
    for entry in entries:
        if first is not None and entry.kind == first.kind and entry.kind in _TOGETHER:
            words.append(words_of_entry(entry, choices))
            continue
        if first is not None:
            yield first, ", ".join(filter(None, words))
        first, words = entry, [words_of_entry(entry, choices)]
    if first is not None:
        yield first, ", ".join(filter(None, words))


def words_of_entry(entry: LogEntry, choices: Mapping[int, str]) -> str:
    """Words of an entry; ``choices``: of ``lines_of``. A question that is not shown any more is not
    told here either.
    """
    return words_of_line(entry, _about(entry, choices))


def _about(entry: LogEntry, choices: Mapping[int, str]) -> str:
    if entry.question is not None:
        is_public = entry.question.state in Question.PUBLIC
        return entry.question.text if is_public else _("The question is not shown any more.")
    if entry.show_of_hands is not None:
        return words_of(entry.show_of_hands, is_closed=entry.kind == _Kind.HANDS_CLOSED)
    if entry.roll_call is not None and entry.roll_call.pk in choices:
        voted = VOTED[Vote.Choice(choices[entry.roll_call.pk])]
        return f"{entry.roll_call} – {voted}"
    for thing in (entry.speaker, entry.deputy, entry.roll_call):
        if thing is not None:
            return f"{thing} ({entry.words})" if entry.words else str(thing)
    if entry.poll is not None:
        is_over = entry.kind == _Kind.POLL_CLOSED
        given = summary_of(entry.poll) if is_over else ""
        return f"{entry.poll.title} ({given})" if given else entry.poll.title
    if entry.item is not None:
        return f"{entry.item.order}. {entry.item.title}"
    return entry.words
