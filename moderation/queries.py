"""Queries of moderation: what waits, what is new, what is hidden, what was decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, Count, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts.models import User
from core.db.paging import Page, page_of
from core.domain import clock
from core.models import AuditEntry
from discussions.events import (
    CommentHidden,
    CommentRestored,
    FlagsDismissed,
    HeldCommentHidden,
)
from discussions.models import HELD, UNDECLARED, Comment, Flag, HideReason
from discussions.querysets import CommentQuerySet
from moderation.models import Contest, QueueItem, SavedReason, WatchedWord, Why
from moderation.places import Place, places_of
from moderation.querysets import QueueItemQuerySet
from moderation.queue.actions import BATCH
from votes.models import Text

PAGE_SIZE = 20
DECISIONS = tuple(
    event.__name__ for event in (CommentHidden, HeldCommentHidden, CommentRestored, FlagsDismissed)
)

_WAITING = Flag.objects.filter(settled_at=None)
_WATCHED = f"""
SELECT comment.id, word.text
FROM {Comment._meta.db_table} AS comment
JOIN {WatchedWord._meta.db_table} AS word ON comment.search @@ word.query::tsquery
WHERE comment.id = ANY (%s)
ORDER BY comment.id, word.text
"""  # noqa: S608 - names of ours
_SHOWN = ("author", "organisation", "parent__author", "parent__organisation")
_HEAVY = ("search", "parent__search")


def _waiting(user: User) -> QueueItemQuerySet:
    """Everything that nobody has decided, the riskiest first; also what others hold."""
    return QueueItem.objects.moderated_by(user).waiting()


def _mine(user: User) -> QueueItemQuerySet:
    """Comments that they have taken to read."""
    return QueueItem.objects.moderated_by(user).held_by(user)


def _newest(user: User) -> CommentQuerySet:
    """Comments, the latest first."""
    said = Comment.objects.moderated_by(user)
    return said.filter(hidden_at=None, deleted_at=None, is_official=False)


def _hidden_comments(user: User) -> CommentQuerySet:
    """Hidden comments."""
    hidden = Comment.objects.moderated_by(user).filter(hidden_at__isnull=False, deleted_at=None)
    return hidden.exclude(hidden_reason__in=[HELD, UNDECLARED]).select_related("hidden_by")


#: Lists of queue items, with the size of a page; and of comments, with their order.
OF_ITEMS: dict[str, tuple[Callable[[User], QueueItemQuerySet], int]] = {
    "waiting": (_waiting, PAGE_SIZE),
    "mine": (_mine, BATCH),
}
OF_COMMENTS: dict[str, tuple[Callable[[User], CommentQuerySet], tuple[str, ...]]] = {
    "newest": (_newest, ("-id",)),
    "hidden": (_hidden_comments, ("-hidden_at", "-id")),
}
LISTS = (*OF_ITEMS, *OF_COMMENTS)


def counts(**rows: QuerySet[Any]) -> dict[str, int]:
    """Counts of rows by the given names: one query for all."""
    found: dict[str, int] = {}
    asked: dict[str, str] = {}
    values: list[Any] = []
    for name, each in rows.items():
        try:
            sql, params = each.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            found[name] = 0
        else:
            asked[name] = f"(SELECT count(*) FROM ({sql}) AS each)"  # noqa: S608 - Django's own
            values += params
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(asked.values())}", values)
            found |= dict(zip(asked, cursor.fetchone() or (), strict=True))
    return found


def waiting_of(user: User) -> dict[str, QuerySet[Any]]:
    """Rows waiting for them, for ``counts``: ``waiting`` and ``mine`` of the queue, ``contests``
    that they may decide, ``texts`` of polls.
    """
    return {
        "waiting": _waiting(user),
        "mine": _mine(user),
        "contests": Contest.objects.moderated_by(user)
        .pending()
        .exclude(against=user.pk)
        .exclude(by=user.pk),
        "texts": Text.objects.moderated_by(user).filter(state=Text.State.WAITING),
    }


def queue_size(user: User) -> int:
    """Number of comments that wait for this moderator: one query."""
    return _waiting(user).count()


def texts_waiting(user: User) -> int:
    """Number of answers to polls that wait for them to read: one query."""
    return Text.objects.moderated_by(user).filter(state=Text.State.WAITING).count()


@dataclass(frozen=True, slots=True)
class Item:
    """A comment as the queue shows it, and why a moderator should read it."""

    comment: Comment
    place: Place | None
    #: None for what was posted before there was a queue.
    row: QueueItem | None
    #: Why it is here, in words, but for reports.
    why: list[str]
    #: (reason of reports in words, how many), the most frequent first.
    reasons: list[tuple[str, int]]
    #: What those who reported it wrote. Who they are, nobody is told.
    details: list[str]
    #: When it was reported first; None when nobody did.
    reported_at: datetime | None
    #: Another moderator who has taken it; None when nobody has.
    holder: User | None
    #: How many undecided comments have the same words, this one among them; 0 or more than one.
    same: int

    @property
    def reports(self) -> int:
        return sum(number for _reason, number in self.reasons)

    @property
    def is_waiting(self) -> bool:
        return self.row is not None and self.row.is_waiting

    @property
    def held_until(self) -> datetime | None:
        return self.row.claimed_until if self.row is not None else None


def queue(user: User, name: str, after: str | None) -> Page[Item]:
    """A page of one of LISTS: seven queries, however many comments, reports and repeats."""
    if name in OF_ITEMS:
        items, size = OF_ITEMS[name]
        rows = _read_items(items(user)).select_related(
            "comment", *(f"comment__{each}" for each in _SHOWN)
        )
        rows = rows.defer(*(f"comment__{each}" for each in _HEAVY))
        page = page_of(rows, order=("place", "pk"), after=after, size=size)
        comments = [row.comment for row in page]
        known = {row.pk: row for row in page}
    else:
        choose, order = OF_COMMENTS[name]
        page = page_of(_read(choose(user)), order=order, after=after, size=PAGE_SIZE)
        comments = page.items
        found = QueueItem.objects.filter(pk__in=[comment.pk for comment in comments])
        known = {row.pk: row for row in _read_items(found)}
    return Page(_items(user, comments, known), page.next_cursor, page.previous_cursor)


def _read_items(items: QueueItemQuerySet) -> QueueItemQuerySet:
    return items.select_related("claimed_by").annotate(read_at=clock.Now())


def _read(comments: CommentQuerySet) -> CommentQuerySet:
    return comments.select_related(*_SHOWN).defer(*_HEAVY)


def _items(user: User, comments: list[Comment], rows: dict[int, QueueItem]) -> list[Item]:
    if not comments:
        return []
    places = places_of(comments)
    flags: dict[int, list[Flag]] = defaultdict(list)
    for flag in _WAITING.filter(comment__in=[comment.pk for comment in comments]):
        flags[flag.comment_id].append(flag)
    same = same_words(user, {row.digest for row in rows.values() if row.digest and row.is_waiting})
    met = watched_words([pk for pk, row in rows.items() if row.is_waiting and Why.WORD in row.why])
    return [
        _item(user, comment, rows.get(comment.pk), places, flags[comment.pk], same, met)
        for comment in comments
    ]


def _item(
    user: User,
    comment: Comment,
    row: QueueItem | None,
    places: dict[int, Place],
    flags: list[Flag],
    same: dict[UUID, int],
    met: Mapping[int, list[str]],
) -> Item:
    reasons = Counter(flag.reason for flag in flags).most_common()
    is_held = row is not None and row.holder_id(_read_at(row)) not in (None, user.pk)
    number = same.get(row.digest, 0) if row is not None and row.digest and row.is_waiting else 0
    return Item(
        comment=comment,
        place=places.get(comment.pk),
        row=row,
        why=[
            _why(Why(why), met.get(comment.pk, []))
            for why in (row.why if row is not None and row.is_waiting else ())
            if why != Why.REPORTED
        ],
        reasons=[(str(HideReason(reason).label), number) for reason, number in reasons],
        details=[flag.details for flag in flags if flag.details],
        reported_at=min((flag.at for flag in flags), default=None),
        holder=row.claimed_by if row is not None and is_held else None,
        same=number if number > 1 else 0,
    )


def _why(why: Why, words: list[str]) -> str:
    """``words``: those of the council's list that it holds."""
    if why is not Why.WORD or not words:
        return str(why.label)
    return _("%(why)s: %(words)s") % {
        "why": why.label,
        "words": ", ".join(_("“%(word)s”") % {"word": word} for word in words),
    }


