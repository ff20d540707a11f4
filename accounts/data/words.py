"""Values of columns in words, for the page of a download.

The file for programs holds every value as it is kept; the page says what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.data.access_log import REASONS
from accounts.models import Document, StaffRole
from accounts.staff.grant_targets import titles_of

type Words = str | Promise

_FACTORS = {
    "recovery_codes": gettext_lazy("recovery codes"),
    "totp": gettext_lazy("app with codes"),
    "webauthn": gettext_lazy("passkey"),
}
_ABOUT = {
    "accounts": gettext_lazy("your account"),
    "appeals": gettext_lazy("an appeal"),
    "consultations": gettext_lazy("a consultation"),
    "following": gettext_lazy("what you follow"),
    "meetings": gettext_lazy("a meeting"),
    "moderation": gettext_lazy("a moderator’s decision"),
    "organisations": gettext_lazy("an organisation that you act for"),
    "petitions": gettext_lazy("a petition"),
    "press": gettext_lazy("your accreditation as a journalist"),
    "votes": gettext_lazy("a poll"),
    "tokens": gettext_lazy("a program that may act in your name"),
}
_STATES = {
    "todo": gettext_lazy("waiting"),
    "succeeded": gettext_lazy("done"),
    "failed": gettext_lazy("could not be done"),
    "cancelled": gettext_lazy("dropped"),
    "aborted": gettext_lazy("dropped"),
}
#: What happened, and what was done, by the name of its event.
_EVENTS = {
    "AccountsMerged": gettext_lazy("two accounts joined"),
    "AccreditationEnded": gettext_lazy("accreditation of a journalist ended"),
    "AccreditationErased": gettext_lazy("accreditation of a journalist erased by its owner"),
    "AccreditationGranted": gettext_lazy("journalist accredited"),
    "AccreditationRefused": gettext_lazy("accreditation of a journalist refused"),
    "AdoptedTextComposed": gettext_lazy("text of the amendments adopted composed"),
    "AdoptedTextPublished": gettext_lazy("text of the amendments adopted published"),
    "AgendaChanged": gettext_lazy("agenda of a meeting changed"),
    "AmendmentAsked": gettext_lazy("change of an organisation’s data asked for"),
    "AmendmentDecided": gettext_lazy("change of an organisation’s data decided"),
    "AmendmentEntered": gettext_lazy("amendment entered"),
    "AmendmentMarked": gettext_lazy("amendment marked as compatible or not"),
    "AmendmentPutToVote": gettext_lazy("amendment put to the vote"),
    "AmendmentWithdrawn": gettext_lazy("amendment withdrawn"),
    "AnswerApproved": gettext_lazy("answer to an appeal approved"),
    "AnswerDrafted": gettext_lazy("answer to an appeal drafted"),
    "AnswerPollAttached": gettext_lazy("poll joined to the answer to a petition"),
    "AnswerPollDetached": gettext_lazy("poll parted from the answer to a petition"),
    "AnswerPublished": gettext_lazy("answer to an appeal published"),
    "AnswerReady": gettext_lazy("approval of an answer to an appeal asked for"),
    "AnswerReadyTogether": gettext_lazy("approval of an answer to an appeal asked for"),
    "AnswerSentBack": gettext_lazy("draft of an answer to an appeal sent back for rework"),
    "AnswerUnpublished": gettext_lazy("published answer to an appeal taken off"),
    "AppealAccepted": gettext_lazy("appeal accepted for consideration"),
    "AppealAnswered": gettext_lazy("appeal answered"),
    "AppealAssigned": gettext_lazy("appeal given to its executors"),
    "AppealCorrected": gettext_lazy("registration of an appeal corrected"),
    "AppealExtended": gettext_lazy("term of an appeal extended"),
    "AppealFiled": gettext_lazy("appeal registered"),
    "AppealForwarded": gettext_lazy("appeal forwarded to another body"),
    "AppealGivenBack": gettext_lazy("appeal considered as a petition again"),
    "AppealHeadAsked": gettext_lazy("head of the body asked to decide about an appeal"),
    "AppealMoved": gettext_lazy("appeal moved to administrative procedure"),
    "AppealNoted": gettext_lazy("internal note on an appeal written"),
    "AppealRated": gettext_lazy("answer to an appeal rated"),
    "AppealRecounted": gettext_lazy("term of an appeal recalculated"),
    "AppealRefused": gettext_lazy("appeal left without consideration"),
    "AppealReopened": gettext_lazy("appeal reopened by its applicant"),
    "AppealReturned": gettext_lazy("appeal returned to its applicant"),
    "AppealShortened": gettext_lazy("term of an appeal shortened"),
    "AppealTakenAgain": gettext_lazy("petition considered as an appeal again"),
    "AppealTermCorrected": gettext_lazy("term of an appeal counted by another kind"),
    "AppealTrackSuggested": gettext_lazy("another track suggested to an applicant"),
    "AppealWithdrawn": gettext_lazy("appeal withdrawn by its applicant"),
    "ApprovalSettingChanged": gettext_lazy("said whether another person approves dispositions"),
    "ApprovalTakenBack": gettext_lazy("approval of a disposition taken back"),
    "ArrivalNoted": gettext_lazy("arrival at a meeting noted"),
    "ArticleCorrected": gettext_lazy("article corrected"),
    "ArticleDiscarded": gettext_lazy("draft of an article thrown away"),
    "ArticleDrafted": gettext_lazy("draft of an article begun"),
    "ArticleEdited": gettext_lazy("article changed"),
    "ArticlePlanned": gettext_lazy("publication of an article planned"),
    "ArticlePublished": gettext_lazy("article published"),
    "ArticleUnplanned": gettext_lazy("planned publication of an article cancelled"),
    "ArticleWithdrawn": gettext_lazy("article withdrawn"),
    "AuditRead": gettext_lazy("audit log looked into"),
    "AuditTrimmed": gettext_lazy("old days of the audit log deleted"),
    "BallotIssued": gettext_lazy("ballot of paper given to a member"),
    "BallotTakenBack": gettext_lazy("mark of a given ballot taken back"),
    "BallotsOpened": gettext_lazy("ballots of a secret poll opened"),
    "BreakGlassUsed": gettext_lazy("made administrator in an emergency"),
    "CalendarLinkMade": gettext_lazy("secret link to a calendar of deadlines made"),
    "CalendarLinkRevoked": gettext_lazy("secret link to a calendar of deadlines revoked"),
    "ChangeUndone": gettext_lazy("change of a draft’s text undone"),
    "CheckListApplied": gettext_lazy("list of checks applied"),
    "CheckListDeclined": gettext_lazy("list of checks declined"),
    "CheckListMade": gettext_lazy("list of checks handed in"),
    "CityChanged": gettext_lazy("the council’s own data changed"),
    "ClassifierChanged": gettext_lazy("classifier of appeals imported"),
    "ClauseReworded": gettext_lazy("words of a draft’s clause corrected"),
    "ClausesRemoved": gettext_lazy("parts of a draft’s text removed"),
    "CodesPrinted": gettext_lazy("codes of a poll printed"),
    "CodesVoided": gettext_lazy("codes of a poll made void"),
    "CollectionEnded": gettext_lazy("collection of signatures ended"),
    "CommentCorrected": gettext_lazy("official reply given other words"),
    "CommentDeleted": gettext_lazy("words taken back"),
    "CommentEdited": gettext_lazy("words changed by their author"),
    "CommentHidden": gettext_lazy("words hidden by a moderator"),
    "CommentPosted": gettext_lazy("words published"),
    "CommentRestored": gettext_lazy("words shown again"),
    "ConflictDeclared": gettext_lazy("conflict of interest declared"),
    "ConflictWithdrawn": gettext_lazy("conflict of interest taken back"),
    "ConsultationAnnounced": gettext_lazy("consultation announced"),
    "ConsultationChanged": gettext_lazy("consultation changed"),
    "ConsultationCreated": gettext_lazy("consultation prepared"),
    "ConsultationDiscarded": gettext_lazy("consultation in preparation deleted"),
    "ConsultationPollAttached": gettext_lazy("poll joined to a consultation"),
    "ConsultationPollDetached": gettext_lazy("poll parted from a consultation"),
    "ConsultationWithdrawn": gettext_lazy("consultation withdrawn"),
    "ContactReplaced": gettext_lazy("contact of an organisation replaced"),
    "ContactSeen": gettext_lazy("contact read of the author of an entered proposal"),
    "ContestDecided": gettext_lazy("objection to a moderator’s decision decided"),
    "ContestMade": gettext_lazy("a moderator’s decision contested"),
    "CopyFeeAsked": gettext_lazy("payment for copying asked for"),
    "CopyFeePaid": gettext_lazy("payment for copying recorded"),
    "CostSaid": gettext_lazy("said what a draft would cost"),
    "CostTakenBack": gettext_lazy("took back what a draft would cost"),
    "CouncilChanged": gettext_lazy("who sits in the council changed"),
    "CourseUndone": gettext_lazy("last step of a meeting undone"),
    "CoverEnded": gettext_lazy("standing in ended"),
    "CoverNamed": gettext_lazy("cover named"),
    "DatesChanged": gettext_lazy("dates of a consultation changed"),
    "DecisionChanged": gettext_lazy("council’s decision corrected or decided anew"),
    "DecisionEntered": gettext_lazy("council’s decision entered"),
    "DecisionStopped": gettext_lazy("decision stopped by the head of the city"),
    "DeputyCame": gettext_lazy("deputy came to a meeting"),
    "DeputyLeft": gettext_lazy("deputy left a meeting"),
    "DisplayChanged": gettext_lazy("what a display of a meeting shows changed"),
    "DisplayDelayChanged": gettext_lazy("delay before the displays of a meeting changed"),
    "DisplayPaired": gettext_lazy("display paired with a meeting"),
    "DisplayUnpaired": gettext_lazy("display of a meeting unpaired"),
    "DisplaysBlanked": gettext_lazy("displays of a meeting blanked"),
    "DisplaysUnblanked": gettext_lazy("displays of a meeting shown again"),
    "DispositionApproved": gettext_lazy("disposition approved"),
    "DocumentAdded": gettext_lazy("document of a meeting added"),
    "DocumentRemoved": gettext_lazy("document of a meeting removed"),
    "DocumentsAgreed": gettext_lazy("agreed to documents"),
    "EditionNamesRemoved": gettext_lazy("names taken out of a report"),
    "EditionPublished": gettext_lazy("report published"),
    "EmailChanged": gettext_lazy("e-mail changed"),
    "EntryCorrected": gettext_lazy("slip of the pen corrected in an entered proposal"),
    "EvidenceAsked": gettext_lazy("bundle of evidence asked for"),
    "EvidenceReplaced": gettext_lazy("bundle of evidence replaced"),
    "EvidenceMade": gettext_lazy("bundle of evidence made"),
    "EditionTermOpened": gettext_lazy("term for another edition of a report began"),
    "KeeperAdded": gettext_lazy("key of a secret poll made"),
    "KeeperProved": gettext_lazy("keeper’s file of a secret poll tried"),
    "KeeperRemoved": gettext_lazy("key of a secret poll discarded"),
    "OpeningBegun": gettext_lazy("opening of a secret poll’s ballots begun"),
    "PaperBallotCancelled": gettext_lazy("secret ballot annulled"),
    "PaperBallotCounted": gettext_lazy("secret ballot counted"),
    "PaperBallotOpened": gettext_lazy("secret ballot opened"),
    "PaperBallotPublished": gettext_lazy("result of a secret ballot published"),
    "PaperBallotScanned": gettext_lazy("scan of a commission’s protocol added"),
    "PaperBallotSealed": gettext_lazy("box of a secret ballot opened"),
    "ProtocolEntered": gettext_lazy("figures of a commission’s protocol entered"),
    "PublicReasonChecked": gettext_lazy("reason for everybody, of hidden words, checked"),
    "PublicReasonTakenBack": gettext_lazy("reason for everybody, of hidden words, taken back"),
    "PublicReasonWritten": gettext_lazy("reason for everybody, of hidden words, written"),
    "EditionFilesMade": gettext_lazy("files of a report made"),
    "EditionFilesDropped": gettext_lazy("files of a report taken away, to be made anew"),
    "SecondVoteOpened": gettext_lazy("second vote on a stopped decision opened"),
    "VoiceChanged": gettext_lazy("name beside what was said changed in the record"),
    "BulkChangeTakenBack": gettext_lazy("took back a change of many rows of dispositions"),
    "DispositionRestored": gettext_lazy("disposition as it was before a change of many rows"),
    "DispositionCopied": gettext_lazy("disposition of a remark with the same words taken over"),
    "RemarksNumbered": gettext_lazy("remarks numbered"),
    "RecordBegun": gettext_lazy("what is older entered into the record"),
    "ExportAsked": gettext_lazy("download of one’s data asked for"),
    "ExportEnded": gettext_lazy("download of one’s data deleted"),
    "ExportReady": gettext_lazy("download of one’s data ready"),
    "FlagsDismissed": gettext_lazy("reports dismissed"),
    "GoalRemoved": gettext_lazy("goal of an indicator taken away"),
    "GoalSet": gettext_lazy("goal of an indicator set"),
    "GrantGiven": gettext_lazy("role given"),
    "GrantRevoked": gettext_lazy("role revoked"),
    "GroundChanged": gettext_lazy("ground of refusal changed"),
    "GuardLowered": gettext_lazy("guard of a petition lowered"),
    "GuardRaised": gettext_lazy("guard of a petition raised"),
    "HandsCounted": gettext_lazy("hands counted in the hall of a meeting entered"),
    "HeadSealed": gettext_lazy("seal on a day’s head of the audit log added"),
    "HeldCommentDeleted": gettext_lazy("words taken back before they were shown"),
    "HeldCommentHidden": gettext_lazy("words hidden by a moderator before they were shown"),
    "IdentityEnded": gettext_lazy("check of identity ended"),
    "IdentityExpiring": gettext_lazy("check of identity runs out soon"),
    "IdentityVerified": gettext_lazy("identity checked"),
    "IndicatorsImported": gettext_lazy("figures of indicators brought from elsewhere"),
    "InvitationSent": gettext_lazy("invitation to act for an organisation"),
    "InvitationWithdrawn": gettext_lazy("invitation taken back"),
    "ItemClosed": gettext_lazy("item of an agenda considered"),
    "ItemDropped": gettext_lazy("item taken off an agenda"),
    "ItemOpened": gettext_lazy("item of an agenda taken up"),
    "JournalExported": gettext_lazy("journal of appeals saved as a file"),
    "LetterAsked": gettext_lazy("letter with a code asked for"),
    "LetterPrinted": gettext_lazy("letter printed"),
    "LettersPrinted": gettext_lazy("letters printed"),
    "LinesLeftOut": gettext_lazy("lines set aside by an import left out of a draft’s text"),
    "LinesPutBack": gettext_lazy("lines set aside by an import put back into a draft’s text"),
    "ListChanged": gettext_lazy("list of a poll changed"),
    "MandateChanged": gettext_lazy("mandate changed"),
    "MandateGranted": gettext_lazy("mandate given"),
    "MandateRevoked": gettext_lazy("mandate ended"),
    "MeetingCancelled": gettext_lazy("meeting cancelled"),
    "MeetingChanged": gettext_lazy("notice of a meeting changed"),
    "MeetingClosed": gettext_lazy("meeting closed"),
    "MeetingDiscarded": gettext_lazy("meeting in preparation deleted"),
    "MeetingOpened": gettext_lazy("meeting opened"),
    "MeetingPaused": gettext_lazy("meeting interrupted"),
    "MeetingPlanned": gettext_lazy("meeting prepared"),
    "MeetingPublished": gettext_lazy("notice of a meeting published"),
    "MeetingReopened": gettext_lazy("meeting closed by mistake reopened"),
    "MeetingResumed": gettext_lazy("interrupted meeting goes on"),
    "MinutesNamesRemoved": gettext_lazy("names taken out of the minutes of a meeting"),
    "MinutesPublished": gettext_lazy("minutes of a meeting published"),
    "MinutesSaved": gettext_lazy("draft of the minutes of a meeting saved"),
    "NameTakenOff": gettext_lazy("name taken off one’s own words"),
    "NewDeviceSeen": gettext_lazy("signed in with a new device"),
    "NewsHidden": gettext_lazy("news of a petition hidden"),
    "NewsRestored": gettext_lazy("hidden news of a petition shown again"),
    "NoticesCounted": gettext_lazy("mails of an hour counted for the record"),
    "ObjectionDecided": gettext_lazy("objection decided"),
    "OrganisationChanged": gettext_lazy("organisation’s data changed"),
    "OrganisationClosed": gettext_lazy("organisation closed here"),
    "OrganisationConfirmed": gettext_lazy("organisation confirmed"),
    "OrganisationOvertaken": gettext_lazy("organisation confirmed for somebody else"),
    "OrganisationRefused": gettext_lazy("organisation refused"),
    "OrganisationRegistered": gettext_lazy("organisation registered"),
    "OutcomePublished": gettext_lazy("outcome of a meeting published"),
    "OutageEntered": gettext_lazy("time without the site entered"),
    "PageAdded": gettext_lazy("page of the council added"),
    "PageChanged": gettext_lazy("page of the council changed"),
    "PanelClosed": gettext_lazy("panel closed"),
    "PanelConsentGiven": gettext_lazy("agreed to be drawn for panels"),
    "PanelConsentTakenBack": gettext_lazy("consent to be drawn for panels taken back"),
    "PanelDrawn": gettext_lazy("panel drawn by lot"),
    "PanelListed": gettext_lazy("list of a panel published"),
    "PanelPrepared": gettext_lazy("panel prepared"),
    "PaperBallotConfirmed": gettext_lazy("paper ballot confirmed"),
    "PaperBallotEntered": gettext_lazy("paper ballot entered"),
    "PaperBallotWithdrawn": gettext_lazy("paper ballot taken back"),
    "PaperCodeUsed": gettext_lazy("signed in by a code on paper"),
    "PasswordChanged": gettext_lazy("password changed"),
    "PersonRegistered": gettext_lazy("registered at an office"),
    "PetitionAnswered": gettext_lazy("petition answered"),
    "PetitionChanged": gettext_lazy("petition changed"),
    "PetitionDecided": gettext_lazy("petition decided"),
    "PetitionPublished": gettext_lazy("petition published"),
    "PetitionRefused": gettext_lazy("petition refused"),
    "PetitionSubmitted": gettext_lazy("petition submitted"),
    "PetitionWithdrawn": gettext_lazy("petition withdrawn"),
    "ConsultationPicturesChanged": gettext_lazy("pictures of a consultation changed"),
    "DiscussionCancelled": gettext_lazy("public discussion cancelled"),
    "DiscussionPlanned": gettext_lazy("public discussion announced"),
    "PhotoRemoved": gettext_lazy("photograph of a petition removed"),
    "PicturesChanged": gettext_lazy("pictures of an article changed"),
    "PollCancelled": gettext_lazy("poll cancelled"),
    "PollChanged": gettext_lazy("poll changed"),
    "PollClosedEarly": gettext_lazy("quick poll closed early"),
    "PollCreated": gettext_lazy("poll prepared"),
    "PollExtended": gettext_lazy("poll extended"),
    "PollScheduled": gettext_lazy("poll scheduled"),
    "PremoderationBegun": gettext_lazy("reading before publication begun"),
    "PremoderationEnded": gettext_lazy("reading before publication ended"),
    "PressInvited": gettext_lazy("the press invited"),
    "ProcedureAnswered": gettext_lazy("answers about the procedure of a consultation"),
    "PublicNameChanged": gettext_lazy("public name changed"),
    "PublicationAgreed": gettext_lazy("agreed that an answer is published"),
    "PublicationRefused": gettext_lazy("no longer agrees that an answer is published"),
    "PutOnAgenda": gettext_lazy("petition put on the agenda"),
    "QuestionAnswered": gettext_lazy("question to a meeting answered"),
    "QuestionHidden": gettext_lazy("question to a meeting not shown"),
    "QuestionLeftForLater": gettext_lazy("question to a meeting left for an answer in writing"),
    "QuestionMerged": gettext_lazy("question to a meeting merged into another one"),
    "QuestionPutLive": gettext_lazy("question put on the displays of a meeting"),
    "QuestionShown": gettext_lazy("question to a meeting shown to everybody"),
    "QuestionTakenDown": gettext_lazy("question taken off the displays of a meeting"),
    "QuickPollOpened": gettext_lazy("survey of those present at a meeting opened"),
    "RecoveryCodesMade": gettext_lazy("recovery codes made"),
    "RegistrationClosingSet": gettext_lazy("closing of registration for a meeting set"),
    "RegistrationWithdrawn": gettext_lazy("registration for a meeting withdrawn"),
    "RemarkAnswered": gettext_lazy("official reply"),
    "RemarkAssigned": gettext_lazy("remark given to somebody to consider"),
    "RemarkEntered": gettext_lazy("proposal entered that came otherwise than on the site"),
    "RemarkFoldedAgain": gettext_lazy("remark shown with others of the same words again"),
    "RemarkJoined": gettext_lazy("remark published after its organisation was confirmed"),
    "RemarkSettled": gettext_lazy("decided what becomes of a remark"),
    "RemarkUnfolded": gettext_lazy("remark with nearly the same words shown by itself"),
    "RemindersSet": gettext_lazy("reminders of deadlines switched on or off"),
    "RemovalReversed": gettext_lazy("removed signatures put back"),
    "ReplyCorrected": gettext_lazy("official reply corrected"),
    "ReportDayMoved": gettext_lazy("day of a report counted anew"),
    "ReportPublished": gettext_lazy("report published"),
    "ReportSaved": gettext_lazy("working copy of a report saved"),
    "RequestPostponed": gettext_lazy("answer to a request for information postponed"),
    "RequestRefusalDrafted": gettext_lazy("refusal of a request for information drafted"),
    "ResidenceChecked": gettext_lazy("residence checked"),
    "ResidenceDeclared": gettext_lazy("residence declared"),
    "ResidenceEnded": gettext_lazy("residence ended"),
    "ResidenceExpiring": gettext_lazy("check of residence runs out soon"),
    "ResultsPublished": gettext_lazy("results published"),
    "ReviewStarted": gettext_lazy("petition taken up for review"),
    "RollCallClosed": gettext_lazy("roll-call closed"),
    "VoteReplaced": gettext_lazy("deputy’s own vote replaced"),
    "RollCallAnnulled": gettext_lazy("roll-call annulled"),
    "DecisionConfirmed": gettext_lazy("deciding vote confirmed"),
    "PresenceClaimDismissed": gettext_lazy("presence not confirmed"),
    "RollCallOpened": gettext_lazy("roll-call opened"),
    "RollCallPublished": gettext_lazy("result of a roll-call published"),
    "RulesChanged": gettext_lazy("rules for petitions changed"),
    "SavedAnswerChanged": gettext_lazy("saved answer of a department changed"),
    "SavedAnswerDeleted": gettext_lazy("saved answer of a department deleted"),
    "SavedTextChanged": gettext_lazy("saved text of a department changed"),
    "SavedTextDeleted": gettext_lazy("saved text of a department deleted"),
    "SecondFactorAdded": gettext_lazy("second factor added"),
    "SecondFactorRemoved": gettext_lazy("second factor removed"),
    "SecondFactorsReset": gettext_lazy("second factors taken away by an administrator"),
    "SecretRenewed": gettext_lazy("secret of an appeal renewed"),
    "SheetHanded": gettext_lazy("paper ballot handed out"),
    "SheetMade": gettext_lazy("sheet of codes made"),
    "SheetTakenBack": gettext_lazy("paper ballot taken back empty"),
    "ShowOfHandsClosed": gettext_lazy("show of hands in a meeting closed"),
    "ShowOfHandsOpened": gettext_lazy("show of hands in a meeting opened"),
    "SignaturesChecked": gettext_lazy("signatures checked"),
    "SignaturesHeldBack": gettext_lazy("signatures held back for a check"),
    "SignaturesRemoved": gettext_lazy("signatures removed"),
    "SpeakerBegan": gettext_lazy("speaker given the floor"),
    "SpeakerClockChanged": gettext_lazy("clock of a speaker changed"),
    "SpeakerEnded": gettext_lazy("speech ended"),
    "StaffInvitationAccepted": gettext_lazy("invitation to a role accepted"),
    "StaffInvitationRevoked": gettext_lazy("invitation to a role taken back"),
    "StaffInvited": gettext_lazy("invitation to a role sent"),
    "StaffRetired": gettext_lazy("roles ended"),
    "StepAdded": gettext_lazy("step of execution added"),
    "StepNoted": gettext_lazy("progress of a step of execution told"),
    "TextHidden": gettext_lazy("answer in words hidden by a moderator"),
    "TextShown": gettext_lazy("answer in words shown to others"),
    "ThresholdLost": gettext_lazy("fewer signatures than needed"),
    "ThresholdReached": gettext_lazy("signatures needed are there"),
    "TokenCreated": gettext_lazy("key of a program made"),
    "TokenRevoked": gettext_lazy("key of a program revoked"),
    "UrgentActPublished": gettext_lazy("act without a consultation published"),
    "UserErased": gettext_lazy("account erased"),
    "UserReinstated": gettext_lazy("account reinstated"),
    "UserSignedUp": gettext_lazy("signed up"),
    "UserSuspended": gettext_lazy("account suspended"),
    "VersionImported": gettext_lazy("version of a draft imported"),
    "VersionPublished": gettext_lazy("version of a draft published"),
    "VideoPublished": gettext_lazy("video of a meeting published"),
    "SubtitlesImported": gettext_lazy("subtitles of the video of a meeting imported"),
    "VoteCast": gettext_lazy("vote entered in a roll-call"),
    "VoteTakenBack": gettext_lazy("vote taken back in a roll-call"),
    "WordListChanged": gettext_lazy("the moderators’ word list changed"),
    "YearReportPublished": gettext_lazy("yearly report on consultations published"),
    "YearReportSaved": gettext_lazy("yearly report on consultations changed"),
}


def of(told: Mapping[str, Words]) -> Callable[[Any], Words]:
    """Function from a key to its words; a key without words stays as it is."""
    return lambda value: told.get(value, value)


event = of(_EVENTS)


def event_titles() -> Mapping[str, Words]:
    """Titles of all events, by name."""
    return _EVENTS


factor = of(_FACTORS)
reason_of_look = of(REASONS)
state_of_job = of(_STATES)


def role(value: str) -> Words:
    return dict(StaffRole.choices).get(value, value)


def source(value: str) -> Words:
    """By what somebody was checked: the kind of a document, or a provider’s name."""
    providers = {each["provider_id"]: each["name"] for each in settings.IDENTITY_PROVIDERS}
    return dict(Document.choices).get(value) or providers.get(value, value)


def number_there(value: str) -> Words:
    """Their number at a provider; id.gov.ua has none, and what stands there is our own."""
    is_print = len(value) == 64 and value.isalnum()
    return _("a code made of your РНОКПП") if is_print else value


def version(value: str) -> Words:
    """A document’s version is the day from which it applies."""
    try:
        return date_format(date.fromisoformat(value), "j E Y")
    except ValueError:
        return value


def if_so(value: bool) -> Words:
    """Said only where it is so."""
    return _("yes") if value else ""


def thing(scope: str) -> Words:
    """The one thing for which a role holds, by its title."""
    return titles_of([scope]).get(scope, scope)


def mail(event: str) -> Words:
    """About what a mail was: «accounts/reinstated:suspension:1»."""
    return _ABOUT.get(event.partition("/")[0], event)


def job(task: str) -> Words:
    return _("your download") if task.endswith("make_export") else _("a mail")


def opinion(value: int) -> Words:
    return _("for") if value > 0 else _("against")
