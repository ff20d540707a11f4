"""The card of a consultation: the picture for links to it, drawn by core/export/prints/card.py."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import State
from consultations.presenters import ShownConsultation
from core.export.prints.card import Card
from core.templatetags.components import thousands


def card_of(shown: ShownConsultation, remarks: int) -> Card:
    """The card in the active language; ``remarks``: how many visible ones it has."""
    is_discussed = shown.state not in (State.ANNOUNCED, State.WITHDRAWN)
    return Card(
        title=shown.consultation.title,
        state=shown.state_label,
        tone=shown.state_kind,
        number=thousands(remarks) if is_discussed else "",
        beside=ngettext("remark to the draft", "remarks to the draft", remarks)
        if is_discussed
        else "",
        share=None,
        line=_line(shown),
    )


def _line(shown: ShownConsultation) -> str:
    opens_on, last_day = shown.consultation.opens_on, shown.consultation.last_day
    if shown.state == State.ANNOUNCED and opens_on:
        return _("You can comment from %(day)s") % {"day": _format(opens_on)}
    if shown.state == State.OPEN and last_day:
        return _("You can comment until %(day)s") % {"day": _format(last_day)}
    if shown.state == State.REPORTED:
        return _("See what became of people’s words")
    return _("Consultation of the city council")


def _format(day: date) -> str:
    return date_format(day, "j\xa0E Y")
