"""Membership of the council: bodies, factions, deputies and their seats."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from city.models import District
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from meetings.deputies import rules
from meetings.events import CouncilChanged
from meetings.models import Body, Deputy, Faction, Meeting, Seat

if TYPE_CHECKING:
    from accounts.models import User


def add_body(*, by: User, name: str, kind: str, membership: int, name_en: str = "") -> Body:
    """Add a body that meets. Refuses by rules.add_body. Emits CouncilChanged."""
    with action():
        is_there = Body.objects.open().filter(kind=kind).exists()
        require(rules.add_body(by, name=name, kind=kind, membership=membership, is_there=is_there))
        body = Body.objects.create(
            name=name.strip(), name_en=name_en.strip(), kind=kind, membership=membership
        )
        created(body)
        emit(CouncilChanged(by.pk, body_id=body.pk))
        return body


def add_faction(*, by: User, name: str, name_en: str = "") -> Faction:
    """Add a faction. Refuses by rules.add_named. Emits CouncilChanged."""
    with action():
        require(rules.add_named(by, name=name))
        faction = Faction.objects.create(name=name.strip(), name_en=name_en.strip())
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


def edit_deputy(
    deputy: Deputy,
    *,
    by: User,
    name: str,
    faction: Faction | None,
    district: District | None,
    user: User | None,
    until: date | None,
) -> Deputy:
    """Change what is said of a deputy, and on which day their powers end: their seats end with
    them. What they voted keeps the faction of then. Refuses by rules.edit_deputy. Emits
    CouncilChanged."""
    with action():
        deputy = locked(deputy)
        require(rules.edit_deputy(by, deputy, name=name, until=until))
        deputy.name, deputy.faction, deputy.district = name.strip(), faction, district
        deputy.user, deputy.until = user, until
        deputy.save()
        if until is not None:
            deputy.seats.filter(since__gt=until).delete()
            deputy.seats.exclude(until__lte=until).update(until=until)
        emit(CouncilChanged(by.pk, deputy_id=deputy.pk))
        return deputy


def edit_body(
    body: Body,
    *,
    by: User,
    name: str,
    membership: int,
    name_en: str = "",
    is_closed: bool = False,
) -> Body:
    """Change a body's names and total, and whether it still meets; roll-calls keep the total of
    then. Refuses by rules.edit_body. Emits CouncilChanged."""
    with action():
        body, now = locked(body), clock.now()
        others = Body.objects.open().filter(kind=body.kind).exclude(pk=body.pk)
        require(
            rules.edit_body(
                by,
                body,
                name=name,
                membership=membership,
                taken=body.seats.on(local_date(now)).filter(is_head=False).count(),
                is_closed=is_closed,
                meets=Meeting.objects.coming().filter(body=body).exists(),
                is_there=not is_closed and others.exists(),
            )
        )
        body.name, body.name_en, body.membership = name.strip(), name_en.strip(), membership
        body.closed_at = (body.closed_at or now) if is_closed else None
        body.save(update_fields=["name", "name_en", "membership", "closed_at"])
        emit(CouncilChanged(by.pk, body_id=body.pk))
        return body


def rename_faction(faction: Faction, *, by: User, name: str, name_en: str = "") -> Faction:
    """Call a faction another name, in what was voted before too. Refuses by rules.add_named. Emits
    CouncilChanged."""
    with action():
        faction = locked(faction)
        require(rules.add_named(by, name=name))
        faction.name, faction.name_en = name.strip(), name_en.strip()
        faction.save(update_fields=["name", "name_en"])
        emit(CouncilChanged(by.pk, faction_id=faction.pk))
        return faction


def change_chair(body: Body, deputy: Deputy, *, by: User, since: date) -> Seat:
    """Say who chairs a body from a day on; who did so before keeps their seat, and the days on
    which they chaired it. Refuses by rules.change_chair. Emits CouncilChanged."""
    with action():
        body = locked(body)
        seats = body.seats.on(since)
        own = seats.filter(deputy=deputy).first()
        chair = body.seats.filter(is_chair=True).exclude(until__lt=since).order_by("since").last()
        require(
            rules.change_chair(
                by,
                since=since,
                has_seat=own is not None,
                chairs=own is not None and own.is_chair,
                chaired_since=chair.since if chair else None,
            )
        )
        assert own is not None  # noqa: S101 - by the rule
        if chair is not None:
            _seat_from(chair, since, is_chair=False)
        made = _seat_from(own, since, is_chair=True)
        emit(CouncilChanged(by.pk, body_id=body.pk, deputy_id=deputy.pk))
        return made


def _seat_from(given: Seat, since: date, *, is_chair: bool) -> Seat:
    """The same seat from a day on, which says whether it is the chair's; before, it is as it
    was."""
    if given.since == since:
        given.is_chair = is_chair
        given.save(update_fields=["is_chair"])
        return given
    until, given.until = given.until, since - timedelta(days=1)
    given.save(update_fields=["until"])
    return Seat.objects.create(
        body=given.body,
        deputy=given.deputy,
        since=since,
        until=until,
        is_chair=is_chair,
        is_head=given.is_head,
        number=given.number,
    )
