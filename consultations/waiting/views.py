"""Pages of a waiting remark, for its author alone."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from consultations import pages, queries
from consultations.models import WaitingRemark
from consultations.presenters import ShownConsultation
from consultations.remarks import limits
from consultations.remarks.participation import eligibility_in
from consultations.waiting import actions, rules
from core.domain.rules import Refused, Verdict, require
from core.web.idempotency import idempotent

WAITS = gettext_lazy(
    "Thank you. We have your remark. It counts from now and is published as soon as the "
    "organisation is confirmed."
)


def waiting_page(
    request: HttpRequest,
    shown: ShownConsultation,
    waiting: WaitingRemark,
    *,
    refused: Verdict | None = None,
) -> HttpResponse:
    """Its words, what it waits for, and what may be done. Its author alone."""
    consultation = shown.consultation
    eligibility = eligibility_in(request.user, consultation.procedure)
    may_send = rules.send_as_oneself(
        request.user, waiting, consultation, now=shown.now, eligibility=eligibility
    )
    context = {
        **pages.consultation_context(shown),
        "waiting": waiting,
        "may_send": may_send,
        "refused": refused,
    }
    status = 200 if refused is None else 422
    return render(request, "consultations/remark_waiting.html", context, status=status)


def _load_own(
    request: AuthenticatedHttpRequest, pk: int, waiting_pk: int
) -> tuple[ShownConsultation, WaitingRemark]:
    shown = queries.to_read(pk, request.user)
    sent = WaitingRemark.objects.of(request.user).filter(consultation=pk)
    waiting = get_object_or_404(sent.select_related("organisation", "clause"), pk=waiting_pk)
    if shown is None:
        raise Http404
    waiting.consultation = shown.consultation
    return shown, waiting


def _send_answer(request: HttpRequest, remark_pk: int, pk: int, waiting_pk: int) -> HttpResponse:
    messages.success(request, _("Thank you. Your remark is published."))
    address = reverse("consultations:remark", args=[pk, remark_pk])
    return redirect(f"{address}#main")


@idempotent(_send_answer)
@login_required
@require_POST
def send(request: AuthenticatedHttpRequest, pk: int, waiting_pk: int) -> HttpResponse:
    """Publish it in one's own name instead. Its author; rules.send_as_oneself."""
    shown, waiting = _load_own(request, pk, waiting_pk)
    try:
        require(limits.SPEAK.spend(request.user.pk))
        made = actions.send_as_oneself(waiting, by=request.user)
    except WaitingRemark.DoesNotExist:
        return redirect(waiting)  # it has joined meanwhile: the address is the remark's
    except Refused as refusal:
        return waiting_page(request, shown, waiting, refused=refusal.verdict)
    return _send_answer(request, made.pk, pk, waiting_pk)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: AuthenticatedHttpRequest, pk: int, waiting_pk: int) -> HttpResponse:
    """Take it back, after a question. Its author."""
    shown, waiting = _load_own(request, pk, waiting_pk)
    if request.method == "POST":
        try:
            actions.take_back(waiting, by=request.user)
        except WaitingRemark.DoesNotExist:
            return redirect(waiting)  # it has joined meanwhile
        messages.success(request, _("Your remark is deleted."))
        return redirect(shown.consultation)
    context = {"consultation": shown.consultation, "waiting": waiting}
    return render(request, "consultations/remark_waiting_delete.html", context)
