"""Many rows of the table at once: their number is shown first, and confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.staff.models import OF_DEPARTMENTS
from accounts.staff.queries import holders
from consultations.dispositions import actions, actions_bulk, queries
from consultations.dispositions.forms import (
    DRAFTS,
    AssignForm,
    BulkForm,
    ConfirmForm,
    clause_names,
)
from consultations.dispositions.models import SavedText
from consultations.dispositions.models_bulk import BulkChange
from consultations.dispositions.queries import Row
from consultations.dispositions.table import (
    MOST_AT_ONCE,
    LoadedTable,
    Selection,
    frame_of,
    load_table,
)
from core.db.paging import neighbours, page_of
from core.domain.rules import Refused
from core.domain.typography import group_thousands
from core.web.forms import RefusableForm, posted_data

#: So many of the chosen rows are shown before one confirms.
_SHOWN = 10
#: So many of the rows that a taken back change has left are shown on one page.
_LEFT_SHOWN = 50


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The rows that were chosen: their ids, and the first of them to look at."""

    ids: list[int]
    first: list[Row]
    decided: int

    @property
    def number(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, request: AuthenticatedHttpRequest, table: LoadedTable) -> _Chosen:
        selection = Selection.of(request.GET, table, request.user)
        ids = selection.ids()
        first = queries.with_display_columns(selection.rows).order_by(*queries.ORDER)[:_SHOWN]
        counts = queries.counts_by_state(selection.rows)
        shown = queries.show_rows(first, table.text)
        return _Chosen(ids, shown, counts["all"] - counts["empty"])


