"""Who sits in the council: bodies, factions, deputies and their seats."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from city.models import District
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require
from core.web.idempotency import created
from meetings.events import CouncilChanged
from meetings.models import Body, Deputy, Faction, Seat
from meetings.rules import council as rules

if TYPE_CHECKING:
    from accounts.models import User


def add_body(*, by: User, name: str, kind: str, membership: int) -> Body:
    """Add a body that meets. Refuses by rules.add_body. Emits CouncilChanged."""
    with action():
        is_there = Body.objects.open().filter(kind=kind).exists()
        require(rules.add_body(by, name=name, kind=kind, membership=membership, is_there=is_there))
        body = Body.objects.create(name=name.strip(), kind=kind, membership=membership)
        created(body)
        emit(CouncilChanged(by.pk, body_id=body.pk))
        return body


def add_faction(*, by: User, name: str) -> Faction:
    """Add a faction. Refuses by rules.add_named. Emits CouncilChanged."""
    with action():
        require(rules.add_named(by, name=name))
        faction = Faction.objects.create(name=name.strip())
        created(faction)
        emit(CouncilChanged(by.pk, faction_id=faction.pk))
        return faction


def add_deputy(
    *,
    by: User,
    name: str,
    since: date,
    faction: Faction | None = None,
    district: District | None = None,
    user: User | None = None,
) -> Deputy:
    """Add a deputy. Refuses by rules.add_named. Emits CouncilChanged."""
    with action():
        require(rules.add_named(by, name=name))
        deputy = Deputy.objects.create(
            name=name.strip(), since=since, faction=faction, district=district, user=user
        )
        created(deputy)
        emit(CouncilChanged(by.pk, deputy_id=deputy.pk))
        return deputy


def seat(
    deputy: Deputy,
    body: Body,
    *,
    by: User,
    since: date,
    is_chair: bool = False,
    is_head: bool = False,
) -> Seat:
    """Give a deputy a seat in a body. Refuses by rules.seat: not more than its membership. Emits
    CouncilChanged."""
    with action():
        body = locked(body)
        taken = body.seats.on(since).filter(is_head=False)
        require(
            rules.seat(
                by,
                body,
                taken=taken.count(),
                has_seat=body.seats.on(since).filter(deputy=deputy).exists(),
                is_head=is_head,
            )
        )
        given = Seat.objects.create(
            body=body, deputy=deputy, since=since, is_chair=is_chair, is_head=is_head
        )
        created(given)
        emit(CouncilChanged(by.pk, body_id=body.pk, deputy_id=deputy.pk))
        return given


def end_seat(given: Seat, *, by: User, until: date) -> Seat:
    """Say on which day a deputy's seat ends. Refuses by rules.end_seat. Emits CouncilChanged."""
    with action():
        given = locked(given)
        require(rules.end_seat(by, given, until=until))
        given.until = until
        given.save(update_fields=["until"])
        emit(CouncilChanged(by.pk, body_id=given.body_id, deputy_id=given.deputy_id))
        return given
