"""The desk's table of dispositions, filled in place: a form a row."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.notes.queries import count_notes, notes_of
from consultations.desk.matters import ROW, matter_of_row
from consultations.dispositions import actions, public_reasons, queries, rules
from consultations.dispositions.conditions import (
    article_of,
    is_hidden_and_considered,
    is_hidden_for,
)
from consultations.dispositions.forms import DRAFTS, PublicReasonForm, RowForm, clause_names
from consultations.dispositions.history import changes_of
from consultations.dispositions.models import SavedText
from consultations.dispositions.public_reasons import digest_of
from consultations.dispositions.queries import Row
from consultations.dispositions.table import (
    LoadedTable,
    TableFilter,
    frame_of,
    load_table,
    state_tabs,
)
from consultations.models import Remark
from core.db.paging import neighbours


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with the form that fills it; ``may_approve``: whether the reader may approve it now."""

    row: Row
    form: RowForm
    may_fill: bool
    may_approve: bool
    #: Of hidden words: the article by which they are not considered; else the form of the reason
    #: for everybody, and whether the reader may say that it is checked.
    article: str = ""
    public: PublicReasonForm | None = None
    may_check: bool = False
    #: Notes between officers about it.
    notes: int = 0

    @property
    def read(self) -> str:
        """Which reason for everybody the reader reads."""
        row = self.row.disposition
        return digest_of(row.public_reason) if row else ""

    @property
    def remark(self) -> Remark:
        return self.row.remark

    @property
    def state_label(self) -> str:
        return {
            "empty": _("empty"),
            "unexplained": _("reason missing"),
            "decided": _("decided, not approved yet"),
            "approved": _("approved"),
        }[self.row.state]

    @property
    def state_kind(self) -> str:
        """The kind of status tag."""
        return {"empty": "waiting", "unexplained": "soon", "decided": "info", "approved": "done"}[
            self.row.state
        ]


class _Rows:
    """Makes rows with their forms; what all of them need is read once."""

    def __init__(self, table: LoadedTable, user: User, rows: Collection[Row]) -> None:
        self.table, self.user = table, user
        self.notes = count_notes(ROW, [row.pk for row in rows])
        department_id = table.consultation.department_id
        self.texts = queries.saved_texts(department_id, SavedText.Use.REASON)
        self.needs_another_person = actions.needs_another_person(department_id)

    def of(
        self, row: Row, form: RowForm | None = None, public: PublicReasonForm | None = None
    ) -> TableRow:
        user, shown = self.user, self.table.shown
        form = form or self.form_of(row)
        DRAFTS.keep(form, user.pk, "settle", row.pk)
        may_fill = rules.fill(
            user,
            shown.consultation,
            now=shown.now,
            is_assigned=rules.is_assigned_to(row.assignment, user),
        )
        may_approve = rules.approve(
            user,
            shown.consultation,
            row.disposition,
            now=shown.now,
            needs_another_person=self.needs_another_person,
            is_hidden=is_hidden_for(row.remark),
        )
        is_approved = row.disposition is not None and row.disposition.approved_at is not None
        row.remark.consultation = shown.consultation
        asks = is_hidden_and_considered(row.remark)
        is_checked = row.disposition is not None and row.disposition.checked_at is not None
        may_check = rules.check_public_reason(
            user, shown.consultation, row.disposition, now=shown.now
        )
        return TableRow(
            row,
            form,
            bool(may_fill),
            bool(may_approve) and not is_approved,
            article_of(row.remark),
            (public or PublicReasonForm(row=row)) if asks else None,
            asks and not is_checked and bool(may_check),
            self.notes.get(row.pk, 0),
        )

    def form_of(self, row: Row, data: Any = None) -> RowForm:
        return RowForm(
            data,
            row=row,
            text=self.table.text,
            texts=self.texts,
            questions_only=self.table.consultation.procedure.notes_questions_only,
        )


