"""Events of discussions. Ids only."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class CommentPosted(Event):
    comment_id: int
    thread_id: int
    parent_id: int | None
    by_id: int


class CommentEdited(Event):
    comment_id: int
    thread_id: int
    parent_id: int | None
    by_id: int


class CommentCorrected(Event):
    """An official reply says something else now; ``correction_id``: what it said before."""

    comment_id: int
    thread_id: int
    parent_id: int | None
    by_id: int
    correction_id: int


class CommentDeleted(Event):
    """Its author took it back; ``audited``: a trace stays."""

    audited: ClassVar[bool] = True
    comment_id: int
    thread_id: int
    parent_id: int | None
    by_id: int


class NameTakenOff(Event):
    """Its author took their name off it: the words stay in the record."""

    audited: ClassVar[bool] = True
    comment_id: int
    thread_id: int
    parent_id: int | None
    by_id: int


class HeldCommentDeleted(Event):
    """Its author took it back before a moderator had read it: no count has held it."""

    audited: ClassVar[bool] = True
    comment_id: int
    thread_id: int
    parent_id: int | None
    by_id: int


class CommentHidden(Event):
    audited: ClassVar[bool] = True
    comment_id: int
    thread_id: int
    parent_id: int | None
    by_id: int


class HeldCommentHidden(Event):
    """A moderator has read it before it was shown, and it never is: no count has held it."""

    audited: ClassVar[bool] = True
    comment_id: int
    thread_id: int
    parent_id: int | None
    by_id: int


class CommentRestored(Event):
    audited: ClassVar[bool] = True
    comment_id: int
    thread_id: int
    parent_id: int | None
    by_id: int


class CommentFlagged(Event):
    """Somebody reported it to the moderators."""

    flag_id: int
    comment_id: int
    by_id: int


class FlagsDismissed(Event):
    """A moderator looked at the reports and left the comment as it is."""

    audited: ClassVar[bool] = True
    comment_id: int
    by_id: int


class CommentsIndexedAnew(Event):
    """Its organisation has another name, or none: what it said is found by other words now."""

    organisation_id: int
