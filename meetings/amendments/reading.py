"""What pages and minutes ask the database for of amendments."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from drafts.models import Version
from meetings.amendments.groups import Group, State, group
from meetings.models import Amendment, Item, Meeting, RollCall
from meetings.outcome.counting import counted, result_of_counted


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
    carried: dict[int, bool] = {}
    if voted:
        closed = RollCall.objects.filter(pk__in=voted, closed_at__isnull=False)
        carried = {row.pk: result_of_counted(row).is_carried for row in counted(closed)}
    return group(rows, carried)


def groups_on(item: Item) -> list[Group]:
    """The groups of an item: two queries."""
    return groups_of(amendments_on([item.pk]))


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
