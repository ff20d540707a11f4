"""A page of one thing to do with an appeal: its form, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import AuthenticatedHttpRequest
from appeals.desk.case import Case
from appeals.desk.forms import DRAFTS
from core.domain.rules import Verdict
from core.web.forms import RefusableForm
from core.web.optimistic_lock import OptimisticLockForm


@dataclass(frozen=True, slots=True)
class Step:
    """Its words: ``name`` is that of its form and its kept texts, ``said`` what success says."""

    name: str
    title: str
    button: str
    said: str
    explained: str = ""
    danger: bool = False
    #: It creates something: its form carries an idempotency key.
    once: bool = False


def run_step(
    request: AuthenticatedHttpRequest,
    case: Case,
    step: Step,
    form: RefusableForm,
    may: Verdict,
    do: Callable[[dict[str, Any]], Any],
    **context: Any,
) -> HttpResponse:
    """The page; posted and accepted, ``do(cleaned data)`` and the appeal's page.

    ``may``: what the rule says of the step as such. Refused or wrong, the form comes back as it
    was sent.
    """
    DRAFTS.keep(form, case.user.pk, step.name, case.appeal.pk)
    if request.method == "POST" and form.is_valid():
        saving = (
            form.saving(case.appeal, may=may)
            if isinstance(form, OptimisticLockForm)
            else nullcontext()
        )
        with form.attempt(), saving:
            do(form.cleaned_data)
            messages.success(request, step.said)
            return redirect(case.url(done=step.name))
    context |= {
        "shown": case.shown,
        "here": step.title,
        "form": form,
        "button": step.button,
        "explained": step.explained,
        "danger": step.danger,
        "once": step.once,
        "verdict": may,
    }
    template = context.pop("template", "appeals/desk_step.html")
    return render(request, template, context, status=form.status)
