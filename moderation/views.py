"""The moderators' queue and log, and the page on which anybody reports a comment."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.limits import Limit, per_person
from core.db.paging import neighbours
from core.domain.rules import Verdict, require
from core.web.forms import posted
from discussions import actions, rules
from discussions.models import Comment
from moderation import reading
from moderation.forms import HideForm, ReportForm
from moderation.places import place_of
from moderation.tabs import tabs

REPORTS = Limit("report-comment", 30, timedelta(hours=1))


@login_required
@require_GET
def queue(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What waits, what is new, what is hidden. rules.use_queue."""
    require(rules.use_queue(request.user))
    return _queue(request)


def _queue(
    request: AuthenticatedHttpRequest,
    *,
    said: str = "",
    refused: tuple[int, HideForm] | None = None,
) -> HttpResponse:
    """The queue after a decision: ``said`` says what was done, ``refused`` is what was not.

    To htmx only its region is sent.
    """
    name = request.GET.get("list", "")
    name = name if name in reading.LISTS else "reported"
    page = reading.queue(request.user, name, request.GET.get("after"))
    rows = [
        {
            "item": item,
            "form": refused[1]
            if refused and refused[0] == item.comment.pk
            else HideForm(comment=item.comment),
        }
        for item in page
    ]
    context = {
        "rows": rows,
        "list": name,
        "tabs": tabs(request.user, name),
        "query": request.GET.urlencode(),
        "said": said,
        **neighbours(page, request.GET),
    }
    template = "moderation/queue.html"
    if request.htmx and request.method == "POST":
        template += "#queue"
    return render(request, template, context, status=422 if refused else 200)


def _comment(request: AuthenticatedHttpRequest, pk: int) -> Comment:
    require(rules.use_queue(request.user))
    return get_object_or_404(Comment.objects.visible_to(request.user), pk=pk)


def _back_to_queue(request: AuthenticatedHttpRequest, words: str) -> HttpResponse:
    """Back to the queue where the moderator was."""
    if request.htmx:
        return _queue(request, said=words)
    messages.success(request, words)
    return redirect(f"{reverse('moderation:queue')}?{request.GET.urlencode()}")


@login_required
@require_POST
def approve(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Leave a reported comment as it is. rules.moderate."""
    actions.dismiss_flags(_comment(request, pk), by=request.user)
    return _back_to_queue(request, _("Left up; the reports are settled."))


@login_required
@require_POST
def hide(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Hide a comment with a reason. rules.hide."""
    comment = _comment(request, pk)
    form = HideForm(request.POST, comment=comment)
    if form.is_valid():
        with form.attempt():
            actions.hide(comment, by=request.user, **form.cleaned_data)
            return _back_to_queue(request, _("Hidden. Its author is told by mail."))
    return _queue(request, refused=(pk, form))


@login_required
@require_POST
def restore(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Show a hidden comment again. rules.restore."""
    actions.restore(_comment(request, pk), by=request.user)
    return _back_to_queue(request, _("Shown again."))


@login_required
@require_GET
def log(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What moderators decided, the latest first. rules.use_queue."""
    require(rules.use_queue(request.user))
    page = reading.decisions(request.user, request.GET.get("after"))
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
    form = ReportForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.flag(comment, by=request.user, **form.cleaned_data)
            messages.success(request, _("Thank you. A moderator will look at it."))
            return redirect(back)
    verdict: Verdict = rules.flag(request.user, comment)
    context = {"comment": comment, "place": place, "back": back, "form": form, "verdict": verdict}
    return render(request, "moderation/report_form.html", context, status=form.status)
