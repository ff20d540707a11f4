"""Questions from the floor: asking, supporting, checking, showing on the displays, answering."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.domain.actions import action, shared
from core.domain.events import Event, emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from meetings import events
from meetings.actions import begin, enter
from meetings.models import Item, LogEntry, Meeting, Question, QuestionSupport
from meetings.questions import rules

if TYPE_CHECKING:
    from accounts.models import User

_State = Question.State


def ask(
    meeting: Meeting,
    *,
    by: User,
    text: str,
    item: Item | None = None,
    written_at: datetime | None = None,
) -> Question:
    """Ask a question, on an item or on anything; it waits to be checked.

    ``written_at``: when its author's device says that it was written, where it had no link then.
    Refuses by rules.ask. Emits QuestionAsked.
    """
    with action():
        meeting, now = shared(meeting)
        own = meeting.questions.filter(author=by, state=_State.WAITING).count()
        is_of_it = item is None or item.meeting_id == meeting.pk
        require(rules.ask(by, meeting, text=text, waiting=own, is_of_it=is_of_it))
        question = Question.objects.create(
            meeting=meeting,
            item=item,
            author=by,
            text=text.strip(),
            asked_at=now,
            written_at=rules.believe(meeting, written_at, now=now),
        )
        created(question)
        emit(events.QuestionAsked(meeting.pk, by.pk, question.pk))
        return question


def support(question: Question, *, by: User) -> None:
    """Want it answered too. Twice is once. Refuses by rules.support. Emits QuestionSupported."""
    with action():
        question, _now = shared(question)
        require(rules.support(by, question.meeting, question))
        _made, is_new = QuestionSupport.objects.get_or_create(question=question, user=by)
        if is_new:
            emit(events.QuestionSupported(question.meeting_id, by.pk, question.pk))


def withdraw_support(question: Question, *, by: User) -> None:
    """Want it no more. Refuses by rules.support. Emits QuestionSupported."""
    with action():
        question, _now = shared(question)
        require(rules.support(by, question.meeting, question))
        if QuestionSupport.objects.filter(question=question, user=by).delete()[0]:
            emit(events.QuestionSupported(question.meeting_id, by.pk, question.pk))


def show(question: Question, *, by: User) -> Question:
    """Let everybody read it, also one that was hidden, left for later or answered by mistake.
    Refuses by rules.show. Emits QuestionShown."""
    with action():
        meeting, question, _now = _begin(question)
        require(rules.show(by, meeting, question))
        return _become(
            meeting, question, _State.SHOWN, events.QuestionShown(meeting.pk, by.pk, question.pk)
        )


def put_live(question: Question, *, by: User, seen_live: int | None) -> Question:
    """Put it on the hall's displays, instead of the one that stands there: ``seen_live``, its id
    on the page of who asks (None: none). It stands there after the meeting's ``display_delay``,
    and is in the log from then on. Refuses by rules.put_live. Emits QuestionPutLive."""
    with action():
        meeting, question, now = _begin(question)
        live = meeting.questions.filter(is_live=True).values_list("pk", flat=True).first()
        require(rules.put_live(by, meeting, question, live=live, seen_live=seen_live))
        meeting.questions.filter(is_live=True).update(is_live=False)
        question.is_live = True
        question.save(update_fields=["is_live"])
        if meeting.display_delay:
            _hold(meeting, now + timedelta(seconds=meeting.display_delay))
        else:
            _hold(meeting, None)
            _tell(meeting, LogEntry.Kind.QUESTION, question, now)
        emit(events.QuestionPutLive(meeting.pk, by.pk, question.pk))
        return question


def take_down(question: Question, *, by: User) -> Question:
    """Take it off the displays; it stays on the page. Within its delay it never was there. Twice
    is once. Refuses by rules.handle. Emits QuestionTakenDown."""
    with action():
        meeting, question, _now = _begin(question)
        require(rules.handle(by, meeting))
        if question.is_live:
            question.is_live = False
            question.save(update_fields=["is_live"])
            _hold(meeting, None)
            emit(events.QuestionTakenDown(meeting.pk, by.pk, question.pk))
        return question


def hide(question: Question, *, by: User, reason: str) -> Question:
    """Do not show it, or no more; its author reads why. Refuses by rules.hide. Emits
    QuestionHidden."""
    with action():
        meeting, question, _now = _begin(question)
        require(rules.hide(by, meeting, question, reason=reason))
        done = events.QuestionHidden(meeting.pk, by.pk, question.pk)
        return _become(meeting, question, _State.HIDDEN, done, hidden_reason=reason.strip())


def merge(question: Question, *, by: User, into: Question) -> Question:
    """Count it with another one: who supported it, and its author, support that one. Refuses by
    rules.merge. Emits QuestionMerged."""
    with action():
        meeting, question, _now = _begin(question)
        into = meeting.questions.get(pk=into.pk)
        require(rules.merge(by, meeting, question, into))
        supporters = set(question.supports.values_list("user", flat=True)) | {question.author_id}
        QuestionSupport.objects.bulk_create(
            (
                QuestionSupport(question=into, user_id=pk)
                for pk in sorted(supporters - {into.author_id})
            ),
            ignore_conflicts=True,
        )
        question.merged.update(merged_into=into)
        done = events.QuestionMerged(meeting.pk, by.pk, question.pk, into.pk)
        return _become(meeting, question, _State.MERGED, done, merged_into=into)


def answer(question: Question, *, by: User, text: str = "") -> Question:
    """Note that it was answered, aloud or in writing (``text``); also when the meeting is over.
    Refuses by rules.answer. Emits QuestionAnswered."""
    with action():
        meeting, question, now = _begin(question)
        require(rules.answer(by, meeting, question))
        _tell(meeting, LogEntry.Kind.ANSWERED, question, now)
        done = events.QuestionAnswered(meeting.pk, by.pk, question.pk)
        return _become(
            meeting, question, _State.ANSWERED, done, answer=text.strip(), answered_at=now
        )


def leave_for_later(question: Question, *, by: User) -> Question:
    """Say that it will be answered in writing. Refuses by rules.leave_for_later. Emits
    QuestionLeftForLater."""
    with action():
        meeting, question, now = _begin(question)
        require(rules.leave_for_later(by, meeting, question))
        _tell(meeting, LogEntry.Kind.LATER, question, now)
        done = events.QuestionLeftForLater(meeting.pk, by.pk, question.pk)
        return _become(meeting, question, _State.LATER, done)


def _hold(meeting: Meeting, until: datetime | None) -> None:
    """Keep the question that was put on the displays from them until then; None: no question."""
    if meeting.question_due_at != until:
        meeting.question_due_at = until
        meeting.save(update_fields=["question_due_at"])


def _begin(question: Question) -> tuple[Meeting, Question, datetime]:
    """Its meeting under the lock, and a fresh copy of the question under its own."""
    meeting, now = begin(question.meeting)
    fresh = meeting.questions.select_for_update(of=("self",), no_key=True).get(pk=question.pk)
    return meeting, fresh, now


def _tell(meeting: Meeting, kind: LogEntry.Kind, question: Question, now: datetime) -> None:
    """Write it into the log of the meeting, once that has begun."""
    if meeting.opened_at is not None:
        enter(meeting, kind, at=now, item=question.item, question=question)


def _become(
    meeting: Meeting,
    question: Question,
    state: Question.State,
    done: Event,
    *,
    hidden_reason: str = "",
    merged_into: Question | None = None,
    answer: str = "",
    answered_at: datetime | None = None,
) -> Question:
    """Write the state with what belongs to it, and nothing of any former one."""
    if question.is_live:
        _hold(meeting, None)
    question.state, question.is_live = state, False
    question.hidden_reason, question.merged_into = hidden_reason, merged_into
    question.answer, question.answered_at = answer, answered_at
    question.save(
        update_fields=[
            "state",
            "is_live",
            "hidden_reason",
            "merged_into",
            "answer",
            "answered_at",
        ]
    )
    emit(done)
    return question
