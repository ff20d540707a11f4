"""The public pages: reading a consultation, and speaking in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.limits import per_person
from consultations import actions, limits, pages, reading, rules
from consultations.card import card_of
from consultations.forms import (
    MYSELF,
    UNSENT,
    EditForm,
    ReactionForm,
    RemarkForm,
    ReplyForm,
    SpokenForm,
    keep_key,
)
from consultations.models import Consultation, Remark, State, WaitingRemark, topic_of
from consultations.participation import eligibility_at_all
from consultations.waiting import actions as waiting
from consultations.waiting.views import WAITS, waiting_page
from core.domain import clock
from core.domain.rules import Refused, Verdict, require
from core.export.prints import card as cards
from core.web.form_drafts import keep_on_device
from core.web.http import wants_data
from core.web.idempotency import idempotent
from core.web.pages import shared_page
from discussions import voices
from discussions.rules import NO_MANDATE
from drafts.published import text_of


def _topic(pk: int, *args: Any, **kwargs: Any) -> list[str]:
    return [topic_of(pk)]


def _all(*args: Any, **kwargs: Any) -> list[str]:
    return ["consultations"]


def _consultation(request: HttpRequest, pk: int) -> Consultation:
    consultation = reading.to_read(pk, request.user)
    if consultation is None:
        raise Http404
    return consultation


def _remark(request: HttpRequest, consultation: Consultation, pk: int) -> Remark:
    remarks = Remark.objects.visible_to(request.user).filter(consultation=consultation)
    return get_object_or_404(reading.drawable(remarks), pk=pk)


def _remark_hidden(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """That a remark was hidden and why, without its words: 404, as for one that is not there."""
    hidden = Remark.objects.hidden().filter(consultation=consultation)
    remark = get_object_or_404(hidden.select_related("comment"), pk=pk)
    context = {"consultation": consultation, "remark": remark}
    return render(request, "consultations/remark_hidden.html", context, status=404)


def _may_take_part(request: HttpRequest, consultation: Consultation) -> Verdict:
    eligibility = eligibility_at_all(request.user, consultation.procedure)
    return rules.take_part(
        request.user, consultation, now=consultation.now, eligibility=eligibility
    )


@require_safe
@shared_page(_all)
def consultation_list(request: HttpRequest) -> HttpResponse:
    """All published consultations, by state and theme. Anybody."""
    return render(request, "consultations/consultation_list.html", pages.list_context(request.GET))


@require_safe
@shared_page(_topic)
def consultation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One consultation: what it is about, the text clause by clause, what is said. Anybody."""
    consultation = _consultation(request, pk)
    context = pages.detail_context(consultation, request.GET)
    return render(request, "consultations/consultation_detail.html", context)


@require_safe
@shared_page(_topic)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture that goes with a link to a consultation, 1200 × 630. Anybody; 404 of a draft."""
    consultation = _consultation(request, pk)
    pages.show_state(consultation)
    if consultation.state == State.PREPARING:
        raise Http404
    remarks = reading.totals_of([pk]).get(pk, 0)
    picture = cards.drawn(card_of(consultation, remarks), get_language() or "")
    return HttpResponse(picture, content_type="image/png")


@require_safe
@shared_page(_topic)
def remark_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The public fragment of remarks that live pages fetch again. Anybody; the same for all."""
    consultation = _consultation(request, pk)
    context = pages.remarks_context(consultation, reading.Filters.of(request.GET))
    return render(request, "consultations/consultation_detail.html#remarks", context)


@require_safe
@shared_page(_topic)
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """The public fragment of its poll that live pages fetch again. Anybody."""
    consultation = _consultation(request, pk)
    context = {"consultation": consultation, "poll": pages.poll_of(consultation)}
    return render(request, "consultations/consultation_detail.html#poll", context)


@require_safe
@shared_page(_topic)
def version_comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions of the draft side by side. Anybody."""
    consultation = _consultation(request, pk)
    context = pages.versions_context(consultation, request.GET)
    return render(request, "consultations/version_comparison.html", context)


@require_safe
@shared_page(_topic)
def display(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall's screen: what is said now, counts, a QR code to join. Anybody."""
    consultation = _consultation(request, pk)
    template = "consultations/consultation_display.html"
    if "board" in request.GET:
        template += "#board"
    return render(request, template, pages.display_context(consultation))


