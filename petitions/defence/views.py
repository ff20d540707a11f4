"""The desk's pages of defence: trends, rules, removals, guard, and objections."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.rules import use_desk
from core.db.paging import neighbours, page_of
from core.domain import clock
from core.domain.rules import Refused, require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from petitions.defence import actions, guarding, pages, rules
from petitions.defence.dryrun import dry_run, people_in
from petitions.defence.forms import (
    DecisionForm,
    ReasonForm,
    RemoveForm,
    SignatureFilterForm,
    TriedForm,
    initial_of,
)
from petitions.defence.signature_filter import STANDING, SignatureFilter
from petitions.models import Entry, Objection, Petition, Removal, Signature


@login_required
@require_safe
def defence(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Course of signing: trends, unusual findings, waiting and removed signatures. rules.defend."""
    petition = pages.petition_to_defend(request, pk)
    context = pages.overview(petition, request.user, request.GET.get("window", ""))
    return render(request, "petitions/defence.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def rule(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say which signatures a rule means, and see whom it would hit; nothing is changed.
    rules.defend. (In an address nothing but networks, domains, hours and marks can be asked.)"""
    petition = pages.petition_to_defend(request, pk)
    asked = posted_data(request) or {
        name: request.GET[name] for name in request.GET if name != "mask"
    }
    form = SignatureFilterForm(asked or None)
    if form.is_valid():
        if not form.signature_filter().is_empty:
            return _show_tried(request, petition, form.signature_filter())
        form.add_error(None, _("Say which signatures the rule means."))
    record_access(request.user, [], pages.WHY)
    context = pages.frame(petition) | {"form": form, "sent": form}
    return render(request, "petitions/defence_rule.html", context, status=form.status)


def _removal_answer(
    request: AuthenticatedHttpRequest, removal_id: int, pk: int, **arguments: Any
) -> HttpResponse:
    messages.success(request, _removed_message(get_object_or_404(Removal, pk=removal_id).number))
    return redirect("petitions_desk:defence", pk)


@idempotent(_removal_answer)
@login_required
@require_POST
@shows_people
def remove(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take what was tried out of the count. rules.remove."""
    petition = pages.petition_to_defend(request, pk)
    signature_filter = pages.read_filter(petition, request.POST.get("tried", ""))
    form = RemoveForm(request.POST)
    if form.is_valid():
        named = {name: form.cleaned_data[name] for name in ("rule", "reason", "shown")}
        with form.attempt():
            removal = actions.remove(
                petition, by=request.user, signature_filter=signature_filter, **named
            )
            messages.success(request, _removed_message(removal.number))
            return redirect("petitions_desk:defence", pk)
    return _show_tried(request, petition, signature_filter, form)


def _count_answer(request: AuthenticatedHttpRequest, number: int, pk: int) -> HttpResponse:
    said = ngettext("%d signature is counted now.", "%d signatures are counted now.", number)
    messages.success(request, said % number)
    return redirect("petitions_desk:defence", pk)


def _entry_answer(request: AuthenticatedHttpRequest, entry_id: int, pk: int) -> HttpResponse:
    entry = get_object_or_404(Entry, pk=entry_id)
    return _count_answer(request, json.loads(entry.body)["change"]["counted"], pk)


@idempotent(_entry_answer)
@login_required
@require_POST
@shows_people
def count(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Count what was tried and waits for a check. rules.count_waiting."""
    petition = pages.petition_to_defend(request, pk)
    signature_filter = pages.read_filter(petition, request.POST.get("tried", ""))
    form = TriedForm(request.POST)
    try:
        number = actions.count_waiting(petition, by=request.user, signature_filter=signature_filter)
    except Refused as refusal:
        form.refuse(refusal.verdict)
        return _show_tried(request, petition, signature_filter, form)
    return _count_answer(request, number, pk)


def _show_tried(
    request: AuthenticatedHttpRequest,
    petition: Petition,
    signature_filter: SignatureFilter,
    sent: TriedForm | None = None,
) -> HttpResponse:
    """Page of the rule's hits, and the form that would remove them; ``sent``: a form that was not
    accepted.

    Whose accounts the sample shows, they read in their journals.
    """
    run = dry_run(petition, signature_filter)
    record_access(request.user, people_in(run), pages.WHY)
    tried = {"tried": pages.sign_filter(petition, run.signature_filter), "shown": run.number}
    form = sent if isinstance(sent, RemoveForm) else RemoveForm(initial=tried)
    now = clock.now()
    context = pages.frame(petition) | {
        "form": SignatureFilterForm(initial=initial_of(signature_filter)),
        "run": run,
        "remove_form": form,
        "tried": tried,
        "may": rules.change_numbers(request.user, petition, now=now),
        "sent": sent,
    }
    status = sent.status if sent else 200
    return render(request, "petitions/defence_rule.html", context, status=status)


@idempotent(_removal_answer)
@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def signature(request: AuthenticatedHttpRequest, pk: int, signature_pk: int) -> HttpResponse:
    """Remove one signature, with a reason. rules.remove."""
    petition = pages.petition_to_defend(request, pk)
    rows = petition.signatures.filter(status__in=STANDING).select_related("user")
    one: Signature = get_object_or_404(rows, pk=signature_pk)
    form = ReasonForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.remove(
                petition,
                by=request.user,
                rule=Removal.Rule.SINGLE,
                signature_filter=SignatureFilter(signature=one.pk),
                shown=1,
                **form.cleaned_data,
            )
            messages.success(request, _removed_message(1))
            return redirect("petitions_desk:defence", pk)
    record_access(request.user, [one.user_id] if one.user_id else [], pages.WHY)
    context = pages.frame(petition) | {"signature": one, "form": form, "sent": form}
    return render(request, "petitions/defence_signature.html", context, status=form.status)


def _reversal_answer(
    request: AuthenticatedHttpRequest, _id: int, pk: int, removal_pk: int
) -> HttpResponse:
    messages.success(request, _("Reversed: its signatures stand as they stood before."))
    return redirect("petitions_desk:defence", pk)


@idempotent(_reversal_answer)
@login_required
@require_http_methods(["GET", "POST"])
def removal(request: AuthenticatedHttpRequest, pk: int, removal_pk: int) -> HttpResponse:
    """Signatures that a rule removed, and the way to reverse it. rules.defend; to reverse it,
    rules.reverse.
    """
    petition = pages.petition_to_defend(request, pk)
    found = pages.removal_of(petition, removal_pk)
    form = ReasonForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.reverse(found, by=request.user, **form.cleaned_data)
            return _reversal_answer(request, removal_pk, pk, removal_pk)
    context = pages.frame(petition) | {
        "removal": found,
        "asked": pages.asked_in_words(found),
        "form": form,
        "sent": form,
    }
    return render(request, "petitions/defence_removal.html", context, status=form.status)


def _guard_answer(request: AuthenticatedHttpRequest, _id: int, pk: int) -> HttpResponse:
    said = (
        _("From now on signing asks for a proof of work.")
        if request.POST.get("raise") == "yes"
        else _("Signing asks for no proof of work any more.")
    )
    messages.success(request, said)
    return redirect("petitions_desk:defence", pk)


@idempotent(_guard_answer)
@login_required
@require_POST
def guard(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Ask signers for a proof of work, or stop asking. rules.guard."""
    petition = pages.petition_to_defend(request, pk)
    if request.POST.get("raise") == "yes":
        guarding.raise_guard(petition, by=request.user)
    else:
        guarding.lower_guard(petition, by=request.user)
    return _guard_answer(request, pk, pk)


def _removed_message(number: int) -> str:
    return (
        ngettext(
            "%d signature is removed; its signer is told and may object.",
            "%d signatures are removed; their signers are told and may object.",
            number,
        )
        % number
    )


@login_required
@require_safe
@shows_people
def objection_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Objections that wait, the oldest first. Staff of the desk; each sees those of the petitions
    that they may defend."""
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
    """A signer's objection, and the answer. rules.defend; to decide, rules.decide."""
    petition = pages.petition_to_defend(request, pk)
    rows = Objection.objects.select_related(
        "signature__user", "removal__by", "decided_by", "signature__petition"
    )
    made = get_object_or_404(rows, pk=objection_pk, signature__petition=petition)
    form = DecisionForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.decide(made, by=request.user, **form.cleaned_data)
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
