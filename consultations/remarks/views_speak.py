"""The form of a remark, and the thanks for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
)

from accounts.http import AuthenticatedHttpRequest
from accounts.people.naming import naming
from consultations import queries
from consultations.models import Consultation, Remark, WaitingRemark
from consultations.remarks import limits, speaking
from consultations.remarks.forms import (
    UNSENT,
    RemarkForm,
    keep_key,
)
from consultations.remarks.participation import may_take_part
from consultations.remarks.posted import remark_in
from consultations.remarks.said_before import find_same_remark, said_before_context, words_of
from consultations.remarks.thanks import HELD_WORDS, describe_next_steps, draw_thanks
from consultations.remarks.unsent import initial_of, keep_typed, lead_on, opens_with_remark
from consultations.repeats.queries import said_of_clause
from consultations.views import load_consultation
from consultations.waiting import actions as waiting
from consultations.waiting.views import WAITS
from core.domain.rules import Refused, require
from core.web.form_drafts import keep_on_device
from core.web.idempotency import idempotent
from discussions import voices
from discussions.models import HELD
from discussions.said_before import wants_again
from discussions.speech.queries import describe_receipt, find_receipt
from drafts.versions.published import Text, text_of


def _thank(
    request: AuthenticatedHttpRequest,
    made: Remark | WaitingRemark,
    consultation: Consultation,
    newest_text: int | None,
) -> HttpResponse:
    """Thanks in place of the form, or above the words on the remark's own page: on a long draft
    the new remark is thousands of pixels below the message of its page.

    ``made``: as its action returned it, or read by ``with_display_columns``.
    """
    key = keep_key(request.user.pk, made.consultation_id, made.clause_key)
    if isinstance(made, WaitingRemark):
        return _thank_for_waiting(request, made, key)
    if made.comment.is_held:
        return _thank_for_held(request, made, key)
    receipt = find_receipt(made.comment)
    if request.htmx:
        shown = queries.show_new(made, consultation, newest_text)
        thanks = draw_thanks(request, shown, consultation, keep_key=key, receipt=receipt)
        return HttpResponse(thanks)
    next_steps = describe_next_steps(consultation, has_email=bool(request.user.email))
    request.session["kept_done"] = key
    thanks = f"{_('Thank you. Your remark is published.')} {next_steps}"
    messages.success(request, f"{thanks} {describe_receipt(receipt)}".strip())
    return redirect(f"{made.get_absolute_url()}#main")


def _thank_for_waiting(
    request: AuthenticatedHttpRequest, made: WaitingRemark, key: str
) -> HttpResponse:
    if request.htmx:
        context = {"remark": made, "keep_key": key, "waits": True}
        return render(request, "consultations/remark_form.html#thanks", context)
    request.session["kept_done"] = key
    messages.success(request, WAITS)
    return redirect(made)


def _thank_for_held(request: AuthenticatedHttpRequest, made: Remark, key: str) -> HttpResponse:
    """Thanks for words that a moderator reads before they are shown: their author finds them on
    their own page meanwhile."""
    if request.htmx:
        context = {"remark": made, "keep_key": key, "held": True, "own_url": reverse("portal:me")}
        return render(request, "consultations/remark_form.html#thanks", context)
    request.session["kept_done"] = key
    messages.success(request, HELD_WORDS)
    return redirect(made.consultation)


def _remark_answer(request: AuthenticatedHttpRequest, remark_id: int, pk: int) -> HttpResponse:
    made: Remark | WaitingRemark | None
    made = WaitingRemark.objects.of(request.user).filter(pk=remark_id).first()
    if made is None:
        held = Q(comment__author=request.user, comment__hidden_reason=HELD)
        visible = Q(pk__in=Remark.objects.visible_to(request.user).values("pk"))
        rows = Remark.objects.filter(held | visible).select_related(
            "comment__author", "comment__organisation", "clause__version"
        )
        made = get_object_or_404(rows, pk=remark_id)
    shown = load_consultation(request, pk)
    return _thank(request, made, shown.consultation, shown.text_number)


@idempotent(_remark_answer)
@opens_with_remark
@login_required
@require_http_methods(["GET", "POST"])
@naming
def speak(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say something about the draft. Whoever rules.take_part lets."""
    words = words_of(request.POST) if request.method == "POST" else ""
    found = speaking.to_speak_in(pk, request.user, words)
    if found is None:
        raise Http404
    consultation = found.consultation
    text = text_of(found.text_id) if found.text_id else None
    if "keep" in request.POST:
        typed = _remark_form(request, found, text)
        keep_typed(request, typed, pk)
        verdict = may_take_part(request.user, consultation, found.now)
        return lead_on(request.POST["keep"], verdict, back=_form_url(pk, typed))
    said = _said_plainly(request, found, text)
    form = _remark_form(request, found, text) if said is None else None
    lacking = same = None
    if form is not None and request.method == "POST" and form.is_valid():
        said = form.remark()
    if said is not None and found.is_said and not wants_again(request):
        same = find_same_remark(consultation, request.user, said)
    if said is not None and same is None:
        try:
            require(limits.SPEAK.spend(request.user.pk))
            made = waiting.send(consultation, by=request.user, **said)
        except Refused as refusal:
            form = form or _remark_form(request, found, text)
            form.is_valid()  # with the refusal all is shown that is wrong
            if refusal.verdict.code.startswith("eligibility."):
                lacking = refusal.verdict  # told above the fields, with the ways to what is missing
                keep_typed(request, form, pk)
            else:
                form.refuse(refusal.verdict)
        else:
            UNSENT.forget(request)
            return _thank(request, made, consultation, text.number if text else None)
    form = form or _remark_form(request, found, text)
    clause = form.about.key if form.about else None
    context = {
        "consultation": consultation,
        "form": form,
        "verdict": may_take_part(request.user, consultation, found.now)
        if lacking is None
        else lacking,
        "clause": form.about,
        "asks_to_register": consultation.procedure.is_about_business and not found.has_voices,
        "said": said_of_clause(pk, clause) if request.method == "GET" else [],
        "back": _form_url(pk, form),
    }
    template = "consultations/remark_form.html" + ("#form" if request.htmx else "")
    if same is not None:
        context |= said_before_context(same) | {"keep_key": keep_key(request.user.pk, pk, clause)}
        return render(request, template, context, status=409)
    is_refused = form.errors or lacking is not None
    return render(request, template, context, status=422 if is_refused else 200)


