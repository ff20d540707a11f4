"""Deputies, their seats and presence, and roll-calls."""

from __future__ import annotations

from dataclasses import asdict
from types import SimpleNamespace
from typing import Any

from core.domain import clock
from core.domain.calendar import local_date
from meetings.deputies.queries import attendances_of, votes_of
from meetings.deputies.views_desk import _bodies, _factions
from meetings.minutes.queries import unpublished_in
from meetings.models import (
    Body,
    Deputy,
    Faction,
    Item,
    Meeting,
    Presence,
    RollCall,
    RollCallAnnulment,
    Seat,
    Vote,
)
from meetings.outcome.queries import concluded_items
from tests.endings.counts.kind import Figure, Kind, write
from tests.endings.counts.moments import DAY, NOW, PAST
from tests.meetings import factories

# --- roll-calls, votes and deputies ---------------------------------------------------------------


def _committee() -> SimpleNamespace:
    at = SimpleNamespace(meeting=factories.meeting("closed", kind="committee", items=1))
    at.item = at.meeting.items.get()
    write(Item, at.item.pk, state="done", opened_at=PAST, closed_at=NOW)
    at.deputies = factories.deputies(at.meeting.body)
    at.by, at.deputy = factories.secretary(), at.deputies[0]
    for deputy in at.deputies:
        Presence.objects.create(meeting=at.meeting, deputy=deputy, came_at=at.meeting.opened_at)
    return at


def _roll_call(at: Any) -> RollCall:
    """Three of five are for it; the first deputy is against it."""
    made = RollCall.objects.create(
        item=at.item,
        question="Прийняти",
        needs="majority",
        membership=5,
        present_at_opening=5,
        opened_at=at.meeting.opened_at,
    )
    for number, deputy in enumerate(at.deputies[:4]):
        choice = "for" if number else "against"
        Vote.objects.create(
            roll_call=made,
            deputy=deputy,
            choice=choice,
            at=clock.now(),
            by=at.by,
            entered="secretary",
        )
    write(RollCall, made.pk, present=5, closed_at=NOW, published_at=NOW)
    return made


def _annul(row: RollCall, at: Any) -> None:
    RollCallAnnulment.objects.create(roll_call=row, by=at.by, reason="помилка", at=clock.now())


def _lose_one(row: RollCall, at: Any) -> None:
    last = row.votes.get(deputy=at.deputies[3])
    write(Vote, last.pk, choice="abstained")


_OPEN = {"closed_at": None, "published_at": None, "present": None}
ROLL_CALLS = Kind(
    "a published roll-call of a committee",
    _committee,
    _roll_call,
    {
        "annulled": _annul,
        "unpublished": {"published_at": None},
        "unpublished-annulled": lambda row, at: (
            write(RollCall, row.pk, published_at=None),
            _annul(row, at),
        ),
        "open": _OPEN,
        "procedural": {"needs": "procedural"},
        "two-of-five": _lose_one,
    },
    (
        Figure(
            "meetings/minutes/queries.py unpublished_in",
            lambda at: unpublished_in(at.meeting),
            "unpublished open",
        ),
        Figure(
            "meetings/deputies/queries.py votes_of",
            lambda at: asdict(votes_of(at.deputy)),
            {"against": "ordinary procedural two-of-five"},
        ),
        Figure(
            "meetings/outcome/queries.py concluded_items",
            lambda at: concluded_items(),
            "ordinary unpublished",
        ),
    ),
)


def _seat_of(at: Any) -> Deputy:
    """A deputy with a seat of the body, on the first day of it and of their powers."""
    made = Deputy.objects.create(name="Новий Депутат", since=at.today, faction=at.faction)
    Seat.objects.create(body=at.body, deputy=made, since=at.today)
    return made


def _of_seat(**values: Any) -> Any:
    return lambda row, at: write(Seat, row.seats.get().pk, **values)


def _council() -> SimpleNamespace:
    at = SimpleNamespace(body=factories.body("council"), today=local_date(clock.now()))
    at.faction = Faction.objects.create(name="Нова")
    return at


