"""Actions in the discussion of a petition. Each is one transaction (core.domain.actions.action)."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from core.domain.actions import action, shared
from core.domain.events import emit
from core.domain.rules import require
from discussions import actions as discussion
from discussions.models import Comment
from petitions.events import CommentMade, CommentTouched
from petitions.models import Petition
from petitions.talk import rules

#: What the rules need to know of a petition.
_STATE = ("thread", "published_at", "withdrawn_at")


def comment(petition: Petition, *, by: User, text: str) -> Comment:
    """Say something of the petition, at most LONGEST characters of markdown-light.

    Refuses by rules.speak, ``comment.empty`` and ``comment.too_long``. Emits CommentPosted and
    CommentMade.
    """
    with action():
        fresh, _now = _require_talk(petition, by)
        made = discussion.post(fresh.thread_id, by=by, text=text)
        emit(CommentMade(fresh.pk, by.pk, made.pk))
        return made


def reply(petition: Petition, to: Comment, *, by: User, text: str) -> Comment:
    """Answer a comment of the petition.

    Refuses by rules.speak, discussions.rules.reply, ``comment.empty`` and ``comment.too_long``.
    Emits CommentPosted and CommentTouched.
    """
    with action():
        fresh, _now = _require_talk(petition, by)
        made = discussion.post(fresh.thread_id, by=by, text=text, parent=to)
        emit(CommentTouched(fresh.pk, by.pk, to.pk))
        return made


def react(petition: Petition, to: Comment, *, by: User, value: int) -> Comment:
    """Agree (+1), disagree (−1) or neither (0). Refuses by rules.react. Emits nothing."""
    with action():
        _require_talk(petition, by)
        return discussion.react(to, by=by, value=value)


def change(petition: Petition, said: Comment, *, by: User, text: str) -> Comment:
    """Edit one's own words within 15 minutes. Refuses by rules.edit. Emits CommentEdited."""
    with action():
        _require_talk(petition, by)
        return discussion.edit(said, by=by, text=text)


def take_back(said: Comment, *, by: User) -> Comment:
    """Delete one's own words. Refuses by rules.delete. Emits CommentDeleted."""
    return discussion.delete(said, by=by)


def _require_talk(petition: Petition, by: User) -> tuple[Petition, datetime]:
    fresh, now = shared(petition, *_STATE)
    require(rules.speak(by, fresh, now=now))
    return fresh, now
