"""Consultations by state, remarks that wait for their organisation, and answers about costs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from accounts.models import User
from consultations.costs.models import Cost
from consultations.costs.queries import how_many
from consultations.costs.table import ENOUGH
from consultations.desk.load import months_of
from consultations.models import Consultation, WaitingRemark
from consultations.reports.queries import readiness_of
from core.domain import clock
from core.domain.calendar import local_date
from discussions.later import reserve_number
from insights.indicators import report
from organisations.models import Organisation
from portal.desk import _unfinished_rows
from portal.opendata.tables.consultations import _announced_consultations
from tests import factories, people
from tests.endings.counts.kind import Figure, Kind, write
from tests.endings.counts.moments import DAY, FUTURE, NOW, PAST


def _desk() -> SimpleNamespace:
    names = ("ofi", "stranger", "olena", "admin", "mo", "bohdan")
    at = SimpleNamespace(**{name: people.load(name) for name in names})
    at.department, at.today = people.load_department(), local_date(clock.now())
    return at


def _due(days: int, **values: Any) -> Any:
    """Closed, the report due in so many days."""
    return lambda row, at: write(
        Consultation, row.pk, **_CLOSED, report_due_on=at.today + days * DAY, **values
    )


def _reports(at: Any) -> dict[str, int]:
    found = months_of(at.ofi)
    return {
        "due": sum(each.reports_due for each in found),
        "late": sum(each.reports_late for each in found),
    }


def _first_page(at: Any) -> dict[str, Any]:
    return {
        "officer": _unfinished_rows(at.ofi),
        "stranger": _unfinished_rows(at.stranger),
    }


_CLOSED = {"closes_at": PAST}
_WITHDRAWN = {"withdrawn_at": NOW, "withdrawn_reason": "ні"}
_PUBLISHED = (
    "ordinary announced closed due-today late reported reported-late reported-in-time withdrawn"
    " withdrawn-late"
)
_OVER = "closed due-today late reported reported-late reported-in-time"

CONSULTATIONS = Kind(
    "an open consultation",
    _desk,
    lambda at: factories.consultation(at.department, text=None),
    {
        "preparing": {"announced_at": None},
        "announced-later": {"announced_at": FUTURE},
        "announced": {"opens_at": FUTURE},
        "closed": _CLOSED,
        "due-today": _due(0),
        "late": _due(-1),
        "reported": {**_CLOSED, "reported_at": NOW},
        "reported-late": _due(-1, reported_at=NOW),
        "reported-in-time": _due(0, reported_at=NOW),
        "withdrawn": _WITHDRAWN,
        "withdrawn-late": _due(-1, **_WITHDRAWN),
    },
    (
        Figure(
            "consultations/querysets.py ConsultationQuerySet.published",
            lambda at: Consultation.objects.published(),
            _PUBLISHED,
        ),
        Figure(
            "consultations/querysets.py ConsultationQuerySet.visible_to",
            lambda at: {
                "resident": Consultation.objects.visible_to(at.olena),
                "stranger": Consultation.objects.visible_to(at.stranger),
                "officer": Consultation.objects.visible_to(at.ofi),
            },
            {
                "resident": _PUBLISHED,
                "stranger": _PUBLISHED,
                "officer": f"{_PUBLISHED} preparing announced-later",
            },
        ),
        Figure(
            "consultations/querysets.py ConsultationQuerySet.worked_on_by",
            lambda at: {
                "resident": Consultation.objects.worked_on_by(at.olena),
                "stranger": Consultation.objects.worked_on_by(at.stranger),
                "officer": Consultation.objects.worked_on_by(at.ofi),
            },
            {"officer": f"{_PUBLISHED} preparing announced-later"},
        ),
        Figure(
            "consultations/querysets.py ConsultationQuerySet.preparing",
            lambda at: Consultation.objects.preparing(),
            "preparing",
        ),
        Figure(
            "consultations/querysets.py ConsultationQuerySet.announced",
            lambda at: Consultation.objects.announced(),
            "announced",
        ),
        Figure(
            "consultations/querysets.py ConsultationQuerySet.open",
            lambda at: Consultation.objects.open(),
            "ordinary",
        ),
        Figure(
            "consultations/querysets.py ConsultationQuerySet.closed",
            lambda at: Consultation.objects.closed(),
            "closed due-today late",
        ),
        Figure(
            "consultations/querysets.py ConsultationQuerySet.reported",
            lambda at: Consultation.objects.reported(),
            "reported reported-late reported-in-time",
        ),
        Figure(
            "consultations/querysets.py ConsultationQuerySet.withdrawn",
            lambda at: Consultation.objects.withdrawn(),
            "withdrawn withdrawn-late",
        ),
        Figure(
            "consultations/desk/load.py _count_late",
            _reports,
            {
                "due": _PUBLISHED.replace(" withdrawn-late", "").replace(" withdrawn", ""),
                "late": "late reported-late",
            },
        ),
        Figure(
            "portal/desk.py _unfinished_rows",
            _first_page,
            {"officer": "ordinary announced closed due-today late preparing announced-later"},
        ),
        Figure(
            "insights/indicators/report.py held_in",
            lambda at: report.held_in(at.today.year),
            _OVER,
        ),
        Figure(
            "portal/opendata/tables/consultations.py _announced_consultations",
            lambda at: _announced_consultations(),
            _PUBLISHED,
        ),
    ),
)


# --- remarks that wait for their organisation -----------------------------------------------------


def _waiting_place() -> SimpleNamespace:
    at = _desk()
    at.consultation = factories.consultation(at.department)
    at.organisation = factories.organisation("ТОВ «Чекає»", at.bohdan, how="", confirmed_at=None)
    return at


def _of_organisation(**values: Any) -> Any:
    return lambda row, at: write(Organisation, row.organisation_id, **values)


_CONFIRMED = {"how": "office", "confirmed_at": NOW}


def _confirm_and_suspend(row: WaitingRemark, at: Any) -> None:
    write(Organisation, row.organisation_id, **_CONFIRMED)
    User.objects.filter(pk=row.author_id).update(is_active=False)


def _confirm_after_report(row: WaitingRemark, at: Any) -> None:
    write(Organisation, row.organisation_id, **_CONFIRMED)
    write(Consultation, row.consultation_id, closes_at=PAST, reported_at=NOW)


WAITING = Kind(
    "a remark that waits for its organisation",
    _waiting_place,
    lambda at: WaitingRemark.objects.create(
        pk=reserve_number(),
        consultation=at.consultation,
        organisation=at.organisation,
        author=at.olena,
        sent_at=clock.now(),
        text="слово",
    ),
    {
        "confirmed": _of_organisation(**_CONFIRMED),
        "confirmed-suspended": _confirm_and_suspend,
        "confirmed-after-the-report": _confirm_after_report,
        "refused": _of_organisation(refused_at=NOW, refused_reason="ні"),
        "closed": _of_organisation(closed_at=NOW),
        "confirmed-closed": _of_organisation(**_CONFIRMED, closed_at=NOW),
        "waits-since-the-close": lambda row, at: (
            write(Consultation, row.consultation_id, closes_at=NOW - DAY),
            write(Organisation, row.organisation_id, waits_since=NOW),
        ),
    },
    (
        Figure(
            "consultations/waiting/models.py WaitingRemarkQuerySet.of",
            lambda at: {
                "author": WaitingRemark.objects.of(at.olena),
                "other": WaitingRemark.objects.of(at.bohdan),
            },
            {
                "author": "ordinary confirmed confirmed-suspended confirmed-after-the-report"
                " refused closed confirmed-closed waits-since-the-close"
            },
        ),
        Figure(
            "consultations/waiting/models.py WaitingRemarkQuerySet.undecided",
            lambda at: WaitingRemark.objects.undecided(),
            "ordinary confirmed confirmed-after-the-report",
        ),
        Figure(
            "consultations/waiting/models.py WaitingRemarkQuerySet.ready",
            lambda at: WaitingRemark.objects.ready(),
            "confirmed confirmed-suspended",
        ),
        Figure(
            "consultations/reports/queries.py readiness_of · undecided",
            lambda at: readiness_of(at.consultation).undecided,
            "ordinary confirmed confirmed-after-the-report",
        ),
    ),
)


# --- costs ----------------------------------------------------------------------------------------


def _costs() -> SimpleNamespace:
    """As many organisations as may be told have answered."""
    at = _desk()
    at.consultation = factories.consultation(at.department)
    at.elsewhere = factories.consultation(at.department, text=None)
    at.clauses = at.consultation.draft.versions.get().clauses.order_by("pk")
    for number in range(ENOUGH):
        _answer(at, factories.organisation(f"ТОВ «{number}»"))
    return at


def _answer(at: Any, organisation: Organisation, **fields: Any) -> Cost:
    said = {"consultation": at.consultation, "organisation": organisation, "size": "micro"}
    return Cost.objects.create(**{**said, "by": at.olena, "at": clock.now(), **fields})


def _answer_twice(row: Cost, at: Any) -> None:
    clause = at.clauses.first()
    _answer(at, row.organisation, clause=clause, clause_key=clause.key)


COSTS = Kind(
    "an answer about costs",
    _costs,
    lambda at: _answer(at, factories.organisation("ТОВ «Ще»")),
    {
        "twice": _answer_twice,
        "elsewhere": lambda row, at: write(Cost, row.pk, consultation=at.elsewhere),
    },
    (
        Figure(
            "consultations/costs/queries.py how_many",
            lambda at: how_many(at.consultation),
            "ordinary twice",
        ),
    ),
)

KINDS = (CONSULTATIONS, WAITING, COSTS)
