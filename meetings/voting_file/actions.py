"""Presence and votes as the voting system's file says them, in one act."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.domain.actions import action
from meetings.actions import begin, enter
from meetings.models import LogEntry, Meeting, RollCall, VotingColumns
from meetings.presence.actions_bulk import enter_votes, note_presence

if TYPE_CHECKING:
    from accounts.models import User


def apply_file(
    meeting: Meeting,
    roll_call: RollCall | None,
    *,
    by: User,
    came: Collection[int],
    left: Collection[int],
    votes: Mapping[int, str],
    names: str,
    votes_column: str,
) -> int:
    """Note who is present and who is not, enter the votes of the open roll-call, write one line
    into the log, and keep which columns were read. How much has changed.

    Refuses by rules.presence.register and rules.rollcalls.enter_vote. Emits DeputyCame, DeputyLeft,
    VoteCast.
    """
    with action():
        meeting, now = begin(meeting)
        changed = note_presence(meeting, by=by, came=came, left=left)
        if roll_call is not None and votes:
            changed += enter_votes(roll_call, by=by, votes=votes)
        VotingColumns.objects.update_or_create(
            body=meeting.body, defaults={"names": names, "votes": votes_column}
        )
        if changed:
            with override(settings.LANGUAGE_CODE):
                said = _("present %(came)d, absent %(left)d, votes %(votes)d")
            words = said % {"came": len(came), "left": len(left), "votes": len(votes)}
            enter(meeting, LogEntry.Kind.VOTES_FILE, at=now, words=words)
        return changed
