"""A comment in the ledger of speech: by its receipt, or for its author."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from core.models import AuditEntry
from discussions.models import Comment, SpeechSalt
from discussions.speech.receipts import digest_of, digits_of, hash_of, receipt_of
from discussions.speech.record import POSTED

#: Events of a comment's life, in the audit log.
SPEECH = (
    POSTED,
    "CommentEdited",
    "CommentCorrected",
    "CommentDeleted",
    "HeldCommentDeleted",
    "CommentHidden",
    "HeldCommentHidden",
    "CommentRestored",
    "NameTakenOff",
)
#: After which it may be gone.
TAKEN_BACK = ("CommentDeleted", "HeldCommentDeleted")
#: Entries of one comment that are shown at most.
MOST = 100


@dataclass(frozen=True, slots=True)
class Trace:
    """The records of a comment, oldest first, and its present state."""

    entries: list[AuditEntry]
    comment: Comment | None
    #: Whether its words are those that were recorded last; None: nothing is left to tell by.
    is_unchanged: bool | None

    @property
    def is_missing(self) -> bool:
        """It is gone, and nothing in the ledger says so."""
        return self.comment is None and self.entries[-1].event not in TAKEN_BACK


def find_receipt(comment: Comment) -> str:
    """The receipt of a comment, for its author; "" where there is none. No query where the comment
    was said a moment ago."""
    kept: SpeechSalt | None = getattr(comment, "speech_salt", None)
    return receipt_of(bytes(kept.salt), comment.pk) if kept is not None else ""


def describe_receipt(receipt: str) -> str:
    """The sentence that gives an author their receipt; "" for none."""
    if not receipt:
        return ""
    return gettext("Your receipt: %(receipt)s.") % {"receipt": receipt}


def trace_receipt(typed: str) -> Trace | None:
    """Records of a receipt; None where there is no such. Four queries."""
    if not digits_of(typed):
        return None
    posted = AuditEntry.objects.filter(
        event=POSTED, ids__contains={"receipt": hash_of(typed)}
    ).first()
    if posted is None:
        return None
    comment_id = posted.ids["comment_id"]
    later = AuditEntry.objects.filter(
        event__in=SPEECH, ids__contains={"comment_id": comment_id}, pk__gt=posted.pk
    )
    entries = [posted, *later.order_by("pk")[:MOST]]
    comment = Comment.objects.filter(pk=comment_id).select_related("speech_salt").first()
    return Trace(entries, comment, _is_unchanged(entries, comment))


def _is_unchanged(entries: list[AuditEntry], comment: Comment | None) -> bool | None:
    salt = getattr(comment, "speech_salt", None)
    if comment is None or salt is None:
        return None
    recorded = [entry.ids["words"] for entry in entries if "words" in entry.ids]
    return bool(recorded[-1] == digest_of(salt.salt, comment.text, comment.proposal))