@require_safe
@shared_page(_topic, signed_in=False)
def remark_detail(request: HttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """A remark's trail: its words, its clause, the answers. Anybody; more for its author.

    Of one that a moderator has hidden: that, and why (404).
    """
    consultation = _consultation(request, pk)
    try:
        remark = _remark(request, consultation, remark_pk)
    except Http404:
        sent = WaitingRemark.objects.of(request.user).filter(consultation=consultation)
        if own := sent.filter(pk=remark_pk).first():
            return waiting_page(request, consultation, own)
        return _remark_hidden(request, consultation, remark_pk)
    context = pages.remark_context(consultation, remark, after=request.GET.get("after", ""))
    mine = voices.organisations_of(request.user)
    has_mandate = remark.comment.organisation in mine
    context |= {
        "may_reply": _may_take_part(request, consultation),
        "may_answer": rules.answer(request.user, consultation, remark.comment),
        "may_edit": rules.change(
            request.user,
            consultation,
            remark.comment,
            now=consultation.now,
            has_mandate=has_mandate,
            eligibility=eligibility_at_all(request.user, consultation.procedure),
        ),
        "may_delete": rules.delete(request.user, remark.comment, has_mandate=has_mandate),
        "reply_form": ReplyForm(by=request.user, organisations=mine),
    }
    context["reply_form"].show_replies(remark.official_answers)
    context["reply_form"].show_official(context["may_answer"])
    return render(request, "consultations/remark_detail.html", context)


def _said(request: HttpRequest, made: Remark | WaitingRemark) -> HttpResponse:
    """Thanks in place of the form, or above the words on the remark's own page: on a long draft
    the new remark is thousands of pixels below the message of its page."""
    key = keep_key(request.user.pk, made.consultation_id, made.clause_key)
    if isinstance(made, WaitingRemark):
        return _kept_waiting(request, made, key)
    consultation = _consultation(request, made.consultation_id)
    next_steps = pages.next_steps(consultation, has_email=bool(request.user.email))
    if request.htmx:
        pages.show_state(consultation)
        remark = pages.draw(_remark(request, consultation, made.pk), consultation)
        context = {
            "consultation": consultation,
            "remark": remark,
            "keep_key": key,
            "next_steps": next_steps,
        }
        return render(request, "consultations/remark_form.html#thanks", context)
    request.session["kept_done"] = key
    messages.success(request, f"{_('Thank you. Your remark is published.')} {next_steps}")
    return redirect(f"{made.get_absolute_url()}#main")


def _kept_waiting(request: HttpRequest, made: WaitingRemark, key: str) -> HttpResponse:
    if request.htmx:
        context = {"remark": made, "keep_key": key, "waits": True}
        return render(request, "consultations/remark_form.html#thanks", context)
    request.session["kept_done"] = key
    messages.success(request, WAITS)
    return redirect(made)


def _remark_answer(request: HttpRequest, remark_id: int, pk: int) -> HttpResponse:
    made = WaitingRemark.objects.of(request.user).filter(pk=remark_id).first()
    if made is None:
        made = get_object_or_404(Remark.objects.visible_to(request.user), pk=remark_id)
    return _said(request, made)


@idempotent(_remark_answer)
@login_required
@require_http_methods(["GET", "POST"])
def speak(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about the draft. Whoever rules.take_part lets."""
    consultation = reading.to_speak_in(pk, request.user)
    if consultation is None:
        raise Http404
    text = text_of(consultation.text_id) if consultation.text_id else None
    is_business = consultation.procedure.is_about_business
    form = RemarkForm(
        request.POST or None,
        initial=_initial(request, pk),
        text=text,
        by=request.user,
        organisations=voices.choices_of(request.user) if consultation.has_voices else [],
        business=is_business,
        again="waiting=1&business=1" if is_business else "waiting=1",
    )
    clause = form.clause.key if form.clause else None
    keep_on_device(form, text=keep_key(request.user.pk, pk, clause))
    lacking = None
    if request.method == "POST" and form.is_valid():
        try:
            require(limits.SPEAK.spend(request.user.pk))
            made = waiting.send(consultation, by=request.user, **form.remark())
        except Refused as refusal:
            if refusal.verdict.code.startswith("eligibility."):
                lacking = refusal.verdict  # told above the form, with the ways to what is missing
                typed = {name: form.data[name] for name in form.fields if form.data.get(name)}
                UNSENT.save(request, typed, consultation=pk)
            else:
                form.refuse(refusal.verdict)
        else:
            UNSENT.forget(request)
            return _said(request, made)
    context = {
        "consultation": consultation,
        "form": form,
        "verdict": _may_take_part(request, consultation) if lacking is None else lacking,
        "clause": form.clause,
        "asks_to_register": is_business and not consultation.has_voices,
        "back": _form_address(pk, form),
    }
    template = "consultations/remark_form.html" + ("#form" if request.htmx else "")
    is_refused = form.errors or lacking is not None
    return render(request, template, context, status=422 if is_refused else 200)


def _initial(request: HttpRequest, pk: int) -> dict[str, str]:
    """What the address says, and what could not be published yet about the same clause."""
    asked = request.GET.dict()
    draft = UNSENT.load(request, consultation=pk)
    is_same = draft.get("clause", "") == asked.get("clause", "")
    return {**draft, **asked} if is_same else {**asked}


def _form_address(pk: int, form: RemarkForm) -> str:
    """Where one comes back to the form from wherever one gets what one lacks."""
    address = reverse("consultations:speak", args=[pk])
    return f"{address}?clause={form.clause.key}" if form.clause else address


def _reply_answer(request: HttpRequest, _id: int, pk: int, remark_pk: int) -> HttpResponse:
    messages.success(request, _("Your reply is published."))
    address = reverse("consultations:remark", args=[pk, remark_pk])
    return redirect(f"{address}#replies")


@idempotent(_reply_answer)
@login_required
@require_POST
def reply(request: HttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Answer a remark; an officer of the department may do so for the council."""
    consultation = _consultation(request, pk)
    remark = _remark(request, consultation, remark_pk)
    form = ReplyForm(
        request.POST, by=request.user, organisations=voices.organisations_of(request.user)
    )
    if form.is_valid():
        text = form.cleaned_data["text"]
        with form.attempt():
            require(limits.SPEAK.spend(request.user.pk))
            if form.cleaned_data["official"]:
                seen = form.cleaned_data["seen"] or 0
                actions.answer(remark, by=request.user, text=text, seen=seen)
            else:
                actions.reply(remark, by=request.user, text=text, **form.spoken())
            return _reply_answer(request, remark_pk, pk, remark_pk)
    if form.is_answered_meanwhile:  # the reply that came first may be newer than what was read
        remark = _remark(request, consultation, remark_pk)
    context = pages.remark_context(consultation, remark, after="")
    form.show_replies(remark.official_answers)
    context |= {
        "may_reply": _may_take_part(request, consultation),
        "may_answer": rules.answer(request.user, consultation, remark.comment),
        "reply_form": form,
    }
    form.show_official(context["may_answer"])
    return render(request, "consultations/remark_detail.html", context, status=form.status)


def _edit_answer(request: HttpRequest, _id: int, pk: int, remark_pk: int) -> HttpResponse:
    messages.success(request, _("Your remark is changed."))
    return redirect("consultations:remark", pk, remark_pk)


@idempotent(_edit_answer)
@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Change one's own remark within 15 minutes. Its author."""
    consultation = _consultation(request, pk)
    remark = _remark(request, consultation, remark_pk)
    if remark.comment.author_id != request.user.pk:
        raise Http404
    form = EditForm(request.POST or None, remark=remark)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            require(limits.EDIT.spend(request.user.pk))
            actions.change_remark(remark, by=request.user, **form.cleaned_data)
            return _edit_answer(request, remark_pk, pk, remark_pk)
    context = {
        "consultation": consultation,
        "remark": remark,
        "form": form,
        "verdict": rules.change(
            request.user,
            consultation,
            remark.comment,
            now=consultation.now,
            has_mandate=voices.may_speak_for(request.user, remark.comment.organisation_id),
            eligibility=eligibility_at_all(request.user, consultation.procedure),
        ),
    }
    return render(request, "consultations/remark_edit.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Take back one's own remark, after a question. Its author."""
    consultation = _consultation(request, pk)
    remark = _remark(request, consultation, remark_pk)
    if remark.comment.author_id != request.user.pk:
        raise Http404
    if request.method == "POST":
        actions.delete_remark(remark, by=request.user)
        messages.success(request, _("Your remark is deleted."))
        return redirect(consultation)
    return render(
        request,
        "consultations/remark_delete.html",
        {"consultation": consultation, "remark": remark},
    )


@require_POST
@login_required
@per_person(limits.REACT)
def react(request: HttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Agree or disagree with a remark. Whoever rules.take_part lets, but its author."""
    consultation = _consultation(request, pk)
    remark = _remark(request, consultation, remark_pk)
    form = ReactionForm(request.POST)
    if not form.is_valid():
        raise Http404
    comment = actions.react(remark, by=request.user, value=form.cleaned_data["value"])
    if wants_data(request):
        return JsonResponse({"agrees": comment.agrees, "disagrees": comment.disagrees})
    return redirect(f"{consultation.get_absolute_url()}#remark-{remark.pk}")


@login_required
@require_GET
def voice_choice(request: HttpRequest) -> HttpResponse:
    """Whom the person may speak for now: a live page's form asks again when that has changed.

    ``chosen``: what is chosen in the form. Where it is no choice any more, none is made for them.
    ``waiting``: the form offers organisations that wait to be confirmed too; ``business``: it names
    organisations first.
    """
    may_wait = "waiting" in request.GET
    organisations = (voices.choices_of if may_wait else voices.organisations_of)(request.user)
    chosen = request.GET.get("chosen", MYSELF)
    form = SpokenForm(
        by=request.user,
        organisations=organisations,
        initial={"organisation": chosen},
        offered=True,
        business="business" in request.GET,
        again=urlencode({name: 1 for name in ("waiting", "business") if name in request.GET}),
    )
    lost = chosen not in ("", MYSELF, *(str(each.pk) for each in organisations))
    context = {"field": form["organisation"], "lost": NO_MANDATE.message if lost else ""}
    return render(request, "components/voice_choice.html", context)


@login_required
@require_GET
def mine(request: HttpRequest, pk: int) -> JsonResponse:
    """What the person herself said and supported here: never part of a shared page."""
    consultation = _consultation(request, pk)
    return JsonResponse(reading.mine(consultation, request.user, clock.now()))
