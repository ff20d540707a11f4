"""Parts of a consultation, as things of its record (core.domain.records).

One function for each kind, from the application's tables. They serve the recorders, the comparison
of the tables with the record, and the bundle of evidence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, partial
from hashlib import sha256
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import F
from django.db.models.fields.files import FieldFile

from consultations.checklist.models import ProcedureAnswers, PublicDiscussion
from consultations.dispositions.conditions import is_kind_public
from consultations.evidence.spoken import Spoken, speech_of, subject_of
from consultations.models import (
    Attachment,
    Consultation,
    ConsultationPicture,
    DateChange,
    Decision,
    Disposition,
    Edition,
    Link,
    Remark,
)
from consultations.reports.manifest import lines_of
from core.audit_log.chaining import salt_of
from core.domain.records import Recorded, Thing, Value, fact, facts, thing
from drafts.models import Clause, Version

_CHUNK = 500
ANNOUNCEMENT, DATES, VERSION, ATTACHMENT = "announcement", "dates", "version", "attachment"
LINK, PICTURE, DISPOSITION, NUMBER = "link", "picture", "disposition", "number"
EDITION, EDITION_FILES, DECISION = "edition", "edition_files", "decision"
ANSWERS, DISCUSSION = "answers", "discussion"
#: What an announcement says in words.
WORDS = (
    *("title", "summary", "brief", "brief_en", "problem", "options", "affected", "on_paper"),
    *("contact_person", "contact_details", "short_period_reason", "outcome", "withdrawn_reason"),
    *("chosen_option", "how_held", "report_how"),
)


class Things:
    """The things of one announced consultation; none of one that is being prepared."""

    def __init__(self, consultation: Consultation) -> None:
        self.consultation = consultation
        self.of = subject_of(consultation.pk)

    @cached_property
    def salt(self) -> bytes:
        """The random salt of the consultation."""
        return salt_of(self.of)

    def all(self) -> Iterator[Recorded]:
        """All of them, kind by kind."""
        yield from self.announced()
        for read in (
            *(self.dates, self.speech, self.numbers, self.dispositions),
            *(self.editions, self.edition_files, self.decisions),
        ):
            yield from read()

    def announced(self) -> Iterator[Thing]:
        """Things that exist at an announcement."""
        for read in (
            *(self.announcement, self.versions, self.attachments, self.links, self.pictures),
            *(self.answers, self.discussions),
        ):
            yield from read()

    def answers(self) -> Iterator[Thing]:
        """An officer's answers about the procedure."""
        for one in ProcedureAnswers.objects.filter(consultation=self.consultation):
            said = facts(
                discussion_grounds=one.discussion_grounds,
                is_text_unchanged=one.is_text_unchanged,
                needs_sme_test=one.needs_sme_test,
                platform=one.platform,
                posted_on=one.posted_on,
            )
            names = ("platform_url", "posted_where", "reason")
            words = {name: getattr(one, name) for name in names}
            yield self._thing(ANSWERS, one.pk, said, words=words)

    def discussions(self) -> Iterator[Thing]:
        """Events of the public discussion."""
        for one in PublicDiscussion.objects.filter(consultation=self.consultation).order_by("pk"):
            said = facts(form=one.form, held_at=one.held_at, published_at=one.published_at)
            words = {name: getattr(one, name) for name in ("place", "cancelled_reason")}
            yield self._thing(DISCUSSION, one.pk, said, words=words)

    def announcement(self) -> Iterator[Thing]:
        it = self.consultation
        if it.announced_at is None:
            return
        said = facts(
            at=it.announced_at,
            asks_full_name=it.asks_full_name,
            checklist=list(it.checklist),
            closes_at=it.closes_at,
            department=it.department_id,
            names_with_proposals=it.names_with_proposals,
            opens_at=it.opens_at,
            procedure=it.procedure.code,
            report_due_on=it.report_due_on,
            reported_at=it.reported_at,
            withdrawn_at=it.withdrawn_at,
        )
        words = {name: str(getattr(it, name)) for name in WORDS}
        yield self._thing(ANNOUNCEMENT, it.pk, said, words=words)

    def dates(self) -> Iterator[Thing]:
        for change in DateChange.objects.filter(consultation=self.consultation).order_by("pk"):
            said = facts(
                at=change.at,
                new_closes_at=change.new_closes_at,
                new_opens_at=change.new_opens_at,
                old_closes_at=change.old_closes_at,
                old_opens_at=change.old_opens_at,
                outage=change.outage_id,
            )
            yield self._thing(DATES, change.pk, said, words={"reason": change.reason})

    def versions(self) -> Iterator[Thing]:
        for version in published_versions(self.consultation):
            read = partial(version_file, version)
            said = facts(
                number=version.number, published_at=version.published_at, sha256=_hash(read())
            )
            yield self._thing(VERSION, version.pk, said, files={"sha256": read})

    def attachments(self, known: Mapping[int, Any] | None = None) -> Iterator[Thing]:
        """Files beside the draft. ``known``: facts of their last rows: the hash in them is taken
        of what was uploaded at that moment, and the file is not read again."""
        for each in Attachment.objects.filter(consultation=self.consultation).order_by("pk"):
            read = partial(read_file, each.file)
            said = facts(
                kind=each.kind,
                media_type=each.media_type,
                sha256=_hash_known(each, known or {}) or _hash_of_file(each.file),
                size=each.size,
                uploaded_at=each.uploaded_at,
            )
            words = {"title": each.title}
            yield self._thing(ATTACHMENT, each.pk, said, words=words, files={"sha256": read})

    def links(self) -> Iterator[Thing]:
        for each in Link.objects.filter(consultation=self.consultation).order_by("pk"):
            yield self._thing(LINK, each.pk, {}, words={"title": each.title, "url": each.url})

    def pictures(self) -> Iterator[Thing]:
        for each in ConsultationPicture.objects.filter(consultation=self.consultation):
            name = f"{each.folder}/{each.digest}/{each.width}.webp"
            read = partial(_read_stored, name)
            said = facts(is_cover=each.is_cover, sha256=_hash_stored(name))
            words = {
                "alt": each.alt,
                "alt_en": each.alt_en,
                "caption": each.caption,
                "credit": each.credit,
            }
            yield self._thing(PICTURE, each.pk, said, words=words, files={"sha256": read})

    def speech(self, ids: Collection[int] | None = None) -> Iterator[Recorded]:
        """Comments; ``ids``: only these."""
        said = speech_of(self.consultation.thread_id)
        if ids is not None:
            said = said.filter(pk__in=ids)
        yield from Spoken(self.consultation, self.salt).things_of(said.iterator(_CHUNK))

    def numbers(self, ids: Collection[int] | None = None) -> Iterator[Thing]:
        """The numbers of the register."""
        numbered = Remark.objects.filter(consultation=self.consultation, number__isnull=False)
        numbered = numbered.filter(comment__deleted_at=None)
        if ids is not None:
            numbered = numbered.filter(pk__in=ids)
        for pk, number in numbered.order_by("pk").values_list("pk", "number").iterator(_CHUNK):
            yield self._thing(NUMBER, pk, facts(number=number))

    def dispositions(self, ids: Collection[int] | None = None) -> Iterator[Thing]:
        """The dispositions that are public; of hidden words the reason is closed, and the one that
        is written for everybody is open once it is checked."""
        rows = Disposition.objects.filter(
            is_kind_public("", "remark"), remark__consultation=self.consultation
        )
        if ids is not None:
            rows = rows.filter(pk__in=ids)
        rows = rows.annotate(hidden_at=F("remark__comment__hidden_at")).order_by("pk")
        for row in rows.iterator(_CHUNK):
            said = facts(
                approved_at=row.approved_at,
                decided_at=row.decided_at,
                kind=row.kind,
                resulting_clause=row.resulting_key,
            )
            values: dict[str, Value] = {"words": {"reason": row.reason}}
            if row.checked_at is not None:
                values["public_reason"] = {"public_reason": row.public_reason}
            is_hidden = row.hidden_at is not None
            public = {"public_reason"} if is_hidden else {"words"}
            yield thing(
                *(self.of, DISPOSITION, row.pk, said),
                salt=self.salt,
                values=values,
                public=public,
            )

    def editions(self) -> Iterator[Thing]:
        for edition in self._editions():
            read = partial(edition_manifest, edition)
            said = facts(
                at=edition.at,
                manifest=_hash(read()),
                number=edition.number,
                rows=edition.rows_total,
            )
            words = {"reason": edition.reason}
            yield self._thing(*(EDITION, edition.pk, said), words=words, files={"manifest": read})

    def edition_files(self, ids: Collection[int] | None = None) -> Iterator[Thing]:
        """The files of editions, once they are made."""
        for edition in self._editions():
            if edition.has_files and (ids is None or edition.pk in ids):
                files = {name: getattr(edition, name) for name in ("docx", "pdf")}
                said = facts(**{name: _hash_of_file(file) for name, file in files.items()})
                read = {name: partial(read_file, file) for name, file in files.items()}
                yield self._thing(EDITION_FILES, edition.pk, said, files=read)

    def decisions(self) -> Iterator[Thing]:
        for one in Decision.objects.filter(consultation=self.consultation):
            said = facts(
                **{
                    name: getattr(one, name)
                    for name in (
                        *("abstained", "against", "at", "decided_on", "early_ground", "members"),
                        "not_voting",
                        *("in_force_from", "in_force_until", "outcome", "signed_on", "votes_for"),
                    )
                },
                version=one.text_id,
            )
            words = {name: getattr(one, name) for name in ("number", "reason", "roll_call_url")}
            words |= {"ended_by": one.ended_by, "ended_by_url": one.ended_by_url, "url": one.url}
            yield self._thing(DECISION, one.pk, said, words=words)

    def _editions(self) -> Iterable[Edition]:
        return Edition.objects.filter(consultation=self.consultation).order_by("pk")

    def _thing(
        self,
        kind: str,
        number: int,
        said: dict[str, Any],
        *,
        words: Value | None = None,
        is_public: bool = True,
        files: Mapping[str, Callable[[], Iterator[bytes]]] | None = None,
    ) -> Thing:
        return thing(
            *(self.of, kind, number, said),
            salt=self.salt,
            files=files,
            is_public=is_public,
            values={} if words is None else {"words": words},
        )


