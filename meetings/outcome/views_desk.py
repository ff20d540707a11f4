"""Views of the desk: a committee's conclusions, what was decided on the proposals of a hearing."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.outcome import actions, queries, rules
from meetings.outcome.forms import AnswerForm, OutcomeForm, ProposalsForm
from meetings.planning.views_desk import meeting_to_work_on
from meetings.questions import actions as question_actions
from meetings.questions import rules as question_rules


def _answer(
    request: HttpRequest, _outcome: int, pk: int, item_pk: int | None = None
) -> HttpResponse:
    messages.success(request, _("It is published."))
    return redirect("meetings_desk:detail", pk)


@idempotent(_answer)
@login_required
@require_http_methods(["GET", "POST"])
def outcome(request: AuthenticatedHttpRequest, pk: int, item_pk: int | None = None) -> HttpResponse:
    """Publish conclusions on an item, or what was decided on proposals. outcome.rules.publish."""
    shown = meeting_to_work_on(request, pk)
    meeting = shown.meeting
    item = get_object_or_404(meeting.items, pk=item_pk) if item_pk else None
    require(rules.work_on(request.user, meeting, item))
    form = (OutcomeForm if item else ProposalsForm)(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.publish_outcome(meeting, by=request.user, item=item, **form.cleaned_data)
            return _answer(request, made.pk, pk)
    earlier = queries.outcomes_of(meeting).filter(item=item)
    title = _("Conclusions of the committee") if item else _("Decision on the proposals")
    context = shown.context(form=form, here=title, item=item, outcomes=earlier)
    return render(request, "meetings/desk_outcome.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: AuthenticatedHttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Answer a question of the meeting in writing. rules.questions.answer."""
    shown = meeting_to_work_on(request, pk)
    asked = shown.meeting.questions.select_related("author", "meeting")
    question = get_object_or_404(asked, pk=question_pk)
    form = AnswerForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            question_actions.answer(question, by=request.user, text=form.cleaned_data["text"])
            messages.success(request, _("The answer is published."))
            return redirect("meetings_desk:detail", pk)
    verdict = question_rules.answer(request.user, shown.meeting, question)
    context = shown.context(form=form, question=question, verdict=verdict)
    return render(request, "meetings/desk_answer.html", context, status=form.status)
