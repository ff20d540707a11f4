"""Conflicts of interest: declared, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from meetings.actions import begin, enter
from meetings.conflicts import queries, rules
from meetings.events import ConflictDeclared, ConflictWithdrawn, VoteTakenBack
from meetings.models import Conflict, Deputy, Item, LogEntry, RollCall
from meetings.queries import is_member

if TYPE_CHECKING:
    from accounts.models import User


def declare(item: Item, deputy: Deputy, *, by: User, words: str) -> Conflict:
    """Declare a conflict of interest: the deputy takes no part in the item from now on. What they
    have voted in a roll-call that is open goes, and the log says so.

    Refuses by rules.declare. Emits ConflictDeclared, and VoteTakenBack.
    """
    with action():
        meeting, now = begin(item.meeting)
        item = locked(item)
        require(
            rules.declare(
                by,
                meeting,
                item,
                deputy,
                words=words,
                is_member=is_member(meeting, deputy),
                is_declared=queries.has_conflict(item.pk, deputy),
            )
        )
        made = Conflict.objects.create(
            item=item,
            deputy=deputy,
            words=words.strip(),
            at=now,
            by=by,
            by_deputy=deputy.user_id == by.pk,
        )
        created(made)
        if meeting.is_running:
            enter(meeting, LogEntry.Kind.CONFLICT, at=now, item=item, deputy=deputy)
        for roll_call in RollCall.objects.filter(item=item, closed_at=None):
            # Whoever votes holds it shared: their vote comes before, and goes, or is refused.
            gone, _rows = locked(roll_call).votes.filter(deputy=deputy).delete()
            if gone:
                kind = LogEntry.Kind.VOTE_TAKEN_BACK
                enter(meeting, kind, at=now, item=item, deputy=deputy, roll_call=roll_call)
                emit(VoteTakenBack(meeting.pk, by.pk, item.pk, roll_call.pk, deputy.pk))
        emit(ConflictDeclared(meeting.pk, by.pk, item.pk, deputy.pk))
        return made


def withdraw(conflict: Conflict, *, by: User, reason: str) -> Conflict:
    """Take back what was declared by mistake; the row stays with its reason. Refuses by
    rules.withdraw. Emits ConflictWithdrawn."""
    with action():
        meeting, now = begin(conflict.item.meeting)
        conflict = locked(conflict)
        require(rules.withdraw(by, meeting, conflict, reason=reason))
        conflict.withdrawn_at, conflict.withdrawn_reason = now, reason.strip()
        conflict.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        if meeting.is_running:
            kind = LogEntry.Kind.CONFLICT_WITHDRAWN
            enter(meeting, kind, at=now, item=conflict.item, deputy=conflict.deputy)
        emit(ConflictWithdrawn(meeting.pk, by.pk, conflict.item_id, conflict.deputy_id))
        return conflict
