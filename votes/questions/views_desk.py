"""The desk's pages of a draft poll's questions, and of their options' pictures and locations."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import posted_data
from votes import rules
from votes.desk.views import poll_worked_on
from votes.models import Option, Question
from votes.presenters import ShownPoll
from votes.questions import actions
from votes.questions import actions_pictures as pictures_actions
from votes.questions.forms import LocationForm, PictureForm, QuestionForm


def _question(
    request: AuthenticatedHttpRequest, pk: int, question_pk: int
) -> tuple[ShownPoll, Question]:
    """A question of a poll that the person may still change."""
    shown = poll_worked_on(request, pk)
    question = get_object_or_404(Question.objects.filter(poll=shown.poll), pk=question_pk)
    require(rules.revise(request.user, shown.poll, now=shown.now))
    return shown, question


@login_required
@require_http_methods(["GET", "POST"])
def question(request: AuthenticatedHttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Ask it otherwise; give its options pictures and locations. rules.revise."""
    shown, asked = _question(request, pk, question_pk)
    options = list(asked.options.with_locations().order_by("place"))
    form = QuestionForm.of(asked, options, posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(shown.poll, asked):
            actions.change_question(asked, by=request.user, described=form.described())
            messages.success(request, _("Saved."))
            return redirect("votes_desk:detail", pk)
    context = shown.context(question=asked, options=options, form=form)
    return render(request, "votes/desk_question.html", context, status=form.status)


@login_required
@require_POST
def question_move(request: AuthenticatedHttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Ask it one place earlier («up» is sent) or later. rules.revise."""
    _shown, asked = _question(request, pk, question_pk)
    actions.move_question(asked, by=request.user, up="up" in request.POST)
    return redirect("votes_desk:detail", pk)


@login_required
@require_POST
def question_delete(request: AuthenticatedHttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Ask one question less. rules.revise."""
    _shown, asked = _question(request, pk, question_pk)
    actions.remove_question(asked, by=request.user)
    return redirect("votes_desk:detail", pk)


def _option(request: AuthenticatedHttpRequest, pk: int, option_pk: int) -> tuple[ShownPoll, Option]:
    """An option of a poll that the person may still change."""
    shown = poll_worked_on(request, pk)
    options = Option.objects.filter(question__poll=shown.poll).with_locations()
    option = get_object_or_404(options.select_related("question"), pk=option_pk)
    require(rules.revise(request.user, shown.poll, now=shown.now))
    return shown, option


@login_required
@require_http_methods(["GET", "POST"])
def option_location(request: AuthenticatedHttpRequest, pk: int, option_pk: int) -> HttpResponse:
    """In which street or district an option is. rules.revise."""
    shown, option = _option(request, pk, option_pk)
    form = LocationForm(posted_data(request), option=option)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(shown.poll, option):
            actions.set_location(option, by=request.user, **form.location())
            messages.success(request, _("Saved."))
            return redirect("votes_desk:question", pk, option.question_id)
    context = shown.context(option=option, form=form)
    return render(request, "votes/desk_location.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def option_picture(request: AuthenticatedHttpRequest, pk: int, option_pk: int) -> HttpResponse:
    """The picture of an option: another one, or none («remove» is sent). rules.revise."""
    shown, option = _option(request, pk, option_pk)
    poll = shown.poll
    is_removed = "remove" in request.POST
    form = PictureForm(posted_data(request), request.FILES or None, option=option)
    form.fields["file"].required = not is_removed
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(poll, option):
            if is_removed:
                pictures_actions.remove_picture(option, by=request.user)
            else:
                pictures_actions.set_picture(
                    option, by=request.user, file=form.cleaned_data["file"].file
                )
                messages.success(request, _("The picture is added."))
            return redirect("votes_desk:question", pk, option.question_id)
        option.refresh_from_db(fields=["picture"])
    context = shown.context(option=option, form=form)
    return render(request, "votes/desk_picture.html", context, status=form.status)
