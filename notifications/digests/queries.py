"""Digests of a batch of followers: a fixed number of queries for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import translation

from core.domain import clock
from notifications.activities.followers import reachable
from notifications.activities.frequencies import frequencies_by, most_frequent
from notifications.activities.queries import Shown, following_of, narrowest, present, with_areas
from notifications.activities.things import Thing, Things
from notifications.models import Activity, Follower, Following, Frequency, FrequencySetting

#: So many followers are read at once.
BATCH = 500
#: The column of a follower that says until when each digest has told.
UNTIL = {Frequency.DAILY: "daily_until", Frequency.WEEKLY: "weekly_until"}
#: A digest tells of so much at most, after mailings that could not be made.
LONGEST = {Frequency.DAILY: timedelta(days=3), Frequency.WEEKLY: timedelta(days=15)}


@dataclass(frozen=True, slots=True)
class Digest:
    """A follower's digest, in the order of its sections; never empty."""

    follower: Follower
    language: str
    shown: list[Shown]


@dataclass(slots=True)
class Batch:
    """The digests of followers to whom something happened, by ascending id.

    ``silent``: ids of those who want digests of this frequency, and nothing happened. ``last``: the
    highest id that was read, where there may be more.
    """

    digests: list[Digest] = field(default_factory=list)
    silent: list[int] = field(default_factory=list)
    last: int | None = None


def load_batch(
    frequency: str, until: datetime, *, after: int = 0, only: Collection[int] | None = None
) -> Batch:
    """The next BATCH followers above an id, or ``only`` those, whose digest of a frequency has not
    told until ``until``."""
    column = UNTIL[Frequency(frequency)]
    waiting = reachable().filter(**{f"{column}__lt": until})
    chosen = waiting.filter(pk__gt=after) if only is None else waiting.filter(pk__in=only)
    followers = list(chosen.order_by("pk")[:BATCH])
    if not followers:
        return Batch()
    followed = _followings(followers)
    frequencies = _frequencies(followers)
    since = {
        follower.pk: _since(follower, frequency, until, followed, frequencies)
        for follower in followers
    }
    told_so = [each for each in followers if _wants(each, frequency, followed, frequencies)]
    activities = _load_activities(min(since.values()), until)
    matches: dict[int, list[tuple[Activity, Following]]] = {}
    for follower in told_so:
        told = matches[follower.pk] = []
        own, often = followed[follower.pk], frequencies[follower.pk]
        for activity in _of_topics(activities, own, since[follower.pk]):
            followings = following_of(activity, own)
            via = narrowest(followings)
            kinds = [each.kind for each in followings]
            if via is not None and most_frequent(kinds, often) == frequency:
                told.append((activity, via))
    presenter = _Presenter([each for told in matches.values() for each, _via in told])
    digests = [presenter.digest(follower, matches[follower.pk]) for follower in told_so]
    return Batch(
        digests=[digest for digest in digests if digest.shown],
        silent=[digest.follower.pk for digest in digests if not digest.shown],
        last=followers[-1].pk if len(followers) == BATCH else None,
    )


class _Presenter:
    """Shows each activity once in each language, whoever follows it."""

    def __init__(self, activities: list[Activity]) -> None:
        unique = {activity.pk: activity for activity in activities}
        self._things = Things(unique.values(), clock.now())
        self._shown: dict[tuple[int, str, str], tuple[Thing, Shown] | None] = {}

    def digest(self, follower: Follower, told: list[tuple[Activity, Following]]) -> Digest:
        language = follower.user.language if follower.user else follower.language
        shown = []
        for activity, via in told:
            found = self._find(activity, via, language)
            if found is not None and found[0].owner_id in (None, follower.user_id):
                shown.append(found[1])
        shown.sort(key=lambda each: (each.at, each.pk))
        # Of one thing the last that happened: it was announced, then opened.
        last = {(each.section, each.kind, each.url): each for each in shown}
        order = sorted(last.values(), key=lambda each: (each.section.place, each.at, each.pk))
        return Digest(follower, language, order)

    def _find(
        self, activity: Activity, via: Following, language: str
    ) -> tuple[Thing, Shown] | None:
        key = (activity.pk, language, via.topic)
        if key not in self._shown:
            with translation.override(language):
                thing = self._things.thing(activity)
                self._shown[key] = (thing, present(activity, thing, via)) if thing else None
        return self._shown[key]


def _followings(followers: list[Follower]) -> dict[int, dict[str, Following]]:
    """Followings of each, by topic."""
    followed: dict[int, dict[str, Following]] = defaultdict(dict)
    rows = with_areas(Following.objects.filter(follower__in=followers))
    names = [
        f"{of}__{name}" for of in ("theme", "district", "street") for name in ("name", "name_en")
    ]
    for row in rows.only("follower", "kind", "topic", "since", *names):
        followed[row.follower_id][row.topic] = row
    return followed


def _frequencies(followers: list[Follower]) -> dict[int, dict[str, str]]:
    """Frequencies of each, by kind."""
    changed: dict[int, dict[str, str]] = defaultdict(dict)
    rows = FrequencySetting.objects.filter(follower__in=followers)
    for follower_id, kind, frequency in rows.values_list("follower", "kind", "frequency"):
        changed[follower_id][kind] = frequency
    return {follower.pk: frequencies_by(changed[follower.pk]) for follower in followers}


def _wants(
    follower: Follower,
    frequency: str,
    followed: dict[int, dict[str, Following]],
    frequencies: dict[int, dict[str, str]],
) -> bool:
    """Whether they are told of anything so often. The marks of others stay: they say what the other
    digest has told."""
    often = frequencies[follower.pk]
    return any(often[each.kind] == frequency for each in followed[follower.pk].values())


def _since(
    follower: Follower,
    frequency: str,
    until: datetime,
    followed: dict[int, dict[str, Following]],
    frequencies: dict[int, dict[str, str]],
) -> datetime:
    """Since when this digest tells. Who has one kind of digest alone, and had the other one before,
    is not told again of what that one told."""
    often = frequencies[follower.pk]
    digests = {often[each.kind] for each in followed[follower.pk].values()} & set(UNTIL)
    told: datetime = getattr(follower, UNTIL[Frequency(frequency)])
    if len(digests) == 1:
        told = max(follower.daily_until, follower.weekly_until)
    return max(told, until - LONGEST[Frequency(frequency)])


def _load_activities(since: datetime, until: datetime) -> dict[str, list[Activity]]:
    """All that happened in the time, by topic."""
    by_topic: dict[str, list[Activity]] = defaultdict(list)
    for activity in Activity.objects.filter(at__gt=since, at__lte=until).order_by("at", "pk"):
        for topic in activity.topics:
            by_topic[topic].append(activity)
    return by_topic


def _of_topics(
    activities: dict[str, list[Activity]], followed: Collection[str], since: datetime
) -> Iterator[Activity]:
    """Activities about any of these topics after ``since``, each once."""
    seen = set()
    for topic in followed:
        for activity in activities.get(topic, ()):
            if activity.at > since and activity.pk not in seen:
                seen.add(activity.pk)
                yield activity
