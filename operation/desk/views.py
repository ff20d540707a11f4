"""The desk's page of the installation's state. It says nothing about people: no names, addresses,
or arguments of jobs."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.rules import administer
from core.db.paging import neighbours
from core.domain.rules import require
from core.models import StateFault
from core.state.registry import run_checks, worst
from operation.desk.presenters import show_faults, show_level, show_results
from operation.failed_jobs import actions
from operation.failed_jobs.queries import page_of_failed

#: Faults of the past that the page shows; each was told by mail.
MOST_FAULTS = 20


@login_required
@require_GET
def state(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Findings of the checks, faults and failed jobs. accounts.rules.administer."""
    require(administer(request.user))
    results = run_checks()
    jobs = page_of_failed(request.GET.get("after"))
    faults = StateFault.objects.order_by("-raised_at", "-pk")[:MOST_FAULTS]
    context = {
        "level": show_level(worst(results)),
        "results": show_results(results),
        "faults": show_faults(faults),
        "jobs": jobs,
        "version": settings.VERSION,
        **neighbours(jobs, request.GET),
    }
    return render(request, "operation/state.html", context)


@login_required
@require_POST
def retry(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Retry a failed job. accounts.rules.administer."""
    actions.retry_job(pk, by=request.user)
    messages.success(request, _("The job is in the queue again."))
    return redirect("state_desk:state")


@login_required
@require_POST
def dismiss(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Dismiss a failed job. accounts.rules.administer."""
    actions.dismiss_job(pk, by=request.user)
    messages.success(request, _("The job is dismissed: it stands in the audit log."))
    return redirect("state_desk:state")
