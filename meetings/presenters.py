"""Presenters: meetings, items, roll-calls and due items with the values that pages show of them.

A template gets the model as ``meeting`` and its presenter as ``shown``; a list holds presenters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.domain.calendar import local_date
from core.domain.council import local_name
from meetings.models import (
    Item,
    Meeting,
    Speaker,
    State,
    Vote,
)

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import Promise
    from django_stubs_ext import WithAnnotations

    from meetings.documents.queries import ShownDocument
    from meetings.terms import Due

#: How each state looks (components/status_tag.html).
STATUS = {
    State.DRAFT: "waiting",
    State.ANNOUNCED: "soon",
    State.RUNNING: "live",
    State.CLOSED: "closed",
    State.CANCELLED: "stop",
}
STATUS_OF_ITEM = {
    Item.State.PLANNED: "waiting",
    Item.State.CURRENT: "live",
    Item.State.DONE: "done",
    Item.State.DROPPED: "stop",
}
#: The sign of each vote (core.templatetags.components.ICONS); who is absent has none.
SIGNS = {
    Vote.Choice.FOR: "done",
    Vote.Choice.AGAINST: "cross",
    Vote.Choice.ABSTAINED: "partly",
    Vote.Choice.NOT_VOTING: "waiting",
    Vote.Choice.ABSENT: "",
    Vote.Choice.CONFLICT: "",
}
#: What stands above the numbers of a result, in the order of the law.
COLUMNS = {
    Vote.Choice.FOR: gettext_lazy("For"),
    Vote.Choice.AGAINST: gettext_lazy("Against"),
    Vote.Choice.ABSTAINED: gettext_lazy("Abstained"),
    Vote.Choice.NOT_VOTING: gettext_lazy("Did not vote"),
    Vote.Choice.ABSENT: gettext_lazy("Absent"),
    Vote.Choice.CONFLICT: gettext_lazy("Took no part"),
}


#: What stands beside one member's name.
VOTED = {
    Vote.Choice.FOR: pgettext_lazy("one member", "for"),
    Vote.Choice.AGAINST: pgettext_lazy("one member", "against"),
    Vote.Choice.ABSTAINED: pgettext_lazy("one member", "abstained"),
    Vote.Choice.NOT_VOTING: pgettext_lazy("one member", "did not vote"),
    Vote.Choice.ABSENT: pgettext_lazy("one member", "absent"),
    Vote.Choice.CONFLICT: pgettext_lazy("one member", "took no part: conflict of interest"),
}
#: Who entered a vote, beside it; of what nobody entered nothing is said.
ENTERED = {
    Vote.Entered.SELF: pgettext_lazy("a vote was entered", "by themselves"),
    Vote.Entered.SECRETARY: pgettext_lazy("a vote was entered", "by the secretary"),
    Vote.Entered.REPLACED: pgettext_lazy(
        "a vote was entered", "by the secretary, in place of their own vote"
    ),
    Vote.Entered.UNRECORDED: pgettext_lazy("a vote was entered", "it is not recorded by whom"),
}
#: What a deputy chooses from.
BALLOT = {
    Vote.Choice.FOR: gettext_lazy("For"),
    Vote.Choice.AGAINST: gettext_lazy("Against"),
    Vote.Choice.ABSTAINED: gettext_lazy("I abstain"),
}


class ForPage(TypedDict):
    """Facts read by meetings.pages.for_page with a meeting."""

    now: datetime
    seq: int


type MeetingRow = WithAnnotations[Meeting, ForPage]


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """A meeting as it stands at ``now``; ``seq``: the counter of its live topic."""

    meeting: Meeting
    now: datetime
    seq: int = 0

    @classmethod
    def of(cls, row: MeetingRow) -> ShownMeeting:
        """Present a row of meetings.pages.for_page."""
        return cls(row, row.now, row.seq)

    def context(self, **more: Any) -> dict[str, Any]:
        """The context of a template about this meeting."""
        return {"meeting": self.meeting, "shown": self, **more}

    @property
    def pk(self) -> int:
        return self.meeting.pk

    @property
    def themes(self) -> list[dict[str, str]]:
        """The slug and ``local_name`` of each theme, of a row of meetings.pages.with_subjects."""
        return [
            {"slug": each["slug"], "local_name": local_name(each["name"], each["name_en"])}
            for each in getattr(self.meeting, "theme_rows", ())
        ]

    @property
    def streets(self) -> list[dict[str, Any]]:
        """The pk, ``name`` and ``local_name`` of each street, likewise."""
        return [
            {**each, "local_name": local_name(each["name"], each["name_en"])}
            for each in getattr(self.meeting, "street_rows", ())
        ]

    @property
    def state(self) -> State:
        return self.meeting.state_at(self.now)

    @property
    def state_kind(self) -> str:
        return STATUS[self.state]

    @property
    def state_label(self) -> str | Promise:
        return self.state.label

    @property
    def is_running(self) -> bool:
        return self.state == State.RUNNING

    @property
    def is_ahead(self) -> bool:
        """Announced and not opened yet."""
        return self.state == State.ANNOUNCED

    @property
    def takes_questions(self) -> bool:
        """Whether people may ask and support (meetings.questions.rules.take_part)."""
        return self.state in (State.ANNOUNCED, State.RUNNING)

    @property
    def holds_question(self) -> bool:
        """Whether a question is kept from the displays by its delay."""
        due_at = self.meeting.question_due_at
        return due_at is not None and self.now < due_at

    @property
    def ends_on_another_day(self) -> bool:
        return local_date(self.meeting.begins_at) != local_date(self.meeting.ends_at)

    @property
    def today(self) -> date:
        return local_date(self.now)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item of the agenda with the page of what it is about, where that is public."""

    item: Item
    is_current: bool
    kind: str = ""
    title: str = ""
    url: str = ""
    documents: Sequence[ShownDocument] = ()

    @classmethod
    def of(cls, item: Item, documents: Sequence[ShownDocument] = ()) -> ShownItem:
        """``item`` comes from meetings.queries.agenda_of."""
        is_current = item.state == Item.State.CURRENT
        if item.consultation is not None and item.consultation.announced_at:
            thing: Any = item.consultation
            kind = _("Consultation")
        elif item.petition is not None and item.petition.published_at:
            thing, kind = item.petition, _("Petition")
        elif item.poll is not None and item.poll.scheduled_at:
            thing, kind = item.poll, _("Poll")
        else:
            return cls(item, is_current, documents=documents)
        url = thing.get_absolute_url()
        return cls(item, is_current, kind, thing.title, url, documents)

    @property
    def state_kind(self) -> str:
        return STATUS_OF_ITEM[Item.State(self.item.state)]


