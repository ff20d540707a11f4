"""What the templates of a petition's discussion are given. The same for everybody."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from discussions.models import Comment
from petitions.models import Petition
from petitions.talk import reading, rules
from petitions.talk.reading import Filters


def talk_context(petition: Petition, params: QueryDict) -> dict[str, Any]:
    """A page of what is said of it: two queries."""
    filters = Filters.of(params)
    page = reading.comments_of(petition, filters)
    fragment, query = reverse("petitions:talk", args=[petition.pk]), filters.query()
    here = petition.get_absolute_url()

    def address(after: str) -> str:
        return f"{here}?{filters.query(after=after)}#talk-region" if after else ""

    return {
        "petition": petition,
        "comments": page.items,
        "talk_filters": filters,
        "talk_url": f"{fragment}?{query}" if query else fragment,
        "takes_comments": rules.be_open(petition, now=petition.now),
        "talk_total": reading.count_of(petition),
        "talk_sorts": _sorts(here, filters),
        "talk_next_url": address(page.next_cursor),
        "talk_previous_url": address(page.previous_cursor),
    }


def draw(comment: Comment, petition: Petition) -> Comment:
    """Give a comment its ``url``, the page of its own."""
    comment.url = reverse("petitions:comment", args=[petition.pk, comment.pk])
    return comment


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


def comment_context(petition: Petition, comment: Comment, after: str) -> dict[str, Any]:
    """One comment and the answers to it: one query, two where it was edited."""
    page = reading.replies_of(comment, after)
    return {
        "petition": petition,
        "comment": draw(comment, petition),
        "page": page,
        "edits": list(comment.edits.order_by("pk")[:20]) if comment.edited_at else [],
    }