def _end_yesterday(row: Deputy, at: Any) -> None:
    long_since = at.today - 9 * DAY
    write(Deputy, row.pk, since=long_since, until=at.today - DAY)
    write(Seat, row.seats.get().pk, since=long_since, until=at.today - DAY)


DEPUTIES = Kind(
    "a deputy on their first day",
    _council,
    _seat_of,
    {
        "last-day": lambda row, at: (
            write(Deputy, row.pk, until=at.today),
            write(Seat, row.seats.get().pk, until=at.today),
        ),
        "over": _end_yesterday,
        "begins-tomorrow": lambda row, at: (
            write(Deputy, row.pk, since=at.today + DAY),
            write(Seat, row.seats.get().pk, since=at.today + DAY),
        ),
        "head": _of_seat(is_head=True),
        "left-the-body": lambda row, at: write(
            Seat, row.seats.get().pk, since=at.today - 9 * DAY, until=at.today - DAY
        ),
    },
    (
        Figure(
            "meetings/deputies/views_desk.py _bodies",
            lambda at: sum(each.taken for each in _bodies(at.today)),
            "ordinary last-day",
        ),
        Figure(
            "meetings/deputies/views_desk.py _factions",
            lambda at: sum(each.number for each in _factions(at.today)),
            "ordinary last-day head left-the-body",
        ),
        Figure(
            "meetings/querysets.py SeatQuerySet.on",
            lambda at: Seat.objects.on(at.today),
            "ordinary last-day head",
        ),
        Figure(
            "meetings/querysets.py DeputyQuerySet.on",
            lambda at: Deputy.objects.on(at.today),
            "ordinary last-day head left-the-body",
        ),
        Figure(
            "meetings/querysets.py DeputyQuerySet.of",
            lambda at: Deputy.objects.of(at.body.pk, at.today),
            "ordinary last-day head",
        ),
    ),
)


def _sat(at: Any) -> Presence:
    """The first deputy was at a meeting that is over, twice: they went out and came back."""
    made = factories.meeting("closed", items=1, of=at.body)
    said = {"meeting": made, "deputy": at.deputy}
    Presence.objects.create(came_at=clock.now(), left_at=clock.now(), **said)
    return Presence.objects.create(came_at=clock.now(), **said)


def _attended(at: Any) -> dict[str, int]:
    found = attendances_of([at.deputy.pk])[at.deputy.pk]
    return asdict(found)


def _seated_council() -> SimpleNamespace:
    body = factories.body("council")
    return SimpleNamespace(body=body, deputy=factories.deputies(body)[0])


ATTENDANCES = Kind(
    "a deputy's presence",
    _seated_council,
    _sat,
    {
        "absent": lambda row, at: Presence.objects.filter(deputy=at.deputy).delete(),
        "goes-on": lambda row, at: write(
            Meeting, row.meeting_id, closed_at=None, minutes_due_on=None
        ),
        "seat-ended-before": lambda row, at: write(
            Seat, at.deputy.seats.get().pk, until=row.meeting.day - DAY
        ),
        "seat-ended-that-day": lambda row, at: write(
            Seat, at.deputy.seats.get().pk, until=row.meeting.day
        ),
    },
    (
        Figure(
            "meetings/deputies/queries.py attendances_of",
            _attended,
            {
                "attended": "ordinary seat-ended-before seat-ended-that-day",
                "held": "ordinary absent seat-ended-that-day",
            },
        ),
    ),
)

BODIES = Kind(
    "a body",
    lambda: None,
    lambda at: factories.body("committee", members=0, membership=5),
    {"closed": {"closed_at": NOW}},
    (
        Figure(
            "meetings/querysets.py BodyQuerySet.open",
            lambda at: Body.objects.open(),
            "ordinary",
        ),
    ),
)

KINDS = (ROLL_CALLS, DEPUTIES, ATTENDANCES, BODIES)