def _said_plainly(
    request: AuthenticatedHttpRequest, found: speaking.ConsultationToSpeakIn, text: Text | None
) -> dict[str, Any] | None:
    """The posted remark, where no form is needed to read it; else None."""
    consultation = found.consultation
    needs_form = (
        *(request.method != "POST", found.has_voices, request.GET, UNSENT.is_kept(request)),
        *(consultation.asks_full_name, consultation.names_with_proposals),
    )
    return None if any(needs_form) else remark_in(request.POST, text)


def _remark_form(
    request: AuthenticatedHttpRequest, found: speaking.ConsultationToSpeakIn, text: Text | None
) -> RemarkForm:
    consultation = found.consultation
    is_business = consultation.procedure.is_about_business
    form = RemarkForm(
        request.POST or None,
        initial=initial_of(request, consultation.pk),
        text=text,
        asks_full_name=consultation.asks_full_name,
        names_with_proposals=consultation.names_with_proposals,
        by=request.user,
        organisations=voices.choices_of(request.user) if found.has_voices else [],
        business=is_business,
        again="waiting=1&business=1" if is_business else "waiting=1",
    )
    clause = form.about.key if form.about else None
    keep_on_device(form, text=keep_key(request.user.pk, consultation.pk, clause))
    return form


def _form_url(pk: int, form: RemarkForm) -> str:
    """URL of the form to come back to after meeting a requirement."""
    address = reverse("consultations:speak", args=[pk])
    return f"{address}?clause={form.about.short_key}" if form.about else address
