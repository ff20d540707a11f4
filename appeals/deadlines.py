"""Deadlines of appeals: what the office, the executors and the heads have to do by which day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Case, CharField, DateField, ExpressionWrapper, F, Func, Q, Value, When
from django.db.models.functions import Cast, Concat, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from appeals import terms
from appeals.models import Appeal
from city.calendar import NextWorkingDay
from core.domain.calendar import KYIV
from core.domain.deadlines import Kind, Rows, register, select

_UNCHECKED = Q(accepted_at=None)
_KIND = Case(
    When(_UNCHECKED, then=Value("appeal-check")),
    When(kind=Appeal.Kind.REQUEST, then=Value("appeal-request")),
    default=Value("appeal-answer"),
    output_field=CharField(),
)
#: By its number: mails and calendars say nothing of what somebody wrote to the council.
_LABEL = Concat(
    Cast("number", CharField()),
    Value("-"),
    Func(F("registered_on"), Value("DD.MM.YYYY"), function="to_char", output_field=CharField()),
)
_LAST_DAY = TruncDate(
    ExpressionWrapper(
        F("due_at") - timedelta(microseconds=1), output_field=Appeal._meta.get_field("due_at")
    ),
    tzinfo=KYIV,
)
#: Forwarding and returning are a matter of five days; the last one is a working day.
_CHECK_DAYS = min(
    term.length.amount
    for term in (terms.FORWARD, terms.RETURN_INSUFFICIENT)
    if not isinstance(term.length, timedelta)
)

_DUE = Case(
    When(
        _UNCHECKED & ~Q(kind=Appeal.Kind.REQUEST),
        then=NextWorkingDay(
            ExpressionWrapper(
                TruncDate("received_at", tzinfo=KYIV) + Value(_CHECK_DAYS), output_field=DateField()
            )
        ),
    ),
    default=_LAST_DAY,
    output_field=DateField(),
)


def _page(of: int, _thing: int) -> str:
    return reverse("appeals_desk:detail", args=[of])


def _rows(user: Any) -> Iterator[Rows]:
    mine = Appeal.objects.worked_on_by(user).open().annotate(label_of=_LABEL)
    yield select(
        mine, kind=_KIND, of="pk", title="label_of", due_on=_DUE, department="department_id"
    )


KINDS = {
    "appeal-check": Kind(lambda _n: _("Accept, return or forward an appeal"), _page),
    "appeal-answer": Kind(lambda _n: _("Answer an appeal"), _page),
    "appeal-request": Kind(lambda _n: _("Answer a request for information"), _page),
}
register(KINDS, _rows)
