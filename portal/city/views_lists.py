"""The desk's pages of departments, themes and districts: add, rename, close, reopen, remove."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.hand_overs import leaving
from accounts.hand_overs.forms import HandOverForm
from accounts.hand_overs.queries import newest_of, work_of_department
from accounts.http import AuthenticatedHttpRequest
from city import rules
from city.lists import actions
from city.lists.slugs import slug_of
from city.models import Department
from core.domain.rules import Refused, require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from portal.city.lists import list_of
from portal.city.views import page


@login_required
@require_GET
def rows(request: AuthenticatedHttpRequest, plural: str) -> HttpResponse:
    """One of the lists, with what is closed. city.rules.change."""
    require(rules.change(request.user))
    shown = list_of(plural)
    found = list(shown.model._default_manager.all())
    context = {
        "list": shown,
        "open": [row for row in found if row.closed_at is None],
        "closed": [row for row in found if row.closed_at is not None],
    }
    return render(request, "portal/city/rows.html", context)


def _new_row_answer(request: AuthenticatedHttpRequest, _id: int, plural: str) -> HttpResponse:
    messages.success(request, _("Added: it can be chosen from now on."))
    return redirect("city_desk:rows", plural)


@idempotent(_new_row_answer)
@require_http_methods(["GET", "POST"])
def new_row(request: AuthenticatedHttpRequest, plural: str) -> HttpResponse:
    """Add a row; its slug is made of its name. city.rules.change."""
    require(rules.change(request.user))
    shown = list_of(plural)
    form = shown.form(posted_data(request))
    if form.is_valid():
        with form.attempt(), form.showing_errors():
            taken = set(shown.model._default_manager.values_list("slug", flat=True))
            slug = slug_of(form.cleaned_data["name"], taken)
            made = actions.add(shown.table, {**form.cleaned_data, "slug": slug}, by=request.user)
            return _new_row_answer(request, made.pk, plural)
    return page(request, "row", form, list=shown)


@require_http_methods(["GET", "POST"])
def row(request: AuthenticatedHttpRequest, plural: str, pk: int) -> HttpResponse:
    """Rename it, give it other contacts. city.rules.change, city.rules.change_columns."""
    require(rules.change(request.user))
    shown = list_of(plural)
    edited = get_object_or_404(shown.model._default_manager, pk=pk)
    may = rules.change_columns(is_closed=edited.closed_at is not None)
    form = shown.form(posted_data(request), instance=edited)
    if form.is_valid():
        with form.attempt(), form.showing_errors(), form.saving(edited, may=may):
            actions.change(edited, form.cleaned_data, by=request.user)
            messages.success(request, _("Saved."))
            return redirect("city_desk:rows", plural)
    stored = shown.model._default_manager.get(pk=pk)
    is_department = isinstance(stored, Department)
    hand_overs = newest_of(department=stored) if is_department else []
    return page(request, "row", form, list=shown, row=stored, verdict=may, hand_overs=hand_overs)


@require_http_methods(["GET", "POST"])
def close_row(request: AuthenticatedHttpRequest, plural: str, pk: int) -> HttpResponse:
    """Offer it for nothing new any more, or again (``open=on``); of a department its open work is
    handed over first. city.rules.close, reopen."""
    require(rules.change(request.user))
    closed = get_object_or_404(list_of(plural).model._default_manager, pk=pk)
    if request.POST.get("open") == "on":
        actions.reopen(closed, by=request.user)
        messages.success(request, _("It can be chosen again."))
    elif isinstance(closed, Department) and closed.closed_at is None:
        return _close_department(request, closed)
    elif request.method == "GET":
        return redirect("city_desk:row", plural, pk)
    else:
        actions.close(closed, by=request.user)
        messages.success(
            request, _("Closed: it is offered for nothing new and stays named where it was used.")
        )
    return redirect("city_desk:rows", plural)


def _close_department(request: AuthenticatedHttpRequest, closed: Department) -> HttpResponse:
    work = work_of_department(closed, request.user)
    others = Department.objects.open().exclude(pk=closed.pk)
    offered = [(each, None) for each in others] if work.items else []
    form = HandOverForm(posted_data(request), items=work.items, offered=offered)
    if form.is_valid():
        with form.attempt():
            passed = leaving.close_department(closed, by=request.user, chosen=form.choices())
            messages.success(
                request,
                _("Closed: it is offered for nothing new and stays named where it was used."),
            )
            if passed is not None:
                return redirect("staff:hand_over", passed.pk)
            return redirect("city_desk:rows", "departments")
    shown = list_of("departments")
    return page(request, "close_department", form, list=shown, row=closed, unseen=work.unseen)


@require_POST
def remove_row(request: AuthenticatedHttpRequest, plural: str, pk: int) -> HttpResponse:
    """Delete one to which nothing refers; of another the page says so (409). city.rules.change."""
    require(rules.change(request.user))
    shown = list_of(plural)
    gone = get_object_or_404(shown.model._default_manager, pk=pk)
    try:
        actions.remove(gone, by=request.user)
    except Refused as refused:
        may = rules.change_columns(is_closed=gone.closed_at is not None)
        form = shown.form(instance=gone)
        why = refused.verdict.message  # a refusal is falsy: its words are not
        answer = page(request, "row", form, list=shown, row=gone, verdict=may, in_use=why)
        answer.status_code = 409
        return answer
    messages.success(request, _("Removed."))
    return redirect("city_desk:rows", plural)
