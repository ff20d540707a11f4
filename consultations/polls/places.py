"""Consultations as places where a poll may stand (votes.places)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from consultations.models import Consultation
from core.db.statements import Asked, Statement
from votes import places

_STANDS_IN = Statement(
    lambda: Consultation.objects.published().filter(poll=Asked("poll")).only("title")
)


@places.register
def of_poll(poll_id: int) -> Iterator[places.Place]:
    """The published consultation on whose page the poll stands."""
    for each in _STANDS_IN.all(poll=poll_id):
        yield places.Place(_("Consultation"), each.title, each.get_absolute_url(), each.topic)
