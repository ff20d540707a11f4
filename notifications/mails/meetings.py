"""Mails about meetings: to who takes part in a matter that is considered, and to who asked.

Those who spoke in a consultation or supported what was said there, the author of a petition and
those who signed it and want its mails: one mail when it is put on a published agenda, and one of
what was decided. They stop by the same click as other mails of that consultation or petition.
"""

from __future__ import annotations

from typing import Any

from accounts.models import User
from core.domain.events import within
from meetings.events import (
    CloseConfirmed,
    ItemTied,
    MeetingEvent,
    MeetingPublished,
    MinutesPublished,
    QuestionAnswered,
    RollCallPublished,
    VoteReplaced,
)
from meetings.models import Deputy, Item, LogEntry, Meeting, Question, RollCall
from meetings.outcome.counting import result_of_counted, with_counts
from meetings.outcome.deciding import counting
from meetings.outcome.questions import unanswered_of
from meetings.undoing.actions import note_told
from meetings.undoing.queries import is_settled
from notifications.mails.audiences import AUDIENCES
from notifications.mails.contents import Context, mail
from notifications.sending.fanout import tell
from notifications.sending.mail import defer

ANNOUNCED, DECIDED = "meetings/item_announced", "meetings/item_decided"
UNANSWERED, ANSWERED = "meetings/unanswered", "meetings/answered"
VOTE_REPLACED = "meetings/vote_replaced"


@within(MeetingPublished)
def published(event: MeetingPublished) -> None:
    """Tell who takes part in what is on its agenda."""
    for item in _matters(event):
        _tell(ANNOUNCED, item)


@within(ItemTied)
def tied(event: ItemTied) -> None:
    """Tell who takes part in what was put on the agenda later."""
    for item in _matters(event).filter(pk=event.item_id):
        _tell(ANNOUNCED, item)


@within(CloseConfirmed)
def closed(event: CloseConfirmed) -> None:
    """Tell what was decided, where that is published: no vote on it can follow now. Offer to go on
    to who asked and got no answer. Whom a mail goes to is told for good (meetings/undoing)."""
    for item in _matters(event).filter(state=Item.State.DONE, pk__in=_voted_items(event)):
        _tell(DECIDED, item)
        note_told(item.meeting)
    asked = {"meeting_id": event.meeting_id}
    if AUDIENCES["askers"].next_members(asked, after=0, most=1):
        note_told(Meeting(pk=event.meeting_id))
    tell("askers", UNANSWERED, about=f"meeting:{event.meeting_id}", meeting_id=event.meeting_id)


@within(QuestionAnswered)
def answered(event: QuestionAnswered) -> None:
    """Tell who asked that the answer is there, where it was given in writing after the meeting."""
    found = Question.objects.filter(pk=event.question_id, meeting__closed_at__isnull=False)
    for question in found.exclude(answer=""):
        about = f"question:{question.pk}"
        defer(ANSWERED, user_id=question.author_id, about=about, question_id=question.pk)


@within(RollCallPublished)
def roll_call_published(event: RollCallPublished) -> None:
    """Tell of one that is published once the close was told; the others are told of then."""
    over = _matters(event).filter(is_settled("meeting__"), state=Item.State.DONE)
    for item in over.filter(pk=event.item_id):
        _tell(DECIDED, item)
        note_told(item.meeting)


@within(MinutesPublished)
def minutes_published(event: MinutesPublished) -> None:
    """Tell where to read what became of what was considered without a roll-call."""
    for item in _matters(event).filter(state=Item.State.DONE).exclude(pk__in=_voted_items(event)):
        _tell(DECIDED, item)


@within(VoteReplaced)
def vote_replaced(event: VoteReplaced) -> None:
    """Tell a deputy with an account that the secretary has replaced their vote."""
    deputy = Deputy.objects.filter(pk=event.deputy_id, user__isnull=False).first()
    if deputy is not None and deputy.user_id is not None:
        of = {"roll_call_id": event.roll_call_id, "deputy_id": deputy.pk}
        about = f"roll_call:{event.roll_call_id}"
        defer(VOTE_REPLACED, user_id=deputy.user_id, about=about, **of)


def _matters(event: MeetingEvent) -> Any:
    """The items of its meeting that are about a consultation or a petition."""
    items = Item.objects.filter(meeting=event.meeting_id).exclude(state=Item.State.DROPPED)
    about = items.filter(consultation__isnull=False) | items.filter(petition__isnull=False)
    return about.select_related("petition", "meeting").order_by("pk")


def _voted_items(event: MeetingEvent) -> Any:
    """The items on which a result is published."""
    return _published_meeting(item__meeting=event.meeting_id).values("item")


def _published_meeting(**of: int) -> Any:
    return counting(RollCall.objects.all()).filter(published_at__isnull=False, **of)


def _tell(template: str, item: Item) -> None:
    """One mail to each of those who take part in the matter, whatever happens to the item later."""
    about, ids = f"item:{item.pk}", {"item_id": item.pk}
    if item.consultation_id is not None:
        tell("speakers", template, about=about, consultation_id=item.consultation_id, **ids)
    if item.petition is not None:
        of = {"petition_id": item.petition.pk, **ids}
        defer(template, user_id=item.petition.author_id, about=about, **of)
        tell("listeners", template, about=about, **of)


@mail(ANNOUNCED)
def _announced(_user: User | None, *, item_id: int, **_of: int) -> Context:
    """Nothing once it was taken off, or the meeting was cancelled or has begun."""
    ahead = {"meeting__cancelled_at": None, "meeting__opened_at": None}
    item = _load(item_id, state=Item.State.PLANNED, **ahead)
    return None if item is None else _context_of(item)


@mail(DECIDED)
def _decided(_user: User | None, *, item_id: int, **_of: int) -> Context:
    item = _load(item_id, state=Item.State.DONE)
    if item is None:
        return None
    rows = with_counts(_published_meeting(item=item.pk)).select_related("annulment").order_by("pk")
    votes = [(row, result_of_counted(row)) for row in rows]
    return {**_context_of(item), "votes": votes}


@mail(UNANSWERED)
def _unanswered(user: User, *, meeting_id: int) -> Context:
    """Nothing to who has sent all on already, or has an answer meanwhile."""
    asked = [each for each in unanswered_of(user, meeting_id=meeting_id) if each.appeal is None]
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    return {"meeting": meeting, "questions": asked} if asked and meeting else None


@mail(ANSWERED)
def _answered(user: User, *, question_id: int) -> Context:
    """Nothing once it is not shown, or not answered, any more."""
    found = Question.objects.filter(pk=question_id, author=user, state=Question.State.ANSWERED)
    question = found.select_related("meeting").exclude(answer="").first()
    return {"question": question, "meeting": question.meeting} if question else None


@mail(VOTE_REPLACED)
def _vote_replaced(user: User, *, roll_call_id: int, deputy_id: int) -> Context:
    """Nothing to an account that is the deputy's no more."""
    told = LogEntry.objects.filter(
        kind=LogEntry.Kind.VOTE_REPLACED,
        roll_call=roll_call_id,
        deputy=deputy_id,
        deputy__user=user.pk,
    )
    entry = told.select_related("meeting", "roll_call").order_by("-pk").first()
    return {"entry": entry, "meeting": entry.meeting} if entry else None


def _load(item_id: int, **holds: Any) -> Item | None:
    rows = Item.objects.select_related("meeting", "consultation", "petition")
    return rows.filter(pk=item_id, **holds).first()


def _context_of(item: Item) -> dict[str, Any]:
    matter = item.consultation or item.petition
    return {"item": item, "meeting": item.meeting, "matter": matter}
