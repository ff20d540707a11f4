"""The checklist before a consultation is announced, and the hint at its last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from consultations import rules
from consultations.checklist.facts import Facts
from consultations.life import rules_dates
from consultations.models import Consultation, State
from consultations.presenters import ShownConsultation
from core.domain.calendar import Kind, WorkCalendar
from core.domain.rules import Verdict

_OPEN = (State.PREPARING, State.ANNOUNCED, State.OPEN)


def last_day_hint(shown: ShownConsultation, calendar: WorkCalendar) -> str:
    """Hint about a last day on which offices are closed; "" for others.

    Remarks are taken on any day, but whoever comes with one on paper finds nobody then.
    """
    day = shown.consultation.last_day
    off = calendar.day_off(day) if day and shown.state in _OPEN else None
    if day is None or off is None:
        return ""
    known = {
        "weekday": formats.date_format(day, "l").lower(),
        "next": formats.date_format(calendar.next_working_day(day)),
    }
    if off.kind is Kind.WEEKEND:
        return (
            _(
                "The last day falls on a weekend (%(weekday)s): nobody takes remarks on paper or "
                "answers the telephone then. The next working day is %(next)s."
            )
            % known
        )
    return (
        _(
            "The last day is a public holiday: nobody takes remarks on paper or answers the "
            "telephone then. The next working day is %(next)s."
        )
        % known
    )


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
    facts: Facts,
) -> list[Check]:
    """The conditions of ``rules.announce`` that every procedure has, one by one, beside those of
    its checklist; the rule itself judges them together."""
    edit = reverse("desk:edit", args=[consultation.pk])
    text = reverse("desk:text", args=[consultation.pk])
    publish = reverse("desk:publish", args=[consultation.pk])
    return [
        Check(
            _("Text of the draft"),
            rules.text_to_announce(has_text=has_text, has_preview=has_preview),
            publish if has_preview else text,
        ),
        Check(_("What changes, in five lines"), rules.brief_to_announce(consultation), edit),
        Check(
            _("First and last day"),
            rules_dates.dates_to_announce(
                consultation, today=today, calendar=calendar, elections=facts.elections
            ),
            edit,
        ),
    ]
