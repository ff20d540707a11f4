"""What the picture of a petition says (core/export/prints/card.py draws it)."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.export.prints.card import Card
from core.templatetags.components import thousands
from petitions.models import State
from petitions.presenters import ShownPetition


def card_of(shown: ShownPetition) -> Card:
    """In the active language."""
    return Card(
        title=shown.petition.title,
        state=str(shown.state_label),
        tone=shown.state_kind,
        number=thousands(shown.counted),
        beside=_("of %(needed)s signatures needed") % {"needed": thousands(shown.needed)},
        share=min(1.0, shown.counted / shown.needed),
        line=_line(shown),
    )


def _line(shown: ShownPetition) -> str:
    last_day = shown.petition.last_day
    if shown.state == State.COLLECTING and last_day:
        return _("You can sign until %(day)s") % {"day": date_format(last_day, "j\xa0E Y")}
    if shown.state == State.ANSWERED:
        return _("The council has answered")
    return _("Electronic petition to the city council")
