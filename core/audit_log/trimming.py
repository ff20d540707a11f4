"""Deletion of what is past its term: whole days from the front of the audit log, by its owner.

Entries go; the lines of links, which hold nothing of anybody, stay for good, so a head that
somebody kept can be compared at any time. Entries that name rows of record, or the hash of a bundle
of evidence, are kept opened, without who acted, and with the leaves of their link: they prove a
procedure as long as its act is in force, and that may be longer than any trace (ADR 93).
"""

from __future__ import annotations

from datetime import datetime, time

from django.conf import settings
from django.db import connection, transaction

from core.audit_log.chaining import (
    chained_later,
    digest_of_kept,
    entries_of,
    entry_line,
    leaves_of,
    take_turn,
)
from core.db import roles
from core.domain import clock
from core.domain.calendar import KYIV, local_date
from core.models import AuditCut, AuditEntry, AuditLink, KeptEntry

#: What stands in the log of its own shortening.
TRIMMED = "AuditTrimmed"
#: The entries that are kept beside those that name rows of record: hashes of bundles.
KEPT = ("EvidenceMade", TRIMMED)
_CHUNK = 500


def can_trim() -> bool:
    """Whether this process may delete of the audit log: the owner's, or the only role there is."""
    if settings.OWNER_DATABASE_URL:
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(has_table_privilege(oid, 'DELETE')) FROM pg_class"
            " WHERE relnamespace = to_regnamespace(%s) AND relkind = 'r'",
            [roles.SCHEMA],
        )
        return bool(cursor.fetchone()[0])


def trim() -> AuditCut | None:
    """Delete the days that are older than RETENTION["trace"]; None where there are none.

    The entries of the newest link always stay.
    """
    day = local_date(clock.now() - settings.RETENTION["trace"])
    midnight = datetime.combine(day, time(), KYIV)
    with transaction.atomic(), connection.cursor() as cursor, roles.as_owner(cursor):
        cursor.execute("SET LOCAL statement_timeout = 0")
        take_turn()
        last = AuditCut.objects.order_by("-number").first()
        links = AuditLink.objects.filter(number__gt=last.number if last else 0).order_by("number")
        kept = links.filter(until__gte=midnight).first() or links.last()
        gone = links.filter(number__lt=kept.number).last() if kept else None
        if gone is None:
            return None
        for link in links.filter(number__lte=gone.number).iterator(_CHUNK):
            _keep_entries(link)
        AuditEntry.objects.filter(pk__lte=gone.reached).exclude(
            chained_later(gone.number, gone.reached)
        ).delete()
        AuditEntry.objects.create(
            event=TRIMMED,
            ids={
                "link": gone.number,
                "head": gone.hash,
                "kept": digest_of_kept(last.number if last else 0, gone.number),
            },
            at=clock.now(),
        )
        return AuditCut.objects.create(
            day=day, number=gone.number, reached=gone.reached, head=gone.hash
        )


def _keep_entries(link: AuditLink) -> None:
    """Keep what of a link's entries proves a procedure, opened, and by which leaves it does."""
    salt = bytes(link.salt)
    entries = list(AuditEntry.objects.filter(entries_of(link)).order_by("pk"))
    proving = [each for each in entries if "record" in each.ids or each.event in KEPT]
    if not proving:
        return
    KeptEntry.objects.bulk_create(
        KeptEntry(entry=each.pk, link=link.number, line=entry_line(each, salt)) for each in proving
    )
    link.leaves = "\n".join(leaves_of(entries, salt))
    link.save(update_fields=["leaves"])
