"""Deadlines of petitions: what the law gives the council days for, and what was promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from core.domain.deadlines import Kind, Rows, register, select
from petitions.desk.queries import waiting
from petitions.models import Petition, Step

#: What the term that runs is for.
_KIND = Case(
    When(published_at=None, then=Value("petition-publish")),
    When(decided_at__isnull=False, then=Value("petition-answer")),
    When(review_at__isnull=False, then=Value("petition-review")),
    default=Value("petition-notice"),
    output_field=CharField(),
)


def _page(of: int, _thing: int) -> str:
    return reverse("petitions_desk:detail", args=[of])


def _rows(user: Any) -> Iterator[Rows]:
    mine = Petition.objects.owed_by(user)
    about = {"of": "pk", "title": "title", "department": "department_id"}
    # Where no term runs yet, ``due_on`` is a day that never comes.
    due = waiting(mine).filter(due_on__lt=date.max)
    yield select(due, kind=_KIND, due_on="due_on", **about)
    yield select(
        Step.objects.filter(done_on=None, petition__in=mine),
        kind="petition-step",
        of="petition_id",
        title="text",
        due_on="due_on",
        department="petition__department_id",
    )


register(
    {
        "petition-publish": Kind(lambda _n: _("Publish or refuse"), _page),
        "petition-notice": Kind(lambda _n: _("Announce the review"), _page),
        "petition-review": Kind(lambda _n: _("Review and decide"), _page),
        "petition-answer": Kind(lambda _n: _("Publish the answer"), _page),
        "petition-step": Kind(
            lambda _n: _("Tell what became of what was promised"),
            lambda of, thing: f"{_page(of, thing)}#step-{thing}",
        ),
    },
    _rows,
)
