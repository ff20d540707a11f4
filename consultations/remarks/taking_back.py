"""Withdrawal by the author of a remark: the words until the last day, later the name.

The two pages that ask before it is done, and what a remark's page offers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from consultations import rules
from consultations.models import Remark
from consultations.presenters import ShownConsultation
from consultations.remarks import actions
from consultations.views import load_consultation
from discussions import voices
from discussions.models import HELD, Comment

if TYPE_CHECKING:
    from accounts.models import Anybody


def taking_back_context(
    user: Anybody, shown: ShownConsultation, comment: Comment, *, has_mandate: bool
) -> dict[str, Any]:
    """Context of withdrawal on a remark's page: of the remark, or of their name; and that it
    ``stays``. ``may_take_names_off``: of their replies to it, too.
    """
    consultation, now = shown.consultation, shown.now
    is_over = rules.is_past_the_last_day(consultation, now)
    return {
        "may_delete": rules.delete(user, consultation, comment, now=now, has_mandate=has_mandate),
        "may_take_name_off": rules.take_name_off(user, consultation, comment, now=now),
        "may_take_names_off": is_over and not consultation.asks_full_name and user.is_authenticated,
        "stays": is_over and user.is_authenticated and comment.author_id == user.pk,
    }


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Take back one's own remark, also one that no moderator has read, after a question. Its
    author, until the last day."""
    shown = load_consultation(request, pk)
    remark = _load_own_or_held(request, pk, remark_pk)
    if request.method == "POST":
        actions.delete_remark(remark, by=request.user)
        messages.success(request, _("Your remark is deleted."))
        return redirect(shown.consultation)
    has_mandate = voices.may_speak_for(request.user, remark.comment.organisation_id)
    verdict = rules.delete(
        request.user, shown.consultation, remark.comment, now=shown.now, has_mandate=has_mandate
    )
    stays = not verdict and verdict.code == "remark.stays"
    context = {
        "consultation": shown.consultation,
        "remark": remark,
        "verdict": verdict,
        "can_take_name_off": stays and not shown.consultation.asks_full_name,
    }
    return render(request, "consultations/remark_delete.html", context)


def _load_own_or_held(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> Remark:
    own = Remark.objects.filter(consultation=pk, comment__author=request.user)
    held = Q(comment__hidden_reason=HELD, comment__deleted_at=None)
    visible = Q(pk__in=Remark.objects.visible_to(request.user).values("pk"))
    return get_object_or_404(own.filter(held | visible).select_related("comment"), pk=remark_pk)


@login_required
@require_http_methods(["GET", "POST"])
def take_name_off(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Take one's own name off a remark or a reply after the last day, after a question. Its
    author: rules.take_name_off."""
    shown = load_consultation(request, pk)
    consultation = shown.consultation
    own = Comment.objects.filter(thread=consultation.thread_id, author=request.user)
    comment = get_object_or_404(own.filter(deleted_at=None), pk=remark_pk)
    back = reverse("consultations:remark", args=[pk, comment.parent_id or comment.pk])
    if request.method == "POST":
        actions.take_name_off(consultation, comment, by=request.user)
        messages.success(request, _("Your name is taken off. The words stay."))
        return redirect(back)
    verdict = rules.take_name_off(request.user, consultation, comment, now=shown.now)
    context = {"consultation": consultation, "comment": comment, "verdict": verdict, "back": back}
    return render(request, "consultations/remark_name.html", context)
