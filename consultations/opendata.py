"""Open data: all announced consultations, and the remarks of one with what became of them.

Organisations that spoke are named; people only where their full name stands with the proposal on
the page, as the law on public consultations has it (3841-IX art. 15(2), ADR 97). No officer is.
Rows are written as they come from the database, by keyset, so that neither their number nor their
readers cost memory or hold a transaction. Names of columns are the same in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.limits import HOUR, Limit
from consultations.dispositions import queries
from consultations.dispositions.conditions import public_disposition, public_reason
from consultations.models import Consultation, Remark, RemarkCount
from consultations.remarks.replies import official_answers
from core.domain.calendar import KYIV
from core.domain.clock import Now
from core.domain.rules import require
from core.export.csv import as_csv, as_json, column, moment
from core.web.client_ip import client_groups

#: Downloads by one client.
DOWNLOADS = Limit("consultations-data", 60, HOUR)
#: Rows that are in memory at a time.
AT_ONCE = 500


def _iso(at: Any) -> str | None:
    return at.astimezone(KYIV).isoformat(timespec="seconds") if at else None


def _url(name: str, *arguments: int) -> str:
    return f"{settings.SITE_URL}{reverse(f'consultations:{name}', args=arguments)}"


#: Column -> its value of a consultation.
CONSULTATION: dict[str, Callable[[Any], Any]] = {
    "id": column("pk"),
    "url": lambda one: _url("detail", one.pk),
    "title": column("title"),
    "summary": column("summary"),
    "state": lambda one: one.state_at(one.now).value,
    "procedure": lambda one: one.procedure.code,
    "department": lambda one: one.department.slug,
    "themes": lambda one: " ".join(sorted(theme.slug for theme in one.themes.all())),
    "announced_at": moment("announced_at"),
    "opens_at": moment("opens_at"),
    "last_day": column("last_day"),
    "report_due_on": column("report_due_on"),
    "reported_at": moment("reported_at"),
    "withdrawn_at": moment("withdrawn_at"),
    "remarks": lambda one: next((count.remarks for count in one.counts.all()), 0),
    "outcome": lambda one: one.outcome or None,
    "decision": lambda one: one.decision.outcome if hasattr(one, "decision") else None,
    "decided_on": lambda one: one.decision.decided_on if hasattr(one, "decision") else None,
    "act": lambda one: one.decision.number if hasattr(one, "decision") else None,
}

#: Column -> its value of a row of the disposition table. Of a hidden remark its reason is told
#: instead of its words, and of its disposition the kind and the checked reason, if it is considered
#: at all; what is not yet public is empty.
REMARK: dict[str, Callable[[Any], Any]] = {
    "number": lambda row: row.remark.number,
    "id": lambda row: row.remark.pk,
    "url": lambda row: _url("remark", row.remark.consultation_id, row.remark.pk),
    "received": lambda row: row.remark.source,
    "posted_at": lambda row: _iso(row.remark.comment.created_at),
    "author": lambda row: _unless_hidden(row, lambda _comment: _author(row)),
    "organisation": lambda row: _unless_hidden(row, _organisation),
    "kind": lambda row: row.remark.kind,
    "clause": lambda row: row.said_of_label or None,
    "clause_now": lambda row: row.clause_label or None,
    "text": lambda row: _unless_hidden(row, lambda comment: comment.text),
    "proposal": lambda row: _unless_hidden(row, lambda comment: comment.proposal or None),
    "hidden": lambda row: row.remark.comment.hidden_reason or None,
    "agrees": lambda row: _unless_hidden(row, lambda comment: comment.agrees),
    "disagrees": lambda row: _unless_hidden(row, lambda comment: comment.disagrees),
    "folded": lambda row: len(row.folded),
    "disposition": lambda row: row.kind or None if _is_public(row) else None,
    "reason": lambda row: _reason(row) or None if _is_public(row) else None,
    "resulting_clause": lambda row: (
        _unless_hidden(row, lambda _comment: row.resulting_label or None)
        if _is_public(row)
        else None
    ),
}

#: The column of what the council replied, to questions above all (law 3841-IX art. 15(6)).
ANSWER = "answer"


def _author(row: queries.Row) -> str | None:
    """The person where the consultation names them; None where it does not, of an organisation, and
    after the term of the name."""
    remark = row.remark
    if not remark.consultation.names_with_proposals or remark.comment.organisation_id:
        return None
    return row.full_name or remark.comment.author_name or None


def _organisation(comment: Any) -> str | None:
    """Its ЄДРПОУ, else its name: a sole proprietor's number is personal."""
    one = comment.organisation
    return (one.code or one.short_name or None) if one else None


