"""Kinds of open work that staff hand over when somebody leaves or a department is closed.

Each app registers its kinds in a module ``open_work.py``; accounts/hand_overs/ lists the work of a
person or a department, moves it, and moves back what nobody has acted on.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.staff.models import SPEAKERS, StaffRole
from core.domain.rules import Verdict, refuse

if TYPE_CHECKING:
    from accounts.models import User

#: Somebody else has it by now, or it was done.
CHANGED = refuse(
    "hand_over.changed",
    _("This list has changed meanwhile: look at it once more. What you chose is kept."),
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A department, or one person of it."""

    department_id: int | None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A line of the list of open work: one thing, or rows of one thing (``objects``: their ids).

    ``department_id`` and ``scope``: by which roles it is done; ``version``: of what the line was
    chosen by, "" where only its holder counts.
    """

    kind: str
    number: int
    holder: Holder
    objects: tuple[int, ...]
    title: str
    url: str
    scope: str = ""
    version: str = ""
    due_on: date | None = None

    @property
    def key(self) -> str:
        """Its name in forms."""
        return f"{self.kind}-{self.number}-{self.holder.department_id}-{self.holder.person_id}"


@dataclass(frozen=True, slots=True)
class Move:
    """One object that passes from one holder to another."""

    object_id: int
    giver: Holder
    taker: Holder
    version: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Passed:
    """An object that was passed to a holder at a moment."""

    object_id: int
    taker: Holder
    at: datetime


@dataclass(frozen=True, slots=True)
class Described:
    """An object as pages and mails name it: never with an applicant's name."""

    title: str
    url: str


class WorkKind(ABC):
    """Open work of one kind. ``app``: whose rows it locks (accounts.locks.LOCK_ORDER)."""

    name: ClassVar[str]
    app: ClassVar[str]
    label: ClassVar[str | Promise]
    #: It is done by a role in the department to which it passes, one of ``roles``.
    needs_department_role: ClassVar[bool] = True
    roles: ClassVar[tuple[StaffRole, ...]] = SPEAKERS

    def of_person(self, person_id: int, by: User) -> list[WorkItem]:
        """Open work of a person which ``by`` may see; a fixed number of queries."""
        return []

    def of_department(self, department_id: int, by: User) -> list[WorkItem]:
        """Open work of a department, and of people as members of it, which ``by`` may see."""
        return []

    def count_unseen(self, holder: Holder, by: User) -> int:
        """Number of further things that ``by`` may not see."""
        return 0

    def scopes_of(self, ids: Collection[int]) -> dict[int, str]:
        """Things for which alone a role suffices, by object: one query at most."""
        return {}

    @abstractmethod
    def move(self, moves: Sequence[Move], by: User) -> dict[Move, Verdict]:
        """Lock and pass objects on, inside an action; returns those that were left, with the
        reason. Terms stay as they are."""

    @abstractmethod
    def find_acted_on(self, passed: Collection[Passed]) -> set[int]:
        """The ids of objects on which their takers have acted since."""

    @abstractmethod
    def describe(self, ids: Collection[int], reader: User) -> dict[int, Described]:
        """Objects by id, those that ``reader`` may see."""


_kinds: dict[str, WorkKind] = {}


def register(kind: WorkKind) -> None:
    """Make work of this kind known."""
    _kinds[kind.name] = kind


def kinds() -> list[WorkKind]:
    """All kinds, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_of(name: str) -> WorkKind:
    """The kind of this name."""
    return _kinds[name]
