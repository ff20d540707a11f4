"""Places of comments: each kind of thing that can be talked about says where one is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.urls import reverse

from consultations.models import Remark
from discussions.models import Comment


@dataclass(frozen=True, slots=True)
class Place:
    """The thing talked about, the place in it, and the comment's URL there."""

    title: str
    part: str
    url: str
    #: Of a proposal: the grounds by which it is not considered, each with its article.
    unconsidered: Mapping[str, str] | None = None


#: From ids of first-level comments to their places; ids of other things are left out.
Finder = Callable[[Collection[int]], dict[int, Place]]


def in_consultations(ids: Collection[int]) -> dict[int, Place]:
    """Remarks of consultations."""
    remarks = Remark.objects.filter(pk__in=ids).select_related("consultation__procedure", "clause")
    remarks = remarks.only(
        *("consultation__title", "consultation__procedure__unconsidered"),
        *("clause__label", "clause__kind"),
    )
    return {
        remark.pk: Place(
            title=remark.consultation.title,
            part=str(remark.clause) if remark.clause else "",
            url=remark.get_absolute_url(),
            unconsidered=remark.consultation.procedure.unconsidered,
        )
        for remark in remarks
    }


def in_petitions(ids: Collection[int]) -> dict[int, Place]:
    """Comments on petitions."""
    comments = Comment.objects.filter(pk__in=ids, thread__petition__isnull=False)
    found = comments.values_list("pk", "thread__petition", "thread__petition__title")
    return {
        pk: Place(title=title, part="", url=reverse("petitions:comment", args=[petition, pk]))
        for pk, petition, title in found
    }


FINDERS: tuple[Finder, ...] = (in_consultations, in_petitions)


def places_of(comments: Collection[Comment]) -> dict[int, Place]:
    """The place of each comment, by its id: a query for each kind of thing, however many, until
    all are found."""
    roots = {comment.pk: comment.parent_id or comment.pk for comment in comments}
    found: dict[int, Place] = {}
    for finder in FINDERS:
        if missing := set(roots.values()) - found.keys():
            found |= finder(missing)
    return {pk: found[root] for pk, root in roots.items() if root in found}


def place_of(comment: Comment) -> Place | None:
    """The place of one comment; None for a thread that nothing shows."""
    return places_of([comment]).get(comment.pk)
