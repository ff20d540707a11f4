"""Desk page of the poll on a consultation's page: attach and detach it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from consultations import pages, rules
from consultations.desk.queries import frame, load_worked_on
from consultations.polls import actions
from core.web.forms import posted_data
from votes.desk.attaching import AttachForm


@login_required
@require_http_methods(["GET", "POST"])
def poll(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The poll, or the form that puts one there. rules.keep_record, polls.rules.attach_poll."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    form = AttachForm(posted_data(request), department_id=consultation.department_id)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.attach_poll(consultation, by=request.user, **form.cleaned_data)
            messages.success(request, _("The poll stands on the page."))
            return redirect("desk:poll", pk)
    context = {
        **frame(shown, "poll"),
        "form": form,
        "poll": pages.poll_of(consultation),
        "may_change": rules.change_papers(request.user, consultation, now=shown.now),
    }
    return render(request, "consultations/desk_poll.html", context, status=form.status)


@login_required
@require_POST
def detach_poll(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take the poll off the page. polls.rules.detach_poll."""
    actions.detach_poll(load_worked_on(request, pk).consultation, by=request.user)
    messages.success(request, _("The poll is taken off the page."))
    return redirect("desk:poll", pk)
