"""The pages on which somebody speaks: a remark, its replies, changes and support."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import AuthenticatedHttpRequest
from accounts.limits import per_person
from accounts.people.naming import naming
from accounts.reader_acts import act_of_reader
from consultations import pages, queries, rules
from consultations.carrying.pages import place_context
from consultations.carrying.rules import answer_place
from consultations.decisions.trail import trail_context
from consultations.dispositions.conditions import answer_of, article_of, public_disposition
from consultations.dispositions.presenters import ShownDisposition
from consultations.models import Consultation, Remark, WaitingRemark
from consultations.presenters import ShownConsultation
from consultations.remarks import actions, limits
from consultations.remarks.forms import (
    MYSELF,
    UNSENT,
    EditForm,
    ReactionForm,
    RemarkForm,
    ReplyForm,
    SpokenForm,
    keep_key,
)
from consultations.remarks.participation import eligibility_at_all
from consultations.remarks.posted import remark_in
from consultations.remarks.said_before import find_same_remark, said_before_context, words_of
from consultations.remarks.taking_back import taking_back_context
from consultations.remarks.thanks import draw_thanks
from consultations.remarks.unsent import initial_of, keep_typed, lead_on, opens_with_remark
from consultations.repeats.queries import said_of_clause
from consultations.views import load_consultation, topic_of_page
from consultations.waiting import actions as waiting
from consultations.waiting.views import WAITS, waiting_page
from core.domain import clock
from core.domain.rules import Refused, Verdict, require
from core.web.form_drafts import keep_on_device
from core.web.http import wants_data
from core.web.idempotency import idempotent
from core.web.pages import shared_page
from discussions import voices
from discussions.models import HELD, Comment
from discussions.rules import NO_MANDATE
from discussions.said_before import find_same, wants_again
from discussions.speech.queries import describe_receipt, find_receipt
from drafts.versions.published import Text, text_of

if TYPE_CHECKING:
    from consultations.presenters import RemarkRow

HELD_WORDS = gettext_lazy(
    "Thank you. We have your words. A moderator reads them before they are shown; on your page you "
    "see what becomes of them."
)


def _load_remark(request: HttpRequest, pk: int, remark_pk: int) -> RemarkRow:
    """A remark of the consultation, if the person may see it; else 404."""
    visible = Remark.objects.visible_to(request.user).filter(consultation=pk)
    return get_object_or_404(queries.drawable(visible), pk=remark_pk)


def _remark_hidden(request: HttpRequest, shown: ShownConsultation, pk: int) -> HttpResponse:
    """Page of a hidden remark: the ground, without its words; 404, as for one that is not there.
    Its trail, which an open page fetches again, has the council's decision where it considers the
    remark (ADR 98).
    """
    hidden = Remark.objects.hidden().filter(consultation=shown.pk)
    remark = get_object_or_404(
        hidden.select_related("comment", "disposition", "folded_into__disposition"), pk=pk
    )
    remark.consultation = shown.consultation
    public = public_disposition(remark, answer_of(remark), shown.consultation.reported_at)
    context = {
        "consultation": shown.consultation,
        "remark": remark,
        "shown": shown,
        "settled": ShownDisposition.of(remark, public, {}) if public else None,
        "article": article_of(remark),
    }
    if "trail" in request.GET:
        return render(request, "consultations/remark_trail.html", context)
    return render(request, "consultations/remark_hidden.html", context, status=404)


def _may_take_part(request: HttpRequest, consultation: Consultation, now: datetime) -> Verdict:
    eligibility = eligibility_at_all(request.user, consultation.procedure)
    return rules.take_part(request.user, consultation, now=now, eligibility=eligibility)


def _may_edit(
    request: HttpRequest, shown: ShownConsultation, comment: Comment, *, has_mandate: bool
) -> Verdict:
    return rules.change(
        request.user,
        shown.consultation,
        comment,
        now=shown.now,
        has_mandate=has_mandate,
        eligibility=eligibility_at_all(request.user, shown.consultation.procedure),
    )


@require_safe
@shared_page(topic_of_page, signed_in=False)
def remark_detail(request: HttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """A remark's trail: its words, its clause, the answers. Anybody; more for its author.

    Of one that a moderator has hidden: that, and why (404).
    """
    shown = load_consultation(request, pk)
    try:
        row = _load_remark(request, pk, remark_pk)
    except Http404:
        sent = WaitingRemark.objects.of(request.user).filter(consultation=shown.pk)
        if own := sent.filter(pk=remark_pk).first():
            return waiting_page(request, shown, own)
        return _remark_hidden(request, shown, remark_pk)
    remark = queries.show_remark(row, shown.text_number)
    if "trail" in request.GET:
        context = {
            **pages.consultation_context(shown),
            **pages.remark_part_context(remark),
            **trail_context(shown, remark),
        }
        return render(request, "consultations/remark_trail.html", context)
    mine = voices.organisations_of(request.user)
    has_mandate = remark.comment.organisation in mine
    may_answer = rules.answer(request.user, shown.consultation, remark.comment)
    form = ReplyForm(by=request.user, organisations=mine)
    form.show_replies(remark.official_answers)
    form.show_official(may_answer)
    place = remark.remark.places.filter(is_current=True).first() if remark.place else None
    context = {
        **pages.remark_context(
            shown,
            remark,
            after=request.GET.get("after", ""),
            repeats_after=request.GET.get("repeats", ""),
        ),
        **place_context(shown, remark),
        "may_answer_place": answer_place(request.user, shown.consultation, remark.comment, place),
        "may_reply": _may_take_part(request, shown.consultation, shown.now),
        "may_answer": may_answer,
        "may_edit": _may_edit(request, shown, remark.comment, has_mandate=has_mandate),
        **taking_back_context(request.user, shown, remark.comment, has_mandate=has_mandate),
        "reply_form": form,
    }
    return render(request, "consultations/remark_detail.html", context)


def _thank(
    request: AuthenticatedHttpRequest,
    made: Remark | WaitingRemark,
    consultation: Consultation,
    newest_text: int | None,
) -> HttpResponse:
    """Thanks in place of the form, or above the words on the remark's own page: on a long draft
    the new remark is thousands of pixels below the message of its page.

    ``made``: as its action returned it, or read by ``drawable``.
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
    next_steps = pages.next_steps(consultation, has_email=bool(request.user.email))
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
    found = queries.to_speak_in(pk, request.user, words)
    if found is None:
        raise Http404
    consultation = found.consultation
    text = text_of(found.text_id) if found.text_id else None
    if "keep" in request.POST:
        typed = _remark_form(request, found, text)
        keep_typed(request, typed, pk)
        verdict = _may_take_part(request, consultation, found.now)
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
        "verdict": _may_take_part(request, consultation, found.now) if lacking is None else lacking,
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
    request: AuthenticatedHttpRequest, found: queries.ConsultationToSpeakIn, text: Text | None
) -> dict[str, Any] | None:
    """The posted remark, where no form is needed to read it; else None."""
    consultation = found.consultation
    needs_form = (
        *(request.method != "POST", found.has_voices, request.GET, UNSENT.is_kept(request)),
        *(consultation.asks_full_name, consultation.names_with_proposals),
    )
    return None if any(needs_form) else remark_in(request.POST, text)


