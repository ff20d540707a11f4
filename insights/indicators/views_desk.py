"""Views of the desk about indicators: goals, imported figures, yearly reports."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.db.paging import neighbours, page_of
from core.domain.rules import Refused, require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from insights.indicators import actions, queries, rules
from insights.indicators.forms import EditGoalForm, GoalForm, ReportForm
from insights.indicators.goals import goal_in_words
from insights.indicators.models import Goal, IndicatorValue, Source, YearReport
from insights.indicators.presenters import figure
from insights.indicators.registry import has_indicator, indicator_of
from insights.indicators.report import compose, title_of

#: Imported figures on one page.
PAGE_SIZE = 50


@login_required
@require_GET
def index(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Goals and reports. rules.manage."""
    require(rules.manage(request.user))
    goals = [
        (goal, indicator_of(goal.indicator), goal_in_words(indicator_of(goal.indicator), goal))
        for goal in Goal.objects.all()[:200]
        if has_indicator(goal.indicator)
    ]
    context = {
        "goals": goals,
        "reports": YearReport.objects.defer("content", "influence"),
        "imported": IndicatorValue.objects.filter(source=Source.IMPORTED).count(),
        "today": queries.today(),
    }
    return render(request, "insights/desk_index.html", context)


@login_required
@require_GET
def imported_figures(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The imported figures. rules.manage."""
    require(rules.manage(request.user))
    page = page_of(
        IndicatorValue.objects.filter(source=Source.IMPORTED),
        order=("-pk",),
        after=request.GET.get("after"),
        size=PAGE_SIZE,
    )
    rows = [
        (each, indicator_of(each.indicator), figure(indicator_of(each.indicator), each))
        for each in page
        if has_indicator(each.indicator)
    ]
    context = {"rows": rows, "page": page, **neighbours(page, request.GET)}
    return render(request, "insights/desk_imported.html", context)


def _goal_set(request: AuthenticatedHttpRequest, _id: int) -> HttpResponse:
    messages.success(request, _("The goal is set."))
    return redirect("indicators_desk:index")


@login_required
@idempotent(_goal_set)
@require_http_methods(["GET", "POST"])
def new_goal(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Set a goal. rules.set_goal."""
    require(rules.manage(request.user))
    form = GoalForm(posted_data(request), initial={"year": queries.today().year})
    if form.is_valid():
        with form.attempt():
            goal = actions.set_goal(by=request.user, **form.cleaned_data)
            return _goal_set(request, goal.pk)
    return render(request, "insights/desk_goal.html", {"form": form}, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def goal(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Change a goal. rules.manage."""
    require(rules.manage(request.user))
    edited = get_object_or_404(Goal, pk=pk)
    form = EditGoalForm(posted_data(request), goal=edited)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(edited):
            actions.change_goal(edited, by=request.user, **form.cleaned_data)
            return _goal_set(request, edited.pk)
    context = {"form": form, "goal": edited, "indicator": indicator_of(edited.indicator)}
    return render(request, "insights/desk_goal.html", context, status=form.status)


@login_required
@require_POST
def remove_goal(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Remove a goal. rules.manage."""
    require(rules.manage(request.user))
    actions.remove_goal(get_object_or_404(Goal, pk=pk), by=request.user)
    messages.success(request, _("The goal is taken away."))
    return redirect("indicators_desk:index")


@login_required
@require_http_methods(["GET", "POST"])
def report(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """The working copy of a yearly report, and its preview; of this year a draft to look at.
    rules.manage."""
    require(rules.manage(request.user))
    edited = YearReport.objects.filter(year=year).first()
    if edited is None:
        return _draft_page(request, year)
    form = ReportForm(posted_data(request), report=edited)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(edited):
            actions.save_report(edited, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("indicators_desk:report", year)
    return _report_page(request, edited, form, form.status)


def _draft_page(request: HttpRequest, year: int) -> HttpResponse:
    """Preview of this year's report, which is begun after its end."""
    if request.method == "POST" or year != queries.today().year:
        raise Http404
    draft = YearReport(year=year, due_on=YearReport.last_day_for(year))
    context = {"report": draft, "title": title_of(draft), "blocks": compose(draft)}
    return render(request, "insights/desk_report.html", context)


def _report_page(
    request: HttpRequest, edited: YearReport, form: ReportForm, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "report": edited,
        "title": title_of(edited),
        "blocks": compose(edited),
        "is_over": edited.year < queries.today().year,
    }
    return render(request, "insights/desk_report.html", context, status=status)


@login_required
@require_POST
def publish_report(request: AuthenticatedHttpRequest, year: int) -> HttpResponse:
    """Publish the saved report. rules.publish_report."""
    require(rules.manage(request.user))
    edited = get_object_or_404(YearReport, year=year)
    try:
        actions.publish_report(edited, by=request.user)
    except Refused as refused:
        form = ReportForm(None, report=edited)
        messages.error(request, str(refused))
        return _report_page(request, edited, form, 422)
    messages.success(request, _("The report is published."))
    return redirect(edited)
