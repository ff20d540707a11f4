"""A question that was not answered goes on as an appeal or a request for information."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.http import AuthenticatedHttpRequest
from appeals.filing.kinds import MEANINGS
from meetings.models import Question, QuestionAppeal
from meetings.outcome import questions
from meetings.views import meeting_of


@login_required
@never_cache
@require_GET
def go_on(request: AuthenticatedHttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Choose as what it goes on: the form of an appeal opens with its words. Its asker alone; who
    has gone on is led to their appeal, who got an answer meanwhile to the meeting."""
    shown = meeting_of(request, pk)
    own = Question.objects.filter(meeting=pk, author=request.user)
    question = get_object_or_404(own.select_related("meeting", "item"), pk=question_pk)
    if not own.unanswered().filter(pk=question_pk).exists():
        return redirect(f"{shown.meeting.get_absolute_url()}#floor")
    went_on = QuestionAppeal.objects.filter(question=question).select_related("appeal").first()
    if went_on is not None:
        return redirect(went_on.appeal.get_absolute_url())
    context = shown.context(
        question=question,
        words=questions.words_for_appeal(question),
        origin=f"{questions.ORIGIN}:{question.pk}",
        meanings=[(kind.value, MEANINGS[kind]) for kind in questions.KINDS],
    )
    return render(request, "meetings/go_on.html", context)
