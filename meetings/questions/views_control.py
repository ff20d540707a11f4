"""Views of running a meeting: questions from the floor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from core.db.paging import neighbours
from core.domain.rules import require
from core.web.forms import posted_data
from meetings.control.forms import HideForm, MergeForm
from meetings.control.queries import LISTS, count_questions, page_of_questions
from meetings.control.steps import carry_out, draw_step, meeting_to_run, seen_id, step_of, url_of
from meetings.models import Meeting, Question
from meetings.queries import live_question_of, questions_of
from meetings.questions import actions, rules

#: Among so many questions the one is chosen with which another is counted.
MOST_OTHERS = 60


#: What can be done with a question at once; the last argument is what stood on the displays on the
#: page of who asks.
STEPS: dict[str, Callable[[Question, User, int | None], Any]] = {
    "show": lambda question, by, _seen: actions.show(question, by=by),
    "live": lambda question, by, seen: actions.put_live(question, by=by, seen_live=seen),
    "down": lambda question, by, _seen: actions.take_down(question, by=by),
    "answered": lambda question, by, _seen: actions.answer(question, by=by),
    "later": lambda question, by, _seen: actions.leave_for_later(question, by=by),
}


def _question(
    request: AuthenticatedHttpRequest, pk: int, question_pk: int
) -> tuple[Meeting, Question]:
    meeting = meeting_to_run(request, pk)
    rows = meeting.questions.select_related("meeting", "author")
    return meeting, get_object_or_404(rows, pk=question_pk)


@login_required
@require_GET
def questions(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """All questions of a meeting, by what has become of them. rules.questions.handle."""
    meeting = meeting_to_run(request, pk)
    require(rules.handle(request.user, meeting))
    name = request.GET.get("list", "")
    name = name if name in LISTS else "waiting"
    page = page_of_questions(meeting, name, request.GET.get("after"))
    live = live_question_of(meeting)
    context: dict[str, Any] = {
        "page": page,
        "list": name,
        "tabs": _tabs(name, count_questions(meeting)),
        "seen_live": live.pk if live else "",
        **neighbours(page, request.GET),
    }
    template = "meetings/control_questions.html"
    return draw_step(request, meeting, template, at="questions", **context)


def _tabs(current: str, numbers: dict[str, int]) -> list[dict[str, Any]]:
    labels = {
        "waiting": _("To be checked"),
        "shown": _("Shown"),
        "done": _("Answered, or in writing"),
        "hidden": _("Hidden and merged"),
    }
    return [
        {
            "label": label,
            "url": f"?list={name}",
            "current": name == current,
            "count": numbers[name],
        }
        for name, label in labels.items()
    ]


@login_required
@require_POST
def question(
    request: AuthenticatedHttpRequest, pk: int, question_pk: int, step: str
) -> HttpResponse:
    """Show it, put it on the displays or take it down, say that it is answered. rules.questions."""
    act = step_of(STEPS, step)
    _meeting, found = _question(request, pk, question_pk)
    live = seen_id(request, "seen_live")
    # Who works through a list of all questions goes on there.
    name = request.POST.get("list", "")
    there = reverse("meetings_control:questions", args=[pk])
    return carry_out(
        request,
        pk,
        lambda: act(found, request.user, live),
        at="questions",
        to=f"{there}?list={name}" if name in LISTS else "",
    )


@login_required
@require_http_methods(["GET", "POST"])
def hide(request: AuthenticatedHttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Do not show it, with a reason for who asked. rules.questions.hide."""
    meeting, found = _question(request, pk, question_pk)
    if request.method == "GET":
        require(rules.hide(request.user, meeting, found, reason="-"))
    form = HideForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.hide(found, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("The question is not shown."))
            return redirect(url_of(pk, "questions"))
    return draw_step(
        request,
        meeting,
        "meetings/control_hide.html",
        at="questions",
        form=form,
        question=found,
        status=form.status,
    )


@login_required
@require_http_methods(["GET", "POST"])
def merge(request: AuthenticatedHttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Count it with another one. rules.questions.merge."""
    meeting, found = _question(request, pk, question_pk)
    # Sliced querysets take no more filters, and the form filters by what was chosen.
    newest = questions_of(meeting, public=True).exclude(pk=found.pk).values("pk")[:MOST_OTHERS]
    others = Question.objects.filter(pk__in=list(newest.values_list("pk", flat=True)))
    form = MergeForm(posted_data(request), others=others)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.merge(found, by=request.user, into=form.cleaned_data["into"])
            messages.success(request, _("The question is counted with the other one."))
            return redirect(url_of(pk, "questions"))
    return draw_step(
        request,
        meeting,
        "meetings/control_merge.html",
        at="questions",
        form=form,
        question=found,
        has_others=bool(others),
        status=form.status,
    )
