"""Public pages of the defence: to object to a removal, and the task of a guarded petition."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.limits import HOUR, Limit, per_client
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from petitions.defence import actions, proof
from petitions.defence.forms import ObjectionForm
from petitions.models import Petition, Signature
from petitions.signing import tokens
from petitions.signing.queries import own_signature

#: Tasks that one person may ask for: each costs the server as much as a try costs them.
TASKS = Limit("proof-tasks", 60, timedelta(minutes=10))
#: Objections sent by one client.
OBJECT = Limit("object", 30, HOUR)


def _objection_answer(request: HttpRequest, _id: int, *args: Any, **kwargs: Any) -> HttpResponse:
    return redirect(request.path)


@idempotent(_objection_answer)
@login_required
@require_http_methods(["GET", "POST"])
@per_client(OBJECT)
def objection(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Object to the removal of one's own signature. Whoever signed with their account."""
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
    if not tokens.fits(tokens.token_of_objection(signature), token):
        raise Http404
    return _objection(request, petition, signature)


def _objection(request: HttpRequest, petition: Petition, signature: Signature) -> HttpResponse:
    form = ObjectionForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.object_to(signature, is_own=True, **form.cleaned_data)
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
def challenge(request: AuthenticatedHttpRequest, pk: int) -> JsonResponse:
    """A new task (ALTCHA, PoW v2) for whoever is signed in and for this petition. It keeps
    nothing; a task works once."""
    petition = get_object_or_404(Petition.objects.published().only("pk"), pk=pk)
    require(TASKS.spend(request.user.pk))
    answer = JsonResponse(proof.challenge(petition.pk, request.user.pk))
    answer["Cache-Control"] = "private, no-store"
    return answer
