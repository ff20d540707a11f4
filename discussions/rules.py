"""Rules of comments: who may do what. Pure: the facts are passed in, nothing is asked.

Whether a thread may be spoken in at all is its owner's rule (consultations.rules.take_part).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from core.domain.calendar import end_of_day, kyiv, local_date
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

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
    return (
        act(user)
        and _is_shown(parent)
        and refuse_unless(
            parent.parent_id is None,
            "comment.too_deep",
            _("Please answer the first remark, not an answer to it."),
        )
    )


def _waits(comment: Comment) -> bool:
    """Whether a moderator has still to read it before it is shown."""
    return comment.is_held and comment.deleted_at is None


def _is_shown(comment: Comment) -> Verdict:
    return ALLOWED if comment.is_visible else GONE


def edit(user: Anybody, comment: Comment, *, now: datetime, has_mandate: bool = False) -> Verdict:
    """Change one's own words, within 15 minutes of writing them.

    What was said for an organisation is changed only by whom it was written by, and only while
    they may speak for it (``has_mandate``).
    """
    return (
        act(user)
        and refuse_unless(
            comment.author_id == user.pk,
            "comment.not_yours",
            _("Only its author may change a comment."),
        )
        and _is_shown(comment)
        and refuse_unless(
            not comment.is_official,
            "comment.official",
            _("An official reply is corrected, with what it said before."),
        )
        and refuse_unless(
            comment.may_still_be_edited(now),
            "comment.edit_window_over",
            _("A comment may be changed for 15 minutes; that time is over. Write another one."),
        )
        and _in_its_name(comment, has_mandate)
    )


def correct(user: Anybody, comment: Comment, parent: Comment | None) -> Verdict:
    """Correct an official reply to what is shown. Whether ``user`` speaks for the council here, the
    owner of the thread has judged."""
    return (
        act(user)
        and refuse_unless(
            comment.is_official,
            "comment.not_official",
            _("Only the council’s replies are corrected."),
        )
        and _is_shown(comment)
        and (GONE if parent is None else _is_shown(parent))
    )


def _in_its_name(comment: Comment, has_mandate: bool) -> Verdict:
    return ALLOWED if comment.organisation_id is None or has_mandate else MANDATE_OVER


def delete(user: Anybody, comment: Comment, *, has_mandate: bool = False) -> Verdict:
    """Take back one's own words, also before a moderator has read them; a trace stays. An official
    reply stays as it is, and so does what was said for an organisation once its author may not
    speak for it (``has_mandate``)."""
    return (
        act(user)
        and refuse_unless(
            comment.author_id == user.pk,
            "comment.not_yours",
            _("Only its author may delete a comment."),
        )
        and (ALLOWED if comment.is_visible or _waits(comment) else GONE)
        and refuse_unless(
            not comment.is_official,
            "comment.official",
            _("An official reply cannot be deleted."),
        )
        and _in_its_name(comment, has_mandate)
    )


def take_name_off(user: Anybody, comment: Comment) -> Verdict:
    """Take one's own name off one's words, which stay, also those said for an organisation, whose
    name stays. Whether the record may lose the name, the owner of the thread has judged."""
    return (
        act(user)
        and refuse_unless(
            comment.author_id == user.pk,
            "comment.not_yours",
            _("Only its author may take their name off a comment."),
        )
        and (ALLOWED if comment.deleted_at is None else GONE)
        and refuse_unless(
            not comment.is_official,
            "comment.official",
            _("An official reply is given under the name of who gives it."),
        )
        and refuse_unless(
            comment.unnamed_at is None,
            "comment.unnamed_already",
            _("Your name does not stand there any more."),
        )
    )


def react(user: Anybody, comment: Comment) -> Verdict:
    """Agree or disagree with somebody else's comment."""
    return (
        act(user)
        and _is_shown(comment)
        and refuse_unless(
            comment.author_id != user.pk,
            "comment.own",
            _("You cannot support your own comment."),
        )
    )


def flag(user: Anybody, comment: Comment) -> Verdict:
    """Report a comment to the moderators."""
    return (
        act(user)
        and _is_shown(comment)
        and refuse_unless(
            comment.author_id != user.pk,
            "comment.own",
            _("You cannot report your own comment."),
        )
    )


def use_queue(user: Anybody) -> Verdict:
    """See the moderators' queue at all: whoever moderates something."""
    return act(user) and _moderators_only(user.is_authenticated and user.is_moderator)


def _moderators_only(is_moderator: bool) -> Verdict:
    return ALLOWED if is_moderator else MODERATORS_ONLY


def moderate(user: Anybody, *, scope: str = "") -> Verdict:
    """Hide, restore and settle reports in ``scope``, what the thread is about
    (grant_targets.scope_of)."""
    return act(user) and _moderators_only(user.is_authenticated and user.moderates(scope))


def hide(user: Anybody, comment: Comment, *, scope: str = "") -> Verdict:
    """Hide what breaks the rules. An official reply is the council's own word."""
    return (
        moderate(user, scope=scope)
        and (ALLOWED if comment.deleted_at is None else GONE)
        and refuse_unless(
            comment.hidden_at is None or comment.is_held,
            "comment.hidden_already",
            _("This comment is hidden already."),
        )
        and refuse_unless(
            not comment.is_official,
            "comment.official",
            _("An official reply cannot be hidden."),
        )
    )


def restore(user: Anybody, comment: Comment, *, scope: str = "") -> Verdict:
    """Show a hidden comment again."""
    return (
        moderate(user, scope=scope)
        and (ALLOWED if comment.deleted_at is None else GONE)
        and refuse_unless(
            comment.hidden_at is not None, "comment.not_hidden", _("This comment is not hidden.")
        )
        and refuse_unless(
            not comment.is_undeclared,
            "comment.undeclared",
            _("It came without a name or a contact: whoever keeps the register enters them."),
        )
    )


def contest_until(hidden_at: datetime) -> datetime:
    """The first moment at which it may be contested no more: the last day counts whole."""
    return end_of_day(local_date(hidden_at) + timedelta(days=settings.MODERATION_CONTEST_DAYS))


def is_contestable(now: datetime, path: str = "") -> Q:
    """Comments whose hiding may still be contested at ``now``: hidden on a day of which the term
    is not over. ``path`` leads to the comment."""
    first = local_date(now) - timedelta(days=settings.MODERATION_CONTEST_DAYS)
    return Q(**{f"{path}hidden_at__gte": kyiv(first)})
