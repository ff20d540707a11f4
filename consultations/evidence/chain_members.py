"""The chain of the audit log in a bundle: rows of record, entries that name them, and links."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from consultations.evidence.spoken import subject_of
from consultations.evidence.tally import Tally
from consultations.models import Consultation
from core.audit_log.chaining import Head, entry_line, ranges_of
from core.audit_log.comparing import BEGUN
from core.audit_log.queries import leaves_of_link
from core.models import AuditEntry, AuditLink, AuditRecord, KeptEntry
from discussions.speech.queries import SPEECH

_CHUNK = 500


class NotChained(Exception):
    """Entries that name rows of the procedure have no link yet: try again."""


@dataclass(frozen=True, slots=True)
class _Link:
    number: int
    salt: bytes


class Chain:
    """The audit log's content for a procedure, up to a head.

    ``is_public``: entries that name rows of record alone; else all that are about the procedure.
    Raises NotChained where an entry that names rows is under no link up to the head.
    """

    def __init__(self, consultation: Consultation, head: Head, *, is_public: bool) -> None:
        self.head = head
        rows = AuditRecord.objects.filter(of=subject_of(consultation.pk))
        self._rows = rows.order_by("pk")
        named = Q(pk__in=rows.values("entry"))
        in_thread = Q(ids__contains={"thread_id": consultation.thread_id}, event__in=SPEECH)
        about = Q(ids__contains={"consultation_id": consultation.pk})
        wanted = named if is_public else named | about | in_thread
        self._entries = AuditEntry.objects.filter(wanted).order_by("pk")
        self._kept = KeptEntry.objects.filter(entry__in=rows.values("entry")).order_by("entry")
        self._links = self._find_links()
        self._require_chained()
        begun = self._entries.filter(event=BEGUN).order_by("pk")
        self.begun = [*begun.values_list("pk", flat=True), *self._kept_begun()]
        first = begun.values_list("at", flat=True).first()
        #: When the record began, if it is younger than the procedure.
        self.begun_at = first.isoformat() if first else self._kept_begun_at()
        self.tally = Tally(frozenset(self.begun))

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows of record; the tally goes with them."""
        for pk, entry, line in self._rows.values_list("pk", "entry", "line").iterator(_CHUNK):
            self.tally.add_row(entry, json.loads(line))
            yield {"entry": entry, "line": line, "row": pk}

    def entries(self) -> Iterator[dict[str, Any]]:
        """The entries, opened, by their numbers."""
        for _entry, row in heapq.merge(self._live_entries(), self._kept_entries()):
            yield row

    def links(self) -> Iterator[dict[str, Any]]:
        """Every link from the first with an entry of the procedure to the head."""
        own = {link.number for link in self._links.values()}
        own |= set(self._kept.values_list("link", flat=True))
        if not self.head.number:
            return
        first = min(own, default=self.head.number)
        rows = AuditLink.objects.filter(number__gte=first, number__lte=self.head.number)
        for link in rows.order_by("number").iterator(_CHUNK):
            row: dict[str, Any] = {"hash": link.hash, "line": link.body}
            if link.number in own:
                row["leaves"] = link.leaves.split("\n") if link.leaves else leaves_of_link(link)
            yield row

    def _find_links(self) -> dict[int, _Link]:
        """The link of each entry, by the entry's number."""
        waiting = list(self._entries.values_list("pk", flat=True))
        if not waiting:
            return {}
        around = AuditLink.objects.filter(
            last__gte=waiting[0], first__lte=waiting[-1], number__lte=self.head.number
        )
        wanted, found = set(waiting), dict[int, _Link]()
        for link in around.order_by("number").iterator(_CHUNK):
            this = _Link(link.number, bytes(link.salt))
            for first, last in ranges_of(link.body):
                if last - first > len(wanted):
                    within = [each for each in wanted if first <= each <= last]
                else:
                    within = [each for each in range(first, last + 1) if each in wanted]
                found |= dict.fromkeys(within, this)
        return found

    def _require_chained(self) -> None:
        kept = set(self._kept.values_list("entry", flat=True))
        rows = self._rows.order_by().values_list("entry", flat=True).distinct()
        for entry in rows.iterator(_CHUNK):
            if entry not in self._links and entry not in kept:
                raise NotChained

    def _live_entries(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for entry in self._entries.iterator(_CHUNK):
            if link := self._links.get(entry.pk):
                yield entry.pk, {"link": link.number, "line": entry_line(entry, link.salt)}

    def _kept_entries(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for kept in self._kept.iterator(_CHUNK):
            yield kept.entry, {"link": kept.link, "line": kept.line}

    def _kept_begun(self) -> Iterator[int]:
        return (kept.entry for kept in self._begun_of_kept())

    def _kept_begun_at(self) -> str:
        kept = self._begun_of_kept().first()
        return str(json.loads(kept.line)["at"]) if kept else ""

    def _begun_of_kept(self) -> QuerySet[KeptEntry]:
        return self._kept.filter(line__contains=f'"event":"{BEGUN}"')
