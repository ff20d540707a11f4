"""The card of a meeting: the picture for links to it, drawn by core/export/prints/card.py."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.export.prints.card import Card
from core.templatetags.components import thousands
from meetings.models import Item, Meeting
from meetings.presenters import ShownMeeting

#: So much of the place fits beside the day and the address of the site.
_LONGEST_PLACE = 40


def count_items(meeting: Meeting) -> int:
    """Number of items on its agenda, without those that were taken off it: one query."""
    return meeting.items.exclude(state=Item.State.DROPPED).count()


def card_of(shown: ShownMeeting) -> Card:
    """The card in the active language: one query."""
    meeting = shown.meeting
    items = count_items(meeting)
    begins = date_format(localtime(meeting.begins_at), "j\xa0E Y, H:i")
    return Card(
        title=meeting.title,
        state=str(shown.state_label),
        tone="open" if shown.is_running else shown.state_kind,
        number=thousands(items) if items else "",
        beside=ngettext("item on the agenda", "items on the agenda", items) if items else "",
        share=None,
        line=_("%(moment)s, %(place)s")
        % {
            "moment": begins,
            "place": Truncator(meeting.place).chars(_LONGEST_PLACE),
        },
    )
