"""Subject of an annulled vote that is repeated: an amendment, or a decision that the head of the
city stopped.
"""

from __future__ import annotations

from core.domain.rules import require
from meetings.amendments.queries import place_of
from meetings.amendments.rules import in_turn
from meetings.models import Amendment, RollCall, Stop
from meetings.rollcalls import rules


def require_repeat(annulled: RollCall, *, needs: str) -> None:
    """Refuse to repeat the vote on an amendment out of its turn, or by another majority: by
    amendments.rules.in_turn and rollcalls.rules.repeat."""
    amendment = Amendment.objects.filter(roll_call=annulled).select_related("item").first()
    is_second_vote = Stop.objects.filter(second_vote=annulled).exists()
    if amendment is not None:
        state, is_next = place_of(amendment)
        require(in_turn(state=state, is_next=is_next))
    if amendment is not None or is_second_vote:
        require(rules.repeat(keeps_majority=needs == annulled.needs))


def follow(annulled: RollCall, again: RollCall) -> None:
    """Let the repeating vote decide the subject of the annulled one."""
    Amendment.objects.filter(roll_call=annulled).update(roll_call=again)
    Stop.objects.filter(second_vote=annulled).update(second_vote=again)
