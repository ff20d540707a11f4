"""Settings of deadline reminders: by mail, and the calendar with its secret link."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.deadlines import actions
from accounts.http import AuthenticatedHttpRequest
from accounts.models import DeskSettings
from accounts.rules import use_desk
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.council import local_council
from core.domain.deadlines import deadlines_of
from core.domain.rules import require
from core.export import ical

#: So far back and so many stand in a calendar.
PAST, MOST_DATED = timedelta(days=60), 1000


def _page(request: AuthenticatedHttpRequest, key: str = "") -> HttpResponse:
    """``key``: of a link that was made just now; it is shown this once."""
    row = DeskSettings.objects.filter(user=request.user.pk).first()
    path = reverse("portal:deadline_calendar", args=[key]) if key else ""
    context = {
        "wants_reminders": row is None or row.wants_reminders,
        "made_at": row.calendar_made_at if row else None,
        "calendar_url": f"{settings.SITE_URL}{path}" if path else "",
    }
    response = render(request, "portal/deadlines.html", context)
    if key:
        response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_GET
def deadlines(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One's reminders and the link of one's calendar. accounts.rules.use_desk."""
    require(use_desk(request.user))
    return _page(request)


@login_required
@require_POST
def set_reminders(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Get reminders by mail, or no longer. accounts.rules.use_desk."""
    wanted = request.POST.get("wanted") == "yes"
    actions.set_reminders(request.user, wanted=wanted)
    messages.success(
        request,
        _("Reminders come by mail.") if wanted else _("You will get no more reminders by mail."),
    )
    return redirect("portal:deadlines")


@login_required
@require_POST
def make_link(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A new link to one's calendar, shown once. accounts.rules.use_desk."""
    return _page(request, actions.make_calendar_link(request.user))


@login_required
@require_POST
def revoke_link(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Let the link work no longer. accounts.rules.use_desk."""
    actions.revoke_calendar_link(request.user)
    messages.success(request, _("The link does not work any more."))
    return redirect("portal:deadlines")


@require_safe
def deadline_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's deadlines as iCalendar. Whoever has the secret link; else 404."""
    user = actions.find_by_calendar_key(token)
    if user is None or not user.grants_in_force:
        raise Http404
    now = clock.now()
    today = local_date(now)
    response = ical.answer(
        _("Deadlines – %(council)s") % {"council": local_council().council},
        (
            ical.Dated(
                what=f"deadline-{each.key}",
                sequence=today.toordinal(),
                changed=now,
                starts=each.due_on,
                title=f"{each.words}: {each.title}",
                text=each.urgency_on(today).words,
                path=each.url,
            )
            for each in deadlines_of(user, most=MOST_DATED)
            if each.due_on >= today - PAST
        ),
    )
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
