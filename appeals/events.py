"""Events of appeals, with ids only. ``by_id`` is None where the applicant has no account."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class AppealEvent(Event):
    """Something happened to an appeal."""

    appeal_id: int
    by_id: int | None


class AppealFiled(AppealEvent):
    """It was registered. It has its number once the transaction is committed."""

    audited: ClassVar[bool] = True


class AppealCameFrom(AppealEvent):
    """It was begun on a page of another app, which knows it by ``origin``: «meeting-question:7».
    That app trusts nothing of it that it does not find true itself."""

    origin: str


class AppealAccepted(AppealEvent):
    audited: ClassVar[bool] = True


class AppealAssigned(AppealEvent):
    audited: ClassVar[bool] = True


class AppealCorrected(AppealEvent):
    """An appeal's registration was corrected; the entry says how."""

    audited: ClassVar[bool] = True
    entry_id: int


class AppealTermCorrected(AppealEvent):
    """It has another term, being of another kind; the applicant is told."""

    audited: ClassVar[bool] = True
    entry_id: int


class AppealForwarded(AppealEvent):
    audited: ClassVar[bool] = True


class AppealReturned(AppealEvent):
    audited: ClassVar[bool] = True


class AppealRefused(AppealEvent):
    """It was left without consideration, by decision of a head (393/96-ВР art. 8)."""

    audited: ClassVar[bool] = True


class AppealMoved(AppealEvent):
    """It goes on as an administrative case (393/96-ВР art. 12, 2073-IX)."""

    audited: ClassVar[bool] = True


class AppealExtended(AppealEvent):
    """The applicant is told why its term was extended and until when."""

    audited: ClassVar[bool] = True


class AppealHeadAsked(AppealEvent):
    """The head of the body is asked to decide about it; they and their deputies may read it now."""

    audited: ClassVar[bool] = True
    entry_id: int


class RequestRefusalDrafted(AppealEvent):
    """A refusal of a request, or of a part of it, was drafted; with AnswerDrafted."""

    audited: ClassVar[bool] = True
    answer_id: int


class RequestPostponed(AppealEvent):
    """A request is answered later, for force majeure; the applicant is told (2939-VI art. 22)."""

    audited: ClassVar[bool] = True


class CopyFeeAsked(AppealEvent):
    """The applicant is told what copies cost; the term waits (2939-VI art. 21)."""

    audited: ClassVar[bool] = True


class CopyFeePaid(AppealEvent):
    """The copies are paid for: what was left of the term runs."""

    audited: ClassVar[bool] = True
    entry_id: int


class AppealShortened(AppealEvent):
    """Its term is shorter, as its applicant asked in writing; they are told until when."""

    audited: ClassVar[bool] = True
    entry_id: int


class AppealRecounted(AppealEvent):
    """Another calendar moved its term."""

    audited: ClassVar[bool] = True


class AppealNoted(AppealEvent):
    """Words for who works on it, not for the applicant."""

    audited: ClassVar[bool] = True
    entry_id: int


class AppealTrackSuggested(AppealEvent):
    """The applicant was told that a petition or a remark may serve them too."""

    audited: ClassVar[bool] = True
    entry_id: int


class AnswerDrafted(AppealEvent):
    audited: ClassVar[bool] = True
    answer_id: int


class AnswerReady(AppealEvent):
    """The drafting officer asks a head to approve the answer."""

    audited: ClassVar[bool] = True
    answer_id: int
    entry_id: int


class AnswerReadyTogether(AppealEvent):
    """The same, of one of several at once: heads are told by DraftsReady."""

    audited: ClassVar[bool] = True
    answer_id: int
    entry_id: int


class DraftsReady(Event):
    """The drafting officer asks the heads of a department to approve so many answers, each an
    AnswerReadyTogether. ``entry_id``: of the last of them."""

    by_id: int
    department_id: int
    entry_id: int
    number: int


class AnswerSentBack(AppealEvent):
    """A head sends the draft back to who wrote it; the entry says what is to be changed."""

    audited: ClassVar[bool] = True
    answer_id: int
    entry_id: int


class AnswerApproved(AppealEvent):
    audited: ClassVar[bool] = True
    answer_id: int


class AppealAnswered(AppealEvent):
    audited: ClassVar[bool] = True
    answer_id: int


class AppealRated(AppealEvent):
    audited: ClassVar[bool] = True
    answer_id: int


class AppealReopened(AppealEvent):
    audited: ClassVar[bool] = True


class AppealWithdrawn(AppealEvent):
    audited: ClassVar[bool] = True


class AppealGivenBack(AppealEvent):
    """The petition that it was has enough signatures after all, and is considered as one."""

    audited: ClassVar[bool] = True


class AppealTakenAgain(AppealEvent):
    """The petition has lost them again: it goes on as an appeal."""

    audited: ClassVar[bool] = True


class SecretRenewed(AppealEvent):
    """The former secret opens nothing any more."""

    audited: ClassVar[bool] = True


class PublicationAgreed(AppealEvent):
    """The applicant agrees that the answer is published without anything of them."""

    audited: ClassVar[bool] = True
    answer_id: int


class PublicationRefused(AppealEvent):
    """They agree no more: what was published is taken off."""

    audited: ClassVar[bool] = True
    answer_id: int


class AnswerPublished(AppealEvent):
    """Everybody reads the question and the answer, without anything of the applicant."""

    audited: ClassVar[bool] = True
    answer_id: int


class AnswerUnpublished(AppealEvent):
    audited: ClassVar[bool] = True
    answer_id: int


class AppealsExported(Event):
    """A file of appeals was made for the document system, encrypted to its key."""

    audited: ClassVar[bool] = True
    by_id: int
    export_id: int


class AppealsExportFetched(Event):
    """The file of appeals left the site."""

    audited: ClassVar[bool] = True
    by_id: int
    export_id: int


class SystemNumbersImported(Event):
    """Numbers and days of the document system were brought to appeals and answers."""

    audited: ClassVar[bool] = True
    by_id: int
    number: int


class JournalExported(Event):
    """The journal of a period left the site as a file; days as in ISO 8601."""

    audited: ClassVar[bool] = True
    by_id: int
    since: str
    until: str


class ClassifierChanged(Event):
    """The classifier of appeals was imported anew."""

    audited: ClassVar[bool] = True
    by_id: int | None
