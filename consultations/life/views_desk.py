"""Desk pages of transitions: announce, change dates, withdraw, discard."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from city.calendar import work_calendar
from consultations import rules
from consultations.checklist.presenters import stages_of
from consultations.checklist.queries import facts_of
from consultations.desk.queries import frame, load_worked_on
from consultations.life import actions, checks
from consultations.life.forms import DRAFTS, DatesForm, WithdrawForm
from consultations.presenters import ShownConsultation
from core.domain.calendar import local_date
from core.domain.rules import Refused, Verdict, require
from core.web.forms import RefusableForm, posted_data
from core.web.idempotency import idempotent
from drafts.models import Version


@login_required
@require_http_methods(["GET", "POST"])
def announce(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Missing requirements for the announcement; when none, publish it. rules.announce."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    if request.method == "POST":
        try:
            actions.announce(consultation, by=request.user)
        except Refused as refusal:
            context = _announcement(request, shown) | {"verdict": refusal.verdict}
            return render(request, "consultations/desk_announce.html", context, status=422)
        messages.success(request, _("Announced. Everybody can see it now."))
        return redirect("desk:detail", pk)
    context = _announcement(request, shown)
    return render(request, "consultations/desk_announce.html", context)


def _announcement(request: AuthenticatedHttpRequest, shown: ShownConsultation) -> dict[str, Any]:
    consultation = shown.consultation
    calendar, today = work_calendar(), local_date(shown.now)
    published = [
        moment is not None
        for moment in Version.objects.filter(draft=consultation.draft_id).values_list(
            "published_at", flat=True
        )
    ]
    facts = facts_of(consultation, shown.now)
    verdict = rules.announce(
        request.user,
        consultation,
        now=shown.now,
        today=today,
        has_text=any(published),
        calendar=calendar,
        facts=facts,
    )
    listed = checks.announcement(
        consultation,
        today=today,
        has_text=any(published),
        has_preview=not all(published),
        calendar=calendar,
        facts=facts,
    )
    hint = checks.last_day_hint(shown, calendar)
    return {
        **frame(shown, "detail"),
        "verdict": verdict,
        "checks": listed,
        "stages": stages_of(facts, today=today, calendar=calendar),
        "hint": hint,
    }


def _dates_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The dates are changed; participants are told."))
    return redirect(f"{reverse('desk:detail', args=[pk])}?done=dates")


@idempotent(_dates_answer)
@login_required
@require_http_methods(["GET", "POST"])
def dates(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Correct or extend published dates, with a reason. rules.change_dates, rules_dates.dates."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    may = rules.change_dates(request.user, consultation, now=shown.now, reason="-")
    form = DatesForm(posted_data(request), consultation=consultation, state=shown.state)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(consultation, may=may):
            actions.change_dates(consultation, by=request.user, **form.cleaned_data)
            return _dates_answer(request, pk, pk)
    return _page(request, "dates", shown, form, may)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take it back, with a reason. rules.withdraw."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    form = WithdrawForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.withdraw(consultation, by=request.user, **form.cleaned_data)
            messages.success(request, _("Withdrawn. The page stays, with its reason."))
            return redirect(f"{reverse('desk:detail', args=[pk])}?done=withdraw")
    may = rules.withdraw(request.user, consultation, now=shown.now, reason="-")
    return _page(request, "withdraw", shown, form, may)


@login_required
@require_http_methods(["GET", "POST"])
def discard(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Throw away what was never announced, once it was asked. rules.discard."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    if request.method == "POST":
        actions.discard(consultation, by=request.user)
        messages.success(request, _("The consultation in preparation is deleted."))
        return redirect("desk:list")
    require(rules.discard(request.user, consultation, now=shown.now))
    return render(request, "consultations/desk_discard.html", frame(shown, "detail"))


def _page(
    request: AuthenticatedHttpRequest,
    name: str,
    shown: ShownConsultation,
    form: RefusableForm,
    may: Verdict,
    **more: Any,
) -> HttpResponse:
    """``may``: the rule's answer with the words still to come taken as given."""
    DRAFTS.keep(form, request.user.pk, name, shown.pk)
    context = {**frame(shown, "detail"), "form": form, "verdict": may, **more}
    return render(request, f"consultations/desk_{name}.html", context, status=form.status)