@login_required
@require_GET
def disposition_table(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The table. rules.use_table."""
    return _table(request, load_table(request, pk))


def _table(
    request: AuthenticatedHttpRequest,
    table: LoadedTable,
    bound: tuple[Row, RowForm | None, PublicReasonForm | None] | None = None,
) -> HttpResponse:
    """The table; ``bound`` is a row with the form in which something was refused: it comes first,
    also where the filter or the page would not hold it any more."""
    chosen = TableFilter(request.GET, table)
    found = chosen.apply(table.rows, request.user)
    page = queries.drawable_page(found, after=request.GET.get("after"), size=queries.PAGE_SIZE)
    shown = queries.show_rows(page, table.text)
    if bound:
        shown = [bound[0], *(row for row in shown if row.pk != bound[0].pk)]
    made = _Rows(table, request.user, shown)
    rows = [made.of(*bound) if bound and row is bound[0] else made.of(row) for row in shown]
    chosen.offer_numbers(table.rows, request.user)
    counts = queries.counts_by_state(chosen.apply(table.rows, request.user, with_state=False))
    address = reverse("desk:table", args=[table.shown.pk])
    links = neighbours(page, request.GET)
    context = {
        **frame_of(table),
        "rows": rows,
        "table": address,
        # The page of a refused row has the row's address.
        **{name: link and address + link for name, link in links.items()},
        "filter": chosen,
        "filter_query": _query(request),
        "is_narrowed": any(chosen.chosen(name) for name in chosen.fields if name != "state"),
        "filters": [(name, value) for name, value in request.GET.items() if name in chosen.fields],
        "states": [
            {**tab, "url": address + tab["url"]}
            for tab in state_tabs(request.GET, chosen.chosen("state"), counts)
        ],
        "total": counts[chosen.chosen("state") or "all"],
        "clauses": list(clause_names(table.text.version_id).values()) if table.text else [],
        "keeps_record": table.keeps_record,
        "bulk_changes": queries.changes_to_take_back(
            table.consultation, request.user, keeps_record=table.keeps_record, now=table.shown.now
        ),
        "kept_done": DRAFTS.keys_done(request),
    }
    refused = next((form for form in bound[1:] if form is not None), None) if bound else None
    status = refused.status if refused is not None else 200
    return render(request, "consultations/desk_dispositions.html", context, status=status)


def _query(request: HttpRequest, done: str = "") -> str:
    """The filters of the table; ``done``: the row whose kept text the page may forget."""
    query = request.GET.copy()
    query.pop("done", None)
    if done:
        query["done"] = done
    return query.urlencode()


def _load_row(table: LoadedTable, remark_pk: int) -> Row:
    """A row as it is stored by now, also of a remark that was deleted or folded meanwhile; else
    404."""
    here = Remark.objects.filter(consultation=table.shown.pk, comment__parent=None)
    if not table.keeps_record:
        here = here.filter(pk__in=table.rows.values("pk"))
    remark = get_object_or_404(queries.with_display_columns(here), pk=remark_pk)
    return queries.show_rows([remark], table.text)[0]


@login_required
@require_POST
def table_row(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Fill a row, and approve it where the button says so. rules.fill, rules.settle,
    rules.approve."""
    table = load_table(request, pk)
    row = _load_row(table, remark_pk)
    made = _Rows(table, request.user, [row])
    form = made.form_of(row, request.POST)
    approves = "approve" in request.POST
    if form.is_valid():
        with form.attempt(), form.saving_row(table.consultation, row.remark):
            actions.settle(row.remark, by=request.user, **form.decision())
            if approves:
                actions.approve(row.remark, by=request.user)
        if not form.errors:
            return _show_saved(request, table, remark_pk, approves=approves)
    if request.htmx:
        return _row(request, table, made.of(row, form), status=form.status)
    return _table(request, table, (row, form, None))


@login_required
@require_GET
def row_history(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Notes about a row, and its history from the audit log: who changed what, and when.
    rules.use_table."""
    table = load_table(request, pk)
    row = _load_row(table, remark_pk)
    page = changes_of(remark_pk, request.GET.get("after"))
    matter = matter_of_row(row.remark, table.consultation, row.assignment)
    is_deleted = row.remark.comment.deleted_at is not None
    context = {
        **frame_of(table),
        "row": row,
        "page": page,
        "notes": None if is_deleted else notes_of(matter, request.user, request.GET),
        **neighbours(page, request.GET),
    }
    return render(request, "consultations/desk_row_history.html", context)


@login_required
@require_POST
def public_reason(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Write the reason for everybody of a decision on hidden words, or say that it is checked
    («check»). rules.write_public_reason, rules.check_public_reason."""
    table = load_table(request, pk)
    row = _load_row(table, remark_pk)
    form = PublicReasonForm(request.POST, row=row)
    if form.is_valid():
        with form.attempt():
            read = request.POST.get("read", "")
            if "check" in request.POST:
                public_reasons.check(remark_pk, consultation_id=pk, by=request.user, read=read)
                words = _("Checked: everybody reads it with the decision.")
            else:
                text = form.cleaned_data["public_reason"]
                public_reasons.write(
                    remark_pk, consultation_id=pk, by=request.user, text=text, read=read
                )
                words = _("Saved. Another person checks it before it is public.")
            messages.success(request, words)
            address = reverse("desk:table", args=[pk])
            return redirect(f"{address}?{_query(request)}#row-{remark_pk}")
    return _table(request, table, (row, None, form))


def _show_saved(
    request: AuthenticatedHttpRequest, table: LoadedTable, remark_pk: int, *, approves: bool
) -> HttpResponse:
    """Back to the table, or the row as it is now."""
    if request.htmx:
        row = _load_row(table, remark_pk)
        return _row(request, table, _Rows(table, request.user, [row]).of(row), saved=True)
    messages.success(request, _("Approved: everybody reads it now.") if approves else _("Saved."))
    address = reverse("desk:table", args=[table.shown.pk])
    query = _query(request, f"settle:{remark_pk}")
    return redirect(f"{address}?{query}#row-{remark_pk}")


def _row(
    request: AuthenticatedHttpRequest,
    table: LoadedTable,
    row: TableRow,
    *,
    status: int = 200,
    saved: bool = False,
) -> HttpResponse:
    context = {
        **frame_of(table),
        "each": row,
        "filter_query": _query(request),
        "kept_done": DRAFTS.keys(request.user.pk, "settle", row.row.pk) if saved else "",
        "saved": saved,
        "keeps_record": table.keeps_record,
    }
    template = "consultations/desk_dispositions.html#row"
    return render(request, template, context, status=status)
