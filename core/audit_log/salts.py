"""The random salts of procedures, for digests in their record."""

from __future__ import annotations

from secrets import token_bytes

from django.db import connection

from core.models import RecordSalt


def salt_of(of: str) -> bytes:
    """The procedure's own random salt, made at its first use; b"" where nothing can be written, as
    while the record is verified, which then holds nothing of it. One query, once it is there."""
    kept = RecordSalt.objects.filter(pk=of).values_list("salt", flat=True)
    if (salt := kept.first()) is not None:
        return bytes(salt)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_read_only')")
        if cursor.fetchone() == ("on",):
            return b""
    # Two at once: the first one's salt is everybody's.
    RecordSalt.objects.bulk_create([RecordSalt(of=of, salt=token_bytes(32))], ignore_conflicts=True)
    return bytes(kept.get())
