"""Procedures of consultations at the desk: part of the council's own data (/desk/city/)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.validators import slug_re
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.security.proofs import fresh_to_change
from city import rules
from city.lists import actions as city
from city.lists.slugs import slug_of
from consultations.models import Consultation, Procedure
from consultations.procedures.forms import ForceForm, ProcedureForm
from consultations.procedures.sources import may_force, put_in_force
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent


@login_required
@require_GET
def procedures(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All procedures, in force and not. city.rules.change."""
    require(rules.change(request.user))
    found = list(Procedure.objects.order_by("-in_force", "pk"))
    return render(request, "consultations/desk_procedures.html", {"procedures": found})


def _new_procedure_answer(request: HttpRequest, _id: int) -> HttpResponse:
    messages.success(request, _("Added: officers can choose it from now on."))
    return redirect("desk:procedures")


@idempotent(_new_procedure_answer)
@fresh_to_change
@require_http_methods(["GET", "POST"])
def new_procedure(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Add a procedure; ``?like=``: with the words of another to begin from. One whose law is not in
    force waits out of force. city.rules.change."""
    require(rules.change(request.user))
    form = ProcedureForm(posted_data(request), initial=_words_of(request.GET.get("like", "")))
    if form.is_valid():
        with form.attempt(), form.showing_errors():
            taken = set(Procedure.objects.values_list("code", flat=True))
            values = {**form.cleaned_data, "code": slug_of(form.cleaned_data["name"], taken)}
            values["in_force"] = bool(may_force(Procedure(**values)))
            return _new_procedure_answer(request, city.add("procedure", values, by=request.user).pk)
    return _page(request, form)


@fresh_to_change
@require_http_methods(["GET", "POST"])
def procedure(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Correct it; once something was announced under it, its note alone. city.rules.change,
    procedures.rules.change_procedure."""
    require(rules.change(request.user))
    edited = get_object_or_404(Procedure, pk=pk)
    is_in_use = Consultation.objects.filter(procedure=pk, announced_at__isnull=False).exists()
    form = ProcedureForm(posted_data(request), instance=edited, is_in_use=is_in_use)
    if form.is_valid():
        with form.attempt(), form.showing_errors(), form.saving(edited):
            city.change(edited, form.cleaned_data, by=request.user)
            messages.success(request, _("Saved."))
            return redirect("desk:procedures")
    stored = Procedure.objects.get(pk=pk)
    return _page(request, form, procedure=stored, is_in_use=is_in_use)


@fresh_to_change
@require_POST
def force_procedure(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take it out of force, or put it into force (``in_force=on``); before its law is, after a
    question with the reason. city.rules.close, reopen,
    consultations.procedures.rules.put_in_force."""
    require(rules.change(request.user))
    found = get_object_or_404(Procedure, pk=pk)
    if request.POST.get("in_force") != "on":
        city.close(found, by=request.user)
        messages.success(request, _("It is out of force; what was announced goes on under it."))
        return redirect("desk:procedures")
    may = may_force(found)
    form = ForceForm(request.POST if "ground" in request.POST else None)
    if may or form.is_valid():
        with form.attempt():
            ground = form.cleaned_data["ground"] if form.is_bound else ""
            put_in_force(found, by=request.user, ground=ground)
            messages.success(request, _("It is in force: officers can choose it."))
            return redirect("desk:procedures")
    context = {"procedure": found, "verdict": may, "form": form}
    return render(request, "consultations/desk_procedure_force.html", context, status=form.status)


def _words_of(code: str) -> dict[str, Any]:
    like = Procedure.objects.filter(code=code).first() if slug_re.fullmatch(code) else None
    return model_to_dict(like, fields=ProcedureForm.Meta.fields) if like else {}


def _page(request: HttpRequest, form: ProcedureForm, **more: Any) -> HttpResponse:
    context = {"form": form, **more}
    return render(request, "consultations/desk_procedure.html", context, status=form.status)
