"""Search index of comments: follows the names of organisations."""

from __future__ import annotations

from core.domain.actions import action
from core.domain.events import emit
from discussions.events import CommentsIndexedAnew
from discussions.models import Comment, searchable_text

#: Comments that are written at once.
AT_ONCE = 500


def index_again(organisation_id: int) -> int:
    """Write anew by what an organisation's comments are found; returns how many there are.

    Run twice it does the same. What was taken back is found by nothing and stays so. Emits
    CommentsIndexedAnew.
    """
    said = Comment.objects.filter(organisation=organisation_id, deleted_at=None)
    wanted = said.select_related("organisation").only(
        "text", "proposal", "organisation__code", "organisation__short_name"
    )
    last = done = 0
    while page := list(wanted.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        for comment in page:
            comment.search = searchable_text(comment.text, comment.proposal, comment.organisation)
        Comment.objects.bulk_update(page, ["search"])
        last, done = page[-1].pk, done + len(page)
    with action():
        emit(CommentsIndexedAnew(organisation_id))
    return done
