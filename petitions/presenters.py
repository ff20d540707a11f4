"""Presenters: a petition, or a step of its answer, with what pages show of it.

Each is frozen and holds the model; templates read ``shown.state_label`` of the presenter and
``petition.title`` of the model, so that a value which nobody computed is an error and not "".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypedDict

from core.domain.calendar import local_date
from petitions import timeline
from petitions.as_appeal.considered import AppealFacts, considered_as
from petitions.models import Petition, PetitionPhoto, State, Step

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise
    from django_stubs_ext import WithAnnotations

#: The kind of status tag that each state is shown with (components/status_tag).
STATUS = {
    State.DRAFT: "waiting",
    State.MODERATION: "waiting",
    State.REFUSED: "stop",
    State.COLLECTING: "open",
    State.REACHED: "info",
    State.REVIEW: "soon",
    State.AGENDA: "soon",
    State.SUPPORTED: "done",
    State.NOT_SUPPORTED: "stop",
    State.ANSWERED: "done",
    State.NOT_REACHED: "closed",
    State.WITHDRAWN: "stop",
}


class WithNow(TypedDict):
    """The database's time read with a petition."""

    now: datetime


class WithSeq(WithNow):
    """The same for a live page: the number of its topic's last change."""

    seq: int


class WithOpening(WithNow):
    """The same for a list: the beginning of the text."""

    opening: str


class WithCover(WithOpening):
    """The same for a card: columns of the first photograph, the slug of the first theme."""

    photo: dict[str, Any] | None
    theme: str | None


if TYPE_CHECKING:
    PetitionNow = WithAnnotations[Petition, WithNow]
    PetitionOfPage = WithAnnotations[Petition, WithSeq]
    PetitionOfList = WithAnnotations[Petition, WithOpening]
    PetitionOfCard = WithAnnotations[Petition, WithCover]


@dataclass(frozen=True)
class ShownPetition:
    """A petition as pages show it at one moment, ``now``.

    Reads ``total`` and ``procedure``, which come with the petition (``select_related``).
    """

    petition: Petition
    now: datetime

    @classmethod
    def of(cls, petition: PetitionNow) -> ShownPetition:
        """As of the time at which the row was read."""
        return ShownPetition(petition, petition.now)

    @cached_property
    def state(self) -> State:
        return self.petition.state_at(self.now)

    @property
    def state_kind(self) -> str:
        return STATUS[self.state]

    @property
    def state_label(self) -> _StrPromise | str:
        return self.state.label

    @cached_property
    def is_open(self) -> bool:
        """Whether it may be signed."""
        return self.petition.is_open_at(self.now)

    @property
    def counted(self) -> int:
        """Number of signatures that count; 0 of a petition that was never counted."""
        return self.petition.total.counted if hasattr(self.petition, "total") else 0

    @property
    def needed(self) -> int:
        return self.petition.procedure.threshold

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.counted)

    @property
    def on_bar(self) -> int:
        """The value of the bar, which is full once there are enough."""
        return min(self.counted, self.needed)

    @property
    def percent(self) -> int:
        """Percentage of the number needed; 100 only when it is all there."""
        return min(100, 100 * self.counted // self.needed)

    @cached_property
    def considered(self) -> AppealFacts | None:
        """The appeal that it is for want of signatures, where it was read with it."""
        return considered_as(self.petition, self.now)

    @property
    def due_on(self) -> date | None:
        """The last day for the council's next step."""
        return timeline.due(self.petition, self.state, self.considered)

    @property
    def late(self) -> str:
        """In words, that this day is over; else ""."""
        return timeline.lateness(self.petition, self.now, self.considered)


@dataclass(frozen=True)
class LivePetition(ShownPetition):
    """The same on a page of its own, which its live topic keeps up to date from ``seq`` on."""

    seq: int

    @classmethod
    def of_page(cls, petition: PetitionOfPage) -> LivePetition:
        """A row of ``reading.for_page``."""
        return cls(petition, petition.now, petition.seq)


@dataclass(frozen=True)
class ListedPetition(ShownPetition):
    """The same in a list, with the beginning of its text as ``opening``; on a card ``photo``: the
    first, without its words, and ``theme``: the slug of the first."""

    opening: str
    photo: PetitionPhoto | None = None
    theme: str = ""

    @classmethod
    def of_list(cls, petition: PetitionOfList) -> ListedPetition:
        """A row of ``reading.for_lists``."""
        return cls(petition, petition.now, petition.opening)

    @classmethod
    def of_card(cls, petition: PetitionOfCard) -> ListedPetition:
        """A row of ``reading.for_cards``."""
        photo = PetitionPhoto(**petition.photo) if petition.photo else None
        return cls(petition, petition.now, petition.opening, photo, petition.theme or "")

    @property
    def day(self) -> date | None:
        """The day of what its state says happens, or has happened."""
        petition = self.petition
        if petition.answered_at:
            return local_date(petition.answered_at)
        if self.state == State.NOT_REACHED:
            return petition.last_day
        return petition.session_on or self.due_on or petition.last_day


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step that an answer promised, on ``today``."""

    step: Step
    today: date

    @property
    def is_late(self) -> bool:
        due_on = self.step.due_on
        return self.step.done_on is None and due_on is not None and due_on < self.today
