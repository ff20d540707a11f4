"""A remark that its author has made already: the same words at the same place, within a day
(discussions.said_before)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from consultations.models import Remark
from discussions.said_before import fold_text, of_author
from drafts.models import Clause

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from consultations.models import Consultation


def words_of(data: Mapping[str, Any]) -> str:
    """The words of a posted remark, as they are compared. A wording counts where one is proposed:
    browsers send the clause's text with every kind."""
    is_wording = data.get("kind") == Remark.Kind.WORDING
    return fold_text(data.get("text", ""), data.get("proposal", "") if is_wording else "")


def find_same_remark(
    consultation: Consultation, user: User, said: Mapping[str, Any]
) -> Remark | None:
    """The newest remark of ``user`` that says this at the same clause and selected words, is of the
    same kind and in the same name. ``said``: the arguments of ``actions.remark``. One query."""
    clause_id, quote = said["clause_id"], said["quote"]
    about: dict[str, Any] = {"clause_key": None}
    if clause_id is not None:
        about = {"clause_key__in": Clause.objects.filter(pk=clause_id).values("key")}
    same = Remark.objects.filter(
        comment__in=of_author(user.pk, words_of(said)),
        comment__organisation=said["organisation_id"],
        consultation=consultation.pk,
        kind=said["kind"],
        quote=quote.exact if quote else "",
        **about,
    )
    return same.select_related("comment").order_by("-pk").first()


def said_before_context(remark: Remark) -> dict[str, Any]:
    """Context of an earlier equal remark. A held one is on its author's own page alone."""
    comment = remark.comment
    url = reverse("portal:me") if comment.is_held else remark.get_absolute_url()
    return {"same": comment, "same_url": url}
