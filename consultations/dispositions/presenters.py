"""Presenters of dispositions: what became of a remark, as everybody reads it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from consultations.dispositions.models import Disposition
from drafts.keys import anchor_of

#: The kind of status tag that each disposition is shown with (components/status_tag).
STATUS = {
    Disposition.Kind.ACCEPTED: "done",
    Disposition.Kind.PARTLY: "partly",
    Disposition.Kind.REJECTED: "stop",
    Disposition.Kind.NOTED: "info",
}


@dataclass(frozen=True, slots=True)
class ShownDisposition:
    """A public disposition. ``resulting_label``: the clause to which it led, in today's text."""

    disposition: Disposition
    consultation_id: int
    resulting_label: str

    @property
    def label(self) -> str:
        return self.disposition.get_kind_display()

    @property
    def status(self) -> str:
        return STATUS[Disposition.Kind(self.disposition.kind)]

    @property
    def reason(self) -> str:
        return self.disposition.reason

    @property
    def resulting_url(self) -> str:
        """The clause to which it led, in today's text."""
        page = reverse("consultations:detail", args=[self.consultation_id])
        key = self.disposition.resulting_key
        return f"{page}#{anchor_of(key)}" if key else page
