"""The reason that everybody may read of a decision on hidden words: written, then checked.

The ordinary reason may repeat the hidden words, and stays hidden with them (ADR 98).
"""

from __future__ import annotations

from hashlib import sha256

from accounts.models import User
from consultations.dispositions import rules
from consultations.dispositions.actions import hold_row
from consultations.dispositions.conditions import frees
from consultations.dispositions.events import (
    PublicReasonChecked,
    PublicReasonTakenBack,
    PublicReasonWritten,
)
from consultations.dispositions.models import LONGEST_REASON, Disposition
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import reject, require
from discussions.grounds import is_quoted
from discussions.models import Comment


def digest_of(text: str) -> str:
    """Digest of the reason read on a page, sent back by it."""
    return sha256(text.encode()).hexdigest()


def write(
    remark_id: int, *, consultation_id: int, by: User, text: str, read: str | None = None
) -> Disposition:
    """Write the reason for everybody, or take it away by an empty ``text``; another person than
    ``by`` checks it before it is public. The same text again changes nothing.

    ``read``: ``digest_of`` the one that stood there when ``by`` began; None: it is written over
    whatever it is. Refuses by rules.fill and rules.write_public_reason, with
    ``disposition.reason_too_long``, ``disposition.repeats_hidden`` and
    ``disposition.changed_meanwhile``. Emits PublicReasonWritten, and PublicReasonTakenBack where a
    checked one was public.
    """
    text = text.replace("\r\n", "\n").strip()
    with action():
        table, row = hold_row(consultation_id, remark_id, by)
        table.require_fill(row)
        comment = Comment.objects.only(
            "hidden_at", "hidden_reason", "hidden_quote", "deleted_at"
        ).get(pk=remark_id)
        row.remark.comment = comment
        require(
            rules.write_public_reason(
                row.remark,
                row.former,
                is_considered=not frees(row.remark) and comment.deleted_at is None,
            )
        )
        if len(text) > LONGEST_REASON:
            reject("disposition.reason_too_long", rules.TOO_LONG)
        if comment.hidden_quote and text and is_quoted(comment.hidden_quote, text):
            reject("disposition.repeats_hidden", rules.REPEATS_HIDDEN)
        found = Disposition.objects.get(pk=remark_id)
        if text == found.public_reason:
            return found
        if read not in (None, digest_of(found.public_reason)):
            require(rules.CHANGED)
        was_checked = found.checked_at is not None
        found.public_reason, found.public_reason_by = text, by if text else None
        found.checked_by = found.checked_at = None
        found.save(update_fields=["public_reason", "public_reason_by", "checked_by", "checked_at"])
        emit(PublicReasonWritten(remark_id, consultation_id, by.pk))
        if was_checked:
            emit(PublicReasonTakenBack(remark_id, consultation_id, by.pk))
        return found


def check(remark_id: int, *, consultation_id: int, by: User, read: str) -> Disposition:
    """Let everybody read the reason, having checked that it repeats nothing of the hidden words.

    ``read``: ``digest_of`` what was read. Refuses by rules.check_public_reason and with
    ``disposition.changed_meanwhile``. Emits PublicReasonChecked.
    """
    with action():
        table, row = hold_row(consultation_id, remark_id, by)
        require(rules.check_public_reason(by, table.consultation, row.former, now=table.now))
        found = Disposition.objects.get(pk=remark_id)
        if read != digest_of(found.public_reason):
            require(rules.CHANGED)
        found.checked_by, found.checked_at = by, table.now
        found.save(update_fields=["checked_by", "checked_at"])
        emit(PublicReasonChecked(remark_id, consultation_id, by.pk))
        return found
