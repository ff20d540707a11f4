"""Views of one's own organisations: register, describe, have confirmed, close."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.people.naming import naming
from accounts.residence.forms import CodeForm
from core.db.paging import neighbours
from core.domain import clock
from core.domain.rules import Refused, Verdict, require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from organisations import queries, rules
from organisations.confirming import actions as confirming_actions
from organisations.confirming import actions_letters as letters_actions
from organisations.forms import AboutForm, DescribeForm, NamesForm, RegisterForm
from organisations.mandates.actions import unrevoked_mandate
from organisations.models import Organisation
from organisations.registering import actions


@login_required
@require_GET
def mine(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The person's organisations and invitations. Anybody signed in, of themselves."""
    context = {
        "mandates": queries.mine(request.user),
        "invitations": queries.invitations_for(request.user),
    }
    return render(request, "organisations/mine.html", context)


def _onward(request: HttpRequest) -> str:
    """The form of this site for which one came (``next``); "" for none."""
    wanted = request.GET.get("next", "")
    return wanted if account_adapter(request).is_safe_url(wanted) else ""


def _registered_answer(request: HttpRequest, made_id: int) -> HttpResponse:
    """Back to the form for which one came (``next``), where one speaks for it at once; else to its
    page."""
    wanted = _onward(request)
    if wanted:
        messages.success(
            request,
            _(
                "Registered. Send your words now: they are kept until the organisation is "
                "confirmed. How to have it confirmed stands on its page, under “My organisations”."
            ),
        )
        return redirect(wanted)
    messages.success(request, _("Registered. Now have it confirmed."))
    return redirect("organisations:detail", made_id)


@idempotent(_registered_answer)
@login_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@naming
def register(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Say that an organisation is one's own. Anybody signed in; rules.register."""
    form = RegisterForm(posted_data(request), initial={"contact": request.user.email or ""})
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.register(by=request.user, **form.registered())
            return _registered_answer(request, made.pk)
    back = _onward(request) or reverse("organisations:mine")
    return _page(request, "organisations/register.html", form, back=back)


@login_required
@require_GET
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The organisation's page for its people; heads see who they are. rules.run for the rest."""
    return _detail(request, mine_or_404(request, pk))


def _detail(
    request: AuthenticatedHttpRequest,
    organisation: Organisation,
    *,
    form: CodeForm | None = None,
    refused: Verdict | None = None,
) -> HttpResponse:
    context = queries.detail(organisation, request.user, after=request.GET.get("after"))
    if "history" in context:
        context |= neighbours(context["history"], request.GET)
    context |= {"code_form": form or CodeForm(), "refused": refused}
    status = 422 if refused is not None or (form and form.errors) else 200
    return render(request, "organisations/detail.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Describe it: all until it is confirmed, afterwards what nobody checks. rules.run."""
    organisation = run_by(request, pk)
    kind = AboutForm if organisation.confirmed_at else DescribeForm
    form = kind(posted_data(request), initial=vars(organisation))
    if request.method == "POST" and form.is_valid():
        fields = form.fields_given() if isinstance(form, DescribeForm) else form.about()
        with form.attempt():
            actions.describe(organisation, by=request.user, fields=fields)
            messages.success(request, _("Saved."))
            return redirect(organisation)
    return _page(request, "organisations/edit.html", form, organisation=organisation)


def _amend_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("Sent. It is shown when our office has checked it."))
    return redirect("organisations:detail", pk)


@idempotent(_amend_answer)
@login_required
@require_http_methods(["GET", "POST"])
def amend(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Ask for another name or location of a confirmed one. rules.run."""
    organisation = run_by(request, pk)
    form = NamesForm(posted_data(request), initial=vars(organisation))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.amend(organisation, by=request.user, fields=form.checked())
            return _amend_answer(request, made.pk, pk)
    return _page(request, "organisations/amend.html", form, organisation=organisation)


@login_required
@require_POST
def sign(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Confirm it by one's own qualified signature. rules.confirm_by_signature."""
    organisation = mine_or_404(request, pk)
    try:
        confirming_actions.confirm_by_signature(organisation, by=request.user)
    except Refused as refusal:
        return _detail(request, organisation, refused=refusal.verdict)
    messages.success(request, _("Confirmed. You can speak for the organisation now."))
    return redirect(organisation)


def _letter_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("We will send the letter by post."))
    return redirect("organisations:detail", pk)


@idempotent(_letter_answer)
@login_required
@require_POST
def letter(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Ask for a letter with a code. rules.ask_for_letter."""
    organisation = mine_or_404(request, pk)
    try:
        made = letters_actions.ask_for_letter(organisation, by=request.user)
    except Refused as refusal:
        return _detail(request, organisation, refused=refusal.verdict)
    return _letter_answer(request, made.pk, pk)


@login_required
@require_POST
def code(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Enter the code from the letter. rules.redeem."""
    organisation = mine_or_404(request, pk)
    form = CodeForm(request.POST)
    if form.is_valid():
        with form.attempt():
            letters_actions.confirm_by_letter(
                organisation, by=request.user, written=form.cleaned_data["code"]
            )
            messages.success(request, _("Confirmed. You can speak for the organisation now."))
            return redirect(organisation)
    return _detail(request, organisation, form=form)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """End it here. Its heads; rules.close."""
    organisation = run_by(request, pk)
    if request.method == "POST":
        actions.close(organisation, by=request.user)
        messages.success(request, _("Closed. What the organisation said stays."))
        return redirect("organisations:mine")
    return render(request, "organisations/close.html", {"organisation": organisation})


def mine_or_404(request: HttpRequest, pk: int) -> Organisation:
    """An organisation that the person has a mandate of."""
    return get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)


def run_by(request: AuthenticatedHttpRequest, pk: int) -> Organisation:
    """An organisation of which the person is a head. 404, or rules.run."""
    organisation = mine_or_404(request, pk)
    mandate = unrevoked_mandate(organisation, request.user)
    require(rules.run(request.user, organisation, mandate, now=clock.now()))
    return organisation


def _page(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=form.status)
