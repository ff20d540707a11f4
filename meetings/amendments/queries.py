"""Queries about amendments for pages and minutes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from drafts.models import Version
from meetings.amendments.groups import Group, State, group
from meetings.models import Amendment, Item, Meeting, RollCall
from meetings.outcome.counting import result_of_counted, with_counts
from meetings.rollcalls.majority import Result


def version_of(item: Item) -> Version | None:
    """The last published version of the draft that the item's consultation is about."""
    if item.consultation is None or item.consultation.draft_id is None:
        return None
    versions = Version.objects.filter(draft=item.consultation.draft_id)
    return versions.published().latest_first().first()


def amendments_on(items: Iterable[int]) -> QuerySet[Amendment]:
    """Those of some items with their clauses and movers: one query."""
    rows = Amendment.objects.filter(item__in=items)
    return rows.select_related("clause__version", "deputy", "item").order_by("item", "number")


def groups_of(amendments: Iterable[Amendment]) -> list[Group]:
    """Their groups with what became of each: one query, none where nothing was put to the vote."""
    rows = list(amendments)
    voted = [row.roll_call_id for row in rows if row.roll_call_id is not None]
    decided: dict[int, State] = {}
    if voted:
        closed = RollCall.objects.filter(pk__in=voted, closed_at__isnull=False)
        decided = {row.pk: _decide_state(result_of_counted(row)) for row in with_counts(closed)}
    return group(rows, decided)


def _decide_state(result: Result) -> State:
    """The amendment's state by a closed roll-call; an annulled one decides nothing."""
    if result.is_annulled:
        return State.WAITING
    return State.ADOPTED if result.is_carried else State.REJECTED


def groups_on(item: Item) -> list[Group]:
    """The groups of an item: two queries."""
    return groups_of(amendments_on([item.pk]))


def is_voted(amendment: Amendment) -> bool:
    """Whether it was put to a vote that is not annulled."""
    voted = amendment.roll_call
    return voted is not None and voted.annulled is None


def place_of(amendment: Amendment) -> tuple[State, bool]:
    """The amendment's state, and whether it is its turn among those to its clause: two queries."""
    groups = groups_on(amendment.item)
    own = next(one for one in groups if any(each == amendment for each, _s in one.members))
    state = next(state for each, state in own.members if each == amendment)
    return state, own.next == amendment


def has_changed_since(item: Item, moment: datetime) -> bool:
    """Whether one of its amendments was put to the vote, decided, or withdrawn since then, or its
    vote annulled: one query."""
    changed = (
        Q(roll_call__opened_at__gt=moment)
        | Q(roll_call__closed_at__gt=moment)
        | Q(roll_call__annulment__at__gt=moment)
        | Q(withdrawn_at__gt=moment)
    )
    return Amendment.objects.filter(changed, item=item).exists()


def amended_items(meeting: Meeting) -> list[tuple[Item, int]]:
    """Items with the number of their amendments: one query."""
    found: dict[int, tuple[Item, int]] = {}
    rows = Amendment.objects.filter(item__meeting=meeting).select_related("item")
    for row in rows.only("item__title", "item__order", "item__meeting", "number"):
        _item, number = found.get(row.item_id, (row.item, 0))
        found[row.item_id] = (row.item, number + 1)
    return sorted(found.values(), key=lambda pair: pair[0].order)


def adopted_in(groups: Iterable[Group]) -> list[Amendment]:
    return [each for one in groups for each, state in one.members if state == State.ADOPTED]


def is_undecided(groups: Iterable[Group]) -> bool:
    """Whether one of them waits, or is being voted on."""
    open_states = (State.WAITING, State.VOTING)
    return any(state in open_states for one in groups for _each, state in one.members)
