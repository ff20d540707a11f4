"""Periodic jobs of the audit log: chain it, compare what it records with the tables, and shorten it
where there is one role alone."""

from __future__ import annotations

import logging

from django.conf import settings
from procrastinate.contrib.django import app

from core.audit_log import chaining, checking, protection, trimming

log = logging.getLogger(__name__)

#: Things that a night names one by one.
MOST_TOLD = 20
#: Whether this process has said how the audit log is protected.
_checked = False


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="chain_audit_log", priority=5)
def chain_audit_log(timestamp: int) -> None:
    """Chain the entries of the last minute; the first run of a worker checks the protection."""
    global _checked
    if not _checked:
        _checked = True
        if line := protection.describe_faults():
            log.log(logging.ERROR if settings.HAS_OWNER else logging.WARNING, line)
    chaining.chain_entries()


@app.periodic(cron="23 3 * * *")
@app.task(queueing_lock="compare_record")
def compare_record(timestamp: int) -> None:
    """Compare each procedure's tables with its rows of record; what differs is an error."""
    found = 0
    for line in checking.record_faults():
        found += 1
        if found <= MOST_TOLD:
            log.error("%s", line)
    if found > MOST_TOLD:
        log.error("%s more differ from their rows of record: viche verify_audit", found - MOST_TOLD)


@app.periodic(cron="53 2 * * *")
@app.task(queueing_lock="trim_audit_log")
def trim_audit_log(timestamp: int) -> None:
    """Delete what is past its term, unless that is its owner's (``manage.py trim_audit``)."""
    if trimming.can_trim():
        trimming.trim()
