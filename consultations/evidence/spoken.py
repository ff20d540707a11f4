"""Remarks and replies as things of the record (core.audit_log.records)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings

from core.audit_log.records import Gone, Recorded, Text, Thing, Value, derived_key, facts
from core.domain import clock
from discussions.models import HELD, UNDECLARED, Comment
from discussions.speech.receipts import words_key
from discussions.speech.recording import Describe

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from consultations.models import Consultation
    from consultations.remarks.about import AboutDraft

REMARK, DECLARED = "remark", "declared"
_CHUNK = 500


def subject_of(consultation_id: int) -> str:
    """The consultation's subject in rows of record."""
    return f"consultation:{consultation_id}"


def describe_in(
    consultation: Consultation,
    remark: AboutDraft | None = None,
    *,
    full_name: str = "",
    received: Any = None,
) -> Describe:
    """Describe a new comment of a consultation, by its salt; ``remark``: what it is about, None for
    a reply.
    """
    return partial(
        _describe_new, Spoken(consultation), remark, full_name=full_name, received=received
    )


def _describe_new(
    spoken: Spoken, remark: AboutDraft | None, comment: Comment, salt: bytes, **said: Any
) -> list[Thing]:
    return list(spoken.describe(comment, remark, own=salt, **said))


def speech_of(thread_id: int) -> QuerySet[Comment]:
    """All that was said in a thread, with what its things need."""
    said = Comment.objects.filter(thread=thread_id).order_by("pk")
    return said.select_related(
        "author", "organisation", "speech_salt", "remark__received", "remark__declaration"
    ).defer("search", "html", "remark__quote", "remark__quote_prefix", "remark__quote_suffix")


class Spoken:
    """Comments of a consultation, as its things.

    ``salt``: the consultation's, where it may be needed: of what has a salt of its own it is not.
    """

    def __init__(self, consultation: Consultation, salt: bytes = b"") -> None:
        self.consultation = consultation
        self.of = subject_of(consultation.pk)
        self.shows_full_names = consultation.names_with_proposals
        self.salt = salt

    def things_of(self, said: Iterable[Comment]) -> Iterator[Recorded]:
        """Each comment as it stands: what its author took back is gone."""
        for comment in said:
            if comment.deleted_at is not None:
                yield Gone(self.of, REMARK, comment.pk, "taken_back")
                yield Gone(self.of, DECLARED, comment.pk, "taken_back")
                continue
            remark = getattr(comment, "remark", None)
            received = getattr(remark, "received", None)
            own = getattr(comment, "speech_salt", None)
            declared = getattr(remark, "declaration", None)
            yield from self.describe(
                comment,
                remark,
                own=bytes(own.salt) if own is not None else None,
                full_name=declared.full_name if declared is not None else "",
                received=received.received_on if received is not None else None,
            )
            if declared is None:
                yield Gone(self.of, DECLARED, comment.pk, "removed", by_term=self._is_past(comment))

    def describe(
        self,
        comment: Comment,
        remark: AboutDraft | None,
        *,
        own: bytes | None,
        full_name: str = "",
        received: Any = None,
    ) -> Iterator[Thing]:
        """A comment as a thing, and the full name that its author declared as another.

        ``own``: the comment's salt, which goes with its author's account; then the words that stay
        public have their digest by a key of the consultation's salt. ``full_name``: what a
        procedure made its author declare; ``received``: when it came, if staff entered it.
        """
        hidden = _hiding_ground(comment)
        texts = {
            group: Text(self._key(group, comment.pk, own), value, not hidden and group != "account")
            for group, value in _values(comment, hidden).items()
        }
        said = _facts(comment, remark, hidden, received)
        yield Thing(self.of, REMARK, comment.pk, said, texts)
        if full_name:
            is_public = self.shows_full_names and not hidden and comment.organisation_id is None
            name = Text(self._key("declared", comment.pk, own), {"full_name": full_name}, is_public)
            yield Thing(self.of, DECLARED, comment.pk, {}, {"declared": name})

    def _is_past(self, comment: Comment) -> bool:
        """Whether a declared name went lawfully: the account is erased, and the term is over."""
        ended_at = self.consultation.reported_at or self.consultation.withdrawn_at
        term = settings.RETENTION["report_names"]
        is_over = ended_at is not None and ended_at < clock.now() - term
        return is_over and comment.author is not None and comment.author.erased_at is not None

    def _key(self, group: str, pk: int, own: bytes | None) -> bytes:
        if own is None:
            return derived_key(self.salt, REMARK, pk, group)
        return words_key(own) if group == "words" else derived_key(own, group)


def _hiding_ground(comment: Comment) -> str | None:
    """Why it is not shown; None of what is."""
    if comment.hidden_at is None:
        return None
    return comment.hidden_reason if comment.hidden_reason in (HELD, UNDECLARED) else "hidden"


def _facts(
    comment: Comment, remark: AboutDraft | None, hidden: str | None, received: Any
) -> dict[str, Any]:
    joined_at = getattr(remark, "joined_at", None)
    said = facts(
        at=joined_at or comment.created_at,
        edited_at=comment.edited_at,
        hidden=hidden,
        official=comment.is_official,
        organisation=comment.organisation_id,
        parent=comment.parent_id,
        unnamed_at=comment.unnamed_at,
    )
    if remark is not None:
        said |= facts(
            clause=remark.clause_key,
            kind=str(remark.kind),
            quote=[remark.quote_start, remark.quote_end] if remark.quote_end else None,
            received=comment.created_at if joined_at else received,
            source=str(getattr(remark, "source", "")),
        )
    return said


def _values(comment: Comment, hidden: str | None) -> dict[str, Value]:
    """The groups of its words."""
    values: dict[str, Value] = {"words": {"proposal": comment.proposal, "text": comment.text}}
    if hidden == "hidden":
        # What a note says, or quotes, is told to the author alone: open in no bundle.
        values["ground"] = {"ground": comment.hidden_reason}
        values["explanation"] = {"note": comment.hidden_note, "quote": comment.hidden_quote}
    if comment.interest:
        values["interest"] = {"interest": comment.interest}
    if (author := comment.author) is None:
        values["name"] = {"name": comment.author_name}
    elif author.erased_at is None:
        if comment.unnamed_at is None:
            values["name"] = {"name": author.public_name}
        values["account"] = {"account": author.pk}
    if comment.organisation is not None:
        speaks = comment.organisation
        values["organisation"] = {"code": speaks.code, "name": speaks.short_name}
    return values
