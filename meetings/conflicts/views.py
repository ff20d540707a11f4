"""Declaring a conflict of interest: on the deputy's telephone, and for them by the secretary."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.conflicts import actions, rules
from meetings.conflicts.forms import ConflictForm, WithdrawForm
from meetings.control.steps import draw_step, meeting_to_run, url_of
from meetings.floor.queries import deputy_of
from meetings.models import Conflict
from meetings.rules import be_deputy
from meetings.views import meeting_of


def _redirect_declared(request: HttpRequest, _made: int, pk: int) -> HttpResponse:
    messages.success(request, _("Declared: you do not take part in this item."))
    return redirect("meetings:vote", pk)


@idempotent(_redirect_declared)
@login_required
@require_http_methods(["GET", "POST"])
def declare(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A deputy declares their own. rules.declare."""
    shown = meeting_of(request, pk)
    deputy = deputy_of(request.user)
    require(be_deputy(deputy))
    assert deputy is not None  # noqa: S101 - by the rule
    initial = {"item": shown.meeting.current_item_id}
    form = ConflictForm(posted_data(request), meeting=shown.meeting, is_own=True, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            data = form.cleaned_data
            made = actions.declare(data["item"], deputy, by=request.user, words=data["words"])
            return _redirect_declared(request, made.pk, pk)
    context = shown.context(form=form)
    return render(request, "meetings/conflict.html", context, status=form.status)


def _redirect_entered(_request: HttpRequest, _made: int, pk: int) -> HttpResponse:
    return redirect(url_of(pk, "conflicts"))


@idempotent(_redirect_entered)
@login_required
@require_http_methods(["GET", "POST"])
def enter(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The secretary enters what a member declares aloud. rules.declare."""
    meeting = meeting_to_run(request, pk)
    initial = {"item": meeting.current_item_id}
    form = ConflictForm(posted_data(request), meeting=meeting, is_own=False, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            data = form.cleaned_data
            made = actions.declare(
                data["item"], data["deputy"], by=request.user, words=data["words"]
            )
            return _redirect_entered(request, made.pk, pk)
    template, at = "meetings/control_conflict.html", "conflicts"
    return draw_step(request, meeting, template, at=at, form=form, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: AuthenticatedHttpRequest, pk: int, conflict_pk: int) -> HttpResponse:
    """Take back what was declared by mistake. rules.withdraw."""
    meeting = meeting_to_run(request, pk)
    rows = Conflict.objects.filter(item__meeting=meeting)
    conflict = get_object_or_404(rows.select_related("item__meeting", "deputy"), pk=conflict_pk)
    require(rules.withdraw(request.user, meeting, conflict, reason="-"))
    form = WithdrawForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.withdraw(conflict, by=request.user, **form.cleaned_data)
            return redirect(url_of(pk, "conflicts"))
    return draw_step(
        request,
        meeting,
        "meetings/control_conflict_withdraw.html",
        at="conflicts",
        form=form,
        conflict=conflict,
        status=form.status,
    )
