"""To object to the removal of one's signature; and, on the desk, to decide about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.limits import HOUR, Limit, per_client
from accounts.rules import use_desk
from core.db.paging import neighbours, page_of
from core.domain.rules import require
from core.web.forms import posted
from core.web.idempotency import idempotent
from petitions.defence import links, objections, pages, rules
from petitions.defence.forms import DecisionForm, ObjectionForm
from petitions.models import Objection, Petition, Signature
from petitions.signing.reading import own_signature

#: Objections sent by one client.
OBJECT = Limit("object", 30, HOUR)


def _objection_answer(request: HttpRequest, _id: int, *args: Any, **kwargs: Any) -> HttpResponse:
    return redirect(request.path)


@idempotent(_objection_answer)
@login_required
@require_http_methods(["GET", "POST"])
@per_client(OBJECT)
def objection(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Object to the removal of one's own signature. Whoever signed with her account."""
    petition = get_object_or_404(Petition.objects.visible_to(request.user), pk=pk)
    signature = own_signature(petition.pk, request.user)
    if signature is None:
        raise Http404
    return _objection(request, petition, signature)


@idempotent(_objection_answer)
@require_http_methods(["GET", "POST"])
@per_client(OBJECT)
def objection_by_link(request: HttpRequest, pk: int, signature_pk: int, token: str) -> HttpResponse:
    """The same for whoever signed by mail: who has the link of the mail."""
    petition = get_object_or_404(Petition.objects.published(), pk=pk)
    signature = get_object_or_404(petition.signatures, pk=signature_pk)
    if not links.fits(signature, token):
        raise Http404
    return _objection(request, petition, signature)


def _objection(request: HttpRequest, petition: Petition, signature: Signature) -> HttpResponse:
    form = ObjectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            objections.object_to(signature, is_own=True, **form.cleaned_data)
            return _objection_answer(request, petition.pk)
    made = signature.objections.select_related("removal").order_by("-pk").first()
    context = {
        "petition": petition,
        "signature": signature,
        "removal": signature.removal,
        "objection": made,
        "has_objected": made is not None and made.removal_id == signature.removal_id,
        "form": form,
    }
    return render(request, "petitions/objection.html", context, status=form.status)


@login_required
@require_safe
@shows_people
def objection_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Objections that wait, the oldest first. Staff of the desk; each sees those of the petitions
    that she may defend."""
    require(use_desk(request.user))
    found = pages.open_objections(request.user)
    page = page_of(found, order=("at", "pk"), after=request.GET.get("after"))
    seen = [one.signature.user_id for one in page if one.signature.user_id]
    record_access(request.user, seen, pages.WHY)
    context = {"page": page, **neighbours(page, request.GET)}
    return render(request, "petitions/defence_objections.html", context)


def _decision_answer(
    request: AuthenticatedHttpRequest, _id: int, pk: int, objection_pk: int
) -> HttpResponse:
    messages.success(request, _("Decided. The signer is told by mail."))
    return redirect("petitions_desk:objections")


@idempotent(_decision_answer)
@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def decide(request: AuthenticatedHttpRequest, pk: int, objection_pk: int) -> HttpResponse:
    """What a signer says, and the answer. rules.defend; to decide, rules.decide."""
    petition = pages.defended(request, pk)
    rows = Objection.objects.select_related(
        "signature__user", "removal__by", "decided_by", "signature__petition"
    )
    made = get_object_or_404(rows, pk=objection_pk, signature__petition=petition)
    form = DecisionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            objections.decide(made, by=request.user, **form.cleaned_data)
            return _decision_answer(request, objection_pk, pk, objection_pk)
    record_access(
        request.user, [made.signature.user_id] if made.signature.user_id else [], pages.WHY
    )
    context = pages.frame(petition) | {
        "objection": made,
        "may": rules.decide(request.user, petition, made, answer="-"),
        "form": form,
        "sent": form,
    }
    return render(request, "petitions/defence_objection.html", context, status=form.status)
