"""The desk's page of a decision: enter it, correct it, keep its steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from consultations.decisions import actions, queries, rules
from consultations.decisions.forms import DRAFTS, DecisionForm, StepForm, StepNoteForm
from consultations.decisions.models import Decision, ExecutionStep
from consultations.decisions.presenters import ShownDecision
from consultations.decisions.sittings import Sitting, sittings_of
from consultations.desk.queries import frame, load_worked_on
from consultations.presenters import ShownConsultation
from core.domain.calendar import local_date
from core.domain.rules import require
from core.web.forms import RefusableForm, posted_data
from core.web.idempotency import idempotent

#: A form that was sent and not accepted, by its name on the page.
Bound = dict[str, RefusableForm]


def _url(pk: int, done: str = "") -> str:
    there = reverse("desk:decision", args=[pk])
    return f"{there}?done={done}" if done else there


def _decision_answer(request: AuthenticatedHttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The decision is published; the participants are told."))
    return redirect(_url(pk, "decision"))


@idempotent(_decision_answer)
@login_required
@require_http_methods(["GET", "POST"])
def decision(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The decision and its steps; enter it. rules.work_on, rules.enter."""
    shown = load_worked_on(request, pk)
    decided = queries.whole_decision_of(shown.consultation, shown.now)
    if request.method != "POST":
        return _page(request, shown, decided, {})
    form = _form(request, shown, None, is_bound=True)
    if form.is_valid():
        with form.attempt():
            actions.enter(shown.consultation, by=request.user, fields=form.content())
            return _decision_answer(request, pk, pk)
    return _page(request, shown, decided, {"form": form})


@login_required
@require_POST
def change(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Correct it, or decide what was postponed. rules.change."""
    shown, decided = _load_decision(request, pk)
    form = _form(request, shown, decided, is_bound=True)
    if form.is_valid():
        row, why = decided.decision, form.cleaned_data["why"]
        with form.attempt(), form.saving(shown.consultation, row):
            actions.change(row, by=request.user, fields=form.content(), reason=why)
            messages.success(request, _("Saved. What it said before stays to be read."))
            return redirect(_url(pk, "decision"))
    return _page(request, shown, decided, {"form": form})


def _form(
    request: AuthenticatedHttpRequest,
    shown: ShownConsultation,
    decided: ShownDecision | None,
    *,
    is_bound: bool = False,
    sitting: Sitting | None = None,
) -> DecisionForm:
    consultation = shown.consultation
    row = decided.decision if decided else None
    data = posted_data(request) if is_bound else None
    filled = sitting.fields() if sitting else {}
    form = DecisionForm(data, instance=row, consultation=consultation, initial=filled)
    DRAFTS.keep(form, request.user.pk, "decision", consultation.pk)
    return form


def _page(
    request: AuthenticatedHttpRequest,
    shown: ShownConsultation,
    decided: ShownDecision | None,
    bound: Bound,
) -> HttpResponse:
    """The page with a form that was sent and not accepted."""
    verdict = rules.work_on(request.user, shown.consultation)
    sittings = _offered_sittings(shown, decided)
    asked = request.GET.get("from", "")
    taken_from = next((each for each in sittings if str(each.key) == asked), None)
    context = {
        **frame(shown, "decision"),
        "verdict": verdict,
        "decided": decided,
        "steps": _steps(decided, bound),
        "form": bound.get("form") or _form(request, shown, decided, sitting=taken_from),
        "sittings": sittings,
        "taken_from": taken_from,
        "step_form": bound.get("step_form") or StepForm(auto_id="new_%s"),
        "is_sent": "form" in bound,
        "kept_done": DRAFTS.keys_done(request, shown.pk),
    }
    status = max((form.status for form in bound.values()), default=200)
    return render(request, "consultations/desk_decision.html", context, status=status)


def _offered_sittings(shown: ShownConsultation, decided: ShownDecision | None) -> list[Sitting]:
    """The votes that may become the decision: all before there is one, and of what was postponed
    those that came later."""
    found = sittings_of(shown.consultation.pk)
    if decided is None:
        return found
    decision = decided.decision
    if decision.outcome != Decision.Outcome.POSTPONED:
        return []
    day = decision.decided_on
    return [each for each in found if local_date(each.closed_at) > day]


def _steps(decided: ShownDecision | None, bound: Bound) -> list[dict[str, Any]]:
    """The steps, each with the form of what became of it."""
    steps = decided.steps if decided else ()
    return [
        {
            "shown": each,
            "form": bound.get(f"step{each.step.pk}") or StepNoteForm(step=each.step),
        }
        for each in steps
    ]


def _load_decision(
    request: AuthenticatedHttpRequest, pk: int
) -> tuple[ShownConsultation, ShownDecision]:
    shown = load_worked_on(request, pk)
    require(rules.work_on(request.user, shown.consultation))
    decided = queries.whole_decision_of(shown.consultation, shown.now)
    if decided is None:
        raise Http404
    return shown, decided


def _step_answer(request: AuthenticatedHttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The step is added."))
    return redirect(f"{_url(pk)}#steps")


@idempotent(_step_answer)
@login_required
@require_POST
def add_step(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Add what is to be done. rules.add_step."""
    shown, decided = _load_decision(request, pk)
    form = StepForm(request.POST, auto_id="new_%s")
    if form.is_valid():
        with form.attempt():
            actions.add_step(decided.decision, by=request.user, **form.cleaned_data)
            return _step_answer(request, pk, pk)
    return _page(request, shown, decided, {"step_form": form})


def _note_answer(
    request: AuthenticatedHttpRequest, _id: int, pk: int, step_pk: int
) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(f"{_url(pk)}#step-{step_pk}")


@idempotent(_note_answer)
@login_required
@require_POST
def note_step(request: AuthenticatedHttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """Say what became of a step. rules.note_step."""
    shown, decided = _load_decision(request, pk)
    steps = ExecutionStep.objects.filter(decision=decided.decision).select_related("decision")
    step = get_object_or_404(steps, pk=step_pk)
    form = StepNoteForm(request.POST, step=step)
    if form.is_valid():
        with form.attempt(), form.saving(shown.consultation, step):
            note = actions.note_step(step, by=request.user, **form.cleaned_data)
            return _note_answer(request, note.pk, pk, step_pk)
    return _page(request, shown, decided, {f"step{step_pk}": form})
