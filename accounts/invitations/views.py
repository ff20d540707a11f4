"""Views of invitations to work for the council: send, take back; the invited person's page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.invitations import actions, rules
from accounts.invitations.forms import InviteForm
from accounts.invitations.queries import show_invitations
from accounts.invitations.tokens import fits
from accounts.models import StaffInvitation
from accounts.people.naming import naming
from accounts.rules import NAME_MISSING
from accounts.security.gate import way_to_factor
from accounts.security.proofs import lead
from accounts.security.rules import SECOND_FACTOR
from accounts.staff import rules as staff
from accounts.staff.views import LOOKED_FOR, chosen_department, department_tabs
from city.models import Department
from core.domain import clock
from core.domain.rules import Refused, require
from core.web.forms import RefusableForm, posted_data
from core.web.idempotency import idempotent


def _invite_answer(request: HttpRequest, _id: int) -> HttpResponse:
    messages.success(request, _("The invitation is on its way."))
    return redirect("staff:list")


@idempotent(_invite_answer)
@login_required
@require_http_methods(["GET", "POST"])
def invite(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Invite an address to a role, in the department chosen by ``?department=``. rules.invite."""
    require(staff.see(request.user))
    slug = chosen_department(request)
    department = get_object_or_404(Department.objects.open(), slug=slug) if slug else None
    initial = {"email": request.session.get(LOOKED_FOR, "")}
    form = InviteForm(posted_data(request), department=department, initial=initial)
    if form.is_valid():
        with form.attempt():
            email = form.cleaned_data["email"]
            made = actions.invite(email, by=request.user, **form.facts())
            request.session.pop(LOOKED_FOR, None)
            return _invite_answer(request, made.pk)
    tabs = department_tabs(slug or "", Department.objects.open())
    context = {"form": form, "departments": tabs}
    return render(request, "accounts/invitations/invite.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back, after a question. rules.revoke."""
    require(staff.see(request.user))
    found = get_object_or_404(StaffInvitation.objects.select_related("department"), pk=pk)
    form = RefusableForm(posted_data(request))
    if form.is_valid():
        with form.attempt():
            actions.revoke(found, by=request.user)
            messages.success(request, _("The invitation is taken back."))
            return redirect("staff:list")
    context = {
        "invitation": found,
        "form": form,
        "verdict": rules.revoke(request.user, found),
        "back": reverse("staff:list"),
    }
    return render(request, "accounts/invitations/revoke.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@naming
def invitation(request: HttpRequest, pk: int, token: str) -> HttpResponseBase:
    """The invitation, and what is still missing. Whoever has the link; rules.accept to agree.

    To look at it changes nothing: programs follow the links in mails.
    """
    rows = StaffInvitation.objects.select_related("department", "invited_by")
    found = rows.filter(pk=pk).first()
    if found is None or not fits(found, token):
        raise Http404
    user = request.user
    is_confirmed = user.is_authenticated and actions.is_address_confirmed(user)
    verdict = rules.accept(user, found, is_confirmed=is_confirmed, now=clock.now())
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and user.is_authenticated:
        if verdict.code == SECOND_FACTOR.code:
            return lead(request, way_to_factor(request))
        try:
            actions.accept(found, by=user)
        except Refused as refusal:
            verdict = refusal.verdict
        else:
            messages.success(request, _("You work for the council now."))
            return redirect("portal:desk")
    [shown] = show_invitations([found])
    needs_name = verdict.code == NAME_MISSING.code
    context = {
        "shown": shown,
        "invitation": found,
        "verdict": verdict,
        "needs_factor": verdict.code == SECOND_FACTOR.code,
        "may_accept": bool(verdict) or needs_name,
    }
    return render(request, "accounts/invitations/invitation.html", context, status=status)
