"""The desk's pages of electronic services: a list, one to enter, its figures, its conclusions."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.db.paging import neighbours, page_of
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from records.models import Service
from records.services import actions, queries, rules
from records.services.forms import ConclusionForm, EditServiceForm, ServiceForm, UseForm


@login_required
@require_GET
def service_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Services of the departments whose records one keeps. rules.see_desk."""
    require(rules.see_desk(request.user))
    rows = Service.objects.kept_by(request.user).select_related("department")
    page = page_of(rows, order=("name", "id"), after=request.GET.get("after"))
    context = {"services": page, **neighbours(page, request.GET)}
    return render(request, "records/desk_services.html", context)


def _added_answer(request: HttpRequest, pk: int) -> HttpResponse:
    messages.success(request, _("The service is in the list."))
    return redirect("services_desk:detail", pk)


@idempotent(_added_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Enter a service. rules.say."""
    require(rules.see_desk(request.user))
    form = ServiceForm(posted_data(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.add(by=request.user, fields=form.cleaned_data)
            return _added_answer(request, made.pk)
    return render(request, "records/desk_service_new.html", {"form": form}, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Change what is said of a service. rules.say."""
    service = _find(request, pk)
    form = EditServiceForm(posted_data(request), by=request.user, instance=service)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(service):
            actions.change(service, by=request.user, fields=form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("services_desk:detail", pk)
    context = {"form": form, "service": service}
    return render(request, "records/desk_service_edit.html", context, status=form.status)


@login_required
@require_GET
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A service with its figures and what can be done with it. rules.keep."""
    service = _find(request, pk)
    context = {
        "service": service,
        "months": queries.months_of(service),
        "conclusions": queries.conclusions_of(service),
    }
    return render(request, "records/desk_service.html", context)


def _entered_answer(request: HttpRequest, _use_id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The figure is published."))
    return redirect("services_desk:detail", pk)


@idempotent(_entered_answer)
@login_required
@require_http_methods(["GET", "POST"])
def use(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Enter a month's figure, or correct one. rules.enter_use."""
    service = _find(request, pk)
    form = UseForm(posted_data(request), service=service, today=local_date(clock.now()))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.enter_use(service, by=request.user, **form.cleaned_data)
            return _entered_answer(request, made.pk, pk)
    context = {"form": form, "service": service}
    return render(request, "records/desk_service_use.html", context, status=form.status)


def _concluded_answer(request: HttpRequest, _conclusion_id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The conclusion is published."))
    return redirect("services_desk:detail", pk)


@idempotent(_concluded_answer)
@login_required
@require_http_methods(["GET", "POST"])
def conclude(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Conclude what becomes of a service. rules.conclude."""
    service = _find(request, pk)
    form = ConclusionForm(posted_data(request), service=service)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.conclude(service, by=request.user, **form.cleaned_data)
            return _concluded_answer(request, made.pk, pk)
    context = {"form": form, "service": service}
    return render(request, "records/desk_service_conclude.html", context, status=form.status)


def _find(request: AuthenticatedHttpRequest, pk: int) -> Service:
    """One of those whose records this person keeps; refused where it is another's."""
    require(rules.see_desk(request.user))
    service = get_object_or_404(Service.objects.select_related("department"), pk=pk)
    require(rules.keep(request.user, service.department_id))
    return service
