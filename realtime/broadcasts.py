"""BROADCASTS: which event changes which topic, and which part of its pages is rendered again.

A part is drawn once per language for everybody who watches, so its context comes from here alone:
no request, no user, no CSRF token.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from accounts import events as accounts
from accounts.data.events import UserErased
from accounts.staff import events as staff
from consultations import boards as consultation_boards
from consultations import events as carrying
from consultations import events as consultations
from consultations import pages, queries
from consultations.checklist import events as checklist
from consultations.decisions import events as decisions
from consultations.decisions.queries import decision_of
from consultations.dispositions import events as dispositions
from consultations.models import Consultation, Remark, topic_of
from consultations.presenters import ShownConsultation
from consultations.register import events as numbering
from consultations.repeats.events import REGROUPED
from discussions.models import Comment
from organisations import events as organisations
from petitions import events as petitions
from petitions import pages as petition_pages
from petitions import queries as petition_reading
from petitions.models import Petition
from petitions.models import topic_of as petition_topic_of
from petitions.presenters import LivePetition
from petitions.talk import pages as talk_pages
from petitions.talk import queries as talk_reading
from realtime import of_meetings
from realtime.of_registrations import OF_REGISTRATIONS
from realtime.parts import DISPLAY, RESULTS, Broadcast, Part
from votes import boards
from votes import events as polls
from votes import pages as poll_pages
from votes.models import Poll
from votes.models import topic_of as poll_topic_of
from votes.presenters import ShownPoll


def _remarks(ids: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    listed = Remark.objects.listed().filter(pk__in=ids, comment__parent=None)
    rows = list(queries.with_display_columns(listed))
    published = Consultation.objects.published().filter(
        pk__in={row.consultation_id for row in rows}
    )
    consultations = {row.pk: ShownConsultation.of(row) for row in queries.for_page(published)}
    for shown in consultations.values():
        here = [row for row in rows if row.consultation_id == shown.pk]
        for remark in queries.show_remarks(here, shown.text_number):
            yield (
                remark.pk,
                {**pages.consultation_context(shown), **pages.remark_part_context(remark)},
            )


def _consultations(ids: list[int]) -> Iterator[ShownConsultation]:
    for row in queries.for_page(Consultation.objects.published().filter(pk__in=ids)):
        yield ShownConsultation.of(row)


def _statuses(ids: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    for shown in _consultations(ids):
        yield shown.pk, pages.consultation_context(shown)


def _decisions(ids: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    for shown in _consultations(ids):
        decided = decision_of(shown.consultation, shown.now)
        yield shown.pk, {**pages.consultation_context(shown), "decided": decided}


def _timelines(ids: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    for shown in _consultations(ids):
        yield shown.pk, pages.timeline_context(shown, decision_of(shown.consultation, shown.now))


def _boards(ids: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    for shown in _consultations(ids):
        yield shown.pk, consultation_boards.display_context(shown)


def _comments(ids: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    listed = talk_reading.comments_for_list(Comment.objects.filter(pk__in=ids))
    published = Petition.objects.published().filter(thread__comments__in=ids)
    by_thread = {petition.thread_id: petition for petition in published.only("thread").distinct()}
    for comment in listed:
        if petition := by_thread.get(comment.thread_id):
            yield comment.pk, talk_pages.comment_parts(comment, petition)


def _standings(ids: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    published = petition_reading.for_page(Petition.objects.published())
    for petition in published.filter(pk__in=ids):
        yield petition.pk, petition_pages.standing_context(LivePetition.of_page(petition))


def _news(ids: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    for petition in Petition.objects.published().filter(pk__in=ids).only("pk"):
        yield petition.pk, {"news": petition_reading.news_of(petition)}


def _photos(ids: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    for petition in Petition.objects.published().filter(pk__in=ids).only("pk"):
        yield petition.pk, {"photos": petition_pages.show_photos(petition)}


def _polls(ids: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    for poll in poll_pages.for_page(Poll.objects.published()).filter(pk__in=ids):
        yield poll.pk, poll_pages.standing_context(ShownPoll.of(poll))


def _poll_boards(ids: list[int], **how: bool) -> Iterator[tuple[int, dict[str, Any]]]:
    for poll in poll_pages.for_page(Poll.objects.published()).filter(pk__in=ids):
        yield poll.pk, boards.display_context(ShownPoll.of(poll), **how)


def _poll_results(ids: list[int], **how: bool) -> Iterator[tuple[int, dict[str, Any]]]:
    for poll in poll_pages.for_page(Poll.objects.published()).filter(pk__in=ids):
        yield poll.pk, boards.results_context(ShownPoll.of(poll), **how)


_PAGE = "consultations/consultation_detail.html"
REMARK = Part(f"{_PAGE}#remark", "remark-{}", _remarks)
STATUS = Part(f"{_PAGE}#status", "consultation-status", _statuses, of_topic=True)
TIMELINE = Part(f"{_PAGE}#timeline", "consultation-timeline", _timelines, of_topic=True)
DECISION = Part(
    "consultations/decision_part.html", "consultation-decision", _decisions, of_topic=True
)
BOARD = Part("consultations/consultation_display.html#board", "board", _boards, of_topic=True)

_PETITION = "petitions/petition_detail.html"
COMMENT = Part(f"{_PETITION}#comment", "comment-{}", _comments)
STANDING = Part(f"{_PETITION}#standing", "petition-standing", _standings, of_topic=True)
NEWS = Part(f"{_PETITION}#news", "petition-news", _news, of_topic=True)
PHOTOS = Part(f"{_PETITION}#photos", "petition-photos", _photos, of_topic=True)

POLL = Part("votes/poll_detail.html#standing", "poll-standing", _polls, of_topic=True)
POLL_BOARD = Part("votes/poll_display.html#board", "board", _poll_boards, of_topic=True)
POLL_RESULTS = Part("votes/results.html#results", "poll-results", _poll_results, of_topic=True)

#: Kind of topic -> what of each variant is drawn anew when its totals move without an event
#: (realtime/redrawing.py): the bars of an open poll, counted at that moment.
FOLLOWS_TOTALS = {
    "poll": {
        DISPLAY: replace(POLL_BOARD, contexts=partial(_poll_boards, at_once=True)),
        RESULTS: replace(POLL_RESULTS, contexts=partial(_poll_results, at_once=True)),
    },
    "meeting": of_meetings.FOLLOWS_TOTALS,
}


def _consultation(event: Any) -> list[str]:
    return [topic_of(event.consultation_id)]


def _consultation_and_list(event: Any) -> list[str]:
    return [topic_of(event.consultation_id), "consultations"]


def _petition(event: Any) -> list[str]:
    return [petition_topic_of(event.petition_id)]


def _petition_and_list(event: Any) -> list[str]:
    return [petition_topic_of(event.petition_id), "petitions"]


def _poll_and_list(event: Any) -> list[str]:
    return [poll_topic_of(event.poll_id), "polls"]


#: What everybody sees of a poll.
OF_POLLS = (
    polls.PollScheduled,
    polls.PollOpened,
    polls.PollExtended,
    polls.PollClosed,
    polls.PollCancelled,
    polls.ResultsPublished,
)

BROADCASTS = (
    Broadcast(
        (consultations.RemarkPosted, numbering.RemarkEntered),
        _consultation,
        "remark_id",
        page=REMARK,
        joins="remarks",
        display=BOARD,
    ),
    Broadcast(consultations.REMARK_REDRAWN, _consultation, "remark_id", page=REMARK, display=BOARD),
    Broadcast(dispositions.PUBLIC_CHANGES, _consultation, "remark_id", page=REMARK),
    Broadcast((numbering.RemarkNumbered,), _consultation, "remark_id", page=REMARK, display=BOARD),
    Broadcast(
        (
            consultations.ConsultationAnnounced,
            consultations.ConsultationChanged,
            consultations.ConsultationPicturesChanged,
            consultations.ConsultationClosed,
            consultations.ConsultationOpened,
            consultations.ConsultationWithdrawn,
            consultations.DatesChanged,
            consultations.PremoderationBegun,
            consultations.PremoderationEnded,
            consultations.ReportDayMoved,
            consultations.ReportPublished,
            consultations.EditionPublished,
            consultations.EditionNamesRemoved,
            checklist.ProcedureAnswered,
            checklist.DiscussionPlanned,
            checklist.DiscussionCancelled,
        ),
        _consultation_and_list,
        "consultation_id",
        page=STATUS,
        display=BOARD,
        also=(TIMELINE,),
    ),
    Broadcast(
        decisions.DECISION_REDRAWN,
        _consultation_and_list,
        "consultation_id",
        page=DECISION,
        also=(TIMELINE,),
    ),
    Broadcast((carrying.PlaceAnswered,), _consultation, "remark_id", page=REMARK),
    # It stands where its date puts it, not on top: pages fetch their region again.
    Broadcast((consultations.RemarkJoined,), _consultation, "remark_id", display=BOARD),
    # Lists show others: pages fetch their region again.
    Broadcast(REGROUPED, _consultation, "consultation_id", display=BOARD),
    # Every remark may now be one on an earlier version: pages fetch their region again.
    Broadcast(
        (consultations.VersionPublished, carrying.RemarksCarried),
        _consultation_and_list,
        "consultation_id",
        display=BOARD,
    ),
    Broadcast((petitions.CommentMade,), _petition, "comment_id", page=COMMENT, joins="comments"),
    Broadcast((petitions.CommentTouched,), _petition, "comment_id", page=COMMENT),
    Broadcast(
        (
            petitions.PetitionPublished,
            petitions.PetitionWithdrawn,
            petitions.ThresholdReached,
            petitions.ThresholdLost,
            petitions.CollectionEnded,
            petitions.AppealProgressed,
            petitions.ReviewStarted,
            petitions.PutOnAgenda,
            petitions.PetitionDecided,
            petitions.PetitionAnswered,
            petitions.PetitionChanged,
            petitions.SignaturesRemoved,
            petitions.RemovalReversed,
            petitions.SignaturesChecked,
            petitions.SignaturesHeldBack,
        ),
        _petition_and_list,
        "petition_id",
        page=STANDING,
    ),
    Broadcast((petitions.PhotoRemoved,), _petition_and_list, "petition_id", page=PHOTOS),
    Broadcast(
        (petitions.NewsPosted, petitions.NewsHidden, petitions.NewsRestored),
        _petition,
        "petition_id",
        page=NEWS,
    ),
    # Nothing is drawn: what holds a poll and the poll's own page fetch their regions again.
    Broadcast(
        (consultations.ConsultationPollAttached, consultations.ConsultationPollDetached),
        lambda event: [topic_of(event.consultation_id), poll_topic_of(event.poll_id)],
        "consultation_id",
    ),
    Broadcast(
        (petitions.AnswerPollAttached, petitions.AnswerPollDetached),
        lambda event: [petition_topic_of(event.petition_id), poll_topic_of(event.poll_id)],
        "petition_id",
    ),
    Broadcast(
        OF_POLLS,
        _poll_and_list,
        "poll_id",
        page=POLL,
        display=POLL_BOARD,
        results=POLL_RESULTS,
    ),
    *of_meetings.OF_MEETINGS,
    *OF_REGISTRATIONS,
)

#: What ends somebody's right to their open sockets: the hub looks at once instead of within 2 s.
RIGHTS = (
    accounts.UserSuspended,
    UserErased,
    accounts.PasswordChanged,
    staff.GrantGiven,
    staff.GrantRevoked,
    staff.BreakGlassUsed,
    staff.CoverNamed,
    staff.CoverEnded,
    staff.StaffRetired,
)

#: What changes for whom somebody speaks: the hub looks at once, and tells their pages alone.
MANDATES = (
    organisations.MandateGranted,
    organisations.MandateChanged,
    organisations.MandateRevoked,
)

#: By the event's name, as it stands in a NOTIFY.
BY_EVENT = {event.__name__: line for line in BROADCASTS for event in line.events}
