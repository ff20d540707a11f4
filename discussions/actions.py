"""Actions of discussions: posting, editing, replies, reactions, reports, hiding.

Each action is one transaction (core.domain.actions.action). They know nothing of what is discussed:
the owner of a thread wraps ``post`` in an action of its own with its own rule.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import sign_with_name
from core.db.kept_cursors import fetch
from core.db.statements import insert
from core.domain import clock
from core.domain.actions import action, locked, shared
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from core.domain.typography import group_thousands
from core.web import markup
from discussions import grounds, rules, voices
from discussions.events import (
    CommentCorrected,
    CommentDeleted,
    CommentEdited,
    CommentFlagged,
    CommentHidden,
    CommentPosted,
    CommentRestored,
    FlagsDismissed,
    HeldCommentDeleted,
    HeldCommentHidden,
    NameTakenOff,
)
from discussions.grant_targets import scope_for
from discussions.models import (
    HELD,
    LONGEST,
    LONGEST_INTEREST,
    Comment,
    Correction,
    Edit,
    Flag,
    HideReason,
    Reaction,
    Thread,
    searchable_text,
)
from discussions.speech.record import Describe, record_posting

# One's reaction and the totals of its comment: people support in crowds.
_REACT = f"""
INSERT INTO {Reaction._meta.db_table} (comment_id, user_id, value) VALUES (%s, %s, %s)
ON CONFLICT (comment_id, user_id) DO UPDATE SET value = excluded.value
"""  # noqa: S608 - names of tables
_TAKE_REACTION = f"DELETE FROM {Reaction._meta.db_table} WHERE comment_id = %s AND user_id = %s"  # noqa: S608
_RECOUNT_REACTIONS = f"""
UPDATE {Comment._meta.db_table} SET (agrees, disagrees) = (
    SELECT count(*) FILTER (WHERE value > 0), count(*) FILTER (WHERE value < 0)
    FROM {Reaction._meta.db_table} WHERE comment_id = %(comment)s
)
WHERE id = %(comment)s
RETURNING agrees, disagrees
"""  # noqa: S608 - names of tables

#: The longest note to the author of what is hidden, in characters.
LONGEST_NOTE = 500
#: The columns that a hiding writes, and the restoring empties.
_HIDING = (
    *("hidden_at", "hidden_by", "hidden_reason", "hidden_note"),
    *("hidden_quote", "is_hiding_explained"),
)


def open_thread() -> Thread:
    """A new, empty thread for something that can be talked about."""
    with action():
        return Thread.objects.create()


def post(
    thread_id: int,
    *,
    by: User,
    text: str,
    proposal: str = "",
    parent: Comment | None = None,
    official: bool = False,
    standing_in_for_id: int | None = None,
    organisation_id: int | None = None,
    interest: str = "",
    is_held: bool = False,
    describe: Describe | None = None,
) -> Comment:
    """Write a comment, or an answer to one, into a thread.

    ``text`` is markdown-light, at most LONGEST characters; ``proposal`` a wording proposed for
    what is discussed. ``official`` marks the council's own answer: the caller has checked that
    ``by`` may give it, and says for whom they stand in if they may by a cover alone
    (``standing_in_for_id``). ``organisation_id``: whom ``by`` speaks for, by a mandate that is
    held to the end of the action; None: for themselves. ``interest``: what they declare to have an
    interest in, at most LONGEST_INTEREST characters. ``is_held``: a moderator reads it before it is
    shown (``Comment.is_held``). ``describe``: the thing that it is in a procedure's record.
    Refuses by accounts.rules.sign_with_name, rules.reply and organisations.rules.speak_for, and
    ``comment.empty``, ``comment.too_long``,
    ``comment.interest_too_long``. Emits CommentPosted.
    """
    with action():
        text, proposal = check_words(text, proposal)
        require(sign_with_name(by))
        if parent is not None:
            parent = locked(parent)
            require(rules.reply(by, parent))
        organisation = voices.hold(by, organisation_id)
        comment = insert(
            Comment(
                thread_id=thread_id,
                author=by,
                parent=parent,
                text=text,
                html=markup.html(text),
                proposal=proposal,
                is_official=official,
                standing_in_for_id=standing_in_for_id,
                organisation=organisation,
                interest=check_interest(interest),
                search=searchable_text(text, proposal, organisation),
                hidden_at=clock.now() if is_held else None,
                hidden_reason=HELD if is_held else "",
            )
        )
        if parent is not None:
            _recount_answers(parent)
        created(comment)
        record_posting(comment, by_id=by.pk, describe=describe)
        emit(CommentPosted(comment.pk, thread_id, comment.parent_id, by.pk))
        return comment


def edit(
    comment: Comment, *, by: User, text: str, proposal: str = "", interest: str | None = None
) -> Comment:
    """Change one's own words within 15 minutes; what they were before is kept.

    ``interest`` replaces the declared one, which is not kept; None: it stays.
    Refuses by rules.edit, ``comment.empty``, ``comment.too_long``, ``comment.interest_too_long``.
    Emits CommentEdited, unless nothing changed.
    """
    with action():
        comment = locked(comment)
        now = clock.now()
        require(rules.edit(by, comment, now=now, has_mandate=voices.still_holds(by, comment)))
        text, proposal = check_words(text, proposal)
        interest = comment.interest if interest is None else check_interest(interest)
        if (text, proposal, interest) == (comment.text, comment.proposal, comment.interest):
            return comment
        kept = Edit.objects.create(comment=comment, text=comment.text, proposal=comment.proposal)
        comment.text, comment.html, comment.proposal = text, markup.html(text), proposal
        comment.interest, comment.edited_at = interest, now
        comment.search = searchable_text(text, proposal, comment.organisation)
        comment.save(update_fields=["text", "html", "proposal", "interest", "edited_at", "search"])
        created(kept)
        emit(CommentEdited(comment.pk, comment.thread_id, comment.parent_id, by.pk))
        return comment


def correct(comment: Comment, *, by: User, text: str) -> Correction:
    """Give an official reply other words; what it said before stays to be read by everybody.

    The caller has checked that ``by`` may speak for the council here. Refuses by rules.correct, and
    with ``comment.empty``, ``comment.too_long`` and ``comment.unchanged``. Emits CommentCorrected.
    """
    with action():
        parent, comment = _locked_with_parent(comment)
        require(rules.correct(by, comment, parent))
        text, _proposal = check_words(text, "")
        if text == comment.text:
            reject("comment.unchanged", _("The reply says exactly this already."))
        now = clock.now()
        correction = Correction.objects.create(
            comment=comment, text=comment.text, html=comment.html, by=by, at=now
        )
        comment.text, comment.html, comment.edited_at = text, markup.html(text), now
        comment.search = searchable_text(text, "", None)
        comment.save(update_fields=["text", "html", "edited_at", "search"])
        created(correction)
        emit(
            CommentCorrected(comment.pk, comment.thread_id, comment.parent_id, by.pk, correction.pk)
        )
        return correction


def delete(comment: Comment, *, by: User) -> Comment:
    """Take back one's own words: they vanish from every page, a trace of the deletion stays.

    What is held goes unread. Refuses by rules.delete. Emits CommentDeleted, or HeldCommentDeleted.
    """
    with action():
        parent, comment = _locked_with_parent(comment)
        require(rules.delete(by, comment, has_mandate=voices.still_holds(by, comment)))
        deleted = HeldCommentDeleted if comment.is_held else CommentDeleted
        comment.deleted_at = clock.now()
        comment.search = None
        comment.save(update_fields=["deleted_at", "search"])
        _recount_answers(parent)
        emit(deleted(comment.pk, comment.thread_id, comment.parent_id, by.pk))
        return comment


def take_name_off(comment: Comment, *, by: User) -> Comment:
    """Take one's own name off one's words, which stay.

    The caller has checked that the record may lose it. Refuses by rules.take_name_off. Emits
    NameTakenOff.
    """
    with action():
        comment = locked(comment)
        require(rules.take_name_off(by, comment))
        comment.unnamed_at = clock.now()
        comment.save(update_fields=["unnamed_at"])
        emit(NameTakenOff(comment.pk, comment.thread_id, comment.parent_id, by.pk))
        return comment


def react(comment: Comment, *, by: User, value: int) -> Comment:
    """Agree (+1), disagree (−1), or take either back (0).

    Refuses by rules.react. Emits nothing: totals are sampled by whoever watches them.
    Returns the comment with its totals, counted from the rows.
    """
    if value not in (1, 0, -1):
        raise ValueError("a reaction is 1, 0 or -1")
    with action():
        comment = locked(comment)
        require(rules.react(by, comment))
        with connection.cursor() as cursor:
            if value == 0:
                cursor.execute(_TAKE_REACTION, [comment.pk, by.pk])
            else:
                cursor.execute(_REACT, [comment.pk, by.pk, value])
        [(comment.agrees, comment.disagrees)] = fetch(_RECOUNT_REACTIONS, {"comment": comment.pk})
        return comment


def flag(comment: Comment, *, by: User, reason: str, details: str = "") -> Flag:
    """Report a comment to the moderators, once a person.

    Refuses by rules.flag and ``comment.flagged_already``. Emits CommentFlagged.
    """
    with action():
        comment, _now = shared(comment, "author", "hidden_at", "deleted_at")
        require(rules.flag(by, comment))
        try:
            with transaction.atomic():
                report = Flag.objects.create(
                    comment=comment, user=by, reason=HideReason(reason), details=details[:500]
                )
        except IntegrityError:
            reject("comment.flagged_already", _("You have reported this comment already."))
        emit(CommentFlagged(report.pk, comment.pk, by.pk))
        return report


def hide(comment: Comment, *, by: User, reason: str, note: str = "", quote: str = "") -> Comment:
    """Hide a comment: its words leave every page, feed, search, answer and screen.

    The text is kept; ``reason`` (a HideReason) is shown to all, ``quote`` (words of it that break
    the rule) and ``note`` to its author; one of both is needed. Settles the reports of it. One that
    was held has never been shown, and is not from now on. Refuses by rules.hide and
    grounds.explain. Emits CommentHidden, or HeldCommentHidden.
    """
    with action():
        parent, comment = _locked_with_parent(comment)
        require(rules.hide(by, comment, scope=scope_for(by, comment.thread_id)))
        require(grounds.explain(quote=quote, note=note, words=grounds.words_of(comment)))
        hidden = HeldCommentHidden if comment.is_held else CommentHidden
        now = clock.now()
        comment.hidden_at, comment.hidden_by = now, by
        comment.hidden_reason = HideReason(reason)
        comment.hidden_note = note.strip()[:LONGEST_NOTE]
        comment.hidden_quote = quote.strip()[: grounds.LONGEST_QUOTE]
        comment.is_hiding_explained = True
        comment.save(update_fields=_HIDING)
        _settle_flags(comment, by)
        _recount_answers(parent)
        emit(hidden(comment.pk, comment.thread_id, comment.parent_id, by.pk))
        return comment


def restore(comment: Comment, *, by: User) -> Comment:
    """Show a hidden comment again, or a held one for the first time. Refuses by rules.restore.
    Emits CommentRestored."""
    with action():
        parent, comment = _locked_with_parent(comment)
        require(rules.restore(by, comment, scope=scope_for(by, comment.thread_id)))
        comment.hidden_at = comment.hidden_by = None
        comment.hidden_reason = comment.hidden_note = comment.hidden_quote = ""
        comment.save(update_fields=_HIDING)
        _recount_answers(parent)
        emit(CommentRestored(comment.pk, comment.thread_id, comment.parent_id, by.pk))
        return comment


def dismiss_flags(comment: Comment, *, by: User) -> None:
    """Leave a reported comment as it is. Refuses by rules.moderate. Emits FlagsDismissed."""
    with action():
        require(rules.moderate(by, scope=scope_for(by, comment.thread_id)))
        _settle_flags(comment, by)
        emit(FlagsDismissed(comment.pk, by.pk))


def check_words(text: str, proposal: str) -> tuple[str, str]:
    text, proposal = (value.replace("\r\n", "\n").strip() for value in (text, proposal))
    if not text and not proposal:
        reject("comment.empty", _("Please write something."))
    if len(text) > LONGEST or len(proposal) > LONGEST:
        reject(
            "comment.too_long",
            _("This is too long: at most %(most)s characters.")
            % {"most": group_thousands(LONGEST)},
            most=LONGEST,
        )
    return text, proposal


def check_interest(interest: str) -> str:
    interest = " ".join(interest.split())
    if len(interest) > LONGEST_INTEREST:
        reject(
            "comment.interest_too_long",
            _("Say your interest in at most %(most)s characters.")
            % {"most": group_thousands(LONGEST_INTEREST)},
            most=LONGEST_INTEREST,
        )
    return interest


def _locked_with_parent(comment: Comment) -> tuple[Comment | None, Comment]:
    """Lock the parent before the comment, as ``post`` does: one order, no deadlock."""
    parent = None
    if comment.parent_id is not None:
        parent = Comment.objects.select_for_update(no_key=True).get(pk=comment.parent_id)
    return parent, locked(comment)


def lock_with_parents(ids: Collection[int]) -> None:
    """Lock comments, those that they answer before them and each level by key: what an action on
    many of them begins with, so that it waits for no other in a circle."""
    answered = dict(Comment.objects.filter(pk__in=ids).values_list("pk", "parent_id"))
    first = {parent or pk for pk, parent in answered.items()}
    for level in (first, answered.keys() - first):
        rows = Comment.objects.filter(pk__in=level).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def _recount_answers(parent: Comment | None) -> None:
    if parent is None:
        return
    shown = Comment.objects.filter(parent=parent, hidden_at=None, deleted_at=None)
    parent.replies = shown.count()
    parent.is_answered = shown.filter(is_official=True).exists()
    parent.save(update_fields=["replies", "is_answered"])


def _settle_flags(comment: Comment, by: User) -> None:
    Flag.objects.filter(comment=comment, settled_at=None).update(
        settled_at=clock.Now(), settled_by=by
    )
