"""Queries of the discussion of a petition, a fixed number at any size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.http import QueryDict

from core.db.paging import Page, first_page, page_of
from core.db.statements import Asked, Statement
from discussions.models import Comment, Reaction
from discussions.querysets import CommentQuerySet
from petitions.models import Petition
from petitions.sql import sql

PAGE_SIZE = 20
ORDERS = {"newest": ("-pk",), "supported": ("-score", "-pk")}

_COUNT = sql("""
SELECT count(*) FROM {Comment}
WHERE thread_id = %s AND parent_id IS NULL AND hidden_at IS NULL AND deleted_at IS NULL
""")


@dataclass(frozen=True)
class Filters:
    """Order of the discussion, and the start of its page; nonsense is ignored."""

    sort: str = "newest"
    after: str = ""

    @classmethod
    def of(cls, params: QueryDict) -> Filters:
        sort = params.get("sort", "")
        after = params.get("after", "").replace("\0", "")
        return cls(sort if sort in ORDERS else cls.sort, after)

    def query(self, **changed: str) -> str:
        values = {"sort": "" if self.sort == Filters.sort else self.sort} | changed
        params = QueryDict(mutable=True)
        params.update({name: value for name, value in values.items() if value})
        return params.urlencode()


def comments_of(petition: Petition, filters: Filters) -> Page[Comment]:
    """A page of what was said first: one query."""
    if filters == Filters():
        rows = _NEWEST.all(thread=petition.thread_id)
        return first_page(rows, order=ORDERS["newest"], size=PAGE_SIZE)
    comments = comments_for_list(Comment.objects.filter(thread=petition.thread_id))
    return page_of(comments, order=ORDERS[filters.sort], after=filters.after, size=PAGE_SIZE)


def comments_for_list(comments: CommentQuerySet) -> CommentQuerySet:
    """Those comments that have a place in lists, ready to be drawn: a hidden one keeps its place
    (with the reason instead of its words), a deleted one only while it has answers.
    """
    places = Q(deleted_at=None) | Q(replies__gt=0)
    return with_display_columns(comments.top().filter(places))


def with_display_columns(comments: CommentQuerySet) -> CommentQuerySet:
    """With author and organisation, without what no page shows."""
    return comments.select_related("author", "organisation").defer(
        "search", "organisation__code_key", "organisation__contact"
    )


def count_of(petition: Petition) -> int:
    """Number of public comments of the first level: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [petition.thread_id])
        return int(cursor.fetchone()[0])


#: What most people see first.
_NEWEST = Statement(
    lambda: comments_for_list(Comment.objects.filter(thread=Asked("thread"))).order_by(
        *ORDERS["newest"]
    )[: PAGE_SIZE + 1]
)


def replies_of(comment: Comment, after: str) -> Page[Comment]:
    """The answers to a comment, the first one first: one query."""
    replies = with_display_columns(Comment.objects.public().filter(parent=comment.pk))
    return page_of(replies, order=("pk",), after=after, size=PAGE_SIZE)


def mine(petition: Petition, user: Any, now: datetime) -> dict[str, Any]:
    """The person's own comments here (and whether they may still be edited) and reactions."""
    own = Comment.objects.filter(thread=petition.thread_id, author=user, deleted_at=None)
    reactions = Reaction.objects.filter(comment__thread=petition.thread_id, user=user)
    return {
        "own": {
            comment.pk: comment.may_still_be_edited(now)
            for comment in own.only("created_at").order_by("-pk")[:500]
        },
        "reactions": dict(reactions.values_list("comment_id", "value")),
    }
