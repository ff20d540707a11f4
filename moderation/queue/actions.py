"""Actions of the queue: taking items to read, leaving up, hiding, and all of the same words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db.models import Value

from accounts.models import User
from core.domain import clock
from core.domain.actions import action
from core.domain.rules import require
from discussions import actions as discussion
from discussions.grant_targets import scope_for
from discussions.models import Comment
from discussions.rules import use_queue
from moderation import rules
from moderation.models import QueueItem

#: So many items are taken to read at once.
BATCH = 30
#: So many comments of the same words are decided at once.
MOST_SAME = 200


def take(*, by: User) -> list[int]:
    """Take the riskiest items that nobody holds, until ``by`` holds BATCH; they hold them for
    settings.MODERATION_CLAIM_MINUTES from now. Returns the ids of all that they hold.

    Of two who take at once each gets others: rows that somebody is taking are passed over. Refuses
    by discussions.rules.use_queue. Emits nothing: nothing has become of any comment.
    """
    with action():
        require(use_queue(by))
        mine = list(
            QueueItem.objects.held_by(by)
            .select_for_update(no_key=True)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        free = QueueItem.objects.moderated_by(by).free_for(by).exclude(pk__in=mine)
        mine += (
            free.order_by("place", "comment")
            .select_for_update(skip_locked=True, no_key=True, of=("self",))
            .values_list("pk", flat=True)[: max(BATCH - len(mine), 0)]
        )
        QueueItem.objects.filter(pk__in=mine).update(
            claimed_by=by,
            claimed_until=clock.Now() + Value(timedelta(minutes=settings.MODERATION_CLAIM_MINUTES)),
        )
        return mine


def release(*, by: User) -> int:
    """Leave to others what ``by`` has taken and not decided; returns how many. Emits nothing."""
    with action():
        require(use_queue(by))
        return QueueItem.objects.filter(claimed_by=by).update(claimed_by=None, claimed_until=None)


def leave_up(comment: Comment, *, by: User) -> None:
    """Leave a waiting comment as it is, and settle the reports of it; show one that was held.

    Refuses by rules.decide. Emits FlagsDismissed, and CommentRestored of one that was held.
    """
    with action():
        _require_decision([comment.pk], by, comment.thread_id, is_waiting=True)
        _leave_up(Comment.objects.get(pk=comment.pk), by)


def hide(
    comment: Comment,
    *,
    by: User,
    reason: str,
    note: str = "",
    quote: str = "",
    is_waiting: bool = False,
) -> Comment:
    """Hide a comment by a rule (a HideReason), with words of it or a note, as discussions' action
    takes them. ``is_waiting``: it was read as one that waits.

    Refuses by rules.decide, discussions.rules.hide and discussions.grounds.explain. Emits
    CommentHidden.
    """
    with action():
        _require_decision([comment.pk], by, comment.thread_id, is_waiting=is_waiting)
        return discussion.hide(comment, by=by, reason=reason, note=note, quote=quote)


def leave_up_same(comment: Comment, *, by: User) -> int:
    """Leave up every undecided comment of the same words; returns how many. Refuses by
    rules.decide. Emits FlagsDismissed for each."""
    with action():
        same = _lock_same(comment, by)
        for each in same:
            _leave_up(each, by)
        return len(same)


def hide_same(comment: Comment, *, by: User, reason: str, note: str = "", quote: str = "") -> int:
    """Hide every undecided comment of the same words; returns how many. Refuses as ``hide`` does.
    Emits CommentHidden for each."""
    with action():
        same = _lock_same(comment, by)
        for each in same:
            discussion.hide(each, by=by, reason=reason, note=note, quote=quote)
        return len(same)


def _leave_up(comment: Comment, by: User) -> None:
    if comment.is_held:
        discussion.restore(comment, by=by)
    discussion.dismiss_flags(comment, by=by)


def _require_decision(
    ids: Collection[int], by: User, thread_id: int, *, is_waiting: bool
) -> list[QueueItem]:
    """The items of these comments of one thread, locked after the comments, as a report does it;
    judged by rules.decide."""
    discussion.lock_with_parents(ids)
    items = list(QueueItem.objects.filter(pk__in=ids).select_for_update(no_key=True).order_by("pk"))
    now, scope = clock.now(), scope_for(by, thread_id)
    judged: list[QueueItem | None] = [*items] if items else [None]
    for item in judged:
        require(rules.decide(by, item, now=now, scope=scope, is_waiting=is_waiting))
    return items


def _lock_same(comment: Comment, by: User) -> list[Comment]:
    """Comments of the same words as ``comment`` that ``by`` may decide on now, and the comment
    itself, under their locks: at most MOST_SAME."""
    _require_decision([comment.pk], by, comment.thread_id, is_waiting=True)
    undecided = QueueItem.objects.moderated_by(by).undecided_for(by)
    digest = QueueItem.objects.filter(pk=comment.pk).values("digest")
    same = undecided.filter(digest__in=digest).order_by("pk").values_list("pk", flat=True)
    ids = list(same[:MOST_SAME])
    discussion.lock_with_parents(ids)
    still = undecided.filter(pk__in=ids).select_for_update(no_key=True, of=("self",))
    found = list(still.order_by("pk").values_list("pk", flat=True))
    return list(Comment.objects.filter(pk__in=found).order_by("pk"))
