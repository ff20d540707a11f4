"""Rules of moderation: the queue and its lists. Pure: the facts are passed in.

What may become of a comment discussions' rules say; here is who may decide on it now.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from discussions.rules import moderate

if TYPE_CHECKING:
    from accounts.models import Anybody
    from moderation.models import QueueItem


def decide(
    user: Anybody, item: QueueItem | None, *, now: datetime, scope: str, is_waiting: bool
) -> Verdict:
    """Decide on a comment: nobody else has taken it, and nobody has decided what ``user`` read as
    waiting (``is_waiting``). What was posted before there was a queue has no item."""
    verdict = moderate(user, scope=scope)
    if item is None:
        return verdict
    return (
        verdict
        and refuse_unless(
            item.holder_id(now) in (None, user.pk),
            "moderation.held",
            _("Another moderator has taken this to read. See it again when they have decided."),
        )
        and refuse_unless(
            item.settled_at is None or not is_waiting,
            "moderation.decided_already",
            _("Another moderator has decided on this already."),
        )
    )


def edit_lists(user: Anybody) -> Verdict:
    """Change the word list and the saved reasons: whoever moderates everything."""
    return moderate(user)


def add_words(user: Anybody, *, total: int, most: int) -> Verdict:
    """Add to the word list, up to a number at which reading it at each post is still nothing."""
    return edit_lists(user) and refuse_unless(
        total <= most,
        "moderation.too_many_words",
        _("The list is full. Remove words that nobody writes any more."),
    )


def save_reason(user: Anybody, *, saved: int, most: int) -> Verdict:
    """Save one more reason: each has a digit of the keyboard."""
    return edit_lists(user) and refuse_unless(
        saved < most,
        "moderation.too_many_reasons",
        _("There is a saved reason on each digit already. Remove one first."),
    )
