"""The desk's list of consultations, their description, and the overview of one."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.notes.queries import notes_of
from city.calendar import work_calendar
from consultations import rules
from consultations.desk.matters import matter_of
from consultations.desk.queries import (
    frame,
    load_with_work,
    load_worked_on,
    next_step,
    show_rows,
    with_work,
)
from consultations.life import actions, checks
from consultations.life.forms import DRAFTS, ConsultationForm
from consultations.models import Consultation
from core.db.paging import neighbours, page_of
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from drafts.models import Version

LISTS = ("preparing", "announced", "open", "closed", "reported", "withdrawn")


@login_required
@require_GET
def consultation_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Consultations of the officer's department: in preparation, open, finished. rules.use_desk."""
    require(rules.use_desk(request.user))
    chosen = request.GET.get("state", "")
    consultations = Consultation.objects.worked_on_by(request.user)
    if chosen in LISTS:
        consultations = getattr(consultations, chosen)()
    page = page_of(with_work(consultations), order=("-id",), after=request.GET.get("after"))
    context = {
        "page": page,
        "rows": show_rows(page),
        "states": _tabs(chosen),
        "may_begin": rules.begin(request.user),
        **neighbours(page, request.GET),
    }
    return render(request, "consultations/desk_list.html", context)


def _tabs(chosen: str) -> list[dict[str, Any]]:
    labels = {
        "": _("All"),
        "preparing": _("In preparation"),
        "announced": _("Announced"),
        "open": _("Open now"),
        "closed": _("Report due"),
        "reported": _("Report published"),
        "withdrawn": _("Withdrawn"),
    }
    return [
        {"label": label, "url": f"?state={state}" if state else "?", "current": state == chosen}
        for state, label in labels.items()
    ]


def _new_answer(request: HttpRequest, made_pk: int) -> HttpResponse:
    messages.success(request, _("Saved. Now import the text of the draft."))
    return redirect(f"{reverse('desk:import', args=[made_pk])}?done=new:0")


@idempotent(_new_answer)
@login_required
@require_http_methods(["GET", "POST"])
def consultation_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Begin to prepare a consultation. rules.begin."""
    require(rules.begin(request.user))
    form = ConsultationForm(posted_data(request), by=request.user)
    DRAFTS.keep(form, request.user.pk, "new")
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.create(
                by=request.user,
                fields=form.description(),
                themes=form.cleaned_data["themes"],
                streets=form.cleaned_data["streets"],
            )
            return _new_answer(request, made.pk)
    context = {"form": form}
    return render(request, "consultations/desk_new.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def consultation_edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Edit the description. rules.revise."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    verdict = rules.revise(request.user, consultation, now=shown.now)
    # A copy: the page names what is stored, whatever the form holds.
    form = ConsultationForm(posted_data(request), instance=copy(consultation), by=request.user)
    DRAFTS.keep(form, request.user.pk, "edit", pk)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(consultation, may=verdict):
            actions.revise(
                consultation,
                by=request.user,
                fields=form.description(),
                themes=form.cleaned_data["themes"],
                streets=form.cleaned_data["streets"],
            )
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('desk:detail', args=[pk])}?done=edit")
    context = {**frame(shown, "edit"), "form": form, "verdict": verdict}
    return render(request, "consultations/desk_edit.html", context, status=form.status)


@login_required
@require_GET
def consultation_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The consultation's state, next step and possible actions. rules.keep_record."""
    shown = load_with_work(request, pk)
    consultation = shown.consultation
    user, now = request.user, shown.now
    context = {
        **frame(shown, "detail"),
        "kept_done": DRAFTS.keys_done(request, pk),
        "step": next_step(shown),
        "versions": Version.objects.filter(draft=consultation.draft_id).order_by("number"),
        "date_changes": consultation.date_changes.select_related("by"),
        "attachments": consultation.attachments.all(),
        "links": consultation.links.all(),
        # Their reasons are asked for on pages of their own.
        "may_change_dates": rules.change_dates(user, consultation, now=now, reason="-"),
        "may_discard": rules.discard(user, consultation, now=now),
        "hint": checks.last_day_hint(shown, work_calendar()),
        "may_withdraw": rules.withdraw(user, consultation, now=now, reason="-"),
        "notes": notes_of(matter_of(consultation), user, request.GET),
    }
    return render(request, "consultations/desk_detail.html", context)
