"""Events of consultations and their remarks. Ids only."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class ConsultationEvent(Event):
    """Something happened to a consultation; ``by_id`` is None when a job found it."""

    consultation_id: int
    by_id: int | None


class ConsultationCreated(ConsultationEvent):
    audited: ClassVar[bool] = True


class ConsultationChanged(ConsultationEvent):
    """Its description was edited."""

    audited: ClassVar[bool] = True


class ConsultationPicturesChanged(ConsultationEvent):
    """Its cover or a figure was added, described anew or removed."""

    audited: ClassVar[bool] = True


class ConsultationDiscarded(ConsultationEvent):
    """It was thrown away before anybody was told of it."""

    audited: ClassVar[bool] = True


class ConsultationAnnounced(ConsultationEvent):
    audited: ClassVar[bool] = True


class ConsultationOpened(ConsultationEvent):
    """Its first day has come; told once, by a job."""


class ConsultationClosed(ConsultationEvent):
    """Its last day is over; told once, by a job."""


class DatesChanged(ConsultationEvent):
    audited: ClassVar[bool] = True
    change_id: int


class PremoderationBegun(ConsultationEvent):
    """For a time moderators read what is said before it is shown."""

    audited: ClassVar[bool] = True


class PremoderationEnded(ConsultationEvent):
    audited: ClassVar[bool] = True


class ReportDayMoved(ConsultationEvent):
    """Its report is due on another day, because the periods of martial law are others."""

    audited: ClassVar[bool] = True


class VersionPublished(ConsultationEvent):
    """Another wording of its draft is what everybody reads now."""

    audited: ClassVar[bool] = True
    version_id: int


class ConsultationWithdrawn(ConsultationEvent):
    audited: ClassVar[bool] = True


class ReportPublished(ConsultationEvent):
    audited: ClassVar[bool] = True


class ReportSaved(ConsultationEvent):
    """Somebody saved the working copy of its report."""

    audited: ClassVar[bool] = True


class EditionPublished(ConsultationEvent):
    """An edition of its report is published: the first one together with ReportPublished."""

    audited: ClassVar[bool] = True
    edition_id: int


class EditionTermOpened(ConsultationEvent):
    """Another edition is due: words that the newest one left out as hidden are shown again."""

    audited: ClassVar[bool] = True
    remark_id: int


class EditionNamesRemoved(ConsultationEvent):
    """Names were taken out of an edition, because their account was erased."""

    audited: ClassVar[bool] = True
    edition_id: int


class ConsultationPollAttached(ConsultationEvent):
    """A poll stands on its page from now on."""

    audited: ClassVar[bool] = True
    poll_id: int


class ConsultationPollDetached(ConsultationEvent):
    audited: ClassVar[bool] = True
    poll_id: int


class RemarkEvent(Event):
    """Something happened to a remark (whose id is its comment's)."""

    remark_id: int
    consultation_id: int
    by_id: int


class RemarkPosted(RemarkEvent):
    pass


class RemarkJoined(RemarkEvent):
    """It was sent before its organisation was confirmed, and is published now, with its date."""

    audited: ClassVar[bool] = True
    organisation_id: int


class WaitingRemarkSent(RemarkEvent):
    """It waits for its organisation: nobody but its author hears of it."""


class WaitingRemarkTakenBack(RemarkEvent):
    pass


class RemarkChanged(RemarkEvent):
    """Its words, or the answers below it, are others now."""


class RemarkDeleted(RemarkEvent):
    pass


class RemarkHidden(RemarkEvent):
    pass


class RemarkRestored(RemarkEvent):
    pass


class RemarkAnswered(RemarkEvent):
    """The council replied officially; ``answer_id`` is the reply's comment.

    ``standing_in_for_id``: the absent colleague by whose grant it was given.
    """

    audited: ClassVar[bool] = True
    answer_id: int
    standing_in_for_id: int | None = None


class ReplyCorrected(RemarkEvent):
    """An official reply (``answer_id``) says something else; ``correction_id``: what it said.

    ``tells_author``: the officer wants whose remark it is to get a mail.
    """

    audited: ClassVar[bool] = True
    answer_id: int
    correction_id: int
    tells_author: bool


class CostEvent(Event):
    """Something happened to what an organisation says that a draft would cost it."""

    audited: ClassVar[bool] = True
    cost_id: int
    consultation_id: int
    organisation_id: int
    by_id: int


class CostSaid(CostEvent):
    """For the first time, or other than before."""


class CostTakenBack(CostEvent):
    pass


#: After which a remark's part on the pages shows something else: it is drawn anew for everybody who
#: watches (realtime/broadcasts.py). RemarkPosted puts a new part on top.
REMARK_REDRAWN: tuple[type[RemarkEvent], ...] = (
    RemarkChanged,
    RemarkAnswered,
    ReplyCorrected,
    RemarkDeleted,
    RemarkHidden,
    RemarkRestored,
)


class UrgentActPublished(Event):
    """An act adopted without public consultations was published."""

    audited: ClassVar[bool] = True
    act_id: int
    by_id: int | None


class OutageEntered(Event):
    """An administrator entered a time when people could not reach the site."""

    audited: ClassVar[bool] = True
    outage_id: int
    by_id: int


class RemarksCarried(ConsultationEvent):
    """Remarks stand in the newest version now; ``is_first``: for the first time all of them."""

    version_id: int
    is_first: bool


class PlaceAnswered(RemarkEvent):
    """The author has said whether the place to which their remark was carried is right."""

    place_id: int
