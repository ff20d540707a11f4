"""Cards of polls: who may vote, and what a reader has done or lacks (accounts.for_whom)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy

from accounts.eligibility import Eligibility, Requirement
from accounts.for_whom import (
    DONE,
    LACKS,
    MAY,
    OTHERS,
    ForReader,
    Marking,
    PageCards,
    lacks,
    own,
)
from organisations.mandates import queries as mandates_queries
from organisations.models import MandatePower
from votes import queries as votes_queries
from votes.models import Poll

if TYPE_CHECKING:
    from accounts.models import User
    from votes.presenters import ShownPoll

_VOTED = ForReader(DONE, gettext_lazy("You have voted."))
_MAY = ForReader(MAY, gettext_lazy("You may vote."))
_NOT_ON_LIST = ForReader(OTHERS, gettext_lazy("Not for you: for those on a list only."))
_NOT_WRITTEN_DOWN = ForReader(
    OTHERS, gettext_lazy("Not for you: the list of voters was closed when the poll opened.")
)


@dataclass(frozen=True, slots=True)
class PollCard:
    """Public facts of an open poll, as far as its card needs them."""

    pk: int
    voters: str
    min_age: int
    district_id: int | None
    is_secret: bool
    is_written_down: bool

    @property
    def requirement(self) -> Requirement:
        """As of its poll."""
        return Poll.requirement_of(self.voters, self.min_age, self.district_id)

    @property
    def is_of_people(self) -> bool:
        """Whether each person votes for themselves, without having been invited."""
        return self.voters not in (Poll.Voters.ORGANISATIONS, Poll.Voters.INVITED)


@dataclass(frozen=True, slots=True)
class PollCards:
    """The open polls of one page. As accounts.for_whom.Cards."""

    kind: ClassVar[str] = "poll"
    polls: tuple[PollCard, ...]

    @classmethod
    def of(cls, shown: Iterable[ShownPoll]) -> PollCards:
        """Cards of the open polls on a page."""
        return cls(
            tuple(
                PollCard(
                    each.poll.pk,
                    each.poll.voters,
                    each.poll.min_age,
                    each.poll.district_id,
                    each.poll.is_secret,
                    each.poll.frozen_at is not None,
                )
                for each in shown
                if each.is_open
            )
        )

    @property
    def asks(self) -> bool:
        easy = (Poll.Voters.ANYONE, Poll.Voters.INVITED)
        return any(each.voters not in easy for each in self.polls)

    def marking(self, user: User) -> list[Marking]:
        return votes_queries.marking(user, self.polls)

    def told(
        self, user: User, marks: Mapping[int, int], known: Eligibility, back: str
    ) -> dict[int, ForReader]:
        if any(each.voters == Poll.Voters.ORGANISATIONS for each in self.polls):
            held = mandates_queries.of(user, MandatePower.VOTE)
            known = replace(known, speaks_for=held[0].organisation_id if held else None)
        return {each.pk: _of(each, marks.get(each.pk, 0), known, back) for each in self.polls}


def _of(card: PollCard, mark: int, known: Eligibility, back: str) -> ForReader:
    if mark == votes_queries.VOTED:
        return _VOTED
    if card.voters == Poll.Voters.INVITED:
        return _MAY if mark else _NOT_ON_LIST
    if card.is_secret and card.is_written_down and card.is_of_people:
        return _MAY if mark else _NOT_WRITTEN_DOWN
    return lacks(known, card.requirement, back) or _MAY


def for_reader(user: User, shown: Iterable[ShownPoll], back: str) -> list[ShownPoll]:
    """The polls that are for ``user`` and in which they have not voted: those in which they may
    vote now first, then those for which they lack something that one can get."""
    polls = list(shown)
    told = own(user, PageCards((PollCards.of(polls),)), back)[PollCards.kind]
    kinds = (MAY, LACKS)
    mine = [each for each in polls if told[each.poll.pk].kind in kinds]
    return sorted(mine, key=lambda each: kinds.index(told[each.poll.pk].kind))
