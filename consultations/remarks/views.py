"""Pages of a remark: its own page, its replies, changes and support."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
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
from consultations.models import Remark, WaitingRemark
from consultations.presenters import ShownConsultation
from consultations.remarks import actions, limits, speaking
from consultations.remarks.forms import (
    MYSELF,
    EditForm,
    ReactionForm,
    ReplyForm,
    SpokenForm,
)
from consultations.remarks.participation import eligibility_at_all, may_take_part
from consultations.remarks.taking_back import taking_back_context
from consultations.remarks.thanks import HELD_WORDS
from consultations.views import load_consultation, topic_of_page
from consultations.waiting.views import waiting_page
from core.domain import clock
from core.domain.rules import Verdict, require
from core.web.idempotency import idempotent
from core.web.pages import shared_page
from core.web.requests import wants_data
from discussions import voices
from discussions.models import HELD, Comment
from discussions.rules import NO_MANDATE
from discussions.said_before import find_same, wants_again

if TYPE_CHECKING:
    from consultations.presenters import RemarkRow


def _load_remark(request: HttpRequest, pk: int, remark_pk: int) -> RemarkRow:
    """A remark of the consultation, if the person may see it; else 404."""
    visible = Remark.objects.visible_to(request.user).filter(consultation=pk)
    return get_object_or_404(queries.with_display_columns(visible), pk=remark_pk)


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
    may_answer = _may_answer(request, shown, remark.remark)
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
        "may_reply": may_take_part(request.user, shown.consultation, shown.now),
        "may_answer": may_answer,
        "may_edit": _may_edit(request, shown, remark.comment, has_mandate=has_mandate),
        **taking_back_context(request.user, shown, remark.comment, has_mandate=has_mandate),
        "reply_form": form,
    }
    return render(request, "consultations/remark_detail.html", context)


def _may_answer(request: HttpRequest, shown: ShownConsultation, remark: Remark) -> Verdict:
    """Whether the page offers to reply for the council."""
    return rules.answer(request.user, shown.consultation, remark.comment, kind=remark.kind)


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
    may_answer = _may_answer(request, shown, remark.remark)
    form.show_replies(remark.official_answers)
    form.show_official(may_answer)
    context = {
        **pages.remark_context(shown, remark, after=""),
        "may_reply": may_take_part(request.user, shown.consultation, shown.now),
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
    remark = speaking.to_react_to(pk, remark_pk, request.user)
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
