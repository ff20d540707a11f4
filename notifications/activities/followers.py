"""Who is told of an activity at once: an audience of mails to many (notifications.audiences)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from core.domain import clock
from core.domain.calendar import KYIV, ONE_DAY
from notifications.activities.frequencies import told_at_once
from notifications.activities.reading import narrowest
from notifications.activities.told_otherwise import told_otherwise
from notifications.models import Activity, Follower
from notifications.recipients import Recipient

#: Followers that are looked at together; fewer are told where others get a mail of their own.
_LOOKED_AT = 500


class Followers:
    """The followers of an activity's topics who want to be told at once, without those who get a
    mail of their own of it. Its members are known by the ids of followers."""

    def next_members(self, ids: Mapping[str, int], *, after: int, most: int) -> list[int]:
        activity = Activity.objects.filter(pk=ids["activity_id"]).first()
        members: list[int] = []
        while activity is not None and len(members) < most:
            rows = list(_told(activity).filter(pk__gt=after).order_by("pk")[:_LOOKED_AT])
            members += self._without_told_otherwise(activity, rows)
            if len(rows) < _LOOKED_AT:
                break
            after = rows[-1].pk
        return members[:most]

    def load_recipient(self, ids: Mapping[str, int], member_id: int) -> Recipient | None:
        """Also as they want it now; until the end of their quiet hours not."""
        activity = Activity.objects.filter(pk=ids["activity_id"]).first()
        follower = activity and _told(activity).filter(pk=member_id).first()
        if not activity or not follower or not self._without_told_otherwise(activity, [follower]):
            return None
        followings = told_at_once(activity.topics).filter(follower=follower, since__lte=activity.at)
        recipient = Recipient.of_follower(follower, following=narrowest(followings))
        not_before = quiet_until(follower, clock.now())
        return replace(recipient, activity_id=activity.pk, not_before=not_before)

    def _without_told_otherwise(self, activity: Activity, rows: list[Follower]) -> list[int]:
        users = [row.user_id for row in rows if row.user_id is not None]
        told, addresses = told_otherwise(activity, users, [row.address for row in rows])
        return [row.pk for row in rows if row.user_id not in told and row.address not in addresses]


def quiet_until(follower: Follower, now: datetime) -> datetime | None:
    """When a follower's quiet hours, in which ``now`` lies, end; None outside of them."""
    begins, ends = follower.quiet_from, follower.quiet_until
    if begins is None or ends is None or begins == ends:
        return None
    local = now.astimezone(KYIV)
    if begins < ends:
        return _at(local.date(), ends) if begins <= local.time() < ends else None
    if local.time() < ends:
        return _at(local.date(), ends)
    return _at(local.date() + ONE_DAY, ends) if local.time() >= begins else None


def _at(day: date, hour: time) -> datetime:
    """An hour that the clocks skip or repeat is that of winter time: minutes later at most."""
    return timezone.make_aware(datetime.combine(day, hour), KYIV)


def _told(activity: Activity) -> QuerySet[Follower]:
    """Those who want it at once and can be written to."""
    followings = told_at_once(activity.topics).filter(since__lte=activity.at)
    return reachable().filter(pk__in=followings.values("follower"))


def reachable() -> QuerySet[Follower]:
    """Followers to whose address mails can be sent, each with their account."""
    has_account = Q(user__is_active=True, user__erased_at=None, user__email__isnull=False)
    has_address = Q(user=None) | has_account
    return Follower.objects.select_related("user").filter(has_address, bounced_at=None)
