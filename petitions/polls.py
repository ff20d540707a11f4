"""The place of a poll that stands with an answer, for the poll's page (votes.places)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from petitions.models import Petition
from votes import places


@places.register
def of_poll(poll_id: int) -> Iterator[places.Place]:
    """The petition with whose answer the poll stands."""
    answered = Petition.objects.published().answered()
    for each in answered.filter(answer__poll=poll_id).only("title"):
        address = reverse("petitions:answer", args=[each.pk])
        yield places.Place(_("Answer to a petition"), each.title, address, each.topic)
