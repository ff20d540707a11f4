"""Actions on contests. Each is one transaction (core.domain.actions.action)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from discussions import actions as discussion
from discussions import voices
from discussions.grant_targets import scope_for
from discussions.models import Comment
from moderation.contests import rules
from moderation.events import ContestDecided, ContestMade
from moderation.models import LONGEST_CONTEST, Contest, Ruling


def make(comment: Comment, *, by: User, words: str) -> Contest:
    """Contest that the comment is hidden; ``words``: why it should not be.

    Refuses by rules.make and ``contest.words_missing``. Emits ContestMade.
    """
    with action():
        comment = locked(comment)
        ruling = ruling_in_force(comment)
        require(
            rules.make(
                by,
                ruling,
                now=clock.now(),
                is_owner=by.pk in voices.owners_of(comment),
                is_contested=Contest.objects.filter(ruling=ruling).exists(),
            )
        )
        words = words.replace("\r\n", "\n").strip()[:LONGEST_CONTEST]
        if ruling is None or not words:
            reject("contest.words_missing", _("Say why the decision is wrong."))
        made = Contest.objects.create(ruling=ruling, by=by, words=words, against_id=ruling.by_id)
        created(made)
        emit(ContestMade(made.pk, comment.pk, by.pk))
        return made


def decide(contest: Contest, *, by: User, is_upheld: bool, reason: str) -> Contest:
    """Uphold the hiding, or overturn it: then everything is shown again, where it was.

    Refuses by rules.decide. Emits ContestDecided, and CommentRestored where it was overturned.
    """
    with action():
        comment = Comment.objects.get(rulings__contest=contest.pk)
        discussion.lock_with_parents([comment.pk])
        contest = locked(contest)
        scope = scope_for(by, comment.thread_id)
        require(rules.decide(by, contest, scope=scope, reason=reason))
        contest.outcome = Contest.Outcome.UPHELD if is_upheld else Contest.Outcome.OVERTURNED
        contest.reason = reason.replace("\r\n", "\n").strip()[:LONGEST_CONTEST]
        contest.decided_by, contest.decided_at = by, clock.now()
        contest.save(update_fields=["outcome", "reason", "decided_by", "decided_at"])
        if not is_upheld:
            discussion.restore(comment, by=by)
        emit(ContestDecided(contest.pk, comment.pk, by.pk))
        return contest


def ruling_in_force(comment: Comment) -> Ruling | None:
    """By which decision the comment is hidden now; None when it is not."""
    hidden = Ruling.objects.filter(comment=comment, kind=Ruling.Kind.HIDDEN, reversed_at=None)
    return hidden.order_by("-pk").first() if comment.hidden_at is not None else None
