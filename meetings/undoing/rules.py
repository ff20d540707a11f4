"""Rules of undoing. Pure: the facts are passed in.

The last step of a meeting can be undone, whatever it was long ago; a roll-call that is closed never
is. Nothing is undone while the meeting is interrupted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.course.rules import MOVED_ON, conduct
from meetings.models import LogEntry, Question
from meetings.rules import run

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting

_Kind = LogEntry.Kind
_ANSWERED = Question.State.ANSWERED
#: Steps that can be undone while they are the last one.
UNDONE = frozenset({_Kind.ITEM, _Kind.ITEM_DONE, _Kind.SPOKE, _Kind.ANSWERED})
#: What is not a step: it does not stand between a mistake and its undoing.
NO_STEPS = frozenset({_Kind.CAME, _Kind.LEFT, _Kind.VOTES_FILE, _Kind.BLANKED, _Kind.UNBLANKED})


def undo(user: Anybody, meeting: Meeting, *, last: LogEntry | None, seen: int | None) -> Verdict:
    """Undo the last step: ``last`` is its line in the log, ``seen`` the id of that on the page of
    who asks."""
    return (
        conduct(user, meeting)
        and refuse_unless((last.pk if last else None) == seen, MOVED_ON.code, MOVED_ON.message)
        and refuse_unless(
            last is not None and last.kind in UNDONE,
            "undo.nothing",
            _("The last step cannot be undone."),
        )
        and refuse_unless(
            # While another one is considered: it was decided together with that one, by a vote.
            last is None or last.kind != _Kind.ITEM_DONE or meeting.current_item_id is None,
            "undo.nothing",
            _("The last step cannot be undone."),
        )
        and refuse_unless(
            last is None or last.question is None or last.question.state == _ANSWERED,
            "undo.nothing",
            _("The last step cannot be undone."),
        )
        and refuse_unless(
            last is None or last.question is None or not last.question.answer,
            "undo.written",
            _("The question has an answer in writing, which is not deleted."),
        )
    )


def reopen(user: Anybody, meeting: Meeting, *, has_outcome: bool) -> Verdict:
    """Reopen what was closed by mistake: until minutes, an outcome or the video are published, or
    people were told that it is over."""
    return (
        run(user, meeting)
        and refuse_unless(meeting.closed_at, "undo.not_closed", _("The meeting is not closed."))
        and refuse_unless(
            meeting.minutes_published_at is None,
            "undo.minutes",
            _("The minutes are published: the meeting is not reopened any more."),
        )
        and refuse_unless(
            not has_outcome,
            "undo.outcome",
            _("The outcome is published: the meeting is not reopened any more."),
        )
        and refuse_unless(
            meeting.video_published_at is None,
            "undo.video",
            _("The video is published: the meeting is not reopened any more."),
        )
        and refuse_unless(
            meeting.close_told_at is None,
            "undo.told",
            _("People have been told that the meeting is over: it is not reopened any more."),
        )
    )
