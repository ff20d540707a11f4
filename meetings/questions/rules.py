"""Rules of questions from the floor. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act, sign_with_name
from core.domain.rules import Verdict, refuse_unless
from meetings.course.rules import MOVED_ON, control
from meetings.models import Question
from meetings.questions.models import LONGEST_ON_DEVICE, LONGEST_QUESTION
from meetings.rules import run

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting

_State = Question.State
#: So many questions of one person wait to be checked at once.
MOST_WAITING = 3


def take_part(user: Anybody, meeting: Meeting) -> Verdict:
    """Ask and support: who is signed in, from the notice until the end of the meeting."""
    return (
        act(user)
        and refuse_unless(
            meeting.published_at, "meeting.not_published", _("This meeting is not announced.")
        )
        and refuse_unless(
            meeting.cancelled_at is None, "meeting.cancelled", _("The meeting was cancelled.")
        )
        and refuse_unless(meeting.closed_at is None, "meeting.closed", _("The meeting is over."))
    )


def ask(
    user: Anybody, meeting: Meeting, *, text: str, waiting: int = 0, is_of_it: bool = True
) -> Verdict:
    """Ask a question; ``waiting``: how many of theirs are not checked yet; ``is_of_it``: its item
    is of this meeting."""
    return (
        take_part(user, meeting)
        and sign_with_name(user)
        and refuse_unless(
            is_of_it, "question.another_meeting", _("This item is of another meeting.")
        )
        and refuse_unless(text.strip(), "question.empty", _("Please write your question."))
        and refuse_unless(
            len(text.strip()) <= LONGEST_QUESTION,
            "question.too_long",
            _("A question must fit on the screen: please shorten it."),
        )
        and refuse_unless(
            waiting < MOST_WAITING,
            "question.too_many",
            _("Your last questions are still being checked. Please ask the next one after that."),
        )
    )


def believe(meeting: Meeting, written_at: datetime | None, *, now: datetime) -> datetime | None:
    """The moment at which a device says that a question was written, if that can be: since the
    notice, within LONGEST_ON_DEVICE, not to come. Clocks of telephones go wrong, and a question is
    not refused for it."""
    if written_at is None or meeting.published_at is None:
        return None
    first = max(meeting.published_at, now - LONGEST_ON_DEVICE)
    return written_at if first <= written_at <= now else None


def support(user: Anybody, meeting: Meeting, question: Question) -> Verdict:
    """Want a question answered that everybody reads and somebody else has asked."""
    return (
        take_part(user, meeting)
        and refuse_unless(
            question.state == _State.SHOWN,
            "question.not_shown",
            _("This question cannot be supported any more."),
        )
        and refuse_unless(
            question.author_id != user.pk,
            "question.ones_own",
            _("It is your own question: it counts already."),
        )
    )


def handle(user: Anybody, meeting: Meeting) -> Verdict:
    """Check, show, hide, merge and answer questions: who runs the meeting, also before it."""
    return run(user, meeting)


def show(user: Anybody, meeting: Meeting, question: Question) -> Verdict:
    """Let everybody read it."""
    return handle(user, meeting) and refuse_unless(
        question.state not in (_State.SHOWN, _State.MERGED),
        "question.shown",
        _("The question is shown already, or was merged into another one."),
    )


def put_live(
    user: Anybody, meeting: Meeting, question: Question, *, live: int | None, seen_live: int | None
) -> Verdict:
    """Put it on the displays: ``live`` stands there, ``seen_live`` is what who asks saw there."""
    return (
        control(user, meeting)
        and refuse_unless(live == seen_live, MOVED_ON.code, MOVED_ON.message)
        and refuse_unless(
            question.state == _State.SHOWN,
            "question.not_checked",
            _("Only a question that everybody reads can be put on the displays."),
        )
    )


def hide(user: Anybody, meeting: Meeting, question: Question, *, reason: str) -> Verdict:
    """Do not show it, with a reason for its author."""
    return (
        handle(user, meeting)
        and refuse_unless(
            question.state in (_State.WAITING, _State.SHOWN),
            "question.not_to_hide",
            _("The question has been dealt with already."),
        )
        and refuse_unless(reason.strip(), "question.reason_missing", _("Please give the reason."))
    )


def merge(user: Anybody, meeting: Meeting, question: Question, into: Question) -> Verdict:
    """Count it with another one that everybody reads."""
    return (
        handle(user, meeting)
        and refuse_unless(
            question.pk != into.pk,
            "question.into_itself",
            _("A question cannot be merged into itself."),
        )
        and refuse_unless(
            question.state in (_State.WAITING, _State.SHOWN),
            "question.not_to_merge",
            _("The question has been dealt with already."),
        )
        and refuse_unless(
            into.state in Question.PUBLIC,
            "question.into_hidden",
            _("It can be merged only into a question that everybody reads."),
        )
    )


def answer(user: Anybody, meeting: Meeting, question: Question) -> Verdict:
    """Note that it was answered; also when the meeting is over."""
    return handle(user, meeting) and refuse_unless(
        question.state in (_State.SHOWN, _State.LATER),
        "question.not_to_answer",
        _("Only a question that everybody reads can be answered, once."),
    )


def leave_for_later(user: Anybody, meeting: Meeting, question: Question) -> Verdict:
    """Say that it will be answered in writing."""
    return handle(user, meeting) and refuse_unless(
        question.state == _State.SHOWN,
        "question.not_shown_now",
        _("Only a question that is shown can be left for later."),
    )
