"""The agenda of a meeting: adding, editing, moving, deleting and dropping items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F

from core.domain.actions import action
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from meetings.actions import begin, enter
from meetings.agenda import rules
from meetings.events import AgendaChanged, ItemDropped, ItemTied
from meetings.models import Item, LogEntry, Meeting

if TYPE_CHECKING:
    from accounts.models import User
    from consultations.models import Consultation
    from petitions.models import Petition
    from votes.models import Poll


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemText:
    """Content of an item, and the one subject that it may have."""

    title: str
    #: What displays show of a long title.
    short_title: str = ""
    text: str = ""
    presenter: str = ""
    #: How many minutes are set aside for it; None: as many as it takes.
    minutes: int | None = None
    consultation: Consultation | None = None
    petition: Petition | None = None
    poll: Poll | None = None

    def write_to(self, item: Item) -> None:
        """Set the item's columns, without saving."""
        item.title, item.text = self.title.strip(), self.text
        item.presenter, item.minutes = self.presenter.strip(), self.minutes
        item.short_title = self.short_title.strip()
        item.consultation, item.petition, item.poll = self.consultation, self.petition, self.poll

    @property
    def things(self) -> int:
        return sum(thing is not None for thing in (self.consultation, self.petition, self.poll))


def add_item(meeting: Meeting, *, by: User, text: ItemText) -> Item:
    """Put an item at the end of the agenda. Refuses by rules.write. Emits AgendaChanged,
    ItemTied."""
    with action():
        meeting, _now = begin(meeting)
        require(rules.write(by, meeting, title=text.title, things=text.things))
        item = Item(meeting=meeting, order=meeting.items.count() + 1)
        text.write_to(item)
        item.save()
        created(item)
        emit(AgendaChanged(meeting.pk, by.pk))
        _tell_tied(item, None, by)
        return item


def edit_item(item: Item, *, by: User, text: ItemText) -> Item:
    """Change what an item says, until it has been considered. Refuses by rules.edit. Emits
    AgendaChanged, ItemTied."""
    with action():
        meeting, _now = begin(item.meeting)
        item = meeting.items.get(pk=item.pk)
        before = _matter_of(item)
        require(rules.edit(by, meeting, item, title=text.title, things=text.things))
        text.write_to(item)
        item.save()
        emit(AgendaChanged(meeting.pk, by.pk))
        _tell_tied(item, before, by)
        return item


def _matter_of(item: Item) -> tuple[int | None, int | None] | None:
    """The consultation or the petition that it is about."""
    ids = (item.consultation_id, item.petition_id)
    return ids if any(ids) else None


def _tell_tied(item: Item, before: tuple[int | None, int | None] | None, by: User) -> None:
    """Say that an item of a published agenda is about another matter now."""
    meeting = item.meeting
    if meeting.published_at is not None and _matter_of(item) not in (None, before):
        emit(ItemTied(meeting.pk, by.pk, item.pk))


def move_item(item: Item, *, by: User, to: int) -> None:
    """Put an item at another place (from 1) of the agenda; those between make room. Refuses by
    rules.move. Emits AgendaChanged."""
    with action():
        meeting, _now = begin(item.meeting)
        item = meeting.items.get(pk=item.pk)
        require(rules.move(by, meeting, item, to=to, of=meeting.items.count()))
        if to < item.order:
            between = meeting.items.filter(order__gte=to, order__lt=item.order)
            between.update(order=F("order") + 1)
        else:
            between = meeting.items.filter(order__gt=item.order, order__lte=to)
            between.update(order=F("order") - 1)
        item.order = to
        item.save(update_fields=["order"])
        emit(AgendaChanged(meeting.pk, by.pk))


def delete_item(item: Item, *, by: User) -> None:
    """Delete an item of an agenda that is not published; the others close ranks. Refuses by
    rules.delete. Emits AgendaChanged."""
    with action():
        meeting, _now = begin(item.meeting)
        item = meeting.items.get(pk=item.pk)
        require(rules.delete(by, meeting))
        order = item.order
        item.delete()
        meeting.items.filter(order__gt=order).update(order=F("order") - 1)
        emit(AgendaChanged(meeting.pk, by.pk))


def drop_item(item: Item, *, by: User) -> Item:
    """Take an item off a published agenda: it stays on the page, struck through. Refuses by
    rules.drop. Emits ItemDropped."""
    with action():
        meeting, now = begin(item.meeting)
        item = meeting.items.get(pk=item.pk)
        require(rules.drop(by, meeting, item))
        item.state, item.closed_at = Item.State.DROPPED, now
        item.save(update_fields=["state", "closed_at"])
        if meeting.opened_at:
            enter(meeting, LogEntry.Kind.ITEM_DROPPED, at=now, item=item)
        emit(ItemDropped(meeting.pk, by.pk, item.pk))
        return item