def published_versions(consultation: Consultation) -> Iterable[Version]:
    """Published versions of the draft, in order."""
    versions = Version.objects.filter(draft=consultation.draft_id, published_at__isnull=False)
    return versions.order_by("number")


def version_file(version: Version) -> Iterator[bytes]:
    """A version, clause by clause: a JSON object a line."""
    clauses = Clause.objects.filter(version=version).order_by("position")
    for row in clauses.values("key", "kind", "marker", "label", "text").iterator(_CHUNK):
        text = json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)
        yield f"{text}\n".encode()


def edition_manifest(edition: Edition) -> Iterator[bytes]:
    """The lines of an edition's manifest."""
    rows = edition.rows.order_by("place").iterator(_CHUNK)
    return (f"{line}\n".encode() for line in lines_of(edition, rows))


def read_file(file: FieldFile) -> Iterator[bytes]:
    """The bytes of a stored file."""
    return _read_stored(str(file.name))


def _read_stored(name: str) -> Iterator[bytes]:
    with default_storage.open(name, "rb") as opened:
        yield from opened.chunks()


def _hash(chunks: Iterable[bytes]) -> str:
    made = sha256()
    for chunk in chunks:
        made.update(chunk)
    return made.hexdigest()


def _hash_known(each: Attachment, known: Mapping[int, Any]) -> str:
    """The SHA-256 that was recorded of this upload; "" where none was."""
    said = known.get(each.pk, {})
    is_same = said.get("uploaded_at") == fact(each.uploaded_at) and said.get("size") == each.size
    return str(said.get("sha256", "")) if is_same else ""


def _hash_of_file(file: FieldFile) -> str:
    return _hash_stored(str(file.name))


def _hash_stored(name: str) -> str:
    """The SHA-256 of a stored file; of one that is not there, none."""
    try:
        return _hash(_read_stored(name))
    except OSError:
        return ""
