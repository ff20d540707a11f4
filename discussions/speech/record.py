"""Writing to the ledger of speech, in the transaction of what happened.

Taking back, hiding and restoring are audited by themselves (discussions.events). Whoever owns a
thread may have what is said in it entered as a row of record, too (core.domain.records).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from core.db.counters import write_last
from core.domain.audit import enter
from core.domain.events import within
from core.domain.records import Thing, recorded_by, row_of
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
_POST_WITH_ROW = """
WITH salted AS (
    INSERT INTO discussions_speechsalt (comment_id, salt) VALUES (%s, %s) RETURNING comment_id
), entered AS (
    INSERT INTO audit.entry (event, actor, ids) SELECT %s, %s, %s::jsonb FROM salted RETURNING id
)
INSERT INTO audit.record (entry, "of", kind, number, line, sha256)
SELECT entered.id, said.* FROM entered CROSS JOIN
    unnest(%s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[]) AS said
"""

#: What a comment is in the record of its procedure, told by its salt.
type Describe = Callable[[Comment, bytes], Sequence[Thing]]


def record_posting(comment: Comment, *, by_id: int, describe: Describe | None = None) -> None:
    """Enter new words into the ledger of speech, when the action ends: the digest of the words, the
    hash of the receipt, and the salt that leads to both.

    ``describe``: the things that they are in the record of a procedure.
    """
    salt = secrets.token_bytes(SALT_BYTES)
    SpeechSalt(comment=comment, salt=salt)  # which it has from now on, without a query
    ids = _ids(comment.pk, comment.thread_id, comment.parent_id) | {
        "words": digest_of(salt, comment.text, comment.proposal),
        "receipt": hash_of(receipt_of(salt, comment.pk)),
    }
    posting = [comment.pk, salt, POSTED, by_id]
    if describe is None:
        write_last("", _POST, [*posting, json.dumps(ids)])
        return
    rows = [row_of(each) for each in describe(comment, salt)]
    ids["record"] = sorted(row[-1] for row in rows)
    columns = map(list, zip(*rows, strict=True))
    write_last("", _POST_WITH_ROW, [*posting, json.dumps(ids), *columns])


@within(CommentEdited, CommentCorrected)
def comment_changed(event: CommentEdited | CommentCorrected) -> None:
    """The digest of the words as they are now."""
    salt = SpeechSalt.objects.filter(comment=event.comment_id).values_list("salt", flat=True)
    found = salt.first()
    ids = _ids(event.comment_id, event.thread_id, event.parent_id)
    if found is not None:  # what was said before there was a ledger of speech has none
        words = Comment.objects.values_list("text", "proposal").get(pk=event.comment_id)
        ids["words"] = digest_of(bytes(found), *words)
    rows = recorded_by([event]).get(0, [])
    enter(event.name, by_id=event.by_id, ids=ids, rows=rows)


def _ids(comment_id: int, thread_id: int, parent_id: int | None) -> dict[str, Any]:
    """Without who it was, which is a column of its own: the public is shown these."""
    return {"comment_id": comment_id, "parent_id": parent_id, "thread_id": thread_id}
