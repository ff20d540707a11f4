"""The demo city's remarks, carried to the newest version of their text."""

from __future__ import annotations

from accounts.models import User
from consultations.carrying import actions
from consultations.models import Carrying, Consultation, Place, Remark
from drafts.models import Version


def carry_remarks(consultation: Consultation, officer: User) -> None:
    """Carry them as the job did when the version was published; authors were told then.

    One author has confirmed where their remark stands.
    """
    version = Version.objects.published().filter(draft=consultation.draft_id).latest("number")
    if version.number == 1 or version.published_at is None:
        return
    carrying = Carrying.objects.create(
        consultation=consultation,
        version=version,
        by=officer,
        begun_at=version.published_at,
        finished_at=version.published_at,
        total=Remark.objects.filter(consultation=consultation, clause__isnull=False)
        .exclude(clause__version=version)
        .count(),
    )
    actions.carry(carrying.pk)
    found = Place.objects.current().filter(remark__consultation=consultation, method="fuzzy")
    for place in found.order_by("pk").select_related("remark__comment")[:1]:
        place.answer, place.answered_at = Place.Answer.YES, place.remark.comment.created_at
        place.save(update_fields=["answer", "answered_at"])
