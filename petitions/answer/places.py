"""The place of a poll that stands with an answer, for the poll's page (votes.places)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from core.db.statements import Asked, Statement
from petitions.models import Petition
from votes import places

_ANSWERED_WITH = Statement(
    lambda: Petition.objects.published().answered().filter(answer__poll=Asked("poll")).only("title")
)


@places.register
def of_poll(poll_id: int) -> Iterator[places.Place]:
    """The petition with whose answer the poll stands."""
    for each in _ANSWERED_WITH.all(poll=poll_id):
        address = reverse("petitions:answer", args=[each.pk])
        yield places.Place(_("Answer to a petition"), each.title, address, each.topic)
