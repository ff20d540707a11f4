"""Actions on evidence bundles: ask for one, store what the job has made."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from consultations.evidence import rules
from consultations.evidence.events import EvidenceAsked, EvidenceMade
from consultations.evidence.models import EvidenceBundle
from consultations.models import Consultation
from core.domain import clock, outbox
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require
from core.web.idempotency import created

#: After so long a bundle that is not ready was given up by its job.
GIVEN_UP = timedelta(hours=2)


def ask(consultation: Consultation, *, by: User) -> EvidenceBundle:
    """Have a bundle made by a job. Refuses by rules.make. Emits EvidenceAsked."""
    with action():
        consultation = locked(consultation)
        require(rules.make(by, consultation, is_under_way=is_under_way(consultation)))
        bundle = EvidenceBundle.objects.create(consultation=consultation, by=by)
        created(bundle)
        outbox.defer("consultations.jobs.make_evidence_bundle", bundle_id=bundle.pk)
        emit(EvidenceAsked(consultation.pk, by.pk, bundle.pk))
        return bundle


def is_under_way(consultation: Consultation) -> bool:
    """Whether a job makes a bundle of it, or soon will."""
    since = clock.now() - GIVEN_UP
    return EvidenceBundle.objects.filter(
        consultation=consultation, ready_at=None, asked_at__gt=since
    ).exists()


def store(bundle: EvidenceBundle, *, file: str, size: int, manifest: str) -> None:
    """The bundle is ready. Emits EvidenceMade."""
    with action():
        stored = locked(bundle)
        stored.file, stored.size, stored.manifest = file, size, manifest
        stored.progress, stored.ready_at = 100, clock.now()
        stored.save(update_fields=["file", "size", "manifest", "progress", "ready_at"])
        emit(EvidenceMade(stored.consultation_id, None, stored.pk, manifest))
