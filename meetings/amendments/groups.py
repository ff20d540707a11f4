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
    """Outcome of an amendment."""

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


def group(amendments: Iterable[Amendment], decided: Mapping[int, State]) -> list[Group]:
    """The groups in the order of the clauses; ``decided``: what closed roll-calls came to, by their
    ids; one that is annulled lets the amendment wait again."""
    by_clause: dict[int, list[Amendment]] = {}
    for each in sorted(amendments, key=lambda one: (one.clause.position, *place(one))):
        by_clause.setdefault(each.clause_id, []).append(each)
    return [Group(list(_states(members, decided))) for members in by_clause.values()]


def place(amendment: Amendment) -> tuple[int, int]:
    """Its place among the votes of its group."""
    return _ORDER[Amendment.Kind(amendment.kind)], amendment.number


def _states(
    members: Sequence[Amendment], decided: Mapping[int, State]
) -> Iterable[tuple[Amendment, State]]:
    states = [(each, _own_state(each, decided)) for each in members]
    # One may wait before an adopted one: entered after it, or its vote was annulled.
    is_closed = any(state == State.ADOPTED and not each.is_compatible for each, state in states)
    for each, state in states:
        is_closed = is_closed or state == State.ADOPTED
        is_over = state == State.WAITING and is_closed and not each.is_compatible
        yield each, State.CLOSED if is_over else state


def _own_state(each: Amendment, decided: Mapping[int, State]) -> State:
    if each.withdrawn_at is not None:
        return State.WITHDRAWN
    if each.roll_call_id is None:
        return State.WAITING
    return decided.get(each.roll_call_id, State.VOTING)
