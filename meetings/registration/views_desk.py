"""The desk's list of who comes to a meeting: names, needs apart, arrivals, when it closes.

Who is on it, and what they need, is read by who runs the meeting alone; each reading is recorded,
and the person sees who it was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from core.db.paging import neighbours
from core.domain.calendar import local_date
from core.domain.rules import Refused, require
from core.export.csv import as_csv
from core.web.forms import posted_data
from meetings.models import Registration
from meetings.planning.views_desk import meeting_to_work_on
from meetings.registration import actions, queries, rules
from meetings.registration.forms import ClosingForm

#: Why names, and why needs are read (accounts.data.access_log.REASONS).
NAMES, NEEDS = "meeting.registrations", "meeting.needs"
#: What can be done with a registration.
STEPS: dict[str, Callable[[Registration, User], Any]] = {
    "came": lambda row, by: actions.note_arrival(row, by=by),
    "not-here": lambda row, by: actions.note_arrival(row, by=by, is_here=False),
    "withdraw": lambda row, by: actions.withdraw(row, by=by),
}


@shows_people
@login_required
@require_GET
def registrations(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Registered people, in alphabetical order. rules.roles.run."""
    shown = meeting_to_work_on(request, pk)
    meeting = shown.meeting
    page = queries.page_of_attendees(meeting, request.GET.get("after"))
    record_access(request.user, [each.registration.user for each in page], NAMES)
    context = shown.context(
        page=page,
        counts=queries.counts_of(meeting),
        may_set_closing=rules.set_closing(request.user, meeting, closes_at=None, now=shown.now),
        is_the_day=local_date(shown.now) == meeting.day and not meeting.closed_at,
        may_withdraw=not meeting.closed_at and not meeting.cancelled_at,
        **neighbours(page, request.GET),
    )
    return render(request, "meetings/desk_registrations.html", context)


@shows_people
@login_required
@require_GET
def registrations_csv(request: AuthenticatedHttpRequest, pk: int) -> HttpResponseBase:
    """The same list as CSV, for the door: without what anybody needs. rules.roles.run."""
    meeting = meeting_to_work_on(request, pk).meeting
    people = queries.attendees_of(meeting).values_list("user_id", flat=True)
    record_access(request.user, list(people), NAMES)
    return as_csv(queries.HEAD, queries.rows_of_csv(meeting), f"registrations-{pk}.csv")


@shows_people
@login_required
@require_GET
def needs(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Needs of the registered people, apart from the list. rules.roles.run."""
    shown = meeting_to_work_on(request, pk)
    rows = list(queries.with_needs(shown.meeting))
    record_access(request.user, [row.user for row in rows], NEEDS)
    return render(request, "meetings/desk_needs.html", shown.context(rows=rows))


@login_required
@require_http_methods(["GET", "POST"])
def closing(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say when registration closes. rules.set_closing."""
    shown = meeting_to_work_on(request, pk)
    meeting = shown.meeting
    verdict = rules.set_closing(request.user, meeting, closes_at=None, now=shown.now)
    if request.method == "GET":
        require(verdict)
    form = ClosingForm(posted_data(request), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(meeting, may=verdict):
            actions.set_closing(meeting, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("meetings_desk:registrations", pk)
    context = shown.context(form=form)
    return render(request, "meetings/desk_closing.html", context, status=form.status)


@login_required
@require_POST
def registration(
    request: AuthenticatedHttpRequest, pk: int, registration_pk: int, step: str
) -> HttpResponse:
    """Note that somebody came, or not; strike somebody off who does not come. rules.note_arrival,
    rules.withdraw."""
    meeting = meeting_to_work_on(request, pk).meeting
    if step not in STEPS:
        raise Http404
    rows = Registration.objects.select_related("meeting")
    row = get_object_or_404(rows, pk=registration_pk, meeting=meeting)
    try:
        STEPS[step](row, request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    page = reverse("meetings_desk:registrations", args=[pk])
    after = request.POST.get("after", "")
    query = f"?{urlencode({'after': after})}" if after else ""
    return redirect(f"{page}{query}#registration-{registration_pk}")
