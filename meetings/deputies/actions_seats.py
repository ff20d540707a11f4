"""The numbers of a body's seats in the hall."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.rules import require
from meetings.deputies import rules_seats as rules
from meetings.events import CouncilChanged
from meetings.models import Body, Seat

if TYPE_CHECKING:
    from accounts.models import User


def seats_of(body: Body) -> QuerySet[Seat]:
    """The seats of a body today, in the order of their numbers, then of the deputies' names."""
    today = body.seats.on(local_date(clock.now())).select_related("deputy")
    return today.order_by("number", "deputy__name_key", "pk")


def number_seats(
    body: Body,
    *,
    by: User,
    numbers: Mapping[int, int | None],
    seen: Mapping[int, int | None],
) -> None:
    """Say where each seat of today stands: ``numbers`` by the seats' ids, ``seen`` what the page
    showed. Refuses by rules.number_seats. Emits CouncilChanged."""
    with action():
        body = locked(body)
        seats = {seat.pk: seat for seat in seats_of(body)}
        given = {pk: number for pk, number in numbers.items() if pk in seats}
        now = {pk: seat.number for pk, seat in seats.items()}
        require(rules.number_seats(by, numbers=given.values(), is_as_seen=now == dict(seen)))
        changed = [seat for pk, seat in seats.items() if given.get(pk) != seat.number]
        # First none: two that change places have the same number at no moment.
        body.seats.filter(pk__in=[seat.pk for seat in changed]).update(number=None)
        for seat in changed:
            seat.number = given.get(seat.pk)
        Seat.objects.bulk_update(changed, ["number"])
        emit(CouncilChanged(by.pk, body_id=body.pk))
