"""Who may do what with a comment. Pure: the facts are passed in, nothing is asked.

Whether a thread may be spoken in at all is its owner's rule (consultations.rules.take_part).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from core.domain.rules import ALLOWED, Verdict, refuse

if TYPE_CHECKING:
    from accounts.models import Anybody
    from discussions.models import Comment

MODERATORS_ONLY = refuse("moderation.moderators_only", _("Only a moderator may do this."))
GONE = refuse("comment.gone", _("This comment is no longer shown."))
NO_MANDATE_WORDS = _(
    "You may not speak for this organisation now. Speak for yourself, or ask its head."
)
NO_MANDATE = refuse("organisation.no_mandate", NO_MANDATE_WORDS)
MANDATE_OVER = refuse(
    "comment.mandate_over",
    _("You no longer speak for this organisation: what was said in its name stays as it is."),
)


def reply(user: Anybody, parent: Comment) -> Verdict:
    """Answer a comment: one level deep, to something that is shown."""
    verdict = act(user)
    if not verdict:
        return verdict
    if not parent.is_visible:
        return GONE
    if parent.parent_id is not None:
        return refuse("comment.too_deep", _("Please answer the first remark, not an answer to it."))
    return ALLOWED


def edit(user: Anybody, comment: Comment, *, now: datetime, has_mandate: bool = False) -> Verdict:
    """Change one's own words, within 15 minutes of writing them.

    What was said for an organisation is changed only by whom it was written by, and only while
    she may speak for it (``has_mandate``).
    """
    verdict = act(user)
    if not verdict:
        return verdict
    if comment.author_id != user.pk:
        return refuse("comment.not_yours", _("Only its author may change a comment."))
    if not comment.is_visible:
        return GONE
    if comment.is_official:
        return refuse(
            "comment.official", _("An official reply is corrected, with what it said before.")
        )
    if not comment.may_still_be_edited(now):
        return refuse(
            "comment.edit_window_over",
            _("A comment may be changed for 15 minutes; that time is over. Write another one."),
        )
    return _in_its_name(comment, has_mandate)


def correct(user: Anybody, comment: Comment, parent: Comment | None) -> Verdict:
    """Correct an official reply to what is shown. Whether ``user`` speaks for the council here, the
    owner of the thread has judged."""
    verdict = act(user)
    if not verdict:
        return verdict
    if not comment.is_official:
        return refuse("comment.not_official", _("Only the council’s replies are corrected."))
    if not comment.is_visible or parent is None or not parent.is_visible:
        return GONE
    return ALLOWED


def _in_its_name(comment: Comment, has_mandate: bool) -> Verdict:
    return ALLOWED if comment.organisation_id is None or has_mandate else MANDATE_OVER


def delete(user: Anybody, comment: Comment, *, has_mandate: bool = False) -> Verdict:
    """Take back one's own words; a trace stays. An official reply stays as it is, and so does
    what was said for an organisation once its author may not speak for it (``has_mandate``)."""
    verdict = act(user)
    if not verdict:
        return verdict
    if comment.author_id != user.pk:
        return refuse("comment.not_yours", _("Only its author may delete a comment."))
    if not comment.is_visible:
        return GONE
    if comment.is_official:
        return refuse("comment.official", _("An official reply cannot be deleted."))
    return _in_its_name(comment, has_mandate)


def react(user: Anybody, comment: Comment) -> Verdict:
    """Agree or disagree with somebody else's comment."""
    verdict = act(user)
    if not verdict:
        return verdict
    if not comment.is_visible:
        return GONE
    if comment.author_id == user.pk:
        return refuse("comment.own", _("You cannot support your own comment."))
    return ALLOWED


def flag(user: Anybody, comment: Comment) -> Verdict:
    """Report a comment to the moderators."""
    verdict = act(user)
    if not verdict:
        return verdict
    if not comment.is_visible:
        return GONE
    if comment.author_id == user.pk:
        return refuse("comment.own", _("You cannot report your own comment."))
    return ALLOWED


def use_queue(user: Anybody) -> Verdict:
    """See the moderators' queue at all: whoever moderates something."""
    verdict = act(user)
    if not verdict:
        return verdict
    return ALLOWED if user.is_authenticated and user.is_moderator else MODERATORS_ONLY


def moderate(user: Anybody, *, scope: str = "") -> Verdict:
    """Hide, restore and settle reports in ``scope``, what the thread is about (scopes.scope_of)."""
    verdict = act(user)
    if not verdict:
        return verdict
    return ALLOWED if user.is_authenticated and user.moderates(scope) else MODERATORS_ONLY


def hide(user: Anybody, comment: Comment, *, scope: str = "") -> Verdict:
    """Hide what breaks the rules. An official reply is the council's own word."""
    verdict = moderate(user, scope=scope)
    if not verdict:
        return verdict
    if comment.deleted_at is not None:
        return GONE
    if comment.hidden_at is not None:
        return refuse("comment.hidden_already", _("This comment is hidden already."))
    if comment.is_official:
        return refuse("comment.official", _("An official reply cannot be hidden."))
    return ALLOWED


def restore(user: Anybody, comment: Comment, *, scope: str = "") -> Verdict:
    """Show a hidden comment again."""
    verdict = moderate(user, scope=scope)
    if not verdict:
        return verdict
    if comment.hidden_at is None:
        return refuse("comment.not_hidden", _("This comment is not hidden."))
    return ALLOWED
