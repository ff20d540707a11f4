"""The mail that tells a follower of an activity at once."""

from __future__ import annotations

from notifications.activities.queries import show, with_areas
from notifications.following.handlers_joining import adopt_addresses
from notifications.mails.contents import Context, mail
from notifications.models import Activity, Follower, Following
from notifications.sending.fanout import tell_batch

TEMPLATE = "following/happened"


def tell_followers(activity_id: int) -> int:
    """Defer the mails to those who want to be told of an activity at once, the first batch of them.
    Who follows by e-mail and by an account of the address is one follower first. Returns how many.
    """
    adopt_addresses()
    about = f"activity:{activity_id}"
    return tell_batch("followers", TEMPLATE, about, {"activity_id": activity_id})


@mail(TEMPLATE)
def _happened(follower: Follower, *, activity_id: int) -> Context:
    """Nothing once it is not public, or does not hold, any more."""
    activities = list(Activity.objects.filter(pk=activity_id))
    topics = activities[0].topics if activities else []
    followings = with_areas(Following.objects.filter(follower=follower, topic__in=topics))
    followed = {each.topic: each for each in followings}
    shown = show(activities, followed, follower.user_id)
    return {"shown": shown[0], "user": follower.user} if shown else None
