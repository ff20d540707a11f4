"""Sessions with a petition on their agenda, for its page at the desk and its answer."""

from __future__ import annotations

from django.urls import reverse

from meetings.models import Item, Kind, RollCall
from meetings.outcome.counting import result_of_counted, with_counts
from meetings.outcome.deciding import counting
from petitions import sittings
from petitions.sittings import Sitting


def read(petition_id: int) -> Sitting | None:
    """The last published session with the petition on its agenda: two queries, one without."""
    items = Item.objects.filter(
        petition=petition_id,
        meeting__kind=Kind.SESSION,
        meeting__published_at__isnull=False,
        meeting__cancelled_at=None,
    ).exclude(state=Item.State.DROPPED)
    item = items.select_related("meeting").order_by("-meeting__begins_at", "-pk").first()
    if item is None:
        return None
    meeting = item.meeting
    published = with_counts(RollCall.objects.filter(item=item, published_at__isnull=False))
    last = counting(published).select_related("annulment").order_by("-pk").first()
    if last is None:
        return Sitting(meeting.title, meeting.day, meeting.get_absolute_url())
    url = reverse("meetings:roll_call", args=[meeting.pk, last.pk])
    return Sitting(meeting.title, meeting.day, url, result_of_counted(last).is_carried)


sittings.register(read)
