"""When the last backup was made, and when a restore was last tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.state.registry import Finding, Level, check
from core.state.runs import duration_in_words, last_run


@check("backup", gettext_lazy("Backup"))
def check_backup() -> Iterator[Finding]:
    """deploy/backup writes it down when its copy is whole."""
    longest = timedelta(hours=settings.STATE_BACKUP_HOURS)
    run = last_run("backup")
    if run is None:
        level = Level.WARNING if longest else Level.OK
        yield Finding(level, _("None has been made yet."))
        return
    words = _("The last one was made %(age)s ago.") % {"age": duration_in_words(run.age)}
    is_late = bool(longest) and run.age > longest
    yield Finding(Level.CRITICAL if is_late else Level.OK, words)


@check("restore", gettext_lazy("Trial restore"))
def check_restore() -> Iterator[Finding]:
    run = last_run("restore")
    if run is None:
        yield Finding(Level.OK, _("None has been tried yet."))
    elif not run.is_ok:
        words = _("The last one failed %(age)s ago.")
        yield Finding(Level.CRITICAL, words % {"age": duration_in_words(run.age)})
    else:
        is_late = run.age > timedelta(days=settings.STATE_RESTORE_DAYS)
        words = _("The last one succeeded %(age)s ago.") % {"age": duration_in_words(run.age)}
        yield Finding(Level.WARNING if is_late else Level.OK, words)