def watched_words(comment_ids: Collection[int]) -> dict[int, list[str]]:
    """Words of the council's list that each of the comments holds in any form: one query, none
    without comments."""
    found: dict[int, list[str]] = defaultdict(list)
    if not comment_ids:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_WATCHED, [list(comment_ids)])
        for pk, word in cursor.fetchall():
            found[pk].append(word)
    return found


def _read_at(row: QueueItem) -> datetime:
    """The database's time when the item was read (annotated by ``queue``)."""
    return cast(datetime, cast(Any, row).read_at)


def same_words(user: User, digests: Collection[UUID]) -> dict[UUID, int]:
    """Number of undecided comments of each digest on which they may decide now: one query, none
    without digests.
    """
    if not digests:
        return {}
    undecided = QueueItem.objects.moderated_by(user).undecided_for(user)
    rows = undecided.filter(digest__in=digests).order_by().values("digest")
    numbers = rows.annotate(number=Count("pk")).values_list("digest", "number")
    return {digest: number for digest, number in numbers if digest is not None}


def saved_reasons() -> list[SavedReason]:
    """Saved reasons for moderators, in the order of the keys: one query."""
    return list(SavedReason.objects.all())


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
    comments = _read(Comment.objects.all()).in_bulk(ids) if ids else {}
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