def _remark_form(
    request: AuthenticatedHttpRequest, found: queries.ConsultationToSpeakIn, text: Text | None
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


def _reply_answer(request: HttpRequest, reply_id: int, pk: int, remark_pk: int) -> HttpResponse:
    is_held = Comment.objects.filter(pk=reply_id, hidden_reason=HELD).exists()
    messages.success(request, HELD_WORDS if is_held else _("Your reply is published."))
    address = reverse("consultations:remark", args=[pk, remark_pk])
    return redirect(f"{address}#replies")


@idempotent(_reply_answer)
@login_required
@require_POST
@naming
def reply(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Answer a remark; an officer of the department may do so for the council."""
    shown = load_consultation(request, pk)
    row = _load_remark(request, pk, remark_pk)
    form = ReplyForm(
        request.POST, by=request.user, organisations=voices.organisations_of(request.user)
    )
    same = None
    if form.is_valid():
        text, spoken = form.cleaned_data["text"], form.spoken()
        if not wants_again(request):
            same = find_same(
                request.user,
                shown.consultation.thread_id,
                text=text,
                parent=row.comment,
                organisation_id=spoken["organisation_id"],
            )
    if form.is_valid() and same is None:
        with form.attempt():
            require(limits.SPEAK.spend(request.user.pk))
            if form.cleaned_data["official"]:
                seen = form.cleaned_data["seen"] or 0
                made = actions.answer(row, by=request.user, text=text, seen=seen)
            else:
                made = actions.reply(row, by=request.user, text=text, **spoken)
            return _reply_answer(request, made.pk, pk, remark_pk)
    if form.is_answered_meanwhile:  # the reply that came first may be newer than what was read
        row = _load_remark(request, pk, remark_pk)
    remark = queries.show_remark(row, shown.text_number)
    may_answer = rules.answer(request.user, shown.consultation, remark.comment)
    form.show_replies(remark.official_answers)
    form.show_official(may_answer)
    context = {
        **pages.remark_context(shown, remark, after=""),
        "may_reply": _may_take_part(request, shown.consultation, shown.now),
        "may_answer": may_answer,
        "reply_form": form,
        "same": same,
        "same_url": f"{remark.remark.get_absolute_url()}#replies",
    }
    status = form.status if same is None else 409
    return render(request, "consultations/remark_detail.html", context, status=status)


def _edit_answer(request: HttpRequest, _id: int, pk: int, remark_pk: int) -> HttpResponse:
    messages.success(request, _("Your remark is changed."))
    return redirect("consultations:remark", pk, remark_pk)


@idempotent(_edit_answer)
@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Change one's own remark within 15 minutes. Its author."""
    shown = load_consultation(request, pk)
    remark = _load_own_remark(request, pk, remark_pk)
    form = EditForm(request.POST or None, remark=remark)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            require(limits.EDIT.spend(request.user.pk))
            actions.change_remark(remark, by=request.user, **form.cleaned_data)
            return _edit_answer(request, remark_pk, pk, remark_pk)
    has_mandate = voices.may_speak_for(request.user, remark.comment.organisation_id)
    context = {
        "consultation": shown.consultation,
        "remark": remark,
        "form": form,
        "verdict": _may_edit(request, shown, remark.comment, has_mandate=has_mandate),
    }
    return render(request, "consultations/remark_edit.html", context, status=form.status)


def _load_own_remark(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> RemarkRow:
    remark = _load_remark(request, pk, remark_pk)
    if remark.comment.author_id != request.user.pk:
        raise Http404
    return remark


@act_of_reader
@per_person(limits.REACT)
def react(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Agree or disagree with a remark. Whoever rules.take_part lets, but its author."""
    remark = queries.to_react_to(pk, remark_pk, request.user)
    form = ReactionForm(request.POST)
    if remark is None or not form.is_valid():
        raise Http404
    comment = actions.react(remark, by=request.user, value=form.cleaned_data["value"])
    if wants_data(request):
        return JsonResponse({"agrees": comment.agrees, "disagrees": comment.disagrees})
    return redirect(f"{remark.consultation.get_absolute_url()}#remark-{remark.pk}")


@login_required
@require_GET
def voice_choice(request: HttpRequest) -> HttpResponse:
    """Choice of voices now: a live page's form asks again when that has changed.

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
def mine(request: AuthenticatedHttpRequest, pk: int) -> JsonResponse:
    """The person's own remarks and support here: never part of a shared page."""
    shown = load_consultation(request, pk)
    return JsonResponse(queries.mine(shown.consultation, request.user, clock.now()))
