"""The roll-call that a pause suspends, and what becomes of it: it goes on, or it is repeated.

The one place that says how it is repeated: closed as it stands, annulled, and put to the vote once
more, as any vote that is repeated.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.actions import enter
from meetings.bundles.actions import move_bundle
from meetings.models import LogEntry, Meeting, Pause
from meetings.rollcalls.actions import close_roll_call, open_roll_call
from meetings.rollcalls.actions_decisions import annul_roll_call

if TYPE_CHECKING:
    from accounts.models import User


def is_waiting(pause: Pause | None) -> bool:
    """Whether a roll-call waits for the end of the pause."""
    return pause is not None and pause.roll_call is not None and pause.roll_call.closed_at is None


def go_on(
    pause: Pause,
    meeting: Meeting,
    *,
    by: User,
    now: datetime,
    repeats: bool,
    no_quorum_reason: str = "",
) -> None:
    """After the pause, by whoever ends it: let the votes come again, or repeat the roll-call, where
    no quorum is left for ``no_quorum_reason``. The log says which. Refuses and emits as closing,
    annulling and opening a roll-call do."""
    roll_call = pause.roll_call
    assert roll_call is not None  # noqa: S101 - is_waiting
    kind = LogEntry.Kind.VOTE_REPEATED if repeats else LogEntry.Kind.VOTE_CONTINUED
    enter(meeting, kind, at=now, item=roll_call.item, roll_call=roll_call)
    if repeats:
        close_roll_call(roll_call, by=by)
        annul_roll_call(roll_call, by=by, reason=_why(pause))
        again = open_roll_call(
            meeting,
            by=by,
            question=roll_call.question,
            short_question=roll_call.short_question,
            needs=roll_call.needs,
            seen_item=meeting.current_item_id,
            no_quorum_reason=no_quorum_reason or roll_call.no_quorum_reason,
            repeats=roll_call,
        )
        move_bundle(roll_call, again)


def _why(pause: Pause) -> str:
    """Why the roll-call is annulled, in the state's language."""
    with translation.override(settings.LANGUAGE_CODE):
        facts = {"pause": Pause.Kind(pause.kind).label}
        return _("The vote was interrupted (%(pause)s) and is repeated.") % facts
