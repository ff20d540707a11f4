"""Contexts of the discussion of a petition. The same for everybody."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from discussions.models import Comment
from petitions.models import Petition
from petitions.presenters import LivePetition
from petitions.talk import queries, rules
from petitions.talk.queries import Filters


def talk_context(shown: LivePetition, params: QueryDict) -> dict[str, Any]:
    """A page of what is said of it: two queries."""
    petition = shown.petition
    filters = Filters.of(params)
    page = queries.comments_of(petition, filters)
    fragment, query = reverse("petitions:talk", args=[petition.pk]), filters.query()
    here = petition.get_absolute_url()

    def url_of(after: str) -> str:
        return f"{here}?{filters.query(after=after)}#talk-region" if after else ""

    return {
        "petition": petition,
        "shown": shown,
        "comments": page.items,
        "talk_filters": filters,
        "talk_url": f"{fragment}?{query}" if query else fragment,
        "takes_comments": rules.be_open(petition, now=shown.now),
        "talk_total": queries.count_of(petition),
        "talk_sorts": _sorts(here, filters),
        "talk_next_url": url_of(page.next_cursor),
        "talk_previous_url": url_of(page.previous_cursor),
    }


def comment_parts(comment: Comment, petition: Petition) -> dict[str, Any]:
    """Context of a comment's partial: it, and the page of its own."""
    return {"comment": comment, "comment_url": url_of(petition, comment.pk)}


def url_of(petition: Petition, comment_id: int) -> str:
    """The page of a comment of the first level."""
    return reverse("petitions:comment", args=[petition.pk, comment_id])


def _sorts(here: str, filters: Filters) -> list[dict[str, Any]]:
    labels = {"newest": _("Newest"), "supported": _("Most supported")}
    return [
        {
            "label": label,
            "url": f"{here}?{filters.query(sort=sort)}#talk-region",
            "current": sort == filters.sort,
        }
        for sort, label in labels.items()
    ]


def comment_context(shown: LivePetition, comment: Comment, after: str) -> dict[str, Any]:
    """One comment and the answers to it: one query, two where it was edited."""
    page = queries.replies_of(comment, after)
    return {
        "petition": shown.petition,
        "shown": shown,
        **comment_parts(comment, shown.petition),
        "page": page,
        "edits": list(comment.edits.order_by("pk")[:20]) if comment.edited_at else [],
    }
