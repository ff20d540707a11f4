"""Votes of the council on what was consulted on, as the app that holds its meetings reads them.

Meetings stand above consultations, which know nothing of them: the upper app registers how such
votes are read. A vote becomes the council's decision when an officer enters it, with what no vote
says: the number of the act, the adopted text. The decision's ``roll_call_url`` ties the two:
of several votes on one draft only people know which one decided.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from consultations.decisions.models import Decision, Votes
from core.domain.calendar import local_date


@dataclass(frozen=True, slots=True)
class Sitting:
    """A published vote by name on what was consulted on."""

    key: int
    consultation_id: int
    #: Of the meeting.
    title: str
    question: str
    closed_at: datetime
    is_adopted: bool
    votes: Votes
    #: Why it was not adopted, in Ukrainian; "" where it was.
    reason: str
    #: Where everybody sees who voted how: in Ukrainian, and in the active language.
    path: str
    url: str
    #: The moment of the vote in the record of the meeting.
    moment_url: str

    def is_at(self, url: str) -> bool:
        """Whether an address leads to this vote, in whatever language."""
        return bool(url) and url.rstrip("/").endswith(self.path.rstrip("/"))

    def fields(self) -> dict[str, Any]:
        """Fields of the decision: values of consultations.decisions.actions.COLUMNS."""
        outcome = Decision.Outcome.ADOPTED if self.is_adopted else Decision.Outcome.REJECTED
        votes = self.votes
        return {
            "outcome": outcome.value,
            "decided_on": local_date(self.closed_at),
            "reason": self.reason,
            "votes_for": votes.votes_for,
            "against": votes.against,
            "abstained": votes.abstained,
            "not_voting": votes.not_voting,
            "members": votes.members,
            "roll_call_url": settings.SITE_URL + self.path,
        }


type Reader = Callable[[Collection[int]], Iterable[Sitting]]
_readers: list[Reader] = []


def register(reader: Reader) -> None:
    """Let ``reader`` find the votes on consultations by their ids, the first vote first: one query
    however many there are."""
    _readers.append(reader)


def sittings_of(consultation_id: int) -> list[Sitting]:
    """All votes on what a consultation was about, the last one first."""
    found = [each for reader in _readers for each in reader([consultation_id])]
    return sorted(found, key=lambda each: each.closed_at, reverse=True)


def decisive(roll_calls: Mapping[int, str]) -> dict[int, Sitting]:
    """Deciding votes of consultations, by their ids with the addresses of roll-calls in their
    decisions, where they were held here. No query where no decision names an address.
    """
    named = {pk: url for pk, url in roll_calls.items() if url}
    if not named:
        return {}
    return {
        each.consultation_id: each
        for reader in _readers
        for each in reader(named)
        if each.is_at(named[each.consultation_id])
    }


def voted_on(consultation_id: int, decision: Decision | None) -> Sitting | None:
    """The vote that the decision names; before there is a decision, the last one."""
    if decision is not None:
        return decisive({consultation_id: decision.roll_call_url}).get(consultation_id)
    return next(iter(sittings_of(consultation_id)), None)
