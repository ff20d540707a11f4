"""Handlers of events about comments: their queue items and the rulings follow."""

from __future__ import annotations

from accounts.identity.events import AccountsMerged
from core.domain import clock
from core.domain.events import within
from core.domain.topics import raise_topic
from discussions.events import (
    CommentDeleted,
    CommentEdited,
    CommentFlagged,
    CommentHidden,
    CommentPosted,
    CommentRestored,
    FlagsDismissed,
    HeldCommentDeleted,
    HeldCommentHidden,
)
from discussions.models import Comment
from moderation.events import ContestDecided, ContestMade
from moderation.models import Contest, QueueItem, Ruling
from moderation.queue.scoring import score_last
from moderation.statistics.queries import TOPIC


@within(CommentPosted, CommentEdited, CommentFlagged)
def comment_said(event: CommentPosted | CommentEdited | CommentFlagged) -> None:
    """Say anew how risky it is and why; what was decided and has a risk waits again."""
    score_last(event.comment_id)


@within(CommentDeleted, HeldCommentDeleted)
def comment_deleted(event: CommentDeleted | HeldCommentDeleted) -> None:
    """Its author took it back: nobody has to read it."""
    _settle(event.comment_id, event.by_id)


@within(CommentHidden, HeldCommentHidden)
def comment_hidden(event: CommentHidden | HeldCommentHidden) -> None:
    """Keep by which rule; an earlier decision that is contested stays as it is."""
    rule = Comment.objects.values_list("hidden_reason", flat=True).get(pk=event.comment_id)
    _rule(event, Ruling.Kind.HIDDEN, rule)


@within(FlagsDismissed)
def flags_dismissed(event: FlagsDismissed) -> None:
    """A moderator has left it up."""
    _rule(event, Ruling.Kind.LEFT, "")


@within(CommentRestored)
def comment_restored(event: CommentRestored) -> None:
    """The last hiding is reversed; whoever contested it and waits is right."""
    now = clock.now()
    hidden = Ruling.objects.filter(
        comment=event.comment_id, kind=Ruling.Kind.HIDDEN, reversed_at=None
    )
    Contest.objects.pending().filter(ruling__in=hidden).update(
        outcome=Contest.Outcome.CORRECTED, decided_by=event.by_id, decided_at=now
    )
    hidden.update(reversed_at=now)
    raise_topic(TOPIC)


@within(ContestMade, ContestDecided)
def contest_changed(_event: ContestMade | ContestDecided) -> None:
    """The public statistics count it."""
    raise_topic(TOPIC)


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """One person's contests are theirs. No guard of ours: a contest is locked after its comment,
    which discussions' guard has locked."""
    Contest.objects.filter(by=event.gone_id).update(by=event.kept_id)


def _rule(
    event: CommentHidden | HeldCommentHidden | FlagsDismissed, kind: Ruling.Kind, rule: str
) -> None:
    """Settle the item and write the ruling, with how long it had waited."""
    now = clock.now()
    item = QueueItem.objects.filter(pk=event.comment_id).first()
    waiting = item.since if item and item.is_waiting else None
    _settle(event.comment_id, event.by_id)
    Ruling.objects.create(
        comment_id=event.comment_id,
        kind=kind,
        rule=rule,
        by_id=event.by_id,
        at=now,
        waited=now - waiting if waiting else None,
        picked_by=item.why if item and item.is_waiting else [],
    )
    raise_topic(TOPIC)


def _settle(comment_id: int, by_id: int) -> None:
    QueueItem.objects.filter(pk=comment_id, settled_at=None).update(
        settled_at=clock.Now(), settled_by=by_id, claimed_by=None, claimed_until=None
    )