@login_required
@require_http_methods(["GET", "POST"])
def settle_many(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Decide alike on ticked rows, or on all that the filter shows. rules.fill, rules.settle."""
    table = load_table(request, pk)
    texts = queries.saved_texts(table.consultation.department_id, SavedText.Use.REASON)
    form = BulkForm(posted_data(request), text=table.text, texts=texts, prefix="bulk")
    DRAFTS.keep(form, request.user.pk, "bulk", pk)

    def do(chosen: _Chosen) -> str:
        done = actions_bulk.settle_many(
            table.consultation,
            chosen.ids,
            by=request.user,
            overwrites=form.cleaned_data["overwrites"],
            replaces=form.cleaned_data["replaces"] or 0,
            **form.decision(),
        )
        left = chosen.number - done
        said = ngettext("%(done)s row is filled.", "%(done)s rows are filled.", done)
        if left:
            said += " " + ngettext(
                "%(left)s stays as it was: decided already, deleted, or a wording that cannot be "
                "taken note of.",
                "%(left)s stay as they were: decided already, deleted, or wordings that cannot be "
                "taken note of.",
                left,
            )
        return said % {"done": group_thousands(done), "left": group_thousands(left)}

    return _confirm(request, table, form, do, title=_("Decide alike"), button=_("Fill these rows"))


@login_required
@require_http_methods(["GET", "POST"])
def approve_many(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Approve ticked rows, or all that the filter shows. rules.approve."""
    table = load_table(request, pk)
    form = ConfirmForm(posted_data(request))

    def do(chosen: _Chosen) -> str:
        done = actions_bulk.approve_many(table.consultation, chosen.ids, by=request.user)
        left = chosen.number - done
        said = ngettext(
            "%(done)s row is approved: everybody reads it now.",
            "%(done)s rows are approved: everybody reads them now.",
            done,
        )
        if left:
            said += " " + ngettext(
                "%(left)s is not: it was approved before, is not whole, or you decided it yourself "
                "and another person approves it.",
                "%(left)s are not: they were approved before, are not whole, or you decided them "
                "yourself and another person approves them.",
                left,
            )
        return said % {"done": group_thousands(done), "left": group_thousands(left)}

    return _confirm(request, table, form, do, title=_("Approve rows"), button=_("Approve them"))


@login_required
@require_http_methods(["GET", "POST"])
def assign(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Give ticked rows, or all that the filter shows, to a person or a department. rules.assign."""
    table = load_table(request, pk)
    consultation = table.consultation
    people = holders(
        *OF_DEPARTMENTS, department_id=consultation.department_id, scope=consultation.topic
    )
    form = AssignForm(posted_data(request), people=people)

    def do(chosen: _Chosen) -> str:
        person, department = form.cleaned_data["person"], form.cleaned_data["department"]
        done = actions.assign(
            consultation,
            chosen.ids,
            by=request.user,
            person_id=person.pk if person else None,
            department_id=department.pk if department else None,
            due_on=form.cleaned_data["due_on"],
        )
        if person or department:
            said = ngettext("%(done)s row is given.", "%(done)s rows are given.", done)
        else:
            said = ngettext(
                "%(done)s row is nobody’s in particular now.",
                "%(done)s rows are nobody’s in particular now.",
                done,
            )
        return said % {"done": group_thousands(done)}

    return _confirm(request, table, form, do, title=_("Give rows to"), button=_("Give them"))


@login_required
@require_http_methods(["GET", "POST"])
def bulk_change(request: AuthenticatedHttpRequest, pk: int, change_pk: int) -> HttpResponse:
    """A change of many rows: taken back by POST; then the rows that were left as they are.
    rules.take_back; it is read by who made it and by who keeps the record."""
    table = load_table(request, pk)
    changes = BulkChange.objects.filter(consultation=pk).select_related("by", "taken_back_by")
    if not table.keeps_record:
        changes = changes.filter(by=request.user)
    change = get_object_or_404(changes, pk=change_pk)
    form = RefusableForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            done = actions_bulk.take_back(change, by=request.user)
            messages.success(request, _say_taken_back(done))
            return (
                redirect("desk:bulk_change", pk, change_pk)
                if done.left
                else redirect("desk:table", pk)
            )
    left = change.rows.filter(is_left=True).select_related("remark", "later_by")
    page = page_of(left, order=("remark_id",), after=request.GET.get("after"), size=_LEFT_SHOWN)
    offered = queries.changes_to_take_back(
        table.consultation, request.user, keeps_record=table.keeps_record, now=table.shown.now
    )
    context = {
        **frame_of(table),
        "form": form,
        "change": change,
        "may_take_back": change in offered,
        "page": page,
        **neighbours(page, request.GET),
    }
    return render(request, "consultations/desk_bulk_change.html", context, status=form.status)


def _say_taken_back(done: actions_bulk.TakenBack) -> str:
    said = ngettext(
        "Taken back: %(number)s row says what it said before.",
        "Taken back: %(number)s rows say what they said before.",
        done.restored,
    ) % {"number": group_thousands(done.restored)}
    if done.left:
        said += " " + ngettext(
            "%(number)s was changed since and stays as it is.",
            "%(number)s were changed since and stay as they are.",
            done.left,
        ) % {"number": group_thousands(done.left)}
    return said


def _confirm(
    request: AuthenticatedHttpRequest,
    table: LoadedTable,
    form: RefusableForm,
    do: Callable[[_Chosen], str],
    *,
    title: str,
    button: str,
) -> HttpResponse:
    """The page that shows how many rows were chosen; what is posted from it does it, if they are
    as many still."""
    chosen = _Chosen.of(request, table)
    replaces = 0
    if request.method == "POST" and form.is_valid():
        if problem := _problem(chosen, form.cleaned_data["confirmed"]):
            form.add_error(None, problem)
        else:
            with form.attempt():
                try:
                    messages.success(request, do(chosen))
                except Refused as refused:
                    # A second press agrees to what the page says now.
                    replaces = refused.verdict.params.get("replaces", 0)
                    raise
                return redirect(f"{_table_url(table)}?{_back(request.GET, table.shown.pk)}")
    _put_number(form, "confirmed", chosen.number)
    if "replaces" in form.fields:
        _put_number(form, "replaces", replaces)
    context = {
        **frame_of(table),
        "form": form,
        "chosen": chosen,
        "rest": chosen.number - len(chosen.first),
        "too_many": chosen.number > MOST_AT_ONCE,
        "most": MOST_AT_ONCE,
        "heading": title,
        "button": button,
        "action": f"?{request.GET.urlencode()}",
        "back": f"{_table_url(table)}?{_back(request.GET)}",
        "clauses": list(clause_names(table.text.version_id).values()) if table.text else [],
    }
    template = "consultations/desk_dispositions_many.html"
    return render(request, template, context, status=form.status)


def _problem(chosen: _Chosen, confirmed: int | None) -> str:
    if not chosen.number:
        return _("Tick rows first.")
    if chosen.number > MOST_AT_ONCE:
        return _("These are too many at once: narrow the filter.")
    if confirmed != chosen.number:
        return _("The rows have changed in the meantime: check their number, then confirm again.")
    return ""


def _put_number(form: RefusableForm, field: str, number: int) -> None:
    """Let the form carry a number that its page shows."""
    name = form.add_prefix(field)
    form.initial[field] = number
    if form.is_bound:
        data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[name] = str(number)
        form.data = data


def _table_url(table: LoadedTable) -> str:
    return reverse("desk:table", args=[table.shown.pk])


def _back(query: QueryDict, done: int = 0) -> str:
    """The filters of the table, without the choice of rows."""
    back = query.copy()
    for name in ("of", "remark", "done"):
        back.pop(name, None)
    if done:
        back["done"] = f"bulk:{done}"
    return back.urlencode()
