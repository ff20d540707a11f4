"""One's own page: what one said and what became of it, where one took part and voted, what one
began and sent, for whom one acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from appeals.filing import queries as appeals
from consultations import queries
from consultations.models import Consultation, Remark, WaitingRemark
from consultations.presenters import ShownAnswer, ShownConsultation
from consultations.remarks.replies import official_answers
from core.db.paging import page_of
from discussions.models import Comment
from discussions.speech.receipts import receipt_of
from organisations import queries as organisations
from petitions.models import Petition
from petitions.starting import queries as starting
from votes import pages as polls

_SIZE = 6
_MOST_CONSULTATIONS = 20
_MOST_PETITIONS = 3
_MOST_POLLS = 10
_MOST_APPEALS = 3


@dataclass(frozen=True, slots=True)
class OwnComment:
    """A comment of the reader's: a remark, a reply to one, or a comment on a petition."""

    comment: Comment
    #: The remark that it is, or that it answers.
    remark: Remark | None
    petition: Petition | None
    official_answers: Sequence[ShownAnswer] = ()

    @property
    def is_remark(self) -> bool:
        return self.remark is not None and self.comment.parent_id is None

    @property
    def about(self) -> Consultation | Petition | None:
        if self.petition is not None:
            return self.petition
        return self.remark.consultation if self.remark is not None else None

    @property
    def has_page(self) -> bool:
        """Whether the page of what it is, or answers, is there for its author to open."""
        return (self.comment.parent or self.comment).is_visible

    @property
    def receipt(self) -> str:
        """Receipt from the ledger of speech; "" where it has none."""
        salt = getattr(self.comment, "speech_salt", None)
        return receipt_of(salt.salt, self.comment.pk) if salt is not None else ""

    @property
    def petition_url(self) -> str:
        """URL of a comment on a petition, or of a reply to one."""
        if self.petition is None:
            return ""
        shown = self.comment.parent or self.comment
        return reverse("petitions:comment", args=[self.petition.pk, shown.pk])


@login_required
@require_safe
def me(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One's own page; everybody sees their own only."""
    return render(
        request, "portal/me.html", context(request.user, after=request.GET.get("after", ""))
    )


def context(user: User, *, after: str = "") -> dict[str, Any]:
    """The person's comments, newest first, with their places, their petitions, appeals, votes and
    organisations:
    at most fifteen queries."""
    mine = (
        Comment.objects.filter(author=user, deleted_at=None)
        .select_related(
            "remark__consultation",
            "remark__clause",
            "parent__remark__consultation",
            "thread__petition",
            "author",
            "organisation",
            "speech_salt",
        )
        .defer(
            "search",
            "remark__clause__html",
            "remark__clause__search",
            *(f"thread__petition__{column}" for column in ("search", "text", "reasons")),
        )
    )
    page = page_of(mine, order=("-pk",), after=after, size=_SIZE)
    home = reverse("portal:me")
    return {
        "said": _show_comments(page.items),
        "waiting": WaitingRemark.objects.of(user)
        .select_related("consultation", "organisation", "clause")
        .defer("consultation__search", "clause__html", "clause__search")
        .order_by("-pk"),
        "consultations": _consultations(user),
        "petitions": starting.mine(user, size=_MOST_PETITIONS),
        "appeals": appeals.newest(user, _MOST_APPEALS),
        "votes": polls.own_votes(user, _MOST_POLLS),
        "mandates": organisations.mine(user),
        "invitations": organisations.invitations_for(user),
        "next_url": f"{home}?after={page.next_cursor}" if page.next_cursor else "",
        "previous_url": f"{home}?after={page.previous_cursor}" if page.previous_cursor else "",
    }


def _show_comments(comments: Iterable[Comment]) -> list[OwnComment]:
    """Those that stand under a remark or a petition, with the council's replies to them."""
    found = []
    for comment in comments:
        remark = getattr(comment.parent or comment, "remark", None)
        petition = getattr(comment.thread, "petition", None)
        if remark is not None and comment.parent_id is None:
            remark.comment = comment
        if remark is not None or petition is not None:
            found.append(OwnComment(comment, remark, petition))
    answers = official_answers(
        each.remark for each in found if each.remark is not None and each.is_remark
    )
    return [replace(each, official_answers=answers.get(each.comment.pk, ())) for each in found]


def _consultations(user: User) -> list[ShownConsultation]:
    """Consultations in which the person spoke, the last to close first."""
    spoke = Comment.objects.filter(thread=OuterRef("thread"), author=user, deleted_at=None)
    rows = (
        queries.for_page(Consultation.objects.published())
        .filter(Exists(spoke))
        .order_by("-closes_at", "-pk")[:_MOST_CONSULTATIONS]
    )
    return [ShownConsultation.of(row) for row in rows]