def _unless_hidden(row: queries.Row, value: Callable[[Any], Any]) -> Any:
    """The value; None for a hidden remark."""
    comment = row.remark.comment
    return value(comment) if comment.is_visible else None


def _is_public(row: queries.Row) -> bool:
    reported_at = row.remark.consultation.reported_at
    return public_disposition(row.remark, row.disposition, reported_at) is not None


def _reason(row: queries.Row) -> str:
    return public_reason(row.remark, row.disposition) if row.disposition else ""


@require_safe
def data_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All announced consultations as a table. Anybody."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    return as_csv([*CONSULTATION], (row.values() for row in rows()), "consultations.csv")


@require_safe
def data_json(request: HttpRequest) -> StreamingHttpResponse:
    """``{"consultations": [{…}, …]}``. Anybody."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    return as_json("consultations", rows(), "consultations.json")


@require_safe
def remarks_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The remarks of one as a table. Anybody."""
    found = remarks_of(_load(request, pk))
    return as_csv([*REMARK, ANSWER], (row.values() for row in found), f"remarks-{pk}.csv")


@require_safe
def remarks_json(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """``{"remarks": [{…}, …]}``. Anybody."""
    return as_json("remarks", remarks_of(_load(request, pk)), f"remarks-{pk}.json")


def _load(request: HttpRequest, pk: int) -> Consultation:
    require(DOWNLOADS.spend_client(client_groups(request)))
    found = Consultation.objects.published().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def rows() -> Iterator[dict[str, Any]]:
    """Every announced consultation, in the order in which they were begun: three queries for each
    AT_ONCE of them."""
    totals = Prefetch("counts", RemarkCount.objects.filter(clause_key=None))
    announced = (
        Consultation.objects.published()
        .select_related("procedure", "department", "decision")
        .prefetch_related("themes", totals)
        .defer("search", "brief", "brief_en", "problem", "options", "affected", "on_paper")
        .defer("chosen_option", "how_held", "report_how")
        .annotate(now=Now())
    )
    for found in _pages(announced):
        for one in found:
            yield {name: value(one) for name, value in CONSULTATION.items()}


def remarks_of(consultation: Consultation) -> Iterator[dict[str, Any]]:
    """Its remarks in the order of receipt: two queries for each AT_ONCE of them, and one or two
    where the council has replied to any."""
    text = queries.newest_text(consultation)
    remarks = queries.with_display_columns(queries.rows_of(consultation)).select_related(
        "consultation__procedure", "comment__organisation", "clause", "disposition"
    )
    for found in _pages(remarks):
        answers = official_answers(found)
        for row in queries.show_rows(found, text):
            given = answers.get(row.remark.pk, ()) if row.remark.comment.is_visible else ()
            said = {name: value(row) for name, value in REMARK.items()}
            yield {**said, ANSWER: "\n\n".join(each.answer.text for each in given) or None}


def _pages[M: (Consultation, Remark)](rows: QuerySet[M]) -> Iterator[list[M]]:
    """Lists of AT_ONCE rows, by keyset."""
    found = list(rows.order_by("pk")[:AT_ONCE])
    while found:
        yield found
        is_last = len(found) < AT_ONCE
        found = [] if is_last else list(rows.order_by("pk").filter(pk__gt=found[-1].pk)[:AT_ONCE])
