"""Queries of moderation: what waits, what is new, what is hidden, what was decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from accounts.models import User
from core.db.paging import Page, page_of
from core.models import AuditEntry
from discussions.events import CommentHidden, CommentRestored, FlagsDismissed
from discussions.models import Comment, Flag, HideReason
from discussions.querysets import CommentQuerySet
from moderation.places import Place, places_of
from votes.models import Text

PAGE_SIZE = 20
DECISIONS = tuple(event.__name__ for event in (CommentHidden, CommentRestored, FlagsDismissed))

_WAITING = Flag.objects.filter(settled_at=None)


def reported() -> CommentQuerySet:
    """Shown comments with reports that nobody has settled, with ``reported_at``, the first one."""
    first = _WAITING.filter(comment=OuterRef("pk")).order_by("at").values("at")[:1]
    return (
        _read()
        .filter(pk__in=_WAITING.values("comment"), hidden_at=None, deleted_at=None)
        .annotate(reported_at=Subquery(first))
    )


def newest() -> CommentQuerySet:
    """What people say, the latest first."""
    return _read().filter(hidden_at=None, deleted_at=None, is_official=False)


def hidden() -> CommentQuerySet:
    """What is hidden now."""
    return _read().filter(hidden_at__isnull=False, deleted_at=None).select_related("hidden_by")


LISTS = {
    "reported": (reported, ("reported_at", "id")),
    "newest": (newest, ("-id",)),
    "hidden": (hidden, ("-hidden_at", "-id")),
}


def _read() -> CommentQuerySet:
    return Comment.objects.select_related(
        "author", "organisation", "parent__author", "parent__organisation"
    ).defer("search", "parent__search")


def queue_size(user: User) -> int:
    """How many comments wait for this moderator: one query."""
    return reported().moderated_by(user).count()


def texts_waiting(user: User) -> int:
    """How many answers to polls wait for them to read: one query."""
    return Text.objects.moderated_by(user).filter(state=Text.State.WAITING).count()


@dataclass(frozen=True, slots=True)
class Item:
    """A comment as the queue shows it."""

    comment: Comment
    place: Place | None
    #: (reason in words, how many), the most frequent first.
    reasons: list[tuple[str, int]]
    #: What those who reported it wrote. Who they are, nobody is told.
    details: list[str]
    #: When it was reported first; None when nobody did.
    reported_at: datetime | None

    @property
    def reports(self) -> int:
        return sum(number for _reason, number in self.reasons)


def queue(user: User, name: str, after: str | None) -> Page[Item]:
    """A page of one of LISTS: three queries, however many comments and reports."""
    comments, order = LISTS[name]
    page = page_of(comments().moderated_by(user), order=order, after=after, size=PAGE_SIZE)
    items = _items(page.items)
    return Page(items, page.next_cursor, page.previous_cursor)


def _items(comments: list[Comment]) -> list[Item]:
    places = places_of(comments)
    flags: dict[int, list[Flag]] = defaultdict(list)
    if comments:
        for flag in _WAITING.filter(comment__in=[comment.pk for comment in comments]):
            flags[flag.comment_id].append(flag)
    return [
        Item(
            comment=comment,
            place=places.get(comment.pk),
            reasons=[
                (str(HideReason(reason).label), number)
                for reason, number in Counter(
                    flag.reason for flag in flags[comment.pk]
                ).most_common()
            ],
            details=[flag.details for flag in flags[comment.pk] if flag.details],
            reported_at=min((flag.at for flag in flags[comment.pk]), default=None),
        )
        for comment in comments
    ]


@dataclass(frozen=True, slots=True)
class Decision:
    """A line of the log."""

    at: datetime
    event: str
    by: User | None
    comment: Comment | None
    place: Place | None


def decisions(user: User, after: str | None) -> Page[Decision]:
    """The log of what they may moderate, the latest first: four queries."""
    entries: QuerySet[AuditEntry] = AuditEntry.objects.filter(event__in=DECISIONS)
    if not user.moderates():
        entries = entries.alias(
            comment_id=Cast(KeyTextTransform("comment_id", "ids"), BigIntegerField())
        ).filter(comment_id__in=Comment.objects.moderated_by(user).values("pk"))
    page = page_of(entries, order=("-id",), after=after, size=PAGE_SIZE)
    return Page(_lines(page.items), page.next_cursor, page.previous_cursor)


def _lines(entries: Iterable[AuditEntry]) -> list[Decision]:
    entries = list(entries)
    ids: set[Any] = {entry.ids["comment_id"] for entry in entries}
    comments = _read().in_bulk(ids) if ids else {}
    people = User.objects.in_bulk({entry.actor for entry in entries}) if ids else {}
    places = places_of(comments.values())
    return [
        Decision(
            at=entry.at,
            event=entry.event,
            by=people.get(entry.actor),
            comment=comments.get(entry.ids["comment_id"]),
            place=places.get(entry.ids["comment_id"]),
        )
        for entry in entries
    ]
