"""Consultations as places where a poll may stand (votes.places)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from consultations.models import Consultation
from votes import places


@places.register
def of_poll(poll_id: int) -> Iterator[places.Place]:
    """The published consultation on whose page the poll stands."""
    for each in Consultation.objects.published().filter(poll=poll_id).only("title"):
        yield places.Place(_("Consultation"), each.title, each.get_absolute_url(), each.topic)
