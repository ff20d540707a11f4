"""Events of drafts. Ids only; `by_id` is None for a command of the administrator."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class VersionImported(Event):
    """A file became the preview of a draft's next version."""

    audited: ClassVar[bool] = True
    draft_id: int
    version_id: int
    by_id: int | None


class VersionPublished(Event):
    """A preview became what everybody reads."""

    audited: ClassVar[bool] = True
    draft_id: int
    version_id: int
    by_id: int | None


class ClauseSplit(Event):
    """A clause of a preview became two."""

    version_id: int
    clause_id: int
    second_id: int
    by_id: int | None


class ClausesJoined(Event):
    """Two clauses of a preview became one."""

    version_id: int
    clause_id: int
    by_id: int | None


class ClauseRenumbered(Event):
    """A clause of a preview got another number, kind or level."""

    version_id: int
    clause_id: int
    by_id: int | None


class ClausesMoved(Event):
    """Clauses of a preview went deeper or higher in its tree."""

    version_id: int
    clauses: int
    by_levels: int
    by_id: int | None


class ClausesRetyped(Event):
    """Clauses of a preview became sections, paragraphs or something else."""

    version_id: int
    clauses: int
    by_id: int | None


class ClauseReworded(Event):
    """The words of a preview's clause are no longer those of the file."""

    audited: ClassVar[bool] = True
    version_id: int
    clause_id: int
    by_id: int | None


class ClausesRemoved(Event):
    """Parts of the imported file were removed from a preview."""

    audited: ClassVar[bool] = True
    version_id: int
    clauses: int
    by_id: int | None


class LinesPutBack(Event):
    """Lines that the import had set aside became parts of a preview."""

    audited: ClassVar[bool] = True
    version_id: int
    lines: int
    by_id: int | None


class LinesLeftOut(Event):
    """Lines that the import had set aside are left out of the text."""

    audited: ClassVar[bool] = True
    version_id: int
    lines: int
    by_id: int | None


class ChangeUndone(Event):
    """The last change of a preview was taken back."""

    audited: ClassVar[bool] = True
    version_id: int
    revision_id: int
    by_id: int | None


class ClausesRematched(Event):
    """An officer said which clauses of the version before those of a preview continue.

    ``clauses`` were looked at, ``changed`` of them continue another one now.
    """

    version_id: int
    clauses: int
    changed: int
    by_id: int | None
