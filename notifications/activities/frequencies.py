"""Frequency of a follower's notices, by kind of thing: the default unless they changed it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from notifications.following.models import DEFAULT_FREQUENCIES
from notifications.models import Following, Frequency, FrequencySetting, Kind

#: The most frequent first: of several followings of one thing that happened, it counts.
MOST_FREQUENT_FIRST = (Frequency.NOW, Frequency.DAILY, Frequency.WEEKLY, Frequency.NEVER)


def frequencies_by(changed: dict[str, str]) -> dict[str, str]:
    """The frequency of each kind, with those that a follower changed."""
    defaults = {str(kind): str(each) for kind, each in DEFAULT_FREQUENCIES.items()}
    return defaults | changed


def most_frequent(kinds: Iterable[str], frequencies: dict[str, str]) -> str:
    """The most frequent notices of somebody who follows by these kinds, at least one."""
    return min((frequencies[kind] for kind in kinds), key=_PLACES.__getitem__)


def told_at_once(topics: Iterable[str]) -> QuerySet[Following]:
    """Followings of these topics whose followers want to be told of their kind at once."""
    own = FrequencySetting.objects.filter(follower=OuterRef("follower"), kind=OuterRef("kind"))
    by_default = [kind for kind in Kind if DEFAULT_FREQUENCIES[kind] == Frequency.NOW]
    is_told = Q(Exists(own.filter(frequency=Frequency.NOW))) | (
        Q(kind__in=by_default) & ~Exists(own)
    )
    return Following.objects.filter(is_told, topic__in=list(topics))


_PLACES: dict[str, int] = {each: place for place, each in enumerate(MOST_FREQUENT_FIRST)}
