"""Desk pages of what a department keeps for its table: saved texts, and who approves."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from city.models import Department
from consultations.dispositions import actions_texts as actions
from consultations.dispositions import rules
from consultations.dispositions.forms import DRAFTS, ApprovalSettingForm, SavedTextForm
from consultations.dispositions.models import ApprovalSetting, SavedText
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent

#: So many stand on the page.
_MOST = 200


def _load_department(request: AuthenticatedHttpRequest, pk: int) -> Department:
    department = get_object_or_404(Department, pk=pk)
    require(rules.keep_texts(request.user, pk))
    return department


def _address(department_pk: int, done: str = "") -> str:
    address = reverse("desk:texts", args=[department_pk])
    return f"{address}?done={done}" if done else address


@login_required
@require_GET
def texts(request: AuthenticatedHttpRequest, department_pk: int) -> HttpResponse:
    """The saved texts of a department, and who approves there. rules.keep_texts."""
    department = _load_department(request, department_pk)
    return _texts(request, department, None)


def _texts(
    request: AuthenticatedHttpRequest, department: Department, form: ApprovalSettingForm | None
) -> HttpResponse:
    setting = ApprovalSetting.objects.filter(pk=department.pk).first()
    initial = {"needs_another_person": setting is not None and setting.needs_another_person}
    saved = SavedText.objects.filter(department=department).select_related("by")[:_MOST]
    context = {
        "department": department,
        "texts": saved,
        "form": form or ApprovalSettingForm(initial=initial),
        "kept_done": DRAFTS.keys_done(request, department.pk),
    }
    return render(request, "consultations/desk_texts.html", context)


def _new_answer(request: HttpRequest, _made_pk: int, department_pk: int) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(_address(department_pk, "text:0"))


@idempotent(_new_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new_text(request: AuthenticatedHttpRequest, department_pk: int) -> HttpResponse:
    """Save words that the department writes often. rules.keep_texts."""
    department = _load_department(request, department_pk)
    form = SavedTextForm(posted_data(request))
    DRAFTS.keep(form, request.user.pk, "text")
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.add_text(department, by=request.user, **form.cleaned_data)
            return _new_answer(request, made.pk, department_pk)
    return _form(request, department, form)


@login_required
@require_http_methods(["GET", "POST"])
def text(request: AuthenticatedHttpRequest, department_pk: int, text_pk: int) -> HttpResponse:
    """Change a saved text. rules.keep_texts."""
    department = _load_department(request, department_pk)
    saved = get_object_or_404(SavedText, pk=text_pk, department=department)
    form = SavedTextForm(posted_data(request), instance=copy(saved))
    DRAFTS.keep(form, request.user.pk, "text", text_pk)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(saved):
            actions.change_text(saved, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(_address(department_pk, f"text:{text_pk}"))
    return _form(request, department, form, saved)


def _form(
    request: AuthenticatedHttpRequest,
    department: Department,
    form: SavedTextForm,
    saved: SavedText | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {"department": department, "form": form, "saved": saved}
    return render(request, "consultations/desk_saved_text.html", context, status=form.status)


@login_required
@require_POST
def delete_text(
    request: AuthenticatedHttpRequest, department_pk: int, text_pk: int
) -> HttpResponse:
    """Delete a saved text. rules.keep_texts."""
    department = _load_department(request, department_pk)
    saved = get_object_or_404(SavedText, pk=text_pk, department=department)
    actions.delete_text(saved, by=request.user)
    messages.success(request, _("Deleted."))
    return redirect(_address(department_pk))


@login_required
@require_POST
def approval(request: AuthenticatedHttpRequest, department_pk: int) -> HttpResponse:
    """Say whether another person approves. rules.set_approval."""
    department = _load_department(request, department_pk)
    form = ApprovalSettingForm(request.POST)
    if form.is_valid():
        with form.attempt():
            actions.set_approval(department, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(_address(department_pk))
    return _texts(request, department, form)
