"""Remarks and replies as things of the record (core.audit_log.records)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from core.audit_log.records import Gone, Recorded, Text, Thing, derived_key, facts
from discussions.models import Comment
from discussions.speech.receipts import words_key
from discussions.speech.recording import Describe

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from consultations.about import AboutDraft

REMARK = "remark"
_CHUNK = 500


def subject_of(consultation_id: int) -> str:
    """How rows of record name the consultation."""
    return f"consultation:{consultation_id}"


def describe_in(
    consultation_id: int,
    remark: AboutDraft | None = None,
    *,
    full_name: str = "",
    received: Any = None,
) -> Describe:
    """What describes a new comment of a consultation, by its salt; ``remark``: what it is about,
    None for a reply."""
    return partial(
        _describe_new, subject_of(consultation_id), remark, full_name=full_name, received=received
    )


def _describe_new(
    of: str, remark: AboutDraft | None, comment: Comment, salt: bytes, **said: Any
) -> Thing:
    return describe(of, comment, remark, salt=salt, **said)


def speech_of(thread_id: int) -> QuerySet[Comment]:
    """All that was said in a thread, with what its things need."""
    said = Comment.objects.filter(thread=thread_id).order_by("pk")
    return said.select_related(
        "author", "organisation", "speech_salt", "remark__received", "remark__declaration"
    ).defer("search", "html", "remark__quote", "remark__quote_prefix", "remark__quote_suffix")


def things_of_speech(of: str, said: Iterable[Comment], salt: bytes) -> Iterator[Recorded]:
    """Each comment as it stands: what its author took back is gone."""
    for comment in said:
        if comment.deleted_at is not None:
            yield Gone(of, REMARK, comment.pk, "taken_back")
            continue
        remark = getattr(comment, "remark", None)
        received = getattr(remark, "received", None)
        own = getattr(comment, "speech_salt", None)
        yield describe(
            of,
            comment,
            remark,
            salt=bytes(own.salt) if own is not None else None,
            salt_of_consultation=salt,
            full_name=getattr(getattr(remark, "declaration", None), "full_name", ""),
            received=received.received_on if received is not None else None,
        )


def describe(
    of: str,
    comment: Comment,
    remark: AboutDraft | None,
    *,
    salt: bytes | None,
    salt_of_consultation: bytes = b"",
    full_name: str = "",
    received: Any = None,
) -> Thing:
    """A comment as a thing.

    ``salt``: the comment's own, which goes with its author's account; then the words that stay
    public have their digest by a key of the consultation's salt. ``full_name``: what a procedure
    made its author declare; ``received``: when it came, if staff entered it.
    """
    joined_at = getattr(remark, "joined_at", None)
    state = "shown" if comment.hidden_at is None else "held" if comment.is_held else "hidden"
    said = facts(
        at=joined_at or comment.created_at,
        edited_at=comment.edited_at,
        official=comment.is_official,
        organisation=comment.organisation_id,
        parent=comment.parent_id,
        state=state,
    )
    if remark is not None:
        said |= facts(
            clause=remark.clause_key,
            kind=str(remark.kind),
            quote=[remark.quote_start, remark.quote_end] if remark.quote_end else None,
            received=comment.created_at if joined_at else received,
            source=str(getattr(remark, "source", "")),
        )
    is_public = state == "shown"
    values: dict[str, dict[str, str | int | None]] = {
        "words": {"proposal": comment.proposal, "text": comment.text}
    }
    if comment.interest:
        values["interest"] = {"interest": comment.interest}
    if full_name:
        values["declared"] = {"full_name": full_name}
    if (author := comment.author) is None:
        values["name"] = {"name": comment.author_name}
    elif author.erased_at is None:
        values["name"] = {"name": author.public_name}
        values["account"] = {"account": author.pk}
    if comment.organisation is not None:
        speaks = {"code": comment.organisation.code, "name": comment.organisation.short_name}
        values["organisation"] = dict(speaks)
    texts = {
        group: Text(
            _key(group, comment.pk, salt, salt_of_consultation),
            value,
            is_public and group not in ("account", "declared"),
        )
        for group, value in values.items()
    }
    return Thing(of, REMARK, comment.pk, said, texts)


def _key(group: str, pk: int, salt: bytes | None, salt_of_consultation: bytes) -> bytes:
    if salt is None:
        return derived_key(salt_of_consultation, REMARK, pk, group)
    return words_key(salt) if group == "words" else derived_key(salt, group)
