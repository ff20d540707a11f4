"""Views of those who act for an organisation: invite, change, revoke; the invited person's page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.people.naming import naming
from accounts.rules import NAME_MISSING
from core.domain import clock
from core.domain.rules import Refused, require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from organisations import rules
from organisations.forms import InviteForm, MandateForm
from organisations.mandates import actions as people_actions
from organisations.mandates import actions_invitations as actions
from organisations.mandates.actions import unrevoked_mandate
from organisations.mandates.tokens import fits
from organisations.models import Invitation, Mandate, Organisation
from organisations.registering.views import mine_or_404, run_by


def _invite_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The invitation is on its way."))
    return redirect("organisations:detail", pk)


@idempotent(_invite_answer)
@login_required
@require_http_methods(["GET", "POST"])
def invite(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to act for the organisation. Its heads; rules.invite, rules.grant."""
    organisation = run_by(request, pk)
    form = InviteForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        with form.attempt():
            made = actions.invite(organisation, by=request.user, email=email, **form.granted())
            return _invite_answer(request, made.pk, pk)
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/invite.html", context, status=form.status)


@login_required
@require_POST
def withdraw(request: AuthenticatedHttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """Take an invitation back. The organisation's heads; rules.run."""
    organisation = run_by(request, pk)
    invitation = get_object_or_404(organisation.invitations, pk=invitation_pk)
    actions.withdraw_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation is taken back."))
    return redirect(organisation)


def _change_answer(request: HttpRequest, _id: int, pk: int, mandate_pk: int) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("organisations:detail", pk)


@idempotent(_change_answer)
@login_required
@require_http_methods(["GET", "POST"])
def change(request: AuthenticatedHttpRequest, pk: int, mandate_pk: int) -> HttpResponse:
    """Other scopes, another end. The organisation's heads; rules.change, rules.grant."""
    organisation = run_by(request, pk)
    mandate = _mandate(organisation, mandate_pk)
    form = MandateForm(posted_data(request), initial=MandateForm.of(mandate))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = people_actions.change_mandate(mandate, by=request.user, **form.granted())
            return _change_answer(request, made.pk, pk, mandate_pk)
    context = {"organisation": organisation, "mandate": mandate, "form": form}
    return render(request, "organisations/change.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request: AuthenticatedHttpRequest, pk: int, mandate_pk: int) -> HttpResponse:
    """Revoke a mandate, or leave. Heads, and everybody their own; rules.end."""
    organisation = mine_or_404(request, pk)
    mandate = _mandate(organisation, mandate_pk)
    own = mandate.user_id == request.user.pk
    refused = None
    if not own:
        own_mandate = unrevoked_mandate(organisation, request.user)
        require(rules.run(request.user, organisation, own_mandate, now=clock.now()))
    if request.method == "POST":
        try:
            people_actions.revoke(mandate, by=request.user)
        except Refused as refusal:
            refused = refusal.verdict
        else:
            words = _("You no longer act for the organisation.") if own else _("Revoked.")
            messages.success(request, words)
            return redirect("organisations:mine") if own else redirect(organisation)
    context = {"organisation": organisation, "mandate": mandate, "own": own, "refused": refused}
    return render(
        request, "organisations/revoke.html", context, status=200 if refused is None else 422
    )


def _accept_answer(request: HttpRequest, mandate_id: int, pk: int, token: str) -> HttpResponse:
    return _redirect_accepted(request, get_object_or_404(Mandate, pk=mandate_id).organisation_id)


def _redirect_accepted(request: HttpRequest, organisation_id: int) -> HttpResponse:
    messages.success(request, _("You act for the organisation now."))
    return redirect("organisations:detail", organisation_id)


@idempotent(_accept_answer)
@require_http_methods(["GET", "POST"])
@naming
def invitation(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The invitation, and a button. Whoever has the link; rules.accept to agree.

    To look at it changes nothing: programs follow the links in mails.
    """
    found = Invitation.objects.select_related("organisation", "invited_by").filter(pk=pk).first()
    if found is None or not fits(found, token):
        raise Http404
    verdict, is_nameless = rules.accept(request.user, found, now=clock.now()), False
    if request.method == "POST" and request.user.is_authenticated:
        try:
            actions.accept(found, by=request.user)
        except Refused as refusal:
            is_nameless = refusal.verdict.code == NAME_MISSING.code
            verdict = verdict if is_nameless else refusal.verdict
        else:
            return _redirect_accepted(request, found.organisation_id)
    context = {
        "invitation": found,
        "organisation": found.organisation,
        "verdict": verdict,
        "refused": NAME_MISSING.message if is_nameless else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "organisations/invitation.html", context, status=status)


def _mandate(organisation: Organisation, pk: int) -> Mandate:
    return get_object_or_404(
        organisation.mandates.filter(revoked_at=None).select_related("user"), pk=pk
    )
