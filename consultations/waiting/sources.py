"""Queries of waiting remarks for the office that confirms organisations."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from consultations.models import WaitingRemark
from organisations.waiting import Waiting, register


@register
def waiting_remarks_for_office(organisation_ids: Collection[int]) -> Iterator[Waiting]:
    """Remarks waiting for these organisations, with the consultations. No words of them."""
    rows = WaitingRemark.objects.filter(organisation__in=organisation_ids)
    for row in rows.select_related("consultation").only(
        "sent_at", "author", "organisation", "consultation__title", "consultation__closes_at"
    ):
        yield Waiting(
            organisation_id=row.organisation_id,
            author_id=row.author_id,
            sent_at=row.sent_at,
            about=row.consultation.title,
            about_url=row.consultation.get_absolute_url(),
            url=row.get_absolute_url(),
            closes_at=row.consultation.closes_at,
        )
