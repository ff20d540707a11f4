"""Mails about a draft's new text: to the authors of remarks and to those who support them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator

from accounts.identity.events import AccountsMerged
from accounts.models import User
from consultations import queries
from consultations.events import RemarksCarried
from consultations.models import Consultation, Remark
from core.domain.events import within
from drafts.models import Version
from notifications.mails.contents import Context, mail
from notifications.models import Unsubscription
from notifications.sending.fanout import tell

#: Remarks that a mail names, of one's own and of those one supports.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class NamedRemark:
    """A remark in a mail: what it is about now, and its page."""

    words: str
    path: str


@within(RemarksCarried)
def remarks_carried(event: RemarksCarried) -> None:
    """Tell of the version once, when it is known where each remark stands in it."""
    if event.is_first:
        tell(
            "speakers",
            "consultations/text_changed",
            about=f"version:{event.version_id}",
            consultation_id=event.consultation_id,
            version_id=event.version_id,
        )


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """Keep mails stopped for the merged account that were stopped by one of the two."""
    gone = Unsubscription.objects.filter(user=event.gone_id)
    kept = Unsubscription.objects.filter(user=event.kept_id).values("consultation")
    gone.exclude(consultation__in=kept).update(user=event.kept_id)


@mail("consultations/text_changed")
def _text_changed(user: User, *, consultation_id: int, version_id: int) -> Context:
    """Nothing when it was withdrawn meanwhile, or a newer version has come."""
    found = Consultation.objects.published().filter(pk=consultation_id, withdrawn_at=None)
    consultation = found.first()
    version = Version.objects.published().filter(pk=version_id).first()
    if consultation is None or version is None:
        return None
    newer = Version.objects.published().filter(draft=version.draft_id, number__gt=version.number)
    if newer.exists():
        return None
    remarks = Remark.objects.public().filter(consultation=consultation, comment__parent=None)
    supported = remarks.filter(comment__reactions__user=user, comment__reactions__value=1)
    return {
        "consultation": consultation,
        "number": version.number,
        "own": _name_remarks(remarks.filter(comment__author=user)),
        "supported": _name_remarks(supported),
        "changes_path": reverse("consultations:changes", args=[consultation_id]),
    }


def _name_remarks(remarks: QuerySet[Remark]) -> list[NamedRemark]:
    rows = queries.with_display_columns(remarks).order_by("-pk")[:_NAMED]
    named = []
    for shown in map(queries.show_unanswered, rows):
        said = Truncator(shown.comment.text or shown.comment.proposal).chars(100)
        words = f"{shown.place_words}: «{said}»" if shown.place_words else f"«{said}»"
        named.append(NamedRemark(words, shown.url))
    return named
