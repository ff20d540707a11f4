"""What the picture of a petition says (core/export/prints/card.py draws it)."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.export.prints.card import Card
from core.templatetags.components import thousands
from petitions.models import Petition, State


def card_of(petition: Petition) -> Card:
    """Of a petition that pages.show has seen, in the active language."""
    return Card(
        title=petition.title,
        state=str(petition.state_label),
        tone=petition.state_kind,
        number=thousands(petition.counted),
        beside=_("of %(needed)s signatures needed") % {"needed": thousands(petition.needed)},
        share=min(1.0, petition.counted / petition.needed),
        line=_line(petition),
    )


def _line(petition: Petition) -> str:
    if petition.state == State.COLLECTING and petition.last_day:
        return _("You can sign until %(day)s") % {"day": date_format(petition.last_day, "j\xa0E Y")}
    if petition.state == State.ANSWERED:
        return _("The council has answered")
    return _("Electronic petition to the city council")
