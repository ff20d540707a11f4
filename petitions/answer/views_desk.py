"""Views of the desk from the notice of the review to the answer, its poll and its steps."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.data.access_log import shows_people
from accounts.http import AuthenticatedHttpRequest
from core.domain import clock
from core.domain.rules import require
from core.web.forms import RefusableForm
from core.web.idempotency import idempotent
from petitions import rules
from petitions.answer import actions
from petitions.answer import rules as answer_rules
from petitions.as_appeal import desk
from petitions.as_appeal.considered import load_considered
from petitions.defence import rules as rules_of_defence
from petitions.desk.case import petition_to_work_on, run_and_redirect, url
from petitions.desk.clocks import next_step
from petitions.desk.forms import (
    DRAFTS,
    AgendaForm,
    AnswerForm,
    DecisionForm,
    ReviewForm,
    StepForm,
    StepNoteForm,
    steps_of,
)
from petitions.models import Petition, Step
from petitions.presenters import STATUS
from votes.desk.attaching import AttachForm


@login_required
@require_POST
@shows_people
def review(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Publish the notice that its review begins. rules.start_review."""
    petition = petition_to_work_on(request, pk)
    form = ReviewForm(request.POST, petition=petition)
    do = partial(actions.start_review, petition, by=request.user)
    said = _("The notice is published; the review has begun.")
    return run_and_redirect(request, petition, "review_form", form, do, said=said)


@login_required
@require_POST
@shows_people
def agenda(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Put it on the agenda of a session, or of another one. rules.put_on_agenda."""
    petition = petition_to_work_on(request, pk)
    require(rules.keep_record(request.user, petition))
    form = AgendaForm(request.POST)
    do = partial(actions.put_on_agenda, petition, by=request.user)
    said = _("It is on the agenda; everybody can see the day.")
    return run_and_redirect(request, petition, "agenda_form", form, do, said=said)


@login_required
@require_POST
@shows_people
def decide(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Announce whether it is supported. rules.decide."""
    petition = petition_to_work_on(request, pk)
    require(rules.keep_record(request.user, petition))
    form = DecisionForm(request.POST)
    do = partial(actions.decide, petition, by=request.user)
    said = _("The decision is announced. The answer comes next.")
    return run_and_redirect(request, petition, "decision_form", form, do, said=said)


def _answer_answer(request: AuthenticatedHttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The answer is published; the signers are told by mail."))
    return redirect(url(petition_to_work_on(request, pk), done="answer"))


@idempotent(_answer_answer)
@login_required
@require_http_methods(["GET", "POST"])
def answer(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Write the answer; the button «another step» brings more rows. rules.answer."""
    petition = petition_to_work_on(request, pk)
    require(rules.speak_for(request.user, petition))
    if request.method == "POST" and "more" in request.POST:
        form = AnswerForm(initial=request.POST.dict())
        return _answer(request, petition, form, steps_of(request.POST, more=1))
    if request.method == "GET":
        begun = desk.begin_answer(request.user, petition)
        return _answer(request, petition, AnswerForm(initial=begun), steps_of())
    form, steps = AnswerForm(request.POST), steps_of(request.POST)
    if all([form.is_valid(), steps.is_valid()]):
        with form.attempt():
            actions.answer(petition, by=request.user, **form.cleaned_data, steps=steps.steps())
            messages.success(request, _("The answer is published; the signers are told by mail."))
            return redirect(url(petition, done="answer"))
        petition.refresh_from_db()  # somebody may have answered meanwhile
    return _answer(request, petition, form, steps)


def _answer(
    request: AuthenticatedHttpRequest, petition: Petition, form: AnswerForm, steps: object
) -> HttpResponse:
    DRAFTS.keep(form, request.user.pk, "answer", petition.pk)
    now = clock.now()
    considered = load_considered(petition, now)
    context = {
        "petition": petition,
        "state": petition.state_at(now),
        "state_kind": STATUS[petition.state_at(now)],
        "step": next_step(petition, now),
        "form": form,
        "steps": steps,
        "verdict": answer_rules.answer(
            request.user, petition, now=now, texts=(), considered=considered
        ),
        "considered": considered,
        "answer": petition.answer if petition.answered_at else None,
        "may_defend": rules_of_defence.defend(request.user, petition),
    }
    wrong = request.method == "POST" and "more" not in request.POST
    return render(request, "petitions/desk_answer.html", context, status=422 if wrong else 200)


def _promise_answer(request: AuthenticatedHttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The step is added."))
    return redirect(url(petition_to_work_on(request, pk)))


@idempotent(_promise_answer)
@login_required
@require_POST
@shows_people
def promise(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Promise one more step. rules.promise."""
    petition = petition_to_work_on(request, pk)
    require(rules.keep_record(request.user, petition))
    form = StepForm(request.POST)
    do = partial(actions.promise, petition, by=request.user)
    return run_and_redirect(
        request, petition, "promise_form", form, do, said=_("The step is added.")
    )


@login_required
@require_POST
@shows_people
def note_step(request: AuthenticatedHttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """Say what became of a promised step. rules.note_step."""
    petition = petition_to_work_on(request, pk)
    require(rules.keep_record(request.user, petition))
    step = get_object_or_404(Step, pk=step_pk, petition=petition)
    form = StepNoteForm(request.POST, step=step)
    do = partial(actions.note_step, step, by=request.user)
    return run_and_redirect(
        request, petition, f"step{step_pk}", form, do, said=_("Saved."), part=step
    )


def _answered_petition(request: AuthenticatedHttpRequest, pk: int) -> Petition:
    petition = petition_to_work_on(request, pk)
    require(rules.keep_record(request.user, petition))
    if not hasattr(petition, "answer"):
        raise Http404
    return petition


@login_required
@require_POST
@shows_people
def attach_poll(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Put a poll with the answer. rules.attach_poll."""
    petition = _answered_petition(request, pk)
    form = AttachForm(request.POST, department_id=petition.department_id)
    do = partial(actions.attach_poll, petition, by=request.user)
    said = _("The poll stands with the answer.")
    return run_and_redirect(request, petition, "poll_form", form, do, said=said)


@login_required
@require_POST
@shows_people
def detach_poll(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take the poll off the answer. rules.detach_poll."""
    petition = _answered_petition(request, pk)
    do = partial(actions.detach_poll, petition, by=request.user)
    said = _("The poll is taken off the answer.")
    return run_and_redirect(request, petition, "", RefusableForm(request.POST), do, said=said)
