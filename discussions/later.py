"""Publish words later, under the number and the date of their sending."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from accounts.models import User
from core.domain import clock
from core.domain.actions import action
from core.domain.events import emit
from core.web import markup
from discussions.events import CommentPosted
from discussions.models import HELD, Comment, searchable_text
from discussions.speech.record import Describe, record_posting
from organisations.models import Organisation


def reserve_number() -> int:
    """The number of a comment that is not written yet: lists are sorted by it, and its permanent
    address holds it. Whether it is ever used, nobody can tell: refused posts leave gaps too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [Comment._meta.db_table])
        number: int = cursor.fetchone()[0]
    return number


def publish(
    thread_id: int,
    *,
    number: int,
    sent_at: datetime,
    by: User,
    organisation: Organisation,
    text: str,
    proposal: str,
    interest: str,
    is_held: bool = False,
    describe: Describe | None = None,
) -> Comment:
    """Write what ``by`` sent at ``sent_at`` for an organisation that is confirmed since.

    The words were checked when they were sent (actions.check_words), and so was the mandate; the
    caller holds the organisation's lock. ``is_held`` and ``describe`` as in
    actions.post. Emits CommentPosted.
    """
    with action():
        comment = Comment.objects.create(
            pk=number,
            thread_id=thread_id,
            author=by,
            text=text,
            html=markup.html(text),
            proposal=proposal,
            organisation=organisation,
            interest=interest,
            created_at=sent_at,
            search=searchable_text(text, proposal, organisation),
            hidden_at=clock.now() if is_held else None,
            hidden_reason=HELD if is_held else "",
        )
        record_posting(comment, by_id=by.pk, describe=describe)
        emit(CommentPosted(comment.pk, thread_id, None, by.pk))
        return comment
