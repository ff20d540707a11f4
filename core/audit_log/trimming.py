"""Deletion of what is past its term: whole days from the front of the audit log, by its owner."""

from __future__ import annotations

from datetime import datetime, time

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from core.audit_log.chaining import ranges_of, take_turn
from core.db import roles
from core.domain import clock
from core.domain.calendar import KYIV, local_date
from core.models import AuditCut, AuditEntry, AuditLink

#: What stands in the log of its own shortening.
TRIMMED = "AuditTrimmed"


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

    The hash of the last link that goes stays, and is public. The newest link always stays.
    """
    day = local_date(clock.now() - settings.RETENTION["trace"])
    midnight = datetime.combine(day, time(), KYIV)
    with transaction.atomic(), connection.cursor() as cursor, roles.as_owner(cursor):
        cursor.execute("SET LOCAL statement_timeout = 0")
        take_turn()
        links = AuditLink.objects.order_by("number")
        kept = links.filter(until__gte=midnight).first() or links.last()
        gone = links.filter(number__lt=kept.number).last() if kept else None
        if gone is None:
            return None
        AuditEntry.objects.filter(pk__lte=gone.reached).exclude(_chained_later(gone)).delete()
        links.filter(number__lte=gone.number).delete()
        AuditEntry.objects.create(
            event=TRIMMED, ids={"link": gone.number, "head": gone.hash}, at=clock.now()
        )
        return AuditCut.objects.create(
            day=day, number=gone.number, reached=gone.reached, head=gone.hash
        )


def _chained_later(gone: AuditLink) -> Q:
    """Entries below what ``gone`` has reached that a later link has: they were numbered early."""
    later = Q(pk__in=[])
    for link in AuditLink.objects.filter(number__gt=gone.number, first__lte=gone.reached):
        for first, last in ranges_of(link.body):
            later |= Q(pk__range=(first, last))
    return later
