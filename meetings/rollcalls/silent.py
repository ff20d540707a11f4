"""Entries at the close of a roll-call for members who gave no vote."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from meetings.conflicts.queries import taking_no_part
from meetings.models import Meeting, RollCall, Vote
from meetings.presence.queries import attendance_of
from meetings.queries import voters_of


def fill(roll_call: RollCall, meeting: Meeting, now: datetime) -> int:
    """Write the votes of those who gave none; how many members are present."""
    members = {deputy.pk: deputy for deputy in voters_of(roll_call, meeting)}
    voted = set(roll_call.votes.values_list("deputy", flat=True))
    here = attendance_of(meeting).grounds
    no_part = taking_no_part(roll_call.item_id)
    Vote.objects.bulk_create(
        Vote(
            roll_call=roll_call,
            deputy=deputy,
            faction_id=deputy.faction_id,
            choice=silent(pk, here, no_part),
            at=now,
            video_ground_id=here.get(pk),
        )
        for pk, deputy in members.items()
        if pk not in voted
    )
    return len(voted | (here.keys() & members.keys()))


def silent(pk: int, here: Collection[int], no_part: Collection[int]) -> Vote.Choice:
    """The entry for a member who gave no vote."""
    if pk in no_part:
        return Vote.Choice.CONFLICT
    return Vote.Choice.NOT_VOTING if pk in here else Vote.Choice.ABSENT
