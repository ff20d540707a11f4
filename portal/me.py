"""My page: what I said and what became of it, where I took part and voted, what I began, for whom I
act."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from consultations import reading
from consultations.models import Consultation, WaitingRemark
from consultations.presenters import ShownConsultation
from core.db.paging import page_of
from discussions.models import Comment
from organisations import reading as organisations
from petitions.starting import reading as starting
from votes import pages as polls

_SIZE = 20
_MOST_CONSULTATIONS = 20
_MOST_PETITIONS = 5
_MOST_POLLS = 10


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """One's own page; everybody sees her own only."""
    return render(
        request, "portal/me.html", context(request.user, after=request.GET.get("after", ""))
    )


def context(user: User, *, after: str = "") -> dict[str, Any]:
    """What the person said, newest first, where, her petitions, votes and organisations: at most
    fourteen queries."""
    mine = (
        Comment.objects.filter(author=user, deleted_at=None)
        .select_related(
            "remark__consultation",
            "remark__clause",
            "parent__remark__consultation",
            "thread__petition",
            "author",
            "organisation",
        )
        .defer(
            "search",
            "remark__clause__html",
            "remark__clause__search",
            *(f"thread__petition__{column}" for column in ("search", "text", "reasons")),
        )
    )
    page = page_of(mine, order=("-pk",), after=after, size=_SIZE)
    said = [_place(comment) for comment in page if _belongs(comment)]
    _add_answers(said)
    home = reverse("portal:me")
    return {
        "said": said,
        "waiting": WaitingRemark.objects.of(user)
        .select_related("consultation", "organisation", "clause")
        .defer("consultation__search", "clause__html", "clause__search")
        .order_by("-pk"),
        "consultations": _consultations(user),
        "petitions": starting.mine(user, size=_MOST_PETITIONS),
        "votes": polls.own_votes(user, _MOST_POLLS),
        "mandates": organisations.mine(user),
        "invitations": organisations.invited(user),
        "next_url": f"{home}?after={page.next_cursor}" if page.next_cursor else "",
        "previous_url": f"{home}?after={page.previous_cursor}" if page.previous_cursor else "",
    }


def _add_answers(said: list[Comment]) -> None:
    """Give each ``official_answers``: the council's replies to it, where it is a remark."""
    own = [comment for comment in said if comment.is_remark]
    for comment in own:
        comment.subject.comment = comment
    answers = reading.official_answers(comment.subject for comment in own)
    for comment in said:
        comment.official_answers = answers.get(comment.pk, ())


def _belongs(comment: Comment) -> bool:
    return hasattr(comment.parent or comment, "remark") or hasattr(comment.thread, "petition")


def _place(comment: Comment) -> Comment:
    """Give it ``subject`` (the remark that it is, or that it answers; None when it is about a
    petition), ``is_remark``, ``about``: the consultation or petition, and ``leads``: whether the
    page of what it is, or answers, is there for its author to open."""
    about = comment.parent or comment
    comment.subject = getattr(about, "remark", None)
    comment.petition = getattr(comment.thread, "petition", None)
    comment.about = comment.petition or comment.subject.consultation
    comment.is_remark = comment.subject is not None and comment.parent_id is None
    comment.leads = about.is_visible
    if comment.petition:
        comment.url = reverse("petitions:comment", args=[comment.petition.pk, about.pk])
    return comment


def _consultations(user: User) -> list[ShownConsultation]:
    """Where the person spoke, the last to close first."""
    spoke = Comment.objects.filter(thread=OuterRef("thread"), author=user, deleted_at=None)
    rows = (
        reading.for_page(Consultation.objects.published())
        .filter(Exists(spoke))
        .order_by("-closes_at", "-pk")[:_MOST_CONSULTATIONS]
    )
    return [ShownConsultation.of(row) for row in rows]
