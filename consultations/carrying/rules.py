"""Rules of carrying. Pure: the facts are passed in, nothing is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation, Place
from core.domain.rules import Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody
    from discussions.models import Comment


def answer_place(
    user: Anybody, consultation: Consultation, comment: Comment, place: Place | None
) -> Verdict:
    """Say whether one's remark is about the clause to which it was carried: its author, until the
    report is published."""
    return (
        refuse_unless(
            user.is_authenticated and user.is_active and comment.author_id == user.pk,
            "place.not_author",
            _("Only the author of a remark says what it is about."),
        )
        and refuse_unless(
            comment.deleted_at is None and comment.hidden_at is None,
            "comment.gone",
            _("This remark was deleted or hidden."),
        )
        and refuse_unless(
            place is not None and place.is_current,
            "place.not_current",
            _("The text has changed again. Look at where your remark stands now."),
        )
        and refuse_unless(
            consultation.reported_at is None and consultation.withdrawn_at is None,
            "consultation.over",
            _("The consultation is over: what its remarks are about stays as it is."),
        )
    )
