"""The desk's pages of periods of martial law. Before one is stored, what it moves is shown."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from appeals.course import recounting as appeals
from city import rules
from city.calendar import work_calendar
from city.deadlines import MovedDeadlines
from city.lists import actions
from city.models import MartialLawPeriod
from consultations.reports import recounting as consultations
from core.domain.calendar import WorkCalendar
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.planning import recounting as meetings
from petitions.life import thresholds as petitions
from portal.city.forms import PeriodForm
from portal.city.views import page

#: So many deadlines that move are listed; of more their number is told.
_MOST = 50


@login_required
@require_GET
def periods(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All of them. city.rules.change."""
    require(rules.change(request.user))
    found = MartialLawPeriod.objects.order_by("-starts_on")
    return render(request, "portal/city/periods.html", {"periods": found})


def _new_period_answer(request: AuthenticatedHttpRequest, _id: int) -> HttpResponse:
    messages.success(request, _("Added; deadlines are counted by it from now on."))
    return redirect("city_desk:periods")


@idempotent(_new_period_answer)
@require_http_methods(["GET", "POST"])
def new_period(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Add a period, after what it moves was shown. city.rules.change."""
    require(rules.change(request.user))
    form = PeriodForm(posted_data(request))
    moved: list[MovedDeadlines] = []
    if form.is_valid():
        moved = find_moved(form)
        if _was_seen(form, moved):
            with form.attempt(), form.showing_errors():
                made = actions.add("martial_law", form.values(), by=request.user)
                return _new_period_answer(request, made.pk)
    return _page(request, form, moved)


@require_http_methods(["GET", "POST"])
def period(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """End it, or correct its days, after what that moves was shown. city.rules.change."""
    require(rules.change(request.user))
    edited = get_object_or_404(MartialLawPeriod, pk=pk)
    form = PeriodForm(posted_data(request), instance=edited)
    moved: list[MovedDeadlines] = []
    if form.is_valid():
        moved = find_moved(form)
        if _was_seen(form, moved):
            with form.attempt(), form.showing_errors(), form.saving(edited):
                actions.change(edited, form.values(), by=request.user)
                messages.success(request, _("Saved; deadlines are counted by it from now on."))
                return redirect("city_desk:periods")
    return _page(request, form, moved, period=MartialLawPeriod.objects.get(pk=pk))


def find_moved(form: PeriodForm) -> list[MovedDeadlines]:
    """The deadlines that other periods would move: six queries."""
    former = work_calendar()
    others = MartialLawPeriod.objects.exclude(pk=form.instance.pk)
    days = list(others.values_list("starts_on", "ends_on"))
    calendar = WorkCalendar(form.periods(days))
    reports = consultations.find_moved_report_days(former, calendar)
    answers = appeals.find_moved_terms(calendar)
    minutes = meetings.find_moved_terms(calendar)
    return [*petitions.find_moved_terms(calendar), *answers, *reports, *minutes]


def _was_seen(form: PeriodForm, moved: list[MovedDeadlines]) -> bool:
    """Whether the page has shown all of these. What was answered meanwhile need not move."""
    return {each.mark() for each in moved} <= set(form.cleaned_data["seen"].split(","))


def marks_of(moved: list[MovedDeadlines]) -> str:
    """By what a form says that it has shown them."""
    return ",".join(sorted({each.mark() for each in moved}))


def _page(
    request: AuthenticatedHttpRequest, form: PeriodForm, moved: list[MovedDeadlines], **more: Any
) -> HttpResponse:
    if moved and not form.errors:
        data = request.POST.copy()
        data["seen"] = marks_of(moved)
        form.data = data
    context = {"moved": moved[:_MOST], "more": max(0, len(moved) - _MOST), **more}
    return page(request, "period", form, **context)
