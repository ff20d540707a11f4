"""Presenters of dispositions: what became of a remark, as everybody reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from consultations.dispositions.conditions import public_reason
from consultations.dispositions.models import Disposition
from drafts.clauses.keys import anchor_of

if TYPE_CHECKING:
    from consultations.models import Remark

#: The kind of status tag that each disposition is shown with (components/status_tag).
STATUS = {
    Disposition.Kind.ACCEPTED: "done",
    Disposition.Kind.PARTLY: "partly",
    Disposition.Kind.REJECTED: "stop",
    Disposition.Kind.NOTED: "info",
}


@dataclass(frozen=True, slots=True)
class ShownDisposition:
    """A public disposition. ``resulting_label``: the clause to which it led, in today's text;
    ``reason``: what everybody may read of it (conditions.public_reason); ``is_hidden``: the words
    that it answers are hidden, and of it the kind and that reason alone are public."""

    disposition: Disposition
    consultation_id: int
    resulting_label: str
    reason: str
    is_hidden: bool = False

    @classmethod
    def of(
        cls, remark: Remark, public: Disposition, labels: Mapping[UUID, str]
    ) -> ShownDisposition:
        """Present a remark's disposition; ``public``: from conditions.public_disposition."""
        is_hidden = remark.comment.hidden_at is not None
        key = public.resulting_key
        label = labels.get(key, "") if key and not is_hidden else ""
        reason = public_reason(remark, public)
        return cls(public, remark.consultation_id, label, reason, is_hidden)

    @property
    def is_unchecked(self) -> bool:
        """Whether the reason that everybody may read is still to be checked."""
        return self.is_hidden and not self.reason

    @property
    def label(self) -> str:
        return self.disposition.get_kind_display()

    @property
    def status(self) -> str:
        return STATUS[Disposition.Kind(self.disposition.kind)]

    @property
    def resulting_url(self) -> str:
        """The clause to which it led, in today's text."""
        page = reverse("consultations:detail", args=[self.consultation_id])
        key = self.disposition.resulting_key
        return f"{page}#{anchor_of(key)}" if key else page
