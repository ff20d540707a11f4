"""Open data: all published consultations, and the remarks of one, as CSV and as JSON.

Neither names anybody: no author, no officer, no contact. Both are written as the rows come from
the database, by keyset, so that neither their number nor their readers cost memory or hold a
transaction. Names of columns are the same in every language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q
from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.limits import HOUR, Limit
from consultations.decisions.models import VOTES, Decision, ExecutionStep
from consultations.models import Consultation, Disposition, Remark
from consultations.reading import totals_of
from core.domain.calendar import KYIV, local_date
from core.domain.clock import Now
from core.domain.rules import require
from core.export.csv import as_csv, as_json
from core.web.client_ip import client_groups

#: Downloads by one client.
DOWNLOADS = Limit("consultations-data", 60, HOUR)
#: Rows that are in memory at a time.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Row:
    """A consultation with what is counted of it."""

    consultation: Any
    remarks: int
    dispositions: dict[str, int]
    decision: Decision | None
    steps: tuple[int, int, int]


def _of(name: str) -> Callable[[_Row], Any]:
    return lambda row: getattr(row.consultation, name)


def _moment(name: str) -> Callable[[_Row], Any]:
    def of(row: _Row) -> Any:
        at = getattr(row.consultation, name)
        return at.astimezone(KYIV).isoformat(timespec="seconds") if at else None

    return of


def _decided(name: str) -> Callable[[_Row], Any]:
    return lambda row: (getattr(row.decision, name) or None) if row.decision else None


def _vote(name: str) -> Callable[[_Row], Any]:
    return lambda row: getattr(row.decision, name) if row.decision else None


def _counted(kind: str) -> Callable[[_Row], Any]:
    return lambda row: row.dispositions.get(kind, 0)


#: Column -> its value of a consultation: text, a whole number, a date, or None.
COLUMNS: dict[str, Callable[[_Row], Any]] = {
    "id": _of("pk"),
    "url": lambda row: settings.SITE_URL + row.consultation.get_absolute_url(),
    "title": _of("title"),
    "summary": _of("summary"),
    "procedure": lambda row: row.consultation.procedure.code,
    "legal_basis": lambda row: row.consultation.procedure.legal_basis,
    "department": lambda row: row.consultation.department.slug,
    "themes": lambda row: " ".join(sorted(each.slug for each in row.consultation.themes.all())),
    "state": lambda row: row.consultation.state_at(row.consultation.now).value,
    "announced_at": _moment("announced_at"),
    "opens_on": _of("opens_on"),
    "last_day": _of("last_day"),
    "report_due_on": _of("report_due_on"),
    "reported_at": _moment("reported_at"),
    "outcome": lambda row: row.consultation.outcome or None,
    "withdrawn_at": _moment("withdrawn_at"),
    "remarks": lambda row: row.remarks,
    **{kind: _counted(kind) for kind in Disposition.Kind.values},
    "decision": _decided("outcome"),
    "decided_on": _decided("decided_on"),
    "act": _decided("number"),
    "act_url": _decided("url"),
    **{name: _vote(name) for name in VOTES},
    "steps": lambda row: row.steps[0],
    "steps_done": lambda row: row.steps[1],
    "steps_late": lambda row: row.steps[2],
}
#: The columns of a remark; its disposition as far as it is public.
REMARK_COLUMNS = (
    *("id", "number", "url", "posted_at", "source", "kind", "clause", "quote", "text"),
    *("proposal", "agrees", "disagrees", "disposition", "reason", "same_as"),
)


@require_safe
def data_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The table, in UTF-8 with a mark that spreadsheets know it by. Anybody."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    return as_csv([*COLUMNS], (row.values() for row in rows()), "consultations.csv")


@require_safe
def data_json(request: HttpRequest) -> StreamingHttpResponse:
    """``{"consultations": [{…}, …]}``. Anybody."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    return as_json("consultations", rows(), "consultations.json")


@require_safe
def remarks_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The visible remarks of a published consultation, as a table. Anybody."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    consultation = get_object_or_404(Consultation.objects.published(), pk=pk)
    table = (row.values() for row in remark_rows(consultation))
    return as_csv(REMARK_COLUMNS, table, f"consultation-{pk}-remarks.csv")


