"""Presenters of roll-call votes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import (
    RollCall,
    RollCallAnnulment,
    Vote,
)
from meetings.rollcalls.majority import Result

if TYPE_CHECKING:
    from django.utils.functional import Promise

from meetings.presenters import COLUMNS, ENTERED, SIGNS, VOTED


@dataclass(frozen=True, slots=True)
class Cell:
    """One member and their vote; ``sign``: its icon, "" for none."""

    deputy_id: int
    name: str
    faction: str
    choice: str
    label: str | Promise
    sign: str
    #: Who entered the vote, and the act by which it was given by videoconference.
    entered: str | Promise = ""
    video: str = ""

    @classmethod
    def of(cls, vote: Vote) -> Cell:
        """``vote`` comes with its deputy, faction and ground of a videoconference."""
        choice = Vote.Choice(vote.choice)
        faction = vote.faction.local_name if vote.faction else ""
        return cls(
            vote.deputy_id,
            vote.deputy.name,
            faction,
            choice,
            VOTED[choice],
            SIGNS[choice],
            ENTERED.get(Vote.Entered(vote.entered), ""),
            str(vote.video_ground or ""),
        )


@dataclass(frozen=True, slots=True)
class ShownRollCall:
    """A roll-call, and while it is open how many of ``membership`` have voted (``cast``).

    ``result``: None until it is published. ``cells``: who voted how, where that is asked for.
    """

    roll_call: RollCall
    cast: int
    result: Result | None = None
    cells: Sequence[Cell] = ()

    @property
    def is_open(self) -> bool:
        return self.roll_call.closed_at is None

    @property
    def verdict(self) -> str:
        """The decision in a sentence; "" until it is published."""
        if self.result is None:
            return ""
        if self.result.is_annulled:
            return _("The vote is annulled")
        return (
            _("The decision is adopted")
            if self.result.is_carried
            else _("The decision is not adopted")
        )

    @property
    def annulment(self) -> RollCallAnnulment | None:
        """Why it counts for nothing, and which vote repeats it."""
        return self.roll_call.annulled

    @property
    def repeated_by_url(self) -> str:
        """The page of the vote that repeats it; "" while there is none."""
        annulled = self.roll_call.annulled
        if annulled is None or annulled.repeated_by_id is None:
            return ""
        args = [self.roll_call.item.meeting_id, annulled.repeated_by_id]
        return reverse("meetings:roll_call", args=args)

    @property
    def arithmetic(self) -> str:
        """Why: how many votes it took, in words; "" until it is published."""
        result = self.result
        if result is None:
            return ""
        facts = {
            "given": result.for_,
            "needed": result.needed,
            "membership": result.membership,
            "present": result.present,
        }
        if not result.has_quorum:
            return (
                _(
                    "%(present)d of %(membership)d took part, not more than half: there is no "
                    "quorum, and nothing can be decided."
                )
                % facts
            )
        words = {
            RollCall.Needs.MAJORITY: _(
                "For: %(given)d. Needed: at least %(needed)d, more than half of the total "
                "membership of %(membership)d."
            ),
            RollCall.Needs.TWO_THIRDS: _(
                "For: %(given)d. Needed: at least %(needed)d, two thirds of the total membership "
                "of %(membership)d."
            ),
            RollCall.Needs.PROCEDURAL: _(
                "For: %(given)d. Needed: at least %(needed)d, more than half of the %(present)d "
                "who took part."
            ),
        }
        return words[RollCall.Needs(self.roll_call.needs)] % facts

    @property
    def figures(self) -> list[tuple[str, str | Promise, str, int]]:
        """Each choice with its word, its sign and how many made it, a conflict of interest where
        somebody declared one; [] until it is published."""
        result = self.result
        if result is None:
            return []
        numbers = {
            Vote.Choice.FOR: result.for_,
            Vote.Choice.AGAINST: result.against,
            Vote.Choice.ABSTAINED: result.abstained,
            Vote.Choice.NOT_VOTING: result.not_voting,
            Vote.Choice.ABSENT: result.absent,
            Vote.Choice.CONFLICT: result.conflict,
        }
        return [
            (choice.value, label, SIGNS[choice], numbers[choice])
            for choice, label in COLUMNS.items()
            if choice != Vote.Choice.CONFLICT or result.conflict
        ]

    @property
    def url(self) -> str:
        """Its page, with who voted how."""
        return reverse("meetings:roll_call", args=[self.roll_call.item.meeting_id, self.pk])

    @property
    def pk(self) -> int:
        return self.roll_call.pk