@dataclass(frozen=True, slots=True)
class ShownSpeaker:
    """A speaker, or a person waiting; ``beside``: the faction of a deputy."""

    speaker: Speaker
    beside: str = ""

    @classmethod
    def of(cls, speaker: Speaker) -> ShownSpeaker:
        """``speaker`` comes with its deputy, faction and user."""
        deputy = speaker.deputy
        return cls(speaker, deputy.faction.local_name if deputy and deputy.faction else "")

    @property
    def name(self) -> str:
        return self.speaker.name_shown


@dataclass(frozen=True, slots=True)
class ShownDue:
    """Something that the law has published of a meeting, by a day."""

    due: Due
    today: date

    @property
    def is_late(self) -> bool:
        return self.due.is_late_on(self.today)

    @property
    def about(self) -> str:
        """The item, or the question of the roll-call after the number of its item: many are put
        to the vote in the same words."""
        if self.due.item is not None:
            return self.due.item.title
        roll_call = self.due.roll_call
        return f"{roll_call.item.order}. {roll_call.question}" if roll_call is not None else ""

    @property
    def kind(self) -> str:
        """The look of its state (components/status_tag.html)."""
        if self.is_late:
            return "stop"
        return "done" if self.due.done_on else "soon"

    @property
    def words(self) -> str:
        """Whether it was done, and in time."""
        if self.due.done_on:
            return _("published late") if self.is_late else _("published")
        return _("overdue") if self.is_late else _("to be published")
