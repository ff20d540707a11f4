"""A follower's own view: the button, the page of settings, the inbox."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from accounts.models import User
from core.domain import clock
from notifications.activities.queries import Page, activities_for, load_page
from notifications.following.models import frequencies_of, topic_of
from notifications.following.things import KINDS, Thing, load_things
from notifications.models import (
    Activity,
    Follower,
    Following,
    Frequency,
    FrequencySetting,
    Kind,
    Unsubscription,
)
from petitions.models import Petition, Signature

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: For so long the inbox goes back.
INBOX_LIVES = timedelta(days=90)
#: More unread ones than this are not counted: «99+».
MOST_UNREAD = 99


@dataclass(frozen=True, slots=True)
class State:
    """Whether a reader follows a thing, and how often they are told."""

    following: Following | None = None
    #: They asked for news when they signed the petition: that is stored with the signature.
    signature: Signature | None = None
    frequency: Frequency = Frequency.NOW

    @property
    def is_followed(self) -> bool:
        return self.following is not None or self.signature is not None

    @property
    def may_be_at_once(self) -> bool:
        """Whether it is told in a digest, and could be told at once."""
        return self.following is not None and self.frequency in (Frequency.DAILY, Frequency.WEEKLY)

    @property
    def is_by_taking_part(self) -> bool:
        return self.following is not None and self.following.by_taking_part


@dataclass(frozen=True, slots=True)
class Followed:
    """A line of the page of settings."""

    following: Following
    thing: Thing


@dataclass(frozen=True, slots=True)
class FollowedKind:
    """Followed things of one kind, and their frequency."""

    kind: Kind
    frequency: Frequency
    lines: tuple[Followed, ...]

    @property
    def label(self) -> _StrPromise:
        return KINDS[self.kind]


def load_state(user: User, kind: str, pk: int) -> State:
    """Load how a person with an account follows a thing. Three queries at most."""
    following = (
        Following.objects.filter(follower__user=user.pk, topic=topic_of(kind, pk))
        .select_related("follower")
        .first()
    )
    if following is not None:
        return State(following, frequency=load_frequencies(following.follower)[Kind(kind)])
    if kind == Kind.PETITION:
        return State(signature=wishes_of(user).filter(petition=pk).first())
    return State()


def load_frequencies(follower: Follower) -> dict[Kind, Frequency]:
    """Load a follower's frequency of each kind."""
    rows = FrequencySetting.objects.filter(follower=follower.pk)
    return frequencies_of(dict(rows.values_list("kind", "frequency")))


def load_frequencies_of(email: str) -> dict[Kind, Frequency]:
    """The same of whoever would follow by this address: its account, whose word goes before what
    was said by the address alone; of an address that nobody knows as usual."""
    account = User.objects.of_email(email).values("pk")
    rows = FrequencySetting.objects.filter(
        Q(follower__user__in=account) | Q(follower__email__iexact=email)
    ).order_by(F("follower__user").asc(nulls_first=True))
    return frequencies_of(dict(rows.values_list("kind", "frequency")))


def load_followed(follower: Follower) -> list[FollowedKind]:
    """Load followed things, kind by kind, the newest first; one query a kind. What is not public
    any more is left out: it is told of no more, and may come back.
    """
    rows = list(Following.objects.filter(follower=follower.pk).order_by("-since", "-pk"))
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row.kind].add(row.thing_id)
    things = load_things(wanted, follower.user)
    lines: defaultdict[str, list[Followed]] = defaultdict(list)
    for row in rows:
        if row.topic in things:
            lines[row.kind].append(Followed(row, things[row.topic]))
    frequencies = load_frequencies(follower)
    return [
        FollowedKind(kind, frequencies[kind], tuple(lines[kind])) for kind in Kind if lines[kind]
    ]


def wishes_of(user: User) -> QuerySet[Signature]:
    """The signatures of an account whose signer wants news of the petition."""
    published = Petition.objects.published()
    mine = Signature.objects.filter(user=user.pk, wants_news=True, petition__in=published)
    return mine.exclude(status=Signature.Status.REMOVED).select_related("petition").order_by("-pk")


def unwanted_by(user: User) -> QuerySet[Unsubscription]:
    """The consultations of which a participant wants no mails to many."""
    rows = Unsubscription.objects.filter(user=user.pk).select_related("consultation")
    return rows.order_by("-pk")


def load_inbox(follower: Follower, until: datetime, before: int | None = None) -> Page:
    """Load activities about what they follow until then, the newest first: at most 200. ``before``:
    the id of the last activity of the page before.
    """
    return load_page(follower, clock.now() - INBOX_LIVES, until, before=before)


def count_unread(follower: Follower) -> int:
    """Count the activities they have not read, up to MOST_UNREAD + 1. Two queries when there is
    none, one when they follow nothing; what is hidden meanwhile is not counted.
    """
    followed = Following.objects.filter(follower=follower.pk).values_list("topic", flat=True)
    topics = list(followed)
    if not topics:
        return 0
    new = Activity.objects.filter(at__gt=follower.read_until, topics__overlap=topics)
    if not new.exists():
        return 0
    shown = activities_for(follower, follower.read_until, clock.now(), most=MOST_UNREAD + 1)
    return len(shown)
