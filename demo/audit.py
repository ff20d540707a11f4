"""The demo city's ledger of speech and its evidence: receipts, a first link, a bundle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from accounts.models import User
from consultations.evidence import actions
from consultations.models import Consultation
from core.audit_log.beginning import begin_record
from core.audit_log.chaining import chain_entries
from core.domain import clock
from core.domain.actions import action
from core.models import AuditEntry
from discussions.models import Comment
from discussions.speech.record import record_posting

#: Days before today on which the demo council's lists were entered.
_FIRST_DAYS = (3, 2, 1)


def load_first_days() -> None:
    """Days of the audit log that are over, with their heads: before anything else is loaded, as
    entries are chained in their order."""
    now = clock.now()
    for back in _FIRST_DAYS:
        at = now - timedelta(days=back)
        AuditEntry.objects.create(event="CityChanged", at=at)
        chain_entries(at=at)


def begin_demo_record(people: Mapping[str, User]) -> None:
    """Write receipts for the demo people's comments, as if they had posted them, and record
    everything loaded so far: what is done to it later is done by actions.
    """
    shown = Comment.objects.filter(author__in=people.values(), speech_salt=None).order_by("pk")
    with action():
        for comment in shown:
            record_posting(comment, by_id=comment.author_id or 0)
    begin_record()


def load_audit(people: Mapping[str, User]) -> None:
    """The rest stands in the record, too; the bundles are made when the worker starts."""
    begin_demo_record(people)
    actions.renew_missing()
    reported = Consultation.objects.filter(reported_at__isnull=False).order_by("-reported_at")
    if consultation := reported.first():
        actions.ask(consultation, by=people["admin"])
    chain_entries()
