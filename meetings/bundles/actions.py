"""Several items decided by one vote («voting as a bundle»).

The law wants the result of every vote by name (280/97-ВР art. 59(3)), and minutes read an item's
own. So the vote is put on the current item, and when it closes each other item gets a frozen
roll-call of its own with the same votes. Publishing one of them publishes all. ADR 103.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import Verdict, refuse, refuse_unless, require
from meetings.actions import enter
from meetings.conflicts.queries import taking_no_part
from meetings.events import ItemClosed, ItemOpened, RollCallClosed, RollCallPublished
from meetings.models import BundledItem, Item, LogEntry, Meeting, RollCall, Vote
from meetings.presence.queries import attendance_of
from meetings.rollcalls import actions
from meetings.rollcalls.silent import silent

if TYPE_CHECKING:
    from django.db.models import QuerySet


EMPTY = refuse("bundle.empty", _("Please choose the items that are decided together."))


def choose(*, wanted: int, found: int) -> Verdict:
    """At least one other item, each of them planned and not considered yet."""
    return refuse_unless(wanted, EMPTY.code, EMPTY.message) and refuse_unless(
        wanted == found,
        "bundle.not_planned",
        _("An item that you chose is considered already, or off the agenda."),
    )


def open_bundle(meeting: Meeting, *, by: User, items: Collection[int], **asked: Any) -> RollCall:
    """Put a question on the current item to the vote, and other planned ones (``items``: their ids)
    with it. Refuses by rollcalls.open_roll_call and bundles.choose. Emits
    RollCallOpened."""
    with action():
        roll_call = actions.open_roll_call(meeting, by=by, **asked)
        chosen = list(may_join(meeting).filter(pk__in=items).exclude(pk=roll_call.item_id))
        require(choose(wanted=len(set(items)), found=len(chosen)))
        BundledItem.objects.bulk_create(
            BundledItem(roll_call=roll_call, item=item) for item in chosen
        )
        return roll_call


def may_join(meeting: Meeting) -> QuerySet[Item]:
    """The items that can be voted with the current one: those that were not considered yet."""
    return meeting.items.filter(state=Item.State.PLANNED).order_by("order")


def move_bundle(roll_call: RollCall, to: RollCall) -> None:
    """Let another roll-call decide the items of one that is repeated: in the transaction in which
    that closes, before its result is shared."""
    BundledItem.objects.filter(roll_call=roll_call, own=None).update(roll_call=to)


def share_result(event: RollCallClosed) -> None:
    """Give each bundled item its own closed roll-call with the votes of the one that was closed,
    and write that the item was considered. An item that was dropped meanwhile gets none."""
    bundled = BundledItem.objects.filter(roll_call=event.roll_call_id, own=None)
    rows = list(bundled.filter(item__state=Item.State.PLANNED).select_related("item"))
    if not rows:
        return
    first = RollCall.objects.select_related("item__meeting").get(pk=event.roll_call_id)
    votes = list(first.votes.all())
    for row in rows:
        row.own = _copy(first, row.item, votes)
        row.save(update_fields=["own"])
        _consider(first.item.meeting, row.item, row.own, event.by_id)


def _copy(first: RollCall, item: Item, votes: Collection[Vote]) -> RollCall:
    """All that the roll-call says, on another item: whatever columns it and its votes have, but for
    conflicts of interest, which are the item's own."""
    said = {name: getattr(first, name) for name in _columns(RollCall)} | {"item_id": item.pk}
    frozen = {name: said.pop(name) for name in ("present", "closed_at")}
    own, meeting = RollCall.objects.create(**said), first.item.meeting
    here, no_part = attendance_of(meeting).grounds, taking_no_part(item.pk)
    Vote.objects.bulk_create(_vote_on(own, vote, here, no_part) for vote in votes)
    for name, value in frozen.items():
        setattr(own, name, value)
    own.save(update_fields=list(frozen))
    return own


def _vote_on(own: RollCall, vote: Vote, here: Collection[int], no_part: Collection[int]) -> Vote:
    """The same vote on another item: of who entered it, by the same ground. A conflict of interest
    is of one item: who has declared it there takes no part; who has it on the first alone has
    voted on none."""
    copied = Vote(
        **{name: getattr(vote, name) for name in _columns(Vote)} | {"roll_call_id": own.pk}
    )
    if vote.deputy_id in no_part:
        copied.choice, copied.entered, copied.by_id = Vote.Choice.CONFLICT, Vote.Entered.CLOSE, None
    elif vote.choice == Vote.Choice.CONFLICT:
        copied.choice = silent(vote.deputy_id, here, no_part)
    return copied


def _columns(model: type[RollCall | Vote]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]


def _consider(meeting: Meeting, item: Item, own: RollCall, by_id: int | None) -> None:
    now = clock.now()
    item.state, item.opened_at, item.closed_at = Item.State.DONE, own.opened_at, now
    item.save(update_fields=["state", "opened_at", "closed_at"])
    for kind in (LogEntry.Kind.ITEM, LogEntry.Kind.ROLL_CALL_CLOSED, LogEntry.Kind.ITEM_DONE):
        of = own if kind == LogEntry.Kind.ROLL_CALL_CLOSED else None
        enter(meeting, kind, at=now, item=item, roll_call=of)
    emit(ItemOpened(meeting.pk, by_id, item.pk))
    emit(RollCallClosed(meeting.pk, by_id, item.pk, own.pk))
    emit(ItemClosed(meeting.pk, by_id, item.pk))


def publish_together(event: RollCallPublished) -> None:
    """Publish the results of a bundle's other items with the one that was published."""
    as_own = BundledItem.objects.filter(own=event.roll_call_id).values("roll_call")
    first = RollCall.objects.filter(pk__in=as_own).values_list("pk", flat=True).first()
    group = BundledItem.objects.filter(roll_call=first or event.roll_call_id, own__isnull=False)
    pks = {*group.values_list("own", flat=True), first or event.roll_call_id}
    waiting = RollCall.objects.filter(pk__in=pks, published_at=None, closed_at__isnull=False)
    found = list(waiting.order_by("pk"))
    if not found or event.by_id is None:
        return
    by = User.objects.get(pk=event.by_id)
    for roll_call in found:
        if locked(roll_call).published_at is None:
            actions.publish_roll_call(roll_call, by=by)
