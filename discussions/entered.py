"""Words of people without an account, which staff enter and correct for them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import act
from core.db.statements import insert
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from core.web import markup
from discussions.actions import check_words
from discussions.events import CommentEdited, CommentPosted
from discussions.models import LONGEST_NAME, UNDECLARED, Comment, Edit, searchable_text
from discussions.speech.record import Describe, record_posting
from organisations.models import Organisation


def enter(
    thread_id: int,
    *,
    by: User,
    author_name: str,
    text: str,
    proposal: str = "",
    organisation: Organisation | None = None,
    is_undeclared: bool = False,
    describe: Describe | None = None,
) -> Comment:
    """Write what somebody without an account said, under the name by which it is published.

    ``is_undeclared``: it lacks what the law asks for, so it is not shown
    (``Comment.is_undeclared``). ``describe`` as in actions.post. The caller has checked that
    ``by`` may. Refuses by accounts.rules.act, and ``comment.empty``,
    ``comment.too_long``, ``comment.name_missing``. Emits CommentPosted.
    """
    with action():
        require(act(by))
        text, proposal = check_words(text, proposal)
        comment = insert(
            Comment(
                thread_id=thread_id,
                author_name=check_name(author_name, may_lack=is_undeclared),
                hidden_at=clock.now() if is_undeclared else None,
                hidden_reason=UNDECLARED if is_undeclared else "",
                text=text,
                html=markup.html(text),
                proposal=proposal,
                organisation=organisation,
                search=searchable_text(text, proposal, organisation),
            )
        )
        created(comment)
        record_posting(comment, by_id=by.pk, describe=describe)
        emit(CommentPosted(comment.pk, thread_id, None, by.pk))
        return comment


def correct(
    comment: Comment,
    *,
    by: User,
    author_name: str,
    text: str,
    proposal: str,
    is_undeclared: bool = False,
) -> Comment:
    """Put right what was entered; the words before stay to be read, as after an edit.

    What lacked a name or a contact is shown once it has both (not ``is_undeclared``). The caller
    has checked that ``by`` may, and holds the comment's lock. Refuses as ``enter`` does. Emits
    CommentEdited, unless nothing changed.
    """
    with action():
        comment = locked(comment)
        text, proposal = check_words(text, proposal)
        name = check_name(author_name, may_lack=is_undeclared)
        is_declared_now = comment.is_undeclared and not is_undeclared
        same = (name, text, proposal) == (comment.author_name, comment.text, comment.proposal)
        if same and not is_declared_now:
            return comment
        if is_declared_now:
            comment.hidden_at, comment.hidden_reason = None, ""
        if (text, proposal) != (comment.text, comment.proposal):
            Edit.objects.create(comment=comment, text=comment.text, proposal=comment.proposal)
            comment.edited_at = clock.now()
        comment.author_name, comment.text, comment.proposal = name, text, proposal
        comment.html = markup.html(text)
        comment.search = searchable_text(text, proposal, comment.organisation)
        comment.save(
            update_fields=[
                *("author_name", "text", "html", "proposal", "edited_at", "search"),
                *("hidden_at", "hidden_reason"),
            ]
        )
        emit(CommentEdited(comment.pk, comment.thread_id, None, by.pk))
        return comment


def check_name(name: str, *, may_lack: bool = False) -> str:
    """The name as it is stored. Refuses with ``comment.name_missing``, unless it ``may_lack``, and
    ``comment.name_too_long``."""
    name = " ".join(name.split())
    if not name and not may_lack:
        reject("comment.name_missing", _("Say whose words these are."))
    if len(name) > LONGEST_NAME:
        reject("comment.name_too_long", _("This name is too long."))
    return name
