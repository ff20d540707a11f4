"""The register of personal data in meetings (280/97-ВР arts 46, 59)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.data.register import (
    OnErasure,
    PersonalData,
    Purpose,
    impersonal,
    register,
    staff_references,
)
from accounts.models import User
from core.domain import clock
from core.domain.actions import locked
from meetings.minutes.actions import remove_names
from meetings.models import (
    AdoptedText,
    Amendment,
    BallotReceipt,
    Body,
    BundledItem,
    CommissionMember,
    Conflict,
    Deputy,
    Display,
    Faction,
    Guest,
    GuestAnswer,
    GuestSignal,
    GuestSupport,
    HallVisit,
    Hand,
    Item,
    LogEntry,
    Meeting,
    MeetingDocument,
    Minutes,
    MinutesEdition,
    MinutesPart,
    MinutesVersion,
    Outcome,
    PaperBallot,
    Pause,
    Prepared,
    Presence,
    PresenceClaim,
    ProtocolEntry,
    Question,
    QuestionAppeal,
    QuestionSupport,
    QuickPoll,
    Registration,
    RollCall,
    RollCallAnnulment,
    Seat,
    ShowOfHands,
    Speaker,
    SpeakingTimes,
    Stop,
    Subtitle,
    VideoGround,
    Vote,
    VotingColumns,
)
from meetings.registration.actions import release

DEPUTIES = _(
    "Who sits in the council, who was present and who voted how is public and kept for ever "
    "(280/97-ВР arts 46, 59); only the link to your account goes"
)
RECORD = _(
    "What was asked and who spoke in an open meeting is part of its record (280/97-ВР art. 46): "
    "it stays without your name. What was never shown is emptied"
)
ONLY_NUMBERS = _("you; others read only how many there are")


def _empty_unshown(user: User) -> None:
    """Delete texts that only those who ran the meeting have read."""
    Question.objects.filter(author=user).exclude(state__in=Question.PUBLIC).update(text="")


def _release_places(user: User) -> None:
    """Give places kept for them to those who wait longest."""
    registered = Registration.objects.active().filter(user=user).order_by("meeting")
    for meeting_id in registered.values_list("meeting", flat=True):
        release(locked(Meeting(pk=meeting_id)), user.pk, clock.now())


register(
    PersonalData(
        model=Registration,
        purpose=Purpose.MEETINGS,
        title=_("Meetings for which you registered"),
        shown={
            "meeting__title": _("meeting"),
            "attendance": _("attends"),
            "speaks_on__title": _("speaks on"),
            "stance": _("stance"),
            "needs": _("accessibility needs"),
            "consented_at": _("agreed that it is read"),
            "at": _("when"),
            "seated_at": _("place given"),
            "came_at": _("arrival noted"),
            "withdrawn_at": _("withdrawn"),
        },
        said={
            "attendance": lambda value: Registration.Attendance(value).label,
            "stance": lambda stance: Speaker.Stance(stance).label,
        },
        erase=_release_places,
        period="registrations",
        after_end=True,
    ),
    PersonalData(
        model=Deputy,
        purpose=Purpose.PARTICIPATION,
        title=_("You as a deputy"),
        shown={
            "name": _("full name"),
            "faction__name": _("faction"),
            "since": _("since"),
            "until": _("until"),
        },
        on_erasure=OnErasure.EMPTIED,
        emptied={"user": None},
        kept_because=DEPUTIES,
        kept_until=_("with the records of the council"),
        named_by=_("your full name as a deputy"),
        named_until=_("for good"),
    ),
    PersonalData(
        model=Seat,
        purpose=Purpose.PARTICIPATION,
        title=_("Your seats in bodies of the council"),
        whose=("deputy__user",),
        shown={
            "body__name": _("body"),
            "since": _("since"),
            "until": _("until"),
            "number": _("number of the seat in the hall"),
        },
        on_erasure=OnErasure.KEPT,
        kept_because=DEPUTIES,
        named_by=_("your full name as a deputy"),
        named_until=_("for good"),
    ),
    PersonalData(
        model=Presence,
        purpose=Purpose.PARTICIPATION,
        title=_("Meetings at which you were present"),
        whose=("deputy__user",),
        shown={
            "meeting__title": _("meeting"),
            "came_at": _("from"),
            "left_at": _("until"),
            "how": _("how it was noted"),
            "video_ground__number": _("by videoconference, by the act"),
        },
        said={"how": lambda how: Presence.How(how).label},
        on_erasure=OnErasure.KEPT,
        kept_because=DEPUTIES,
        named_by=_("your full name as a deputy"),
        named_until=_("for good"),
    ),
    PersonalData(
        model=PresenceClaim,
        purpose=Purpose.PARTICIPATION,
        title=_("Where you said on your telephone that you are present"),
        whose=("deputy__user",),
        shown={
            "meeting__title": _("meeting"),
            "at": _("when"),
            "confirmed_at": _("confirmed"),
            "dismissed_at": _("not confirmed"),
        },
        on_erasure=OnErasure.KEPT,
        kept_because=DEPUTIES,
        named_by=_("your full name as a deputy"),
        named_until=_("for good"),
    ),
    PersonalData(
        model=Vote,
        purpose=Purpose.PARTICIPATION,
        title=_("Your votes in roll-calls"),
        whose=("deputy__user",),
        shown={
            "roll_call__question": _("question"),
            "choice": pgettext_lazy("noun", "vote"),
            "at": _("when"),
            "entered": _("who entered it"),
            "video_ground__number": _("by videoconference, by the act"),
        },
        said={
            "choice": lambda choice: Vote.Choice(choice).label,
            "entered": lambda entered: Vote.Entered(entered).label,
        },
        on_erasure=OnErasure.KEPT,
        kept_because=DEPUTIES,
        named_by=_("your full name as a deputy"),
        named_until=_("for good"),
    ),
    PersonalData(
        model=BallotReceipt,
        purpose=Purpose.PARTICIPATION,
        title=_("Secret votes for which you received a ballot of paper"),
        whose=("deputy__user",),
        shown={"ballot__question": _("question"), "ballot__opened_at": _("when")},
        on_erasure=OnErasure.KEPT,
        kept_because=DEPUTIES,
        named_by=_("your full name as a deputy"),
        named_until=_("for good"),
    ),
    PersonalData(
        model=Conflict,
        purpose=Purpose.PARTICIPATION,
        title=_("Conflicts of interest that you declared"),
        whose=("deputy__user",),
        shown={
            "item__title": _("item of the agenda"),
            "words": _("what it is about"),
            "at": _("when"),
            "withdrawn_reason": _("why it was taken back"),
        },
        on_erasure=OnErasure.KEPT,
        kept_because=DEPUTIES,
        named_by=_("your full name as a deputy"),
        named_until=_("for good"),
    ),
    PersonalData(
        model=Amendment,
        purpose=Purpose.PARTICIPATION,
        title=_("Amendments that you moved"),
        whose=("deputy__user",),
        shown={
            "item__title": _("item of the agenda"),
            "text": _("new words"),
            "at": _("when"),
            "withdrawn_at": _("withdrawn"),
        },
        on_erasure=OnErasure.KEPT,
        kept_because=DEPUTIES,
        named_by=_("your full name as a deputy"),
        named_until=_("for good"),
    ),
    PersonalData(
        model=CommissionMember,
        purpose=Purpose.PARTICIPATION,
        title=_("Counting commissions in which you were"),
        whose=("deputy__user",),
        shown={"ballot__question": _("question"), "ballot__opened_at": _("when")},
        on_erasure=OnErasure.KEPT,
        kept_because=DEPUTIES,
        named_by=_("your full name as a deputy"),
        named_until=_("for good"),
    ),
    PersonalData(
        model=Question,
        purpose=Purpose.PARTICIPATION,
        title=_("Your questions to meetings"),
        whose=("author",),
        shown={
            "meeting__title": _("meeting"),
            "text": _("question"),
            "state": _("what became of it"),
            "asked_at": _("when"),
            "written_at": _("written"),
            "hidden_reason": _("why it is not shown"),
            "answer": _("answer"),
            "answered_at": _("answered"),
        },
        said={"state": lambda state: Question.State(state).label},
        on_erasure=OnErasure.KEPT,
        erase=_empty_unshown,
        kept_because=RECORD,
    ),
    PersonalData(
        model=QuestionSupport,
        purpose=Purpose.PARTICIPATION,
        title=_("Questions of others that you support"),
        shown={"question__text": _("question"), "at": _("when")},
    ),
    PersonalData(
        model=QuestionAppeal,
        purpose=Purpose.PARTICIPATION,
        title=_("Your questions that went on as appeals"),
        whose=("question__author",),
        shown={
            "question__text": _("question"),
            "appeal__number": _("number of the appeal"),
            "at": _("when"),
        },
    ),
    PersonalData(
        model=Speaker,
        purpose=Purpose.PARTICIPATION,
        title=_("Where you asked to speak"),
        shown={
            "item__title": _("item of the agenda"),
            "stance": _("stance"),
            "asked_at": _("when"),
            "began_at": _("began to speak"),
            "ended_at": _("ended"),
        },
        said={"stance": lambda stance: Speaker.Stance(stance).label},
        on_erasure=OnErasure.KEPT,
        kept_because=RECORD,
    ),
    PersonalData(
        model=MinutesPart,
        purpose=Purpose.PARTICIPATION,
        title=_("Your name in published minutes"),
        whose=("user",),
        shown={
            "edition__meeting__title": _("meeting"),
            "edition__at": _("when"),
            "words": _("name"),
        },
        on_erasure=OnErasure.EMPTIED,
        erase=remove_names,
        kept_because=RECORD,
    ),
    # What a show of hands came to is kept in figures, so nothing of anybody's needs to stay.
    PersonalData(
        model=HallVisit,
        purpose=Purpose.PARTICIPATION,
        title=_("Meetings in whose hall you are, by its code"),
        shown={"meeting__title": _("meeting"), "at": _("when")},
        recipients=ONLY_NUMBERS,
        period="hall",
        after_end=True,
    ),
    PersonalData(
        model=Hand,
        purpose=Purpose.PARTICIPATION,
        title=_("Your hand in shows of hands"),
        shown={
            "show__question": _("question"),
            "choice": pgettext_lazy("noun", "vote"),
            "in_hall": _("in the hall"),
            "at": _("when"),
        },
        said={"choice": lambda choice: Hand.Choice(choice).label},
        recipients=ONLY_NUMBERS,
        period="hall",
        after_end=True,
    ),
)
staff_references(Minutes, "changed_by")
staff_references(MinutesVersion, "by")
staff_references(MinutesEdition, "by")
staff_references(Amendment, "by", why=_("who entered the amendment"))
staff_references(AdoptedText, "by", why=_("who composed the text of the amendments adopted"))
staff_references(Stop, "by", why=_("who entered that the head stopped a decision"))
staff_references(Conflict, "by", why=_("who entered the conflict of interest"))
staff_references(Outcome, "by", why=_("who published what followed from a meeting"))
staff_references(Vote, "by", why=_("who entered the vote: the deputy themselves or the secretary"))
staff_references(RollCallAnnulment, "by", why=_("who annulled a roll-call"))
staff_references(VideoGround, "by", why=_("who let members take part by videoconference"))
staff_references(
    PresenceClaim,
    "confirmed_by",
    why=_("who confirmed that a deputy is present: the secretary or another deputy"),
)
impersonal(Meeting.themes.through, Meeting.streets.through, why="what a meeting is about")
impersonal(Body, Faction, why="the council's own structure")
impersonal(VotingColumns, why="heads of columns of the voting system's file")
impersonal(
    Meeting,
    Item,
    BundledItem,
    RollCall,
    PaperBallot,
    ShowOfHands,
    QuickPoll,
    MeetingDocument,
    why="what the council puts on the agenda",
)
staff_references(Display, "paired_by", why=_("who paired a hall’s screen with a meeting"))
impersonal(ProtocolEntry, why="figures of a secret ballot, which name nobody")
impersonal(
    Guest,
    GuestSupport,
    GuestAnswer,
    GuestSignal,
    why="a random key of a device that goes when the meeting closes; figures stay, of nobody",
)
impersonal(Subtitle, why="what was said aloud in an open meeting, as its public video has it")
impersonal(Prepared, why="what the council asks and announces in a meeting")
impersonal(LogEntry, why="ids of what happened, without names")
impersonal(Pause, why="from when to when a meeting was interrupted")
impersonal(SpeakingTimes, why="how long people speak by the rules of a body")
