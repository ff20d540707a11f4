"""Many items of an agenda at once, in the order in which they were pasted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.actions import action
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import refuse_unless, require
from meetings.actions import begin
from meetings.agenda import rules
from meetings.agenda.actions import ItemText
from meetings.events import AgendaChanged
from meetings.models import Item, Meeting

if TYPE_CHECKING:
    from accounts.models import User

#: So many items an agenda may get at once.
MOST_ITEMS = 300


def add_items(meeting: Meeting, *, by: User, texts: Sequence[ItemText]) -> list[Item]:
    """Put items at the end of the agenda. Refuses by rules.agenda.write, none (``agenda.empty``),
    and more than MOST_ITEMS (``agenda.too_many``). Emits AgendaChanged once."""
    with action():
        meeting, _now = begin(meeting)
        require(
            refuse_unless(texts, "agenda.empty", _("No item was found in these lines."))
            and refuse_unless(
                len(texts) <= MOST_ITEMS,
                "agenda.too_many",
                _("These are more than 300 items. Please add them in parts."),
            )
        )
        for text in texts:
            require(rules.write(by, meeting, title=text.title, things=text.things))
        first = meeting.items.count() + 1
        items = [Item(meeting=meeting, order=order) for order in range(first, first + len(texts))]
        for item, text in zip(items, texts, strict=True):
            text.write_to(item)
        made = Item.objects.bulk_create(items)
        created(made[0])
        emit(AgendaChanged(meeting.pk, by.pk))
        return made
