"""What happened to a draft. Ids only; `by_id` is None for a command of the administrator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.events import Event


@dataclass(frozen=True, slots=True)
class VersionImported(Event):
    """A file became the preview of a draft's next version."""

    audited: ClassVar[bool] = True
    draft_id: int
    version_id: int
    by_id: int | None


@dataclass(frozen=True, slots=True)
class VersionPublished(Event):
    """A preview became what everybody reads."""

    audited: ClassVar[bool] = True
    draft_id: int
    version_id: int
    by_id: int | None


@dataclass(frozen=True, slots=True)
class ClauseSplit(Event):
    """A clause of a preview became two."""

    version_id: int
    clause_id: int
    second_id: int
    by_id: int | None


@dataclass(frozen=True, slots=True)
class ClausesJoined(Event):
    """Two clauses of a preview became one."""

    version_id: int
    clause_id: int
    by_id: int | None


@dataclass(frozen=True, slots=True)
class ClauseRenumbered(Event):
    """A clause of a preview got another number, kind or level."""

    version_id: int
    clause_id: int
    by_id: int | None
