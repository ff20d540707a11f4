"""Actions on evidence bundles: ask for one, store what the job has made, replace public ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection, transaction

from accounts.models import User
from consultations.evidence import rules
from consultations.evidence.events import EvidenceAsked, EvidenceMade, EvidenceReplaced
from consultations.evidence.kinds import Audience, Why
from consultations.evidence.models import EvidenceBundle
from consultations.evidence.queries import path_of
from consultations.models import Consultation, topic_of
from core.domain import clock, outbox
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from core.domain.topics import raise_topic

if TYPE_CHECKING:
    from consultations.evidence.writing import Written

#: After so long a bundle that is not ready was given up by its job.
GIVEN_UP = timedelta(hours=2)
#: How long the job of a public bundle waits for what else happens: one bundle knows it all.
DELAY = timedelta(minutes=1)
#: After so long the job of a public bundle is deferred once more.
FORGOTTEN = timedelta(minutes=20)
#: Consultations without a public bundle that get one in one run of the job.
AT_ONCE = 20

# One that waits to be made is told once more: its job begins anew.
_WANT = """
INSERT INTO consultations_evidencebundle AS bundle (consultation_id, audience, because)
SELECT id, 'public', %s FROM consultations_consultation
WHERE id = %s AND announced_at IS NOT NULL
ON CONFLICT (consultation_id) WHERE audience = 'public' AND ready_at IS NULL
DO UPDATE SET asked = bundle.asked + 1
RETURNING xmax = 0, statement_timestamp()
"""


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
    """Whether a job makes a bundle for staff of it, or soon will."""
    since = clock.now() - GIVEN_UP
    return EvidenceBundle.objects.filter(
        consultation=consultation, audience=Audience.STAFF, ready_at=None, asked_at__gt=since
    ).exists()


def renew(consultation_id: int, why: Why, *, withdraws: bool = False) -> None:
    """Have the public bundle of an announced consultation made, anew where there is one.

    ``withdraws``: the one that stands holds what must not be shown any more; nobody downloads it
    from this commit on. Else it stays until the new one is there. Emits EvidenceReplaced.
    """
    with action():
        # The waiting one first: its lock keeps a job that stores it just now, and what that has
        # stored is found below. The job locks in the same order.
        with connection.cursor() as cursor:
            cursor.execute(_WANT, [why, consultation_id])
            row = cursor.fetchone()
        if withdraws:
            _replace(consultation_id, why)
        if row is not None and row[0]:
            _defer(consultation_id, now=row[1])


def store(bundle: EvidenceBundle, *, file: str, size: int, written: Written) -> bool:
    """The bundle is ready; a public one takes the place of the one before. Emits EvidenceMade.

    False, and nothing is stored, where something happened that it must know and does not, or
    another job was first.
    """
    with action():
        stored = locked(bundle)
        if stored.ready_at is not None or stored.asked != bundle.asked:
            return False
        if stored.is_public:
            _replace(stored.consultation_id, Why(stored.because))
            raise_topic(topic_of(stored.consultation_id))
        stored.file, stored.size, stored.manifest = file, size, written.manifest
        stored.head_number, stored.head_hash = written.head.number, written.head.hash
        stored.figures, stored.progress, stored.ready_at = written.figures, 100, clock.now()
        stored.save()
        emit(EvidenceMade(stored.consultation_id, None, stored.pk, written.manifest))
        return True


def renew_missing() -> int:
    """Have public bundles made that nobody has asked for: of consultations that were announced
    before there were any, or whose job was lost. Returns how many."""
    now = clock.now()
    public = EvidenceBundle.objects.filter(audience=Audience.PUBLIC)
    forgotten = public.filter(ready_at=None, asked_at__lt=now - FORGOTTEN).order_by("pk")
    lost = list(forgotten.values_list("consultation", flat=True)[:AT_ONCE])
    rows = Consultation.objects.filter(announced_at__lt=now - FORGOTTEN).order_by("pk")
    without = rows.exclude(pk__in=public.values("consultation")).values_list("pk", flat=True)
    with action():
        for pk in lost:
            _defer(pk, now=now)
        EvidenceBundle.objects.filter(
            consultation__in=lost, audience=Audience.PUBLIC, ready_at=None
        ).update(asked_at=now)
        missing = list(without[:AT_ONCE])
        for pk in missing:
            renew(pk, Why.FIRST)
    return len(lost) + len(missing)


def _replace(consultation_id: int, why: Why) -> None:
    """The public bundle that stands is no longer to be downloaded; its file goes on commit."""
    stands = EvidenceBundle.objects.filter(
        consultation=consultation_id, audience=Audience.PUBLIC, replaced_at=None
    ).exclude(ready_at=None)
    for bundle in stands.select_for_update(no_key=True):
        path: Path = path_of(bundle)
        bundle.file, bundle.replaced_at, bundle.replaced_because = "", clock.now(), why
        bundle.save(update_fields=["file", "replaced_at", "replaced_because"])
        emit(EvidenceReplaced(consultation_id, None, bundle.pk))
        raise_topic(topic_of(consultation_id))
        transaction.on_commit(partial(path.unlink, missing_ok=True), robust=True)


def _defer(consultation_id: int, *, now: datetime) -> None:
    outbox.defer_at(
        now + DELAY,
        "consultations.jobs.make_public_evidence",
        consultation_id=consultation_id,
    )
