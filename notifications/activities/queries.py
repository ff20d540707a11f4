"""Activities as a follower reads them: public ones only, as things stand now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from core.domain import clock
from notifications.activities.things import Thing, Things, thing_of
from notifications.activities.wording import Section, section_of, words_of
from notifications.models import Activity, Follower, Following, Kind

#: So many are read at once, the newest; further ones by an earlier ``until``.
MOST = 200
#: By which following somebody is told, where several match: the narrowest.
NARROWEST_FIRST = (
    *(Kind.APPEAL, Kind.PETITION, Kind.CONSULTATION, Kind.POLL, Kind.MEETING),
    *(Kind.ORGANISATION, Kind.DEPUTY, Kind.STREET, Kind.DISTRICT, Kind.THEME),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """An activity for a page or a mail, in the active language."""

    pk: int
    title: str
    #: Its path.
    url: str
    #: What happened, in words.
    verb: str
    at: datetime
    #: What it is about: "petition", "article" …
    kind: str
    #: By which following it is theirs.
    via: Following
    #: The theme, district or street by which it is theirs; "" where they follow the thing itself.
    followed: str
    #: Until when one can take part, or when it is, in words; "".
    until: str
    section: Section


@dataclass(frozen=True, slots=True)
class Page:
    """A page of activities for a follower, the newest first."""

    shown: list[Shown]
    #: The last activity that was read, hidden ones too, where there may be earlier ones.
    last: Activity | None = None


def activities_for(
    follower: Follower,
    since: datetime,
    until: datetime,
    kinds: Collection[str] | None = None,
    *,
    most: int = MOST,
) -> list[Shown]:
    """Activities after ``since``, until ``until`` (aware), about what a follower follows, since
    they follow it; the newest first.

    ``kinds`` of followings; None: all. Hidden, withdrawn and unpublished things are left out, and
    appeals of others. A fixed number of queries: two, and one a kind of thing.
    """
    return load_page(follower, since, until, kinds, most=most).shown


def load_page(
    follower: Follower,
    since: datetime,
    until: datetime,
    kinds: Collection[str] | None = None,
    *,
    before: int | None = None,
    most: int = MOST,
) -> Page:
    """The same, and where the next page begins: at ``until`` = ``last.at``, ``before`` = the id of
    ``last``, so that of what happened in that moment the rest is read."""
    rows = with_areas(Following.objects.filter(follower=follower))
    followings = rows if kinds is None else rows.filter(kind__in=list(kinds))
    followed = {each.topic: each for each in followings}
    if not followed:
        return Page([])
    happened = Activity.objects.filter(at__gt=since, at__lte=until, topics__overlap=list(followed))
    if before is not None:
        happened = happened.exclude(at=until, pk__gte=before)
    found = list(happened.order_by("-at", "-pk")[:most])
    shown = show(found, followed, follower.user_id)
    return Page(shown, found[-1] if len(found) == most else None)


def with_areas(followings: QuerySet[Following]) -> QuerySet[Following]:
    """Followings with the theme, district or street of each, whose name is shown."""
    return followings.select_related("theme", "district", "street")


def show(
    activities: Collection[Activity], followed: dict[str, Following], user_id: int | None
) -> list[Shown]:
    """Those that somebody may read by one of what they follow (by topics), in the same order."""
    things = Things(activities, clock.now())
    shown = []
    for activity in activities:
        via = narrowest(following_of(activity, followed))
        if via is None:
            continue
        thing = things.thing(activity)
        if thing is None or thing.owner_id not in (None, user_id):
            continue
        shown.append(present(activity, thing, via))
    return shown


def present(activity: Activity, thing: Thing, via: Following) -> Shown:
    """An activity as it is shown, in the active language."""
    return Shown(
        pk=activity.pk,
        title=thing.title,
        url=thing.path,
        verb=words_of(activity),
        at=activity.at,
        kind=thing_of(activity)[0],
        via=via,
        followed=str(via.theme or via.district or via.street or ""),
        until=thing.until,
        section=section_of(activity),
    )


def following_of(activity: Activity, followed: dict[str, Following]) -> list[Following]:
    """By which followings an activity is somebody's: what happened before they followed is not."""
    found = (followed[topic] for topic in activity.topics if topic in followed)
    return [each for each in found if each.since <= activity.at]


def narrowest(followings: Iterable[Following]) -> Following | None:
    """The one that says best why somebody is told; None of none."""
    return min(followings, key=lambda each: NARROWEST_FIRST.index(Kind(each.kind)), default=None)
