"""What the picture of a poll says (core/export/prints/card.py draws it): how many have voted, as
the pages show it, and of the results no number before they are published."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.export.prints.card import Card
from core.templatetags.components import thousands
from votes.models import Poll, State


def card_of(poll: Poll, turnout: int) -> Card:
    """Of a poll that pages.show has seen, in the active language."""
    is_counted = poll.state not in (State.SCHEDULED, State.CANCELLED)
    beside = ""
    if is_counted:
        beside = ngettext("person has voted", "people have voted", turnout)
        if poll.electorate:
            beside = _("of %(number)s have voted") % {"number": thousands(poll.electorate)}
    return Card(
        title=poll.title,
        state=str(poll.state_label),
        tone=poll.state_kind,
        number=thousands(turnout) if is_counted else "",
        beside=str(beside),
        share=min(1.0, turnout / poll.electorate) if is_counted and poll.electorate else None,
        line=_line(poll),
    )


def _line(poll: Poll) -> str:
    if poll.state == State.SCHEDULED:
        return _("Voting opens on %(moment)s") % {"moment": _written(poll.opens_at)}
    if poll.state == State.OPEN:
        return _("You can vote until %(moment)s") % {"moment": _written(poll.closes_at)}
    if poll.state == State.PUBLISHED:
        return _("See how it was counted")
    return _("Poll of the city council")


def _written(moment: object) -> str:
    return date_format(localtime(moment), "j\xa0E Y, H:i")  # type: ignore[arg-type]
