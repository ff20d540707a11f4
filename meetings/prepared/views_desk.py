"""Views of the desk: surveys and announcements that are prepared before a meeting."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.models import Prepared
from meetings.planning.views_desk import meeting_to_work_on
from meetings.prepared import actions, rules
from meetings.prepared.forms import PreparedForm


def _redirect_made(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("It is prepared. You find it as you run the meeting."))
    return redirect("meetings_desk:prepared", pk)


@idempotent(_redirect_made)
@login_required
@require_http_methods(["GET", "POST"])
def prepared_votes(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Prepared votes, and the form for more. meetings.prepared.rules.prepare."""
    shown = meeting_to_work_on(request, pk)
    meeting = shown.meeting
    form = PreparedForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.prepare(meeting, by=request.user, **form.said())
            return _redirect_made(request, made.pk, pk)
    context = shown.context(
        form=form,
        prepared=list(meeting.prepared.all()),
        may_change=rules.change(request.user, meeting),
    )
    return render(request, "meetings/desk_prepared.html", context, status=form.status)


@login_required
@require_POST
def discard(request: AuthenticatedHttpRequest, pk: int, prepared_pk: int) -> HttpResponse:
    """Throw one away. meetings.prepared.rules.change."""
    meeting = meeting_to_work_on(request, pk).meeting
    row = get_object_or_404(Prepared.objects.select_related("meeting"), pk=prepared_pk, meeting=pk)
    actions.discard(row, by=request.user)
    messages.success(request, _("It is thrown away."))
    return redirect("meetings_desk:prepared", meeting.pk)
