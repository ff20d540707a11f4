"""The record in a bundle: what was said and decided, who was told, and the audit log's chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from consultations.evidence.content import Part, as_lines
from consultations.evidence.notices import notices_of
from consultations.models import Consultation, Disposition
from consultations.reports.names import shown_full_name
from core.audit_log.chaining import Head, opened, ranges_of
from core.audit_log.reading import leaves_of_link
from core.models import AuditEntry, AuditLink
from discussions.models import Comment
from discussions.speech.reading import SPEECH
from discussions.speech.receipts import digest_of, words_key

#: Links between the first of the procedure and the head whose lines a bundle holds at most; where
#: there are more, only those with entries of the procedure, and the head.
MOST_LINKS = 100_000
_CHUNK = 500
NOTICES = "notices.jsonl"


def parts_of(consultation: Consultation, head: Head) -> list[Part]:
    """What happened in it, up to the chain's head."""
    return [
        ("comments.jsonl", lambda: as_lines(_comments(consultation))),
        ("dispositions.jsonl", lambda: as_lines(_dispositions(consultation))),
        (NOTICES, lambda: as_lines(_notices(consultation))),
        ("chain/entries.jsonl", lambda: as_lines(_entries(consultation, head))),
        ("chain/links.jsonl", lambda: as_lines(_links(consultation, head))),
    ]


def _comments(consultation: Consultation) -> Iterator[dict[str, Any]]:
    said = (
        Comment.objects.filter(thread=consultation.thread_id)
        .select_related("remark__clause", "author", "organisation", "speech_salt")
        .annotate(full_name=shown_full_name("remark__"))
        .defer("search", "html", "remark__clause__html", "remark__clause__search")
    )
    for comment in said.order_by("pk").iterator(_CHUNK):
        yield _comment(comment)


def _comment(comment: Comment) -> dict[str, Any]:
    """A comment; of one that is hidden or taken back hash and reason alone."""
    remark = getattr(comment, "remark", None)
    salt = getattr(comment, "speech_salt", None)
    row: dict[str, Any] = {"id": comment.pk, "at": comment.created_at}
    if comment.parent_id:
        row["parent"] = comment.parent_id
    if remark is not None:
        row |= {"number": remark.number, "kind": remark.kind, "source": remark.source}
    if not comment.is_visible:
        if comment.hidden_at is not None:
            row |= {"hidden_at": comment.hidden_at, "reason": comment.hidden_reason}
        if comment.deleted_at is not None:
            row["taken_back_at"] = comment.deleted_at
        elif salt is not None:
            row["words"] = digest_of(salt.salt, comment.text, comment.proposal)
        return row
    by = getattr(comment, "full_name", None) or comment.voice
    row |= {"by": by, "text": comment.text, "proposal": comment.proposal}
    row |= {"is_official": comment.is_official, "edited_at": comment.edited_at}
    if remark is not None:
        row |= {"clause": remark.clause.label if remark.clause else "", "quote": remark.quote}
    if salt is not None:
        row["key"] = words_key(salt.salt).hex()
    return row


def _dispositions(consultation: Consultation) -> Iterator[dict[str, Any]]:
    rows = Disposition.objects.filter(remark__consultation=consultation).exclude(kind="")
    rows = rows.select_related("remark__comment", "by", "approved_by").order_by("remark")
    rows = rows.defer("remark__comment__search", "remark__comment__html")
    for row in rows.iterator(_CHUNK):
        yield {
            "remark": row.remark_id,
            "number": row.remark.number,
            "disposition": row.kind,
            # It may quote the words, of which the bundle holds the hash alone.
            "reason": row.reason if row.remark.comment.is_visible else None,
            "resulting_clause": row.resulting_key,
            "decided_at": row.decided_at,
            "by": row.by.public_name if row.by else "",
            "approved_at": row.approved_at,
            "approved_by": row.approved_by.public_name if row.approved_by else "",
        }


def _notices(consultation: Consultation) -> Iterator[dict[str, Any]]:
    for notice in notices_of(consultation.pk):
        yield {
            "at": notice.at,
            "event": notice.event,
            "account": notice.user_id,
            "by_name": notice.public_name,
        }


def entries_of(consultation: Consultation) -> QuerySet[AuditEntry]:
    """The entries of the audit log about it: its own, and those of what was said in it."""
    in_thread = Q(ids__contains={"thread_id": consultation.thread_id}, event__in=SPEECH)
    about = Q(ids__contains={"consultation_id": consultation.pk})
    return AuditEntry.objects.filter(about | in_thread).order_by("pk")


def _links_with_entries(consultation: Consultation, head: Head) -> dict[int, AuditLink]:
    """The link of each entry, by the entry's number."""
    waiting = list(entries_of(consultation).values_list("pk", flat=True))
    if not waiting:
        return {}
    around = AuditLink.objects.filter(
        last__gte=waiting[0], first__lte=waiting[-1], number__lte=head.number
    )
    wanted, found = set(waiting), dict[int, AuditLink]()
    for link in around.order_by("number").iterator(_CHUNK):
        for first, last in ranges_of(link.body):
            if last - first > len(wanted):
                within = [each for each in wanted if first <= each <= last]
            else:
                within = [each for each in range(first, last + 1) if each in wanted]
            found |= dict.fromkeys(within, link)
    return found


def _entries(consultation: Consultation, head: Head) -> Iterator[dict[str, Any]]:
    links = _links_with_entries(consultation, head)
    for entry in entries_of(consultation).iterator(_CHUNK):
        if link := links.get(entry.pk):
            yield {"link": link.number, "line": opened(entry, bytes(link.salt))}


def _links(consultation: Consultation, head: Head) -> Iterator[dict[str, Any]]:
    own = {link.number for link in _links_with_entries(consultation, head).values()}
    if not head.number:
        return
    wanted = own | {head.number}
    rows = AuditLink.objects.filter(number__gte=min(wanted), number__lte=head.number)
    if head.number - min(wanted) >= MOST_LINKS:
        rows = rows.filter(number__in=wanted)
    for link in rows.order_by("number").iterator(_CHUNK):
        row: dict[str, Any] = {"hash": link.hash, "line": link.body}
        if link.number in own:
            row["leaves"] = leaves_of_link(link)
        yield row
