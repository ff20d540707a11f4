"""Views of signing by an account, and of the list of signers."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import rules as accounts
from accounts.http import AuthenticatedHttpRequest
from accounts.limits import per_person
from accounts.people.naming import naming
from core.db.paging import neighbours
from core.domain import clock
from core.domain.rules import Refused
from core.web.client_ip import client_ip
from core.web.forms import posted_data
from core.web.pages import shared_page
from petitions import limits
from petitions.models import Petition, Signature, topic_of
from petitions.signing import actions, queries, rules
from petitions.signing.forms import DayForm, SignForm, chosen_options


def petition_to_sign(request: HttpRequest, pk: int) -> Petition:
    """The petition with its rules; 404 for whoever does not see it."""
    visible = Petition.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("procedure").defer("search"), pk=pk)


@naming
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign. GET asks how; POST signs whoever is signed in and may (signing.rules.sign).

    Whoever has signed before is shown their signature, the others why they cannot (403).
    """
    user = request.user
    if request.method == "GET":
        return _form(request, petition_to_sign(request, pk))
    if not user.is_authenticated:
        return _form(request, petition_to_sign(request, pk), Refused(accounts.act(user)))
    try:
        actions.sign(
            queries.to_sign(pk),
            by=user,
            address=client_ip(request),
            proof=request.POST.get("altcha", ""),
            **chosen_options(request.POST),
        )
    except Petition.DoesNotExist:
        raise Http404 from None
    except Refused as refusal:
        return _form(request, petition_to_sign(request, pk), refusal)
    return redirect("petitions:signed", pk)


def _form(request: HttpRequest, petition: Petition, refusal: Refused | None = None) -> HttpResponse:
    form = SignForm(posted_data(request), procedure=petition.procedure)
    if refusal is not None:
        form.refuse(refusal.verdict)
    box = queries.box(petition, request.user, now=clock.now())
    context = {"petition": petition, "box": box, "form": form}
    return render(request, "petitions/sign.html", context, status=403 if refusal else 200)


@login_required
@require_safe
def own_signature_page(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One's own signature: thanks, what follows, the way to take it back. Who has signed."""
    petition = petition_to_sign(request, pk)
    signature = queries.own_signature(petition.pk, request.user)
    if signature is None:
        return redirect("petitions:sign", pk)
    context = {**_own(petition, signature), **queries.thanks(signature, now=clock.now())}
    return render(request, "petitions/signed.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@per_person(limits.TAKE_BACK)
def unsign(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take one's signature back, after a question. Whoever signing.rules.take_back lets."""
    petition = petition_to_sign(request, pk)
    signature = queries.own_signature(petition.pk, request.user)
    if signature is None:
        raise Http404
    if request.method == "POST":
        actions.take_back(signature, by=request.user)
        return render(request, "petitions/unsigned.html", {"petition": petition})
    context = _own(petition, signature)
    return render(request, "petitions/unsign.html", context)


def _own(petition: Petition, signature: Signature) -> dict[str, Any]:
    may = rules.take_back(signature, petition, now=clock.now(), is_own=True)
    return {"petition": petition, "may_take_back": may, **queries.facts(signature)}


def _topic(pk: int) -> list[str]:
    return [topic_of(pk)]


@require_safe
@shared_page(_topic, signed_in=False)
def signers(request: HttpRequest, pk: int) -> HttpResponse:
    """Signers and times, page by page. Anybody; their own line on top for whoever has signed."""
    visible = Petition.objects.visible_to(request.user).filter(published_at__isnull=False)
    petition = get_object_or_404(visible.select_related("total").defer("search"), pk=pk)
    form = DayForm(request.GET)
    day = form.cleaned_data["day"] if form.is_valid() else None
    page = queries.signers(petition, day=day, after=request.GET.get("after", ""))
    context: dict[str, Any] = {
        "petition": petition,
        "page": page,
        "form": form,
        "day": day,
        **neighbours(page, request.GET),
    }
    if request.user.is_authenticated:
        context["own"] = queries.own_signature(petition.pk, request.user)
    return render(request, "petitions/signers.html", context)
