"""Queries of contests, a fixed number at any size."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from core.db.paging import Page, page_of
from discussions.models import Comment
from moderation.models import Contest
from moderation.places import Place, places_of
from moderation.querysets import ContestQuerySet

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class ShownContest:
    """A contest as the desk shows it, with what it is about."""

    contest: Contest
    comment: Comment
    place: Place | None
    #: Whether the reader may decide: not who hid the words, nor who contests.
    is_decidable: bool


def pending(user: User, after: str | None) -> Page[ShownContest]:
    """A page of what waits for a decision, the oldest first: at most three queries."""
    contests = Contest.objects.moderated_by(user).pending()
    return _page(user, contests, ("id",), after)


def decided_contests(user: User, after: str | None) -> Page[ShownContest]:
    """A page of what was decided, the latest first: at most three queries."""
    contests = Contest.objects.moderated_by(user).exclude(outcome="")
    return _page(user, contests, ("-decided_at", "-id"), after)


def _page(
    user: User, contests: ContestQuerySet, order: tuple[str, ...], after: str | None
) -> Page[ShownContest]:
    rows = contests.select_related(
        "by",
        "against",
        "decided_by",
        *(f"ruling__comment{each}" for each in ("__author", "__organisation", "__parent")),
    ).defer("ruling__comment__search", "ruling__comment__parent__search")
    page = page_of(rows, order=order, after=after, size=PAGE_SIZE)
    places = places_of([contest.ruling.comment for contest in page])
    shown = [
        ShownContest(
            contest,
            contest.ruling.comment,
            places.get(contest.ruling.comment_id),
            user.pk not in (contest.against_id, contest.by_id),
        )
        for contest in page
    ]
    return Page(shown, page.next_cursor, page.previous_cursor)


def last_of(comment: Comment) -> Contest | None:
    """The latest contest of a comment, for its author: one query."""
    contests = Contest.objects.filter(ruling__comment=comment).select_related("ruling")
    return contests.order_by("-pk").first()
