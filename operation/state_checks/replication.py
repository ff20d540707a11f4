"""PostgreSQL's write-ahead log: whether it is archived, and which standbys follow."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.db.kept_cursors import fetch
from core.state.registry import Finding, Level, check

_ASKED = """
SELECT current_setting('archive_mode'),
    (SELECT coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false)
        FROM pg_stat_archiver),
    (SELECT count(*) FROM pg_stat_replication),
    (SELECT count(*) FROM pg_replication_slots WHERE NOT active)
"""


@check("replication", gettext_lazy("Archive of the log and replicas"))
def check_replication() -> Iterator[Finding]:
    ((mode, is_failing, senders, idle_slots),) = fetch(_ASKED, [])
    words = _("archive_mode: %(mode)s; replicas connected: %(senders)d.")
    words %= {"mode": mode, "senders": senders}
    if mode != "off" and is_failing:
        words += " " + _("The last segment could not be archived: the log fills the disk.")
        yield Finding(Level.CRITICAL, words)
    elif idle_slots:
        words += " " + _("A replication slot without its replica keeps the log: it fills the disk.")
        yield Finding(Level.WARNING, words)
    else:
        yield Finding(Level.OK, words)
