"""Presenters of amendments and of the text that is composed of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from drafts.models import Clause
from drafts.versions import difference
from meetings.amendments.groups import Group, State
from meetings.models import Amendment

LABELS: dict[State, str | Promise] = {
    State.WAITING: pgettext_lazy("an amendment", "waits for its vote"),
    State.VOTING: pgettext_lazy("an amendment", "is being voted on"),
    State.ADOPTED: pgettext_lazy("an amendment", "adopted"),
    State.REJECTED: pgettext_lazy("an amendment", "not adopted"),
    State.WITHDRAWN: pgettext_lazy("an amendment", "withdrawn"),
    State.CLOSED: pgettext_lazy("an amendment", "not put to the vote: another is adopted"),
}
#: How each looks (components/status_tag.html).
STATUS = {
    State.WAITING: "waiting",
    State.VOTING: "live",
    State.ADOPTED: "done",
    State.REJECTED: "stop",
    State.WITHDRAWN: "closed",
    State.CLOSED: "closed",
}


@dataclass(frozen=True, slots=True)
class ShownAmendment:
    """An amendment and what became of it; ``is_next``: its turn in its group."""

    amendment: Amendment
    state: State
    is_next: bool

    @property
    def label(self) -> str | Promise:
        return LABELS[self.state]

    @property
    def status(self) -> str:
        return STATUS[self.state]

    @property
    def mover(self) -> str:
        deputy = self.amendment.deputy
        return deputy.name if deputy else self.amendment.mover

    @property
    def is_open(self) -> bool:
        """Whether it can still be withdrawn or marked."""
        return self.state in (State.WAITING, State.CLOSED)

    @property
    def can_be_compatible(self) -> bool:
        return self.is_open and self.amendment.kind == Amendment.Kind.INSERT


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Amendments to one clause, in the order of their votes."""

    clause: Clause
    members: list[ShownAmendment]

    @classmethod
    def of(cls, group: Group) -> ShownGroup:
        following = group.next
        members = [ShownAmendment(each, state, each == following) for each, state in group.members]
        return cls(members[0].amendment.clause, members)


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A line of the difference between the version and the composed text."""

    label: str
    html: SafeString


def changes(old: Iterable[Clause], new: Iterable[Clause]) -> list[ShownChange]:
    """Changes made by the amendments adopted, clause by clause."""
    found = []
    for change in difference.clauses(old, new):
        if change.status == difference.Status.UNCHANGED:
            continue
        found.append(ShownChange(str(change.new or change.old), change.html()))
    return found
