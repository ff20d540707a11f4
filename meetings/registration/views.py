"""Registering for a meeting, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.people.naming import naming
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings import limits
from meetings.models import Registration
from meetings.registration import actions, queries, rules
from meetings.registration.forms import RegisterForm
from meetings.views import meeting_of


def _redirect_registered(request: HttpRequest, made_id: int, pk: int) -> HttpResponse:
    made = get_object_or_404(Registration, pk=made_id)
    if made.waits:
        messages.info(request, _("All places are taken: you are on the waiting list."))
    else:
        messages.success(request, _("Thank you. You are registered."))
    return redirect("meetings:register", pk)


@idempotent(_redirect_registered)
@login_required
@naming
@require_http_methods(["GET", "POST"])
def register(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Register to attend or to speak; who is registered reads it, and may take it back. Whoever
    rules.register lets."""
    shown = meeting_of(request, pk)
    meeting = shown.meeting
    own = queries.own_registration(pk, request.user)
    form = RegisterForm(posted_data(request), meeting)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            require(limits.REGISTER.spend(request.user.pk))
            made = actions.register(meeting, by=request.user, **form.cleaned_data)
            return _redirect_registered(request, made.pk, pk)
    context = shown.context(
        form=form,
        own=own,
        registration=queries.registration_of(meeting, shown.now),
        verdict=rules.begin(request.user, meeting, now=shown.now, is_registered=False),
        may_withdraw=own and rules.withdraw(request.user, meeting, own.registration),
    )
    return render(request, "meetings/register.html", context, status=form.status)


@require_POST
@login_required
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take one's own registration back. rules.withdraw."""
    shown = meeting_of(request, pk)
    own = Registration.objects.active().filter(meeting=pk, user=request.user)
    registration = get_object_or_404(own.select_related("meeting"))
    actions.withdraw(registration, by=request.user)
    messages.success(
        request, _("You are not registered any more; what you said of your needs is deleted.")
    )
    return redirect(shown.meeting.get_absolute_url())
