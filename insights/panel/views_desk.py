"""Views of the desk: prepare a panel, publish its list, draw, close."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from insights.models import Panel, PanelConsent
from insights.panel import actions, rules
from insights.panel.forms import PlanForm, SeedForm
from insights.panel.queries import show_panels

#: Panels on the list: ten years of them.
MOST = 40


@login_required
@require_safe
def panels(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All panels, the newest first. rules.run: administrators."""
    require(rules.run(request.user))
    rows = Panel.objects.without_list().order_by("-year", "-quarter")[:MOST]
    context = {"panels": rows, "agreed": PanelConsent.objects.count()}
    return render(request, "insights/desk_panels.html", context)


def _new_answer(request: HttpRequest, made_id: int) -> HttpResponse:
    messages.success(request, _("Saved. Publish the list in time before the seed is known."))
    return redirect("panel_desk:panel", made_id)


@idempotent(_new_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Prepare the panel of a quarter. rules.prepare: administrators."""
    require(rules.run(request.user))
    today = local_date(clock.now())
    now = {"year": today.year, "quarter": (today.month + 2) // 3}
    form = PlanForm(posted_data(request), initial=now)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.prepare(actions.Plan(**form.cleaned_data), by=request.user)
            return _new_answer(request, made.pk)
    return render(request, "insights/desk_panel_new.html", {"form": form}, status=form.status)


def _page(request: AuthenticatedHttpRequest, pk: int, form: SeedForm) -> HttpResponse:
    rows = Panel.objects.without_list().prefetch_related("strata", "tallies")
    [shown] = show_panels([get_object_or_404(rows, pk=pk)])
    context = {"shown": shown, "form": form, "now": clock.now()}
    return render(request, "insights/desk_panel.html", context, status=form.status)


@login_required
@require_safe
def panel(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A panel and its next step. rules.run: administrators."""
    require(rules.run(request.user))
    return _page(request, pk, SeedForm())


@login_required
@require_POST
def publish_list(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Publish the list of those who may be drawn. rules.publish_list: administrators."""
    require(rules.run(request.user))
    actions.publish_list(get_object_or_404(Panel, pk=pk), by=request.user)
    messages.success(request, _("The list is public. Draw when the seed is known."))
    return redirect("panel_desk:panel", pk)


@login_required
@require_POST
def draw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Draw the lot with the seed; mails go to those who are drawn. rules.draw: administrators."""
    require(rules.run(request.user))
    found = get_object_or_404(Panel, pk=pk)
    form = SeedForm(posted_data(request))
    if form.is_valid():
        with form.attempt():
            actions.draw(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Drawn. Those who were drawn get a mail."))
            return redirect("panel_desk:panel", pk)
    return _page(request, pk, form)


@login_required
@require_POST
def close(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Close a panel before its time. rules.close: administrators."""
    require(rules.run(request.user))
    actions.close(get_object_or_404(Panel, pk=pk), by=request.user)
    messages.success(request, _("Closed. The results are public."))
    return redirect("panel_desk:panel", pk)
