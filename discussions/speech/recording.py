"""Writing to the ledger of speech, in the transaction of what happened.

Taking back, hiding and restoring are audited by themselves (discussions.events).
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from core.domain.counters import write_last
from core.domain.events import within
from core.models import AuditEntry
from discussions.events import CommentCorrected, CommentEdited
from discussions.models import Comment, SpeechSalt
from discussions.speech.receipts import SALT_BYTES, digest_of, hash_of, receipt_of

#: The event of new words.
POSTED = "CommentPosted"
_POST = """
WITH salted AS (
    INSERT INTO discussions_speechsalt (comment_id, salt) VALUES (%s, %s) RETURNING comment_id
)
INSERT INTO audit.entry (event, actor, ids) SELECT %s, %s, %s::jsonb FROM salted
"""


def record_posting(comment: Comment, *, by_id: int) -> None:
    """Enter new words into the ledger of speech, when the action ends: the digest of the words, the
    hash of the receipt, and the salt that leads to both."""
    salt = secrets.token_bytes(SALT_BYTES)
    ids = _ids(comment.pk, comment.thread_id, comment.parent_id) | {
        "words": digest_of(salt, comment.text, comment.proposal),
        "receipt": hash_of(receipt_of(salt, comment.pk)),
    }
    write_last("", _POST, [comment.pk, salt, POSTED, by_id, json.dumps(ids)])


@within(CommentEdited, CommentCorrected)
def comment_changed(event: CommentEdited | CommentCorrected) -> None:
    """The digest of the words as they are now."""
    salt = SpeechSalt.objects.filter(comment=event.comment_id).values_list("salt", flat=True)
    found = salt.first()
    ids = _ids(event.comment_id, event.thread_id, event.parent_id)
    if found is not None:  # what was said before there was a ledger of speech has none
        words = Comment.objects.values_list("text", "proposal").get(pk=event.comment_id)
        ids["words"] = digest_of(bytes(found), *words)
    AuditEntry.objects.create(event=event.name, actor=event.by_id, ids=ids)


def _ids(comment_id: int, thread_id: int, parent_id: int | None) -> dict[str, Any]:
    """Without who it was, which is a column of its own: the public is shown these."""
    return {"comment_id": comment_id, "parent_id": parent_id, "thread_id": thread_id}