@require_safe
def remarks_json(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """``{"remarks": [{…}, …]}``. Anybody."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    consultation = get_object_or_404(Consultation.objects.published(), pk=pk)
    return as_json("remarks", remark_rows(consultation), f"consultation-{pk}-remarks.json")


def rows() -> Iterator[dict[str, Any]]:
    """Every published consultation, in the order in which they were begun: six queries for each
    AT_ONCE of them."""
    published = (
        Consultation.objects.published()
        .select_related("procedure", "department")
        .prefetch_related("themes")
        .defer("search", "problem", "options", "affected", "contact_person", "contact_details")
        .annotate(now=Now())
        .order_by("pk")
    )
    found = list(published[:AT_ONCE])
    while found:
        for row in _count(found):
            yield {name: value(row) for name, value in COLUMNS.items()}
        is_last = len(found) < AT_ONCE
        found = [] if is_last else list(published.filter(pk__gt=found[-1].pk)[:AT_ONCE])


def _count(found: list[Any]) -> Iterator[_Row]:
    keys = [each.pk for each in found]
    totals = totals_of(keys)
    decisions = {
        each.consultation_id: each for each in Decision.objects.filter(consultation__in=keys)
    }
    settled = _count_dispositions(keys)
    steps = _count_steps(keys, local_date(found[0].now))
    for each in found:
        yield _Row(
            each,
            totals.get(each.pk, 0),
            settled[each.pk],
            decisions.get(each.pk),
            steps.get(each.pk, (0, 0, 0)),
        )


def _count_dispositions(keys: list[int]) -> dict[int, dict[str, int]]:
    """Public ones of visible remarks, by consultation and kind."""
    consultation = "remark__consultation"
    counted = (
        Disposition.objects.filter(
            # As Disposition.is_public.
            Q(approved_at__isnull=False) | Q(changed_at__lte=F(f"{consultation}__reported_at")),
            remark__consultation__in=keys,
            remark__comment__hidden_at=None,
            remark__comment__deleted_at=None,
        )
        .exclude(kind="")
        .values_list(consultation, "kind")
        .annotate(number=Count("pk"))
        .order_by()
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for consultation_id, kind, number in counted:
        found[consultation_id][kind] = number
    return found


def _count_steps(keys: list[int], today: date) -> dict[int, tuple[int, int, int]]:
    """How many steps each has, how many are done, and how many are late."""
    counted = (
        ExecutionStep.objects.filter(decision__consultation__in=keys)
        .values_list("decision__consultation")
        .annotate(
            every=Count("pk"),
            done=Count("done_on"),
            late=Count("pk", filter=Q(done_on=None, due_on__lt=today)),
        )
        .order_by()
    )
    return {key: (every, done, late) for key, every, done, late in counted}


def remark_rows(consultation: Consultation) -> Iterator[dict[str, Any]]:
    """The visible remarks of a consultation, the earliest first: a query for each AT_ONCE."""
    visible = (
        Remark.objects.public()
        .filter(consultation=consultation)
        .select_related("comment", "clause", "disposition", "folded_into")
        .defer("comment__search", "comment__html", "clause__html", "clause__search", "clause__text")
        .order_by("comment_id")
    )
    found = list(visible[:AT_ONCE])
    while found:
        for remark in found:
            yield dict(zip(REMARK_COLUMNS, _values(remark, consultation), strict=True))
        is_last = len(found) < AT_ONCE
        found = [] if is_last else list(visible.filter(comment_id__gt=found[-1].pk)[:AT_ONCE])


def _values(remark: Remark, consultation: Consultation) -> tuple[Any, ...]:
    comment = remark.comment
    settled: Disposition | None = getattr(remark, "disposition", None)
    if settled is not None and not settled.is_public(consultation.reported_at):
        settled = None
    return (
        remark.pk,
        remark.number,
        settings.SITE_URL + remark.get_absolute_url(),
        comment.created_at.astimezone(KYIV).isoformat(timespec="seconds"),
        remark.source,
        remark.kind,
        remark.clause.label if remark.clause else None,
        remark.quote or None,
        comment.text,
        comment.proposal or None,
        comment.agrees,
        comment.disagrees,
        (settled.kind or None) if settled else None,
        (settled.reason or None) if settled else None,
        remark.folded_into.number if remark.folded_into else None,
    )
