"""Views of the desk: surveys of trust by another method, to enter and to change."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.db.paging import neighbours, page_of
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from insights.indicators.rules import manage
from insights.models import TrustSurvey
from insights.surveys import actions
from insights.surveys.forms import EditSurveyForm, SurveyForm


@login_required
@require_GET
def surveys(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All of them, the newest first. indicators.rules.manage."""
    require(manage(request.user))
    rows = TrustSurvey.objects.all()
    page = page_of(rows, order=("-held_on", "-pk"), after=request.GET.get("after"))
    context = {"surveys": page, "page": page, **neighbours(page, request.GET)}
    return render(request, "insights/desk_surveys.html", context)


def _entered_answer(request: HttpRequest, _survey_id: int) -> HttpResponse:
    messages.success(request, _("The survey stands beside the panel."))
    return redirect("surveys_desk:list")


@idempotent(_entered_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Enter a survey. rules.enter."""
    require(manage(request.user))
    form = SurveyForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.enter(by=request.user, fields=form.cleaned_data)
            return _entered_answer(request, made.pk)
    return render(request, "insights/desk_survey.html", {"form": form}, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Change a survey. rules.enter."""
    require(manage(request.user))
    survey = get_object_or_404(TrustSurvey, pk=pk)
    form = EditSurveyForm(posted_data(request), instance=survey)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(survey):
            actions.change(survey, by=request.user, fields=form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("surveys_desk:list")
    context = {"form": form, "survey": survey}
    return render(request, "insights/desk_survey.html", context, status=form.status)


@login_required
@require_POST
def remove(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Remove a survey. indicators.rules.manage."""
    require(manage(request.user))
    actions.remove(get_object_or_404(TrustSurvey, pk=pk), by=request.user)
    messages.success(request, _("The survey is taken away."))
    return redirect("surveys_desk:list")
