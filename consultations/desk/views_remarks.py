"""The table of remarks: what waits for the council's answer, answered in place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from consultations import actions, pages, reading, rules
from consultations.counts import counts_of
from consultations.desk.reading import frame, worked_on
from consultations.models import Consultation, Remark
from core.forms import FilterForm, RefusableForm, TextField
from core.idempotency import idempotent
from core.paging import Page, neighbours, page_of
from discussions.models import LONGEST

PAGE_SIZE = 20


class AnswerForm(RefusableForm):
    """The council's reply to one remark."""

    text = TextField(
        label=gettext_lazy("Official reply"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, remark: Remark, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"r{remark.pk}", **kwargs)


class TableFilter(FilterForm):
    """Which remarks: unanswered first of all."""

    answered = forms.ChoiceField(
        label=gettext_lazy("Official reply"),
        choices=[
            ("no", gettext_lazy("not yet")),
            ("yes", gettext_lazy("given")),
            ("all", gettext_lazy("all remarks")),
        ],
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("all kinds")), *Remark.Kind.choices],
        required=False,
    )
    clause = forms.ChoiceField(label=gettext_lazy("Clause"), required=False)

    def __init__(self, query: QueryDict, *, clauses: list[tuple[str, str]]) -> None:
        super().__init__({**query.dict(), "answered": query.get("answered") or "no"})
        self.fields["clause"].choices = [("", _("the whole draft and all clauses")), *clauses]
        self.full_clean()

    def chosen(self, name: str) -> str:
        """A choice that makes no sense is as good as none."""
        return str(self.cleaned_data.get(name) or "")


@login_required
@require_GET
def remarks(request: HttpRequest, pk: int) -> HttpResponse:
    """The officer's table. rules.keep_record."""
    return _table(request, worked_on(request, pk, counted=True))


def _table(
    request: HttpRequest,
    consultation: Consultation,
    bound: tuple[int, AnswerForm] | None = None,
) -> HttpResponse:
    """The table; ``bound`` is a remark's form with what was refused in it."""
    total, by_key = counts_of(consultation.pk)
    text = pages.text_shown(consultation)
    clauses = [
        (str(clause.key), f"{clause.label or clause.get_kind_display()} ({by_key[clause.key]})")
        for clause in (text.clauses if text else ())
        if clause.key in by_key
    ]
    chosen = TableFilter(request.GET, clauses=clauses)
    page = _page_of(consultation, chosen, request.GET.get("after"))
    for remark in page:
        _dress(remark, bound[1] if bound and bound[0] == remark.pk else None)
    context = {
        **frame(consultation, "remarks"),
        "page": page,
        **neighbours(page, request.GET),
        "filter": chosen,
        "total": total,
        "query": request.GET.urlencode(),
        "may_answer": rules.run(request.user, consultation),
    }
    return render(request, "consultations/desk_remarks.html", context, status=422 if bound else 200)


def _page_of(consultation: Consultation, chosen: TableFilter, after: str | None) -> Page[Remark]:
    listed = reading.listed(consultation).filter(comment__deleted_at=None)
    answered = chosen.chosen("answered")
    if answered != "all":
        listed = listed.filter(comment__is_answered=answered == "yes")
    if answered == "no":
        listed = listed.filter(comment__hidden_at=None)
    if kind := chosen.chosen("kind"):
        listed = listed.filter(kind=kind)
    if clause := chosen.chosen("clause"):
        listed = listed.filter(clause_key=UUID(clause))
    # Who spoke first is answered first.
    page = page_of(listed, order=("comment_id",), after=after, size=PAGE_SIZE)
    reading.add_official_answers(page.items)
    return page


def _dress(remark: Remark, form: AnswerForm | None) -> None:
    remark.form = form or AnswerForm(remark=remark)


def _reply_answer(request: HttpRequest, _id: int, pk: int, remark_pk: int) -> HttpResponse:
    return _answered(request, worked_on(request, pk, counted=True), remark_pk)


@idempotent(_reply_answer)
@login_required
@require_POST
def answer(request: HttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Reply for the council, in the table's own row. rules.answer."""
    consultation = worked_on(request, pk, counted=True)
    # Also one that was hidden or deleted meanwhile: the officer keeps what she wrote.
    remarks_here = reading.drawable(Remark.objects.filter(consultation=consultation))
    remark = get_object_or_404(remarks_here, pk=remark_pk)
    form = AnswerForm(request.POST, remark=remark)
    if form.is_valid():
        with form.attempt():
            actions.answer(remark, by=request.user, text=form.cleaned_data["text"])
            return _answered(request, consultation, remark_pk)
    if not request.htmx:
        return _table(request, consultation, (remark_pk, form))
    return _row(request, consultation, remark_pk, form)


def _answered(request: HttpRequest, consultation: Consultation, remark_pk: int) -> HttpResponse:
    """Back to the table, or the row as it is now."""
    if request.htmx:
        return _row(request, consultation, remark_pk)
    messages.success(request, _("The reply is published; the author gets a mail."))
    table = reverse("desk:remarks", args=[consultation.pk])
    return redirect(f"{table}?{request.GET.urlencode()}")


def _row(
    request: HttpRequest,
    consultation: Consultation,
    remark_pk: int,
    refused: AnswerForm | None = None,
) -> HttpResponse:
    """One row of the table; ``refused`` is its form with what was refused in it."""
    drawable = reading.drawable(Remark.objects.filter(consultation=consultation))
    remark = get_object_or_404(drawable, pk=remark_pk)
    reading.add_official_answers([remark])
    _dress(remark, refused)
    context = {
        "consultation": consultation,
        "remark": remark,
        "query": request.GET.urlencode(),
        "answered_now": refused is None,
    }
    return render(
        request,
        "consultations/desk_remarks.html#row",
        context,
        status=200 if refused is None else refused.status,
    )
