"""Recipients of an activity at once: an audience of mails to many
(notifications.mails.audiences).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from core.domain import clock
from core.domain.calendar import KYIV, ONE_DAY
from notifications.activities.frequencies import told_at_once
from notifications.activities.queries import narrowest
from notifications.activities.told_otherwise import told_otherwise
from notifications.channels import push
from notifications.models import Activity, BouncedAddress, Follower
from notifications.sending.recipients import Recipient
from notifications.sending.unsubscribing import unsubscribed_users

#: Followers that are looked at together; fewer are told where others get a mail of their own.
_LOOKED_AT = 500


class Followers:
    """The followers of an activity's topics who want to be told at once, without those who get a
    mail of their own of it. Its members are known by the ids of followers."""

    def next_members(self, ids: Mapping[str, int], *, after: int, most: int) -> list[int]:
        """Also tells the browsers of the others up to the last member: theirs have no mail of an
        activity with which they would be told."""
        activity = Activity.objects.filter(pk=ids["activity_id"]).first()
        if activity is None:
            return []
        members: list[int] = []
        others: list[Follower] = []
        while len(members) < most:
            rows = list(_told_followers(activity).filter(pk__gt=after).order_by("pk")[:_LOOKED_AT])
            kept = self._without_told_otherwise(activity, rows)
            members += sorted(kept)
            others += [row for row in rows if row.pk not in kept]
            if len(rows) < _LOOKED_AT:
                break
            after = rows[-1].pk
        if len(members) >= most:  # those after the last one are looked at again
            members = members[:most]
            others = [row for row in others if row.pk < members[-1]]
        _tell_browsers(others, activity)
        return members

    def load_recipient(self, ids: Mapping[str, int], member_id: int) -> Recipient | None:
        """Also as they want it now; until the end of their quiet hours not."""
        activity = Activity.objects.filter(pk=ids["activity_id"]).first()
        follower = activity and _told_followers(activity).filter(pk=member_id).first()
        if not activity or not follower or not self._without_told_otherwise(activity, [follower]):
            return None
        followings = told_at_once(activity.topics).filter(follower=follower, since__lte=activity.at)
        recipient = Recipient.of_follower(follower, following=narrowest(followings))
        not_before = quiet_until(follower, clock.now())
        return replace(recipient, activity_id=activity.pk, not_before=not_before)

    def _without_told_otherwise(self, activity: Activity, rows: list[Follower]) -> set[int]:
        users = [row.user_id for row in rows if row.user_id is not None]
        told, addresses = told_otherwise(activity, users, [row.address for row in rows])
        return {row.pk for row in rows if row.user_id not in told and row.address not in addresses}


def _tell_browsers(followers: list[Follower], activity: Activity) -> None:
    """Push to those who get a mail of their own; to nobody in quiet hours, or who has stopped the
    mails about the consultation."""
    now = clock.now()
    awake = {row.user_id for row in followers if row.user_id and quiet_until(row, now) is None}
    if awake and activity.consultation_id is not None:
        awake -= set(unsubscribed_users(activity.consultation_id).filter(user__in=awake))
    push.tell(awake, activity.pk)


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


def _told_followers(activity: Activity) -> QuerySet[Follower]:
    """Those who want it at once and can be written to."""
    followings = told_at_once(activity.topics).filter(since__lte=activity.at)
    return reachable().filter(pk__in=followings.values("follower"))


def reachable() -> QuerySet[Follower]:
    """Followers to whose address mails can be sent, each with their account. An address may have
    bounced before somebody followed from it: the row of the address counts, too."""
    has_account = Q(user__is_active=True, user__erased_at=None, user__email__isnull=False)
    has_address = Q(user=None) | has_account
    address = Coalesce(
        OuterRef("user__delivered_email"), OuterRef("user__email"), OuterRef("email")
    )
    bounced = BouncedAddress.objects.filter(email=Lower(address))
    rows = Follower.objects.select_related("user")
    return rows.filter(has_address, ~Exists(bounced), bounced_at=None)
