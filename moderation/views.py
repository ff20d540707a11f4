"""The moderators' log, and the page on which anybody reports a comment."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.limits import Limit, per_person
from core.db.paging import neighbours
from core.domain.rules import Verdict, require
from core.web.forms import posted_data
from discussions import actions, rules
from discussions.models import Comment
from moderation import queries
from moderation.forms import ReportForm
from moderation.places import place_of
from moderation.tabs import tabs

REPORTS = Limit("report-comment", 30, timedelta(hours=1))


@login_required
@require_GET
def log(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Decisions of moderators, the latest first. rules.use_queue."""
    require(rules.use_queue(request.user))
    page = queries.decisions(request.user, request.GET.get("after"))
    context = {"page": page, "tabs": tabs(request.user, "log"), **neighbours(page, request.GET)}
    return render(request, "moderation/log.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@per_person(REPORTS)
def report(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Report a comment to the moderators. Anybody signed in; rules.flag."""
    comment = get_object_or_404(Comment.objects.public().select_related("author"), pk=pk)
    place = place_of(comment)
    back = place.url if place else reverse("portal:home")
    form = ReportForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.flag(comment, by=request.user, **form.cleaned_data)
            messages.success(request, _("Thank you. A moderator will look at it."))
            return redirect(back)
    verdict: Verdict = rules.flag(request.user, comment)
    context = {"comment": comment, "place": place, "back": back, "form": form, "verdict": verdict}
    return render(request, "moderation/report_form.html", context, status=form.status)
