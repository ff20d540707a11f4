"""The card of a poll (core/export/prints/card.py draws it): how many have voted, as the pages show
it, and of the results no number before they are published."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.export.prints.card import Card
from core.templatetags.components import thousands
from votes.models import State
from votes.presenters import ShownPoll


def card_of(shown: ShownPoll, turnout: int) -> Card:
    """The card of a poll in the active language."""
    poll = shown.poll
    is_counted = shown.state not in (State.SCHEDULED, State.CANCELLED)
    beside = ""
    if is_counted:
        beside = ngettext("person has voted", "people have voted", turnout)
        if poll.electorate:
            beside = _("of %(number)s have voted") % {"number": thousands(poll.electorate)}
    return Card(
        title=poll.title,
        state=str(shown.state_label),
        tone=shown.state_kind,
        number=thousands(turnout) if is_counted else "",
        beside=str(beside),
        share=min(1.0, turnout / poll.electorate) if is_counted and poll.electorate else None,
        line=_line(shown),
    )


def _line(shown: ShownPoll) -> str:
    poll = shown.poll
    if shown.state == State.SCHEDULED and poll.opens_at:
        return _("Voting opens on %(moment)s") % {"moment": _format_moment(poll.opens_at)}
    if shown.state == State.OPEN and poll.closes_at:
        return _("You can vote until %(moment)s") % {"moment": _format_moment(poll.closes_at)}
    if shown.state == State.PUBLISHED:
        return _("See how it was counted")
    return _("Poll of the city council")


def _format_moment(moment: datetime) -> str:
    return date_format(localtime(moment), "j\xa0E Y, H:i")
