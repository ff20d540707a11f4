"""Decisions by votes: annulling mistaken ones, and the vote that decided an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require
from meetings.actions import begin, enter
from meetings.events import DecisionConfirmed, RollCallAnnulled
from meetings.models import Item, LogEntry, Meeting, RollCall, RollCallAnnulment
from meetings.outcome.deciding import deciding
from meetings.rollcalls import rules

if TYPE_CHECKING:
    from accounts.models import User


def annul_roll_call(roll_call: RollCall, *, by: User, reason: str) -> RollCallAnnulment:
    """Annul what was voted by mistake: the frozen roll-call stays, and a row beside it says that it
    counts for nothing. Refuses by rules.annul. Emits RollCallAnnulled."""
    with action():
        meeting, now = begin(roll_call.item.meeting)
        roll_call = locked(roll_call)
        is_annulled = RollCallAnnulment.objects.filter(roll_call=roll_call).exists()
        require(rules.annul(by, meeting, roll_call, reason=reason, is_annulled=is_annulled))
        item = roll_call.item
        if item.decided_by_id == roll_call.pk:
            Item.objects.filter(pk=item.pk).update(decided_by=None, decision_confirmed_at=None)
        made = RollCallAnnulment.objects.create(
            roll_call=roll_call, at=now, by=by, reason=reason.strip()
        )
        enter(
            meeting,
            LogEntry.Kind.ROLL_CALL_ANNULLED,
            at=now,
            item=item,
            roll_call=roll_call,
            words=made.reason,
        )
        emit(RollCallAnnulled(meeting.pk, by.pk, item.pk, roll_call.pk))
        return made


def confirm_decision(item: Item, roll_call: RollCall | None, *, by: User) -> Item:
    """Say which vote decided an item; None: none of them did. Refuses by rules.decide. Emits
    DecisionConfirmed."""
    with action():
        meeting, now = begin(item.meeting)
        item = locked(item)
        is_annulled = RollCallAnnulment.objects.filter(roll_call=roll_call).exists()
        require(rules.decide(by, meeting, item, roll_call, is_annulled=is_annulled))
        item.decided_by, item.decision_confirmed_at = roll_call, now
        item.save(update_fields=["decided_by", "decision_confirmed_at"])
        decided_by_id = roll_call.pk if roll_call else None
        emit(DecisionConfirmed(meeting.pk, by.pk, item.pk, decided_by_id))
        return item


def confirm_shown_decisions(meeting: Meeting, *, by: User) -> list[Item]:
    """Confirm of each considered item the vote that is shown as deciding, where nobody has said it
    yet; which items. Refuses by rules.decide. Emits DecisionConfirmed for each."""
    with action():
        meeting, _now = begin(meeting)
        votes: dict[int, list[RollCall]] = {}
        rows = RollCall.objects.filter(item__meeting=meeting).select_related("annulment")
        for roll_call in rows.order_by("pk"):
            votes.setdefault(roll_call.item_id, []).append(roll_call)
        items = meeting.items.filter(pk__in=votes, decision_confirmed_at=None)
        return [
            confirm_decision(item, found, by=by)
            for item in items.select_related("meeting").order_by("order")
            if (found := deciding(item, votes[item.pk])) is not None
        ]
