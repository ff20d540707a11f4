"""The installed version and its tables, the worker of jobs, and writes to the database."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.db.unapplied import is_migrated
from core.domain import heartbeat
from core.state.registry import Finding, Level, check
from core.state.runs import duration_in_words


@check("version", gettext_lazy("Version and tables"))
def check_version() -> Iterator[Finding]:
    if is_migrated():
        words = _("Viche %(version)s; all migrations are applied.")
        yield Finding(Level.OK, words % {"version": settings.VERSION})
    else:
        words = _("Viche %(version)s; the database lacks migrations: run bin/serve --prepare.")
        yield Finding(Level.CRITICAL, words % {"version": settings.VERSION})


@check("worker", gettext_lazy("Worker of jobs"))
def check_worker() -> Iterator[Finding]:
    if heartbeat.has_worker():
        yield Finding(Level.OK, _("It lives."))
    else:
        words = _("No worker for a minute: mails and jobs wait. systemctl status viche@jobs")
        yield Finding(Level.CRITICAL, words)


@check("writes", gettext_lazy("Writes to the database"))
def check_writes() -> Iterator[Finding]:
    """Without a worker nothing is known: it alone writes the heartbeat."""
    age = heartbeat.heartbeat_age()
    if age is not None and age <= heartbeat.STALE:
        words = _("The last one was accepted %(age)s ago.")
        yield Finding(Level.OK, words % {"age": duration_in_words(age)})
    elif not heartbeat.has_worker() or age is None:
        yield Finding(Level.UNKNOWN, _("A worker writes it each minute, and none has."))
    else:
        words = _("Nothing was accepted for %(age)s: look at the disk of PostgreSQL first.")
        yield Finding(Level.CRITICAL, words % {"age": duration_in_words(age)})
