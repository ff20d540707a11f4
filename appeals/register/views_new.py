"""Views of the desk: registering what came on paper or by word of mouth, and its receipt."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.data.access_log import shows_people
from accounts.http import AuthenticatedHttpRequest
from appeals import actions, rules
from appeals.desk import case as cases
from appeals.desk.forms import DRAFTS
from appeals.filing import rules_own
from appeals.models import Appeal
from appeals.queries import load_involved
from appeals.register.forms import NewForm, SecretForm
from appeals.secrets import is_secret_of, new_secret
from core.domain import clock
from core.domain.rules import require
from core.web import idempotency
from core.web.forms import posted_data
from core.web.idempotency import idempotent


def _new_answer(request: HttpRequest, pk: int) -> HttpResponse:
    if not Appeal.objects.worked_on_by(request.user).filter(pk=pk).exists():
        number = Appeal.objects.only("number", "registered_on").get(pk=pk).label
        said = _("Registered as %(number)s. It is yours or about you: others work on it.")
        messages.success(request, said % {"number": number})
        return redirect("appeals_desk:list")
    messages.success(request, _("Registered. Print the receipt, or accept the appeal at once."))
    return redirect("appeals_desk:receipt", pk)


@idempotent(_new_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Register what came on paper, by telephone or at a visit. rules.file: the office."""
    require(rules.register(request.user, load_involved()))
    form = NewForm(
        posted_data(request),
        request.FILES or None,
        initial={"received_at": clock.now(), "people": 1},
    )
    DRAFTS.keep(form, request.user.pk, "new")
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            filed = actions.file(by=request.user, **form.collect_arguments())
            return _new_answer(request, filed.appeal.pk)
    return render(request, "appeals/desk_new.html", {"form": form}, status=form.status)


@login_required
@require_GET
@shows_people
def receipt(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A receipt with its number, to be printed. The office."""
    case = cases.load(request, pk)
    require(rules.office(case.user, case.appeal, case.involved))
    return render(request, "appeals/desk_receipt.html", _receipt(request, case, SecretForm()))


def _secret_answer(request: AuthenticatedHttpRequest, _id: int, pk: int) -> HttpResponse:
    """The answer to a form that came twice: the same code, while it is the appeal's."""
    case = cases.load(request, pk)
    require(rules.office(case.user, case.appeal, case.involved))
    made = new_secret(idempotency.secret("appeal"))
    is_present = is_secret_of(case.appeal, made)
    context = _receipt(request, case, SecretForm(), made if is_present else "")
    return render(request, "appeals/desk_receipt.html", context)


@login_required
@require_POST
@shows_people
@idempotent(_secret_answer, in_place=True)
def secret(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A receipt with a new code of access; the former code opens nothing. rules.give_secret: for
    a person who stands at the window and has shown who they are."""
    case = cases.load(request, pk)
    require(rules.office(case.user, case.appeal, case.involved))
    form, made = SecretForm(request.POST), ""
    if form.is_valid():
        with form.attempt():
            made = actions.renew_secret(case.appeal, by=case.user, **form.cleaned_data)
    context = _receipt(request, case, form, made)
    return render(request, "appeals/desk_receipt.html", context, status=form.status)


def _receipt(
    request: AuthenticatedHttpRequest, case: cases.Case, form: SecretForm, secret: str = ""
) -> dict[str, Any]:
    return {
        "shown": case.shown,
        "secret": secret,
        "form": form,
        "may_give": rules_own.give_secret(case.user, case.appeal, involved=case.involved),
        "kept_done": DRAFTS.keys(request.user.pk, "new", 0),
    }
