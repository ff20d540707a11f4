"""Events of moderation. Ids only. What becomes of the comment itself are discussions' events."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class ContestMade(Event):
    """An author contested that their words were hidden."""

    audited: ClassVar[bool] = True
    contest_id: int
    comment_id: int
    by_id: int


class ContestDecided(Event):
    """Another moderator decided on a contest: upheld or overturned the hiding."""

    audited: ClassVar[bool] = True
    contest_id: int
    comment_id: int
    by_id: int


class WordListChanged(Event):
    """A moderator added to the council's word list, or took a word from it."""

    audited: ClassVar[bool] = True
    by_id: int
