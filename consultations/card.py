"""What the picture of a consultation says (core/export/prints/card.py draws it)."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Consultation, State
from core.export.prints.card import Card
from core.templatetags.components import thousands


def card_of(consultation: Consultation, remarks: int) -> Card:
    """Of a consultation that pages.show_state has seen, in the active language.

    ``remarks``: how many visible ones it has.
    """
    is_discussed = consultation.state not in (State.ANNOUNCED, State.WITHDRAWN)
    return Card(
        title=consultation.title,
        state=str(consultation.state_label),
        tone=consultation.state_kind,
        number=thousands(remarks) if is_discussed else "",
        beside=ngettext("remark to the draft", "remarks to the draft", remarks)
        if is_discussed
        else "",
        share=None,
        line=_line(consultation),
    )


def _line(consultation: Consultation) -> str:
    if consultation.state == State.ANNOUNCED:
        return _("You can comment from %(day)s") % {"day": _written(consultation.opens_on)}
    if consultation.state == State.OPEN:
        return _("You can comment until %(day)s") % {"day": _written(consultation.last_day)}
    if consultation.state == State.REPORTED:
        return _("See what became of people’s words")
    return _("Consultation of the city council")


def _written(day: date | None) -> str:
    return date_format(day, "j\xa0E Y")
