"""Deadlines of appeals: what the office, the executors and the heads have to do by which day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Case, CharField, DateField, ExpressionWrapper, F, Func, Q, Value, When
from django.db.models.functions import Cast, Concat, ExtractIsoWeekDay, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from appeals import terms
from appeals.models import Appeal
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
#: Forwarding and returning are a matter of five days; a last day on a weekend moves on, as the page
#: of the appeal says. Holidays, of peace alone, are not known here: there it is earlier by them.
_CHECK_DAYS = min(
    term.length.amount
    for term in (terms.FORWARD, terms.RETURN_INSUFFICIENT)
    if not isinstance(term.length, timedelta)
)


def _after_receipt(days: int) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(
        TruncDate("received_at", tzinfo=KYIV) + Value(days), output_field=DateField()
    )


_CHECK_DAY = Case(
    When(checked_on_weekday=6, then=_after_receipt(_CHECK_DAYS + 2)),
    When(checked_on_weekday=7, then=_after_receipt(_CHECK_DAYS + 1)),
    default=_after_receipt(_CHECK_DAYS),
    output_field=DateField(),
)
_DUE = Case(
    When(_UNCHECKED & ~Q(kind=Appeal.Kind.REQUEST), then=_CHECK_DAY),
    default=_LAST_DAY,
    output_field=DateField(),
)


def _page(of: int, _thing: int) -> str:
    return reverse("appeals_desk:detail", args=[of])


def _rows(user: Any) -> Iterator[Rows]:
    weekday = ExtractIsoWeekDay(_after_receipt(_CHECK_DAYS))
    open_to = Appeal.objects.worked_on_by(user).open()
    mine = open_to.alias(checked_on_weekday=weekday).annotate(label_of=_LABEL)
    yield select(
        mine, kind=_KIND, of="pk", title="label_of", due_on=_DUE, department="department_id"
    )


register(
    {
        "appeal-check": Kind(lambda _n: _("Accept, return or forward an appeal"), _page),
        "appeal-answer": Kind(lambda _n: _("Answer an appeal"), _page),
        "appeal-request": Kind(lambda _n: _("Answer a request for information"), _page),
    },
    _rows,
)
