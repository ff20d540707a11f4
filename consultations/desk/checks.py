"""What is ready and what is missing before a consultation can be announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations import rules
from consultations.models import Consultation
from core.calendar import WorkCalendar
from core.rules import Verdict


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list: what it is about, whether it is ready, and where to mend it."""

    label: str
    verdict: Verdict
    url: str


def announcement(
    consultation: Consultation,
    *,
    today: date,
    has_text: bool,
    has_preview: bool,
    calendar: WorkCalendar,
) -> list[Check]:
    """The conditions of ``rules.announce``, one by one; the rule itself judges them together."""
    edit = reverse("desk:edit", args=[consultation.pk])
    text = reverse("desk:text", args=[consultation.pk])
    publish = reverse("desk:publish", args=[consultation.pk])
    return [
        Check(
            _("Text of the draft"),
            rules.text_to_announce(has_text=has_text, has_preview=has_preview),
            publish if has_preview else text,
        ),
        Check(
            _("First and last day"),
            rules.dates_to_announce(consultation, today=today, calendar=calendar),
            edit,
        ),
    ]
