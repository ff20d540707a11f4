"""Special votes of the demo's session that is over: a conflict of interest, a stopped decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from accounts.models import User
from city.calendar import work_calendar
from core.domain.calendar import local_date
from meetings.models import Conflict, Deputy, Item, RollCall, Stop
from meetings.stopped.terms import second_vote_day, stop_day


def declare(
    item: Item, said: Mapping[str, Any], deputies: Sequence[Deputy], *, by: User, at: datetime
) -> Deputy | None:
    """Who takes no part in the item, as the roll-call of meetings.toml has it; None: nobody."""
    if "conflict" not in said:
        return None
    number: int = said["conflict"]["deputy"]
    deputy = deputies[number - 1]
    words = said["conflict"]["words"]
    Conflict.objects.create(item=item, deputy=deputy, words=words, at=at, by=by, by_deputy=False)
    return deputy


def stop(said: Mapping[str, Any], roll_call: RollCall, *, by: User, at: datetime) -> Stop:
    """The head of the city stops what the roll-call decided."""
    calendar, on, decided_at = work_calendar(), local_date(at), roll_call.closed_at
    assert decided_at is not None  # noqa: S101 - of a session that is over
    return Stop.objects.create(
        roll_call=roll_call,
        on=on,
        head=said["head"],
        remarks=said["remarks"],
        stop_due_on=stop_day(local_date(decided_at), calendar),
        vote_due_on=second_vote_day(on, calendar),
        at=at,
        by=by,
    )
