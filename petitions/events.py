"""Events of petitions and their signatures, with ids only.

Signing itself emits nothing: writers insert a row, and whoever watches counts.
"""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class PetitionEvent(Event):
    """Something happened to a petition; ``by_id`` is None when a job or a count found it."""

    petition_id: int
    by_id: int | None


class PetitionSubmitted(PetitionEvent):
    """Its author sent it to be checked."""

    audited: ClassVar[bool] = True


class PetitionPublished(PetitionEvent):
    audited: ClassVar[bool] = True


class PetitionRefused(PetitionEvent):
    audited: ClassVar[bool] = True
    ground_id: int


class PetitionWithdrawn(PetitionEvent):
    audited: ClassVar[bool] = True


class ThresholdReached(PetitionEvent):
    """A count of its rows found as many signatures as it needs."""

    audited: ClassVar[bool] = True


class ThresholdLost(PetitionEvent):
    """Signatures were removed or withdrawn before its review, and it has too few again."""

    audited: ClassVar[bool] = True


class CollectionEnded(PetitionEvent):
    """Its last day is over without enough signatures; told once, by a job, which has registered it
    as an appeal (law 393/96-ВР art. 23-1)."""

    audited: ClassVar[bool] = True


class AppealProgressed(PetitionEvent):
    """The public state of the appeal as which it is considered has changed."""


class ReviewStarted(PetitionEvent):
    audited: ClassVar[bool] = True


class PutOnAgenda(PetitionEvent):
    audited: ClassVar[bool] = True


class PetitionDecided(PetitionEvent):
    """The head of the council, or the council, said whether it is supported."""

    audited: ClassVar[bool] = True


class PetitionAnswered(PetitionEvent):
    audited: ClassVar[bool] = True


class PetitionChanged(PetitionEvent):
    """Its answering body, its themes, its terms or the progress of a promised step have changed."""

    audited: ClassVar[bool] = True


class NewsPosted(PetitionEvent):
    """Its author told something to those who signed."""

    news_id: int


class NewsHidden(PetitionEvent):
    audited: ClassVar[bool] = True
    news_id: int


class NewsRestored(PetitionEvent):
    audited: ClassVar[bool] = True
    news_id: int


class PhotoRemoved(PetitionEvent):
    """A moderator removed a photograph of its author's."""

    audited: ClassVar[bool] = True
    photo_id: int


class SignaturesRemoved(PetitionEvent):
    audited: ClassVar[bool] = True
    removal_id: int


class RemovalReversed(PetitionEvent):
    audited: ClassVar[bool] = True
    removal_id: int


class SignaturesChecked(PetitionEvent):
    """Some that waited for a check are counted now."""

    audited: ClassVar[bool] = True


class SignaturesHeldBack(PetitionEvent):
    """Some that counted wait for a check: their mailbox had signed before."""

    audited: ClassVar[bool] = True


class ObjectionMade(PetitionEvent):
    """A signer says that theirs was removed wrongly."""

    objection_id: int


class ObjectionDecided(PetitionEvent):
    audited: ClassVar[bool] = True
    objection_id: int


class GuardRaised(PetitionEvent):
    """Signing asks for a proof of work from now on: it is being flooded."""

    audited: ClassVar[bool] = True


class GuardLowered(PetitionEvent):
    audited: ClassVar[bool] = True


class RulesChanged(Event):
    """The council has other rules for petitions from now on."""

    audited: ClassVar[bool] = True
    procedure_id: int
    by_id: int


class GroundChanged(Event):
    """A ground of refusal was added, reworded, or put into force or out of it."""

    audited: ClassVar[bool] = True
    ground_id: int
    by_id: int


class SignatureAsked(Event):
    """Somebody asked to sign by mail: the link is to be sent, for the first time or again.

    ``by_id``: whose own address it is, where they are signed in.
    """

    petition_id: int
    pending_id: int
    by_id: int | None = None


class AnswerPollAttached(PetitionEvent):
    """A poll stands with the answer from now on."""

    audited: ClassVar[bool] = True
    poll_id: int


class AnswerPollDetached(PetitionEvent):
    audited: ClassVar[bool] = True
    poll_id: int


class CommentMade(PetitionEvent):
    """Somebody commented on it; ``comment_id`` is of the first level."""

    comment_id: int


class CommentTouched(PetitionEvent):
    """A comment was answered, changed, taken back, hidden or shown again, or an answer to it."""

    comment_id: int
