"""Files and links beside the draft: added and removed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import BinaryIO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from consultations import rules
from consultations.checklist import rules as checklist
from consultations.checklist.queries import facts_of
from consultations.events import ConsultationChanged
from consultations.models import Attachment, Consultation, Link
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from core.export import uploads


def attach(
    consultation: Consultation,
    *,
    by: User,
    title: str,
    file: BinaryIO,
    kind: str = Attachment.Kind.PAPER,
) -> Attachment:
    """Publish a file beside the draft; ``kind``: what it is by law.

    Refuses by rules.change_papers and uploads.accept, keeping nothing. Emits ConsultationChanged.
    """
    require(rules.change_papers(by, consultation, now=clock.now()))
    accepted = uploads.accept(file)
    with action():
        consultation = locked(consultation)
        require(rules.change_papers(by, consultation, now=clock.now()))
        made = Attachment(
            consultation=consultation,
            title=title,
            kind=kind,
            media_type=accepted.media_type,
            size=len(accepted.content),
        )
        made.file.save(
            f"{uuid4().hex}.{accepted.ending}", ContentFile(accepted.content), save=False
        )
        try:
            made.save(force_insert=True)
        except BaseException:
            made.file.storage.delete(str(made.file.name))
            raise
        created(made)
        emit(ConsultationChanged(consultation.pk, by.pk))
        return made


def detach(attachment: Attachment, *, by: User) -> None:
    """Take a file back. Refuses by rules.change_papers, and by checklist.rules.keep of what it was
    announced with. Emits ConsultationChanged."""
    with action():
        consultation = locked(attachment.consultation)
        require(rules.change_papers(by, consultation, now=clock.now()))
        before = facts_of(consultation, clock.now())
        left = consultation.attachments.exclude(pk=attachment.pk).order_by()
        kinds = set(left.values_list("kind", flat=True))
        require(checklist.keep(before, replace(before, paper_kinds=kinds)))
        storage, name = attachment.file.storage, str(attachment.file.name)
        attachment.delete()
        transaction.on_commit(partial(storage.delete, name), robust=True)
        emit(ConsultationChanged(consultation.pk, by.pk))


def add_link(consultation: Consultation, *, by: User, title: str, url: str) -> Link:
    """Point to a related page. Refuses by rules.change_papers. Emits ConsultationChanged."""
    with action():
        consultation = locked(consultation)
        require(rules.change_papers(by, consultation, now=clock.now()))
        made = Link.objects.create(consultation=consultation, title=title, url=url)
        created(made)
        emit(ConsultationChanged(consultation.pk, by.pk))
        return made


def remove_link(link: Link, *, by: User) -> None:
    """Take a link back. Refuses by rules.change_papers. Emits ConsultationChanged."""
    with action():
        consultation = locked(link.consultation)
        require(rules.change_papers(by, consultation, now=clock.now()))
        link.delete()
        emit(ConsultationChanged(consultation.pk, by.pk))
