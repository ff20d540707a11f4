"""Deadlines of polls: results to be published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from core.domain.calendar import KYIV
from core.domain.clock import Now
from core.domain.deadlines import Kind, Rows, register, select
from votes.desk.queries import PUBLISH_WITHIN
from votes.models import Poll


def _rows(user: Any) -> Iterator[Rows]:
    closed = Poll.objects.worked_on_by(user).filter(
        scheduled_at__isnull=False, published_at=None, cancelled_at=None, closes_at__lte=Now()
    )
    within = Value(PUBLISH_WITHIN - timedelta(seconds=1))
    yield select(
        closed,
        kind="results",
        of="pk",
        title="title",
        due_on=TruncDate(F("closes_at") + within, tzinfo=KYIV),
        department="department_id",
    )


register(
    {
        "results": Kind(
            lambda _n: _("Publish the results"),
            lambda of, _thing: reverse("votes_desk:detail", args=[of]),
        )
    },
    _rows,
)
