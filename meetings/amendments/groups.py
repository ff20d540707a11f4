"""Groups of amendments: those to one clause exclude each other. Pure.

The order of votes within a group is that of how far they go from the draft: first to remove the
clause, then other words, then what is inserted after it; of equal ones the one entered first. The
first adopted closes the group, but for insertions that are marked as compatible (ADR 106).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from meetings.models import Amendment

_ORDER = {Amendment.Kind.REMOVE: 0, Amendment.Kind.REPLACE: 1, Amendment.Kind.INSERT: 2}


class State(StrEnum):
    """What became of an amendment."""

    WAITING = "waiting"
    VOTING = "voting"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    #: Another of its group was adopted: it is not put to the vote.
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Group:
    """Amendments to one clause in the order of their votes, each with its state."""

    members: Sequence[tuple[Amendment, State]]

    @property
    def next(self) -> Amendment | None:
        """The one whose turn it is; None while one is voted on, and where none waits."""
        if any(state == State.VOTING for _each, state in self.members):
            return None
        return next((each for each, state in self.members if state == State.WAITING), None)


def group(amendments: Iterable[Amendment], carried: Mapping[int, bool]) -> list[Group]:
    """The groups in the order of the clauses; ``carried``: what closed roll-calls came to."""
    by_clause: dict[int, list[Amendment]] = {}
    for each in sorted(amendments, key=lambda one: (one.clause.position, *place(one))):
        by_clause.setdefault(each.clause_id, []).append(each)
    return [Group(list(_states(members, carried))) for members in by_clause.values()]


def place(amendment: Amendment) -> tuple[int, int]:
    """Its place among the votes of its group."""
    return _ORDER[Amendment.Kind(amendment.kind)], amendment.number


def _states(
    members: Iterable[Amendment], carried: Mapping[int, bool]
) -> Iterable[tuple[Amendment, State]]:
    is_closed = False
    for each in members:
        state = _own_state(each, carried)
        if state == State.WAITING and is_closed and not each.is_compatible:
            state = State.CLOSED
        is_closed = is_closed or state == State.ADOPTED
        yield each, state


def _own_state(each: Amendment, carried: Mapping[int, bool]) -> State:
    if each.withdrawn_at is not None:
        return State.WITHDRAWN
    if each.roll_call_id is None:
        return State.WAITING
    if each.roll_call_id not in carried:
        return State.VOTING
    return State.ADOPTED if carried[each.roll_call_id] else State.REJECTED
