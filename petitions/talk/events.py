"""Events of the discussion of a petition; ``comment_id`` is of the first level."""

from __future__ import annotations

from dataclasses import dataclass

from petitions.events import PetitionEvent


@dataclass(frozen=True, slots=True)
class CommentMade(PetitionEvent):
    """Somebody said something of it."""

    comment_id: int


@dataclass(frozen=True, slots=True)
class CommentTouched(PetitionEvent):
    """A comment was answered, changed, taken back, hidden or shown again, or an answer to it."""

    comment_id: int
