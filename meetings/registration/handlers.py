"""Handlers of events: items that are opened, another capacity, accounts that are joined."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F

from accounts.identity.events import AccountsMerged
from core.domain.events import within
from meetings.actions import begin
from meetings.events import ItemOpened, MeetingChanged
from meetings.models import Item, Meeting, Registration
from meetings.registration import actions
from meetings.registration.speaking import enlist


@within(ItemOpened)
def item_opened(event: ItemOpened) -> None:
    """Ask for the floor for those who registered to speak on the item."""
    registered = Registration.objects.active().filter(speaks_on=event.item_id, speaker=None)
    if registered.exists():
        enlist(Item.objects.select_related("meeting").get(pk=event.item_id))


@within(MeetingChanged)
def meeting_changed(event: MeetingChanged) -> None:
    """There may be more places than before."""
    if Registration.objects.waiting().filter(meeting=event.meeting_id).exists():
        meeting, now = begin(Meeting(pk=event.meeting_id))
        actions.give_places(meeting, now)


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """All that the one registered for is the other's; of two for one meeting the better one."""
    kept, gone = event.kept_id, event.gone_id
    theirs = Registration.objects.active().filter(user__in=(kept, gone))
    twice = theirs.filter(user=gone, meeting__in=theirs.filter(user=kept).values("meeting"))
    for meeting_id in sorted(twice.values_list("meeting", flat=True)):
        order = (F("seated_at").asc(nulls_last=True), "at", "pk")
        _better, worse = theirs.filter(meeting=meeting_id).order_by(*order)
        meeting, now = begin(Meeting(pk=meeting_id))
        actions.release(meeting, worse.user_id, now)
    Registration.objects.filter(user=gone).update(user=kept)


def lock_of(people: Collection[int]) -> None:
    """Lock the meetings for which they are registered, and then their registrations."""
    rows = Registration.objects.filter(user__in=people).order_by("pk")
    meetings = Meeting.objects.filter(pk__in=rows.active().values("meeting")).order_by("pk")
    for locked in (meetings, rows):
        list(locked.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
