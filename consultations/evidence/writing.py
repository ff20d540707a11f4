"""Write a bundle from one state of the database: all files, then the manifest that names them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from consultations.evidence.bundle_format import (
    ENTRIES,
    FORMAT,
    LINKS,
    MANIFEST,
    MANIFEST_HASH,
    RECORDS,
    TOLD,
    Member,
    write_member,
)
from consultations.evidence.chain_members import Chain, NotChained
from consultations.evidence.notices import notices_of
from consultations.evidence.readme import members_beside
from consultations.evidence.record_members import Record, as_lines, told_lines
from consultations.evidence.things import Things
from consultations.models import Consultation
from core.audit_log.chaining import Head, chain_entries, find_head
from core.domain import clock
from core.domain.chain import canonical, fingerprint, moment

#: How often entries are chained anew that came between the chain and the state that is read.
MOST_TRIES = 10


@dataclass(frozen=True, slots=True)
class Written:
    """Identity of a bundle: the SHA-256 of its manifest, and its last head."""

    manifest: str
    head: Head
    figures: dict[str, Any]


def write_bundle(consultation: Consultation, path: Path, *, is_public: bool) -> Written:
    """Write the whole ZIP to ``path``. Raises NotChained where the chain stands still."""
    _make_salt(consultation)
    for _try in range(MOST_TRIES):
        chain_entries()
        with _one_state():
            head = find_head()
            try:
                chain = Chain(consultation, head, is_public=is_public)
            except NotChained:
                continue
            fresh = Consultation.objects.select_related("procedure", "department")
            return _write(fresh.get(pk=consultation.pk), path, chain, is_public=is_public)
    raise NotChained


def _make_salt(consultation: Consultation) -> bytes:
    """Made where there is none yet: where one state is read nothing can be written."""
    return Things(consultation).salt


@contextmanager
def _one_state() -> Iterator[None]:
    """Read one state of the database, so that rows, entries and things are of the same moment."""
    whole = not connection.in_atomic_block
    with transaction.atomic():
        if whole:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write(consultation: Consultation, path: Path, chain: Chain, *, is_public: bool) -> Written:
    files: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(path, "w") as archive:
        for name, read in _members(consultation, chain, is_public=is_public):
            digest, size = write_member(archive, name, read())
            files[name] = {"bytes": size, "sha256": digest}
        manifest = canonical(
            {
                "audience": "public" if is_public else "staff",
                "consultation": consultation.pk,
                "files": files,
                "format": FORMAT,
                "head": {"hash": chain.head.hash, "number": chain.head.number},
                "made_at": moment(clock.now()),
                "site": settings.SITE_URL,
                "version": settings.VERSION,
            }
        )
        write_member(archive, MANIFEST, [manifest.encode()])
        said = fingerprint(manifest)
        write_member(archive, MANIFEST_HASH, [f"{said}  {MANIFEST}\n".encode()])
    figures = {"begun_at": chain.begun_at, "counts": chain.tally.counts()}
    return Written(said, chain.head, figures)


def _members(consultation: Consultation, chain: Chain, *, is_public: bool) -> Iterator[Member]:
    """All files, in their order: the rows before the things, whose tally goes by them."""
    yield from members_beside(consultation, is_public=is_public)
    yield RECORDS, lambda: as_lines(chain.records())
    yield ENTRIES, lambda: as_lines(chain.entries())
    yield LINKS, lambda: as_lines(chain.links())
    yield from Record(Things(consultation), chain.tally, is_public=is_public).members()
    if not is_public:
        yield TOLD, lambda: told_lines(_told_lines(consultation))


def _told_lines(consultation: Consultation) -> Iterator[dict[str, Any]]:
    for notice in notices_of(consultation.pk):
        yield {
            "account": notice.user_id,
            "at": notice.at,
            "by_name": notice.public_name,
            "event": notice.event,
        }
