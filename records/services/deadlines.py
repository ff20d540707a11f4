"""Deadlines of electronic services: a pilot's last day, after which it is concluded of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.domain.deadlines import Kind, Rows, register, select
from records.models import Service


def _page(of: int, _thing: int) -> str:
    return reverse("services_desk:conclude", args=[of])


def _rows(user: Any) -> Iterator[Rows]:
    yield select(
        Service.objects.kept_by(user).filter(pilot_until__isnull=False, ended_on=None),
        kind="service-pilot",
        of="pk",
        title="name",
        due_on="pilot_until",
        department="department_id",
    )


register({"service-pilot": Kind(lambda _n: _("Conclude of the pilot"), _page)}, _rows)
