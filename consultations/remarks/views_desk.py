"""Desk pages of remarks: the table in which officers answer, and the correction of a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from consultations import pages, queries, rules
from consultations.desk.queries import frame, load_with_work, load_worked_on
from consultations.dispositions.models import SavedText
from consultations.dispositions.queries import saved_texts
from consultations.events import RemarkAnswered, ReplyCorrected
from consultations.life.forms import DRAFTS
from consultations.models import Remark
from consultations.presenters import DeskConsultation, ShownConsultation, ShownRemark
from consultations.register.queries import number_in, search_remarks
from consultations.remarks import actions
from consultations.remarks.counts import counts_of
from consultations.remarks.forms import OfficialReplyForm
from core.db.paging import Page, neighbours, page_of
from core.web.forms import FilterForm, TextField, offer_choices, posted_data
from core.web.idempotency import idempotent
from core.web.optimistic_lock import OptimisticLockForm
from discussions.models import LONGEST, Comment

if TYPE_CHECKING:
    from consultations.presenters import RemarkRow

PAGE_SIZE = 20


class AnswerForm(OfficialReplyForm):
    """The council's reply to one remark."""

    text = TextField(
        label=gettext_lazy("Official reply"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, remark: Remark, **kwargs: Any) -> None:
        kwargs["prefix"] = f"r{remark.pk}"
        super().__init__(*args, **kwargs)


class CorrectForm(OptimisticLockForm):
    """Other words for an official reply."""

    saved_in = (ReplyCorrected, RemarkAnswered)
    saved_id = "answer_id"

    text = TextField(
        label=gettext_lazy("Official reply"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("The earlier wording stays beside it for everybody to read."),
    )
    tells_author = forms.BooleanField(
        label=gettext_lazy("Tell the author of the remark by mail"),
        required=False,
        help_text=gettext_lazy("For what changes the answer; a slip of the pen needs no mail."),
    )

    def current_values(self, row: Comment) -> dict[str, Any]:
        return {"text": row.text}


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
    q = forms.CharField(label=gettext_lazy("Number or words"), max_length=200, required=False)

    def __init__(self, query: QueryDict, *, clauses: list[tuple[str, str]]) -> None:
        super().__init__({**query.dict(), "answered": query.get("answered") or "no"})
        offer_choices(self, "clause", [("", _("the whole draft and all clauses")), *clauses])
        self.full_clean()

    def chosen(self, name: str) -> str:
        """A choice that makes no sense is as good as none."""
        return str(self.cleaned_data.get(name) or "")


@login_required
@require_GET
def remarks(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The officer's table. rules.keep_record."""
    return _table(request, load_with_work(request, pk))


@dataclass(frozen=True, slots=True)
class TableRow:
    """A remark in the officer's table, with the form that answers it."""

    shown_remark: ShownRemark
    form: AnswerForm
    #: False of a proposal to a public consultation: its report answers (3841-IX art. 15(5)).
    may_reply: bool

    @property
    def remark(self) -> Remark:
        return self.shown_remark.remark


def _table(
    request: AuthenticatedHttpRequest,
    shown: DeskConsultation,
    bound: tuple[int, AnswerForm] | None = None,
) -> HttpResponse:
    """The table; ``bound`` is a remark's form with what was refused in it.

    Its row comes first, also where the filter or the page would not hold it any more: what the
    officer wrote is there, and why it was refused.
    """
    total, by_key = counts_of(shown.pk)
    text = pages.text_shown(shown.consultation)
    clauses = [
        (str(clause.key), f"{clause.label or clause.get_kind_display()} ({by_key[clause.key]})")
        for clause in (text.clauses if text else ())
        if clause.key in by_key
    ]
    chosen = TableFilter(request.GET, clauses=clauses)
    page = _page_of(shown, chosen, request.GET.get("after"))
    table = reverse("desk:remarks", args=[shown.pk])
    rows = [_row_of(request, shown, each) for each in page if bound is None or each.pk != bound[0]]
    if bound:
        rows.insert(0, _row_of(request, shown, _load_remark(shown, bound[0]), bound[1]))
    context = {
        **frame(shown, "remarks"),
        "rows": rows,
        "table": table,
        # The page of a refused reply has the reply's address.
        **{name: link and table + link for name, link in neighbours(page, request.GET).items()},
        "filter": chosen,
        "is_narrowed": not chosen.fields.keys().isdisjoint(request.GET),
        "total": total,
        "query": _query(request),
        "kept_done": DRAFTS.keys_done(request, shown.pk),
        "may_answer": rules.run(request.user, shown.consultation),
        "saved_replies": saved_texts(shown.consultation.department_id, SavedText.Use.REPLY),
    }
    status = bound[1].status if bound else 200
    return render(request, "consultations/desk_remarks.html", context, status=status)


def _query(request: HttpRequest, done: str = "") -> str:
    """The filters of the table; ``done``: the reply whose kept text the page may forget."""
    query = request.GET.copy()
    query.pop("done", None)
    if done:
        query["done"] = done
    return query.urlencode()


def _page_of(shown: ShownConsultation, chosen: TableFilter, after: str | None) -> Page[ShownRemark]:
    listed = queries.remarks_in_lists(shown.consultation).filter(comment__deleted_at=None)
    # A number is that remark, whatever else is chosen.
    words = chosen.chosen("q")
    answered = "all" if number_in(words) is not None else chosen.chosen("answered")
    if words:
        listed = search_remarks(listed, words)
    if answered != "all":
        listed = listed.filter(comment__is_answered=answered == "yes")
    if answered == "no":
        listed = listed.filter(comment__hidden_at=None)
    if kind := chosen.chosen("kind"):
        listed = listed.filter(kind=kind)
    if clause := chosen.chosen("clause"):
        listed = listed.at_clause(UUID(clause))
    # Who spoke first is answered first.
    page = page_of(
        queries.with_display_columns(listed), order=("comment_id",), after=after, size=PAGE_SIZE
    )
    return queries.show_page(page, shown.text_number)


def _load_row(consultation_id: int, remark_pk: int) -> RemarkRow:
    """A remark of the consultation, also one that was hidden or deleted; else 404."""
    here = queries.with_display_columns(Remark.objects.filter(consultation=consultation_id))
    return get_object_or_404(here, pk=remark_pk)


def _load_remark(shown: ShownConsultation, remark_pk: int) -> ShownRemark:
    """One remark as it is stored by now."""
    return queries.show_remark(_load_row(shown.pk, remark_pk), shown.text_number)


def _row_of(
    request: AuthenticatedHttpRequest,
    shown: ShownConsultation,
    remark: ShownRemark,
    form: AnswerForm | None = None,
) -> TableRow:
    may_reply = rules.is_answered_singly(shown.consultation, remark.remark.kind)
    form = form or AnswerForm(remark=remark.remark)
    form.show_replies(remark.official_answers)
    DRAFTS.keep(form, request.user.pk, "answer", remark.pk)
    return TableRow(remark, form, may_reply)


def _reply_answer(
    request: AuthenticatedHttpRequest, _id: int, pk: int, remark_pk: int
) -> HttpResponse:
    return _show_answered(request, load_with_work(request, pk), remark_pk)


@idempotent(_reply_answer)
@login_required
@require_POST
def answer(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Reply for the council, in the table's own row. rules.answer."""
    shown = load_with_work(request, pk)
    # Also one that was hidden or deleted meanwhile: nothing that was written is lost.
    remark = _load_row(pk, remark_pk)
    form = AnswerForm(request.POST, remark=remark)
    if form.is_valid():
        with form.attempt():
            text, seen = form.cleaned_data["text"], form.cleaned_data["seen"] or 0
            actions.answer(remark, by=request.user, text=text, seen=seen)
            return _show_answered(request, shown, remark_pk)
    if not request.htmx:
        return _table(request, shown, (remark_pk, form))
    return _row(request, shown, remark_pk, form)


def _show_answered(
    request: AuthenticatedHttpRequest, shown: DeskConsultation, remark_pk: int
) -> HttpResponse:
    """Back to the table, or the row as it is now."""
    if request.htmx:
        return _row(request, shown, remark_pk)
    messages.success(request, _("The reply is published; the author gets a mail."))
    table = reverse("desk:remarks", args=[shown.pk])
    return redirect(f"{table}?{_query(request, f'answer:{remark_pk}')}")


def _row(
    request: AuthenticatedHttpRequest,
    shown: DeskConsultation,
    remark_pk: int,
    refused: AnswerForm | None = None,
) -> HttpResponse:
    """One row of the table; ``refused`` is its form with what was refused in it."""
    context = {
        **pages.consultation_context(shown),
        "row": _row_of(request, shown, _load_remark(shown, remark_pk), refused),
        "query": _query(request),
        "answered_now": refused is None,
        "kept_done": DRAFTS.keys(request.user.pk, "answer", remark_pk),
    }
    return render(
        request,
        "consultations/desk_remarks.html#row",
        context,
        status=200 if refused is None else refused.status,
    )


def _correct_answer(
    request: HttpRequest, _id: int, pk: int, remark_pk: int, reply_pk: int
) -> HttpResponse:
    messages.success(request, _("The reply is corrected; the earlier wording stays."))
    table = reverse("desk:remarks", args=[pk])
    return redirect(f"{table}?answered=yes&done=correct:{reply_pk}#remark-{remark_pk}")


@idempotent(_correct_answer)
@login_required
@require_http_methods(["GET", "POST"])
def correct(
    request: AuthenticatedHttpRequest, pk: int, remark_pk: int, reply_pk: int
) -> HttpResponse:
    """Give an official reply other words; the earlier ones stay to be read. rules.correct."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    remark = _load_row(pk, remark_pk)
    replies = Comment.objects.filter(parent=remark_pk, is_official=True)
    reply = get_object_or_404(replies.select_related("author"), pk=reply_pk)
    verdict = rules.correct(request.user, consultation, remark.comment, reply)
    form = CorrectForm(posted_data(request), initial={"text": reply.text})
    DRAFTS.keep(form, request.user.pk, "correct", reply_pk)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(consultation, remark.comment, reply, may=verdict):
            correction = actions.correct(remark, reply, by=request.user, **form.cleaned_data)
            return _correct_answer(request, correction.pk, pk, remark_pk, reply_pk)
    context = {
        **frame(shown, "remarks"),
        "remark": remark,
        "form": form,
        "verdict": verdict,
    }
    return render(request, "consultations/desk_correct.html", context, status=form.status)
