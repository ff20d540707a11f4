"""Broadcasts of meetings: which event changes which part of a meeting's page and of its display."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Count

from meetings import events, pages
from meetings.amendments import events as amendments
from meetings.displays import boards
from meetings.displays import events as displays
from meetings.displays.models import MOST_DISPLAYS
from meetings.displays.paired import paired_context
from meetings.events import (
    CourseUndone,
    MeetingPaused,
    MeetingReopened,
    MeetingResumed,
    SubtitlesImported,
)
from meetings.guests.queries import GUESTS
from meetings.hall import events as hall
from meetings.hall.pages import figures_context
from meetings.models import Meeting, RollCall, topic_of
from meetings.models import Question as Asked
from meetings.paper_ballots import events as paper_ballots
from meetings.presenters import ShownMeeting
from realtime.parts import DISPLAY, PAGE, Broadcast, Part, once

Contexts = Iterator[tuple[int, dict[str, Any]]]


def _meetings(ids: list[int]) -> list[ShownMeeting]:
    return once(("meetings", *ids), lambda: _read_meetings(ids))


def _read_meetings(ids: list[int]) -> list[ShownMeeting]:
    rows = pages.for_page(Meeting.objects.published()).filter(pk__in=ids)
    return [ShownMeeting.of(row) for row in rows]


def _courses(ids: list[int]) -> Contexts:
    for shown in _meetings(ids):
        yield shown.pk, pages.course_context(shown)


def _speakers(ids: list[int]) -> Contexts:
    for shown in _meetings(ids):
        yield shown.pk, pages.speakers_context(shown, shown.meeting.current_item)


def _presences(ids: list[int]) -> Contexts:
    for shown in _meetings(ids):
        yield shown.pk, pages.presence_context(shown)


def _floors(ids: list[int]) -> Contexts:
    for shown in _meetings(ids):
        yield shown.pk, pages.floor_context(shown)


def _boards(ids: list[int], *, at_once: bool = False) -> Contexts:
    for shown in _meetings(ids):
        yield shown.pk, boards.display_context(shown, at_once=at_once)


def _paired_boards(ids: list[int], *, number: int) -> Contexts:
    for shown in _meetings(ids):
        yield shown.pk, paired_context(shown, number)


def _hands(ids: list[int]) -> Contexts:
    for shown in _meetings(ids):
        if (context := figures_context(shown)) is not None:
            yield shown.pk, context


def _questions(ids: list[int]) -> Contexts:
    """Public ones of these questions; those that only wait to be checked are drawn for nobody."""
    asked = Asked.objects.public().filter(pk__in=ids).select_related("author", "item")
    rows = list(asked.annotate(supporters=Count("supports"), guests=GUESTS))
    shown = {each.pk: each for each in _meetings([row.meeting_id for row in rows])}
    for row in rows:
        if row.meeting_id in shown:
            yield row.pk, pages.question_context(shown[row.meeting_id], row)


def _casts(ids: list[int]) -> Contexts:
    rows = list(RollCall.objects.filter(pk__in=ids, published_at=None).select_related("item"))
    shown = {each.pk: each for each in _meetings([row.item.meeting_id for row in rows])}
    for row in rows:
        if row.item.meeting_id in shown:
            yield row.pk, pages.cast_context(shown[row.item.meeting_id], row)


COURSE = Part("meetings/course.html", "meeting-course", _courses, of_topic=True)
SPEAKERS = Part(
    "meetings/speakers.html", "meeting-speakers", _speakers, of_topic=True, within=COURSE
)
PRESENCE = Part(
    "meetings/present.html", "meeting-present", _presences, of_topic=True, within=COURSE
)
FLOOR = Part("meetings/floor.html", "meeting-floor", _floors, of_topic=True)
QUESTION = Part("meetings/question.html", "question-{}", _questions, within=FLOOR)
CAST = Part("meetings/cast.html", "roll-call-{}-cast", _casts, within=COURSE)
#: Of a show of hands that is open: its figures move without a counter (realtime/samples.py).
HANDS = Part("meetings/hands_live.html", "hands-figures", _hands, of_topic=True)
#: The main display, and each that was paired: drawn for the screens that show it.
BOARD = Part(
    "meetings/display.html#board",
    "board",
    _boards,
    of_topic=True,
    numbered={
        number: Part(
            "meetings/display.html#board",
            "board",
            partial(_paired_boards, number=number),
            of_topic=True,
        )
        for number in range(1, MOST_DISPLAYS + 1)
    },
)
#: What of each variant is drawn anew when hands or the bars of an open survey move
#: (realtime/redrawing.py).
FOLLOWS_TOTALS = {PAGE: HANDS, DISPLAY: replace(BOARD, contexts=partial(_boards, at_once=True))}


def _meeting(event: Any) -> list[str]:
    return [topic_of(event.meeting_id)]


OF_MEETINGS = (
    # Whether people may ask, and the numbers of the items that questions are on.
    Broadcast(
        (
            events.MeetingPublished,
            events.MeetingCancelled,
            events.MeetingClosed,
            MeetingReopened,
            CourseUndone,
            events.AgendaChanged,
        ),
        _meeting,
        "meeting_id",
        page=COURSE,
        also=(FLOOR,),
        display=BOARD,
    ),
    Broadcast(
        (
            events.MeetingChanged,
            events.MeetingOpened,
            events.ItemOpened,
            events.ItemClosed,
            events.ItemDropped,
            events.RollCallOpened,
            events.RollCallClosed,
            events.RollCallPublished,
            events.RollCallAnnulled,
            events.DecisionConfirmed,
            hall.ShowOfHandsOpened,
            hall.HandsCounted,
            hall.ShowOfHandsClosed,
            events.QuickPollOpened,
            events.QuickPollClosed,
            events.QuickPollChanged,
            events.VideoPublished,
            SubtitlesImported,
            events.MinutesPublished,
            events.MinutesNamesRemoved,
            events.OutcomePublished,
            MeetingPaused,
            MeetingResumed,
            amendments.AmendmentEntered,
            amendments.AmendmentWithdrawn,
            amendments.AmendmentMarked,
            amendments.AmendmentPutToVote,
            amendments.AdoptedTextPublished,
            events.DecisionStopped,
            events.SecondVoteOpened,
            events.ConflictDeclared,
            events.ConflictWithdrawn,
            paper_ballots.PaperBallotOpened,
            paper_ballots.BallotIssued,
            paper_ballots.BallotTakenBack,
            paper_ballots.PaperBallotSealed,
            paper_ballots.PaperBallotCounted,
            paper_ballots.PaperBallotScanned,
            paper_ballots.PaperBallotPublished,
            paper_ballots.PaperBallotCancelled,
        ),
        _meeting,
        "meeting_id",
        page=COURSE,
        display=BOARD,
    ),
    Broadcast(
        (
            events.SpeakerAsked,
            events.SpeakerWithdrew,
            events.SpeakerBegan,
            events.SpeakerEnded,
            events.SpeakerClockChanged,
            # Pages are not blanked: the smallest part tells control and displays at once.
            events.DisplaysBlanked,
            events.DisplaysUnblanked,
            displays.DisplayPaired,
            displays.DisplayChanged,
            displays.DisplayUnpaired,
            displays.DisplayDelayChanged,
            events.GuestsSignalled,
        ),
        _meeting,
        "meeting_id",
        page=SPEAKERS,
        display=BOARD,
    ),
    Broadcast(
        (
            events.DeputyCame,
            events.DeputyLeft,
            # They tell those who run the meeting, and deputies who may confirm.
            events.PresenceClaimed,
            events.PresenceClaimDismissed,
        ),
        _meeting,
        "meeting_id",
        page=PRESENCE,
        display=BOARD,
    ),
    Broadcast(
        (events.VoteCast, events.VoteTakenBack, events.VoteReplaced),
        _meeting,
        "roll_call_id",
        page=CAST,
        display=BOARD,
    ),
    # A question that waits is on nobody's page; its event tells those who run the meeting.
    Broadcast(
        (events.QuestionAsked, events.QuestionSupported, events.GuestSupported),
        _meeting,
        "question_id",
        page=QUESTION,
        display=BOARD,
    ),
    # They stand in another order, or in another list.
    Broadcast(
        (
            events.QuestionShown,
            events.QuestionPutLive,
            events.QuestionTakenDown,
            events.QuestionHidden,
            events.QuestionMerged,
            events.QuestionAnswered,
            events.QuestionLeftForLater,
        ),
        _meeting,
        "meeting_id",
        page=FLOOR,
        display=BOARD,
    ),
)
