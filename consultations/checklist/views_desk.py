"""The desk's page of the checklist: how each item stands, answers, public discussions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from city.calendar import work_calendar
from consultations import rules
from consultations.checklist import actions
from consultations.checklist.forms import AnswersForm, CancelForm, DiscussionForm
from consultations.checklist.presenters import stages_of
from consultations.checklist.queries import facts_of
from consultations.desk.queries import frame, load_worked_on
from consultations.models import State
from consultations.presenters import ShownConsultation
from consultations.reports.queries import readiness_of
from core.domain.calendar import local_date
from core.web.forms import RefusableForm, posted_data
from core.web.idempotency import idempotent


@login_required
@require_http_methods(["GET", "POST"])
def checklist(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Every item of the procedure; answer what is entered here. rules.change_papers,
    checklist.rules.answer."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    may = rules.change_papers(request.user, consultation, now=shown.now)
    form = AnswersForm(posted_data(request), consultation=consultation)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(consultation, may=may):
            actions.answer(consultation, by=request.user, fields=form.answers())
            messages.success(request, _("Saved."))
            return redirect("desk:checklist", pk)
    return _page(request, shown, form=form)


def _discussion_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The public discussion is published."))
    return redirect("desk:checklist", pk)


@idempotent(_discussion_answer)
@login_required
@require_POST
def plan_discussion(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Publish a public discussion. rules.change_papers, checklist.rules.plan_discussion."""
    shown = load_worked_on(request, pk)
    form = DiscussionForm(request.POST)
    if form.is_valid():
        with form.attempt():
            actions.plan_discussion(shown.consultation, by=request.user, **form.cleaned_data)
            return _discussion_answer(request, pk, pk)
    return _page(request, shown, discussion_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def cancel_discussion(
    request: AuthenticatedHttpRequest, pk: int, discussion_pk: int
) -> HttpResponse:
    """Cancel a public discussion, with a reason. rules.change_papers,
    checklist.rules.cancel_discussion."""
    shown = load_worked_on(request, pk)
    discussion = get_object_or_404(shown.consultation.discussions, pk=discussion_pk)
    form = CancelForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.cancel_discussion(discussion, by=request.user, **form.cleaned_data)
            messages.success(request, _("Cancelled. It stays to be read with its reason."))
            return redirect("desk:checklist", pk)
    context = {**frame(shown, "checklist"), "form": form, "discussion": discussion}
    return render(request, "consultations/checklist/desk_cancel.html", context, status=form.status)


def _page(
    request: AuthenticatedHttpRequest, shown: ShownConsultation, **forms: RefusableForm
) -> HttpResponse:
    consultation, user = shown.consultation, request.user
    is_closed = shown.state in (State.CLOSED, State.REPORTED)
    undecided = readiness_of(consultation).gaps_total if is_closed else None
    facts = facts_of(consultation, shown.now, undecided=undecided)
    today = local_date(shown.now)
    context: dict[str, Any] = {
        **frame(shown, "checklist"),
        "stages": stages_of(facts, today=today, calendar=work_calendar()),
        "discussions": facts.discussions,
        "may": rules.change_papers(user, consultation, now=shown.now),
        "may_plan": consultation.announced_at and not consultation.reported_at,
        "form": AnswersForm(consultation=consultation),
        "discussion_form": DiscussionForm(),
        **forms,
    }
    status = max(form.status for form in forms.values())
    return render(request, "consultations/checklist/desk.html", context, status=status)
