"""Views of the office about people. Each access stands in that person's journal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.paper import actions as paper
from accounts.paper import rules as paper_rules
from accounts.paper.letters import to_print
from accounts.paper.sheets import sheet_pdf
from accounts.residence import actions, queries, rules
from accounts.residence.checking import Proof, check_document
from accounts.residence.desk.forms import CheckForm, FindForm, RegisterForm
from accounts.residence.desk.found import person_or_404, remember
from core.domain import clock
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def search(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Find a person by exact e-mail, telephone or account number. rules.look_up."""
    require(rules.look_up(request.user))
    form = FindForm(posted_data(request))
    found: list[User] = []
    if form.is_valid():
        found = queries.find(form.cleaned_data["who"])
        remember(request, found)
        if len(found) == 1:
            return redirect("people:person", found[0].pk)
        if not found:
            form.add_error("who", _("Nobody is known by exactly this."))
    record_access(request.user, found, "people.registration")
    context = {
        "form": form,
        "found": found,
        "letters": queries.waiting_letters(),
        "lists": queries.waiting_lists_count(),
    }
    return render(request, "accounts/people/search.html", context, status=_status(form))


@login_required
@require_GET
@shows_people
def person(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Page of a person whom an office looked up, with what it needs to know. rules.look_up."""
    require(rules.look_up(request.user))
    user = person_or_404(request, pk)
    record_access(request.user, user, "people.registration")
    return render(request, "accounts/people/person.html", _of(user, by=request.user))


def _of(user: User, *, by: User) -> dict[str, Any]:
    residence = queries.current(user)
    verification = user.verifications.in_force().first()
    account = getattr(user, "paper_account", None)
    return {
        "person": user,
        "residence": residence,
        "state": queries.state_of(residence, now=clock.now()),
        "verification": verification,
        "account": account,
        "sheet": account and account.sheets.filter(void_at=None).first(),
        "may_check": rules.check(by, user),
        "may_give_sheet": paper_rules.give_sheet(by, user),
    }


def _registered_answer(request: HttpRequest, user_id: int) -> HttpResponse:
    remember(request, [get_object_or_404(User, pk=user_id)])
    messages.success(request, _("Registered. Now check a document and print a sheet."))
    return redirect("people:person", user_id)


@idempotent(_registered_answer)
@login_required
@require_http_methods(["GET", "POST"])
def register(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Register somebody who has no e-mail. paper.rules.register."""
    require(rules.look_up(request.user))
    form = RegisterForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            user = paper.register(by=request.user, **form.facts())
            remember(request, [user])
            messages.success(request, _("Registered. Now check a document and print a sheet."))
            return redirect("people:person", user.pk)
    return render(request, "accounts/people/register.html", {"form": form}, status=_status(form))


def _check_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("Recorded."))
    return redirect("people:person", pk)


@idempotent(_check_answer)
@sensitive_post_parameters("person_code")
@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def check(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Record what a document proves. rules.check."""
    require(rules.look_up(request.user))
    user = person_or_404(request, pk)
    record_access(request.user, user, "identity.check")
    residence = queries.current(user)
    form = CheckForm(posted_data(request))  # nothing is chosen before somebody has looked
    if request.method == "POST" and form.is_valid():
        proof = Proof(user, **form.facts())
        with form.attempt():
            check_document(
                proof, by=request.user, person_code=form.cleaned_data["person_code"].strip()
            )
            return _check_answer(request, pk, pk)
    context = {"form": form, "person": user, "residence": residence}
    return render(request, "accounts/people/check.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def sheet(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Print a new sheet of codes for a person, or stop a lost one. paper.rules.give_sheet."""
    require(rules.look_up(request.user))
    user = person_or_404(request, pk)
    record_access(request.user, user, "people.registration")
    if request.method == "POST" and request.POST.get("action") == "void":
        paper.void_sheet(user, by=request.user)
        messages.success(request, _("The codes of the sheet do not work any more."))
        return redirect("people:person", pk)
    if request.method == "POST":
        made, codes = paper.new_sheet(user, by=request.user)
        return to_print(sheet_pdf(made, codes, user=user), f"arkush-{made.pk}.pdf")
    account = getattr(user, "paper_account", None)
    context = {
        "person": user,
        "verdict": paper_rules.give_sheet(request.user, user),
        "sheet": account and account.sheets.filter(void_at=None).first(),
    }
    return render(request, "accounts/people/sheet.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def end_residence(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """End a residence that was found wrong. rules.check."""
    require(rules.look_up(request.user))
    user = person_or_404(request, pk)
    record_access(request.user, user, "residence.check")
    residence = queries.current(user)
    if residence is None:
        return redirect("people:person", pk)
    if request.method == "POST":
        actions.end(user, by=request.user)
        messages.success(request, _("The residence has ended."))
        return redirect("people:person", pk)
    context = {"person": user, "residence": residence}
    return render(request, "accounts/people/end_residence.html", context)


def _status(form: Any) -> int:
    return 422 if form.errors else 200
