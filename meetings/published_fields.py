"""Fields that API and open data publish of a meeting, column by column.

Open data have the roll-calls of deputies, and the minutes are a document with editions of its own.
"""

from __future__ import annotations

from core.domain.published_fields import not_published, published_fields, told
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

_OFFICER = "an officer: the entries of the audit log name who did it"
_ROLL_CALLS = "open data have roll-calls alone"
_PAGE = "the page of the meeting tells it"

published_fields(
    Meeting,
    api=told(
        "kind body title place stream_url accessibility capacity begins_at ends_at"
        " short_notice_reason district video_url minutes_url themes streets",
        {"whose it is to prepare": "department"},
    ),
    open_data=told(
        "kind body title begins_at=day",
        {
            "the API tells it of each meeting": (
                "department place stream_url accessibility capacity ends_at short_notice_reason"
                " district video_url minutes_url themes streets"
            )
        },
    ),
)
published_fields(
    Item,
    api=told(
        "title text presenter consultation petition poll minutes meeting=items",
        {"for the screen in the hall": "short_title"},
    ),
    open_data=told(
        "meeting title",
        {
            "the API tells the agenda": "text presenter consultation petition poll minutes",
            "for the screen in the hall": "short_title",
        },
    ),
)
published_fields(
    MeetingDocument,
    api=told("meeting=documents item title file=get_absolute_url"),
    open_data=_ROLL_CALLS,
)
published_fields(
    RollCall,
    api=told(
        "item question needs no_quorum_reason", {"for the screen in the hall": "short_question"}
    ),
    open_data=told(
        "item question needs",
        {
            "for the screen in the hall": "short_question",
            "the API and the page tell it": "no_quorum_reason",
        },
    ),
)
published_fields(
    RollCallAnnulment,
    api=told("roll_call=annulled at reason", {_OFFICER: "by"}),
    open_data=told("roll_call=annulled reason", {_OFFICER: "by", "the API tells it": "at"}),
)
published_fields(
    Vote,
    api=told(
        "roll_call=votes deputy choice",
        {"when each was given is told nobody": "at", _OFFICER: "by"},
    ),
    open_data=told(
        "roll_call deputy choice",
        {"when each was given is told nobody": "at", _OFFICER: "by"},
    ),
)
published_fields(
    VideoGround,
    api=told("number date", {_OFFICER: "by", "of whose meetings it is": "body"}),
    open_data=told(
        "number=video_act date=video_act_date", {_OFFICER: "by", "of whose meetings it is": "body"}
    ),
)
published_fields(
    Deputy,
    api=told(
        "name",
        {
            "as it was at each vote": "faction",
            "the page of the deputy tells it": "district since until",
            "an account": "user",
        },
    ),
    open_data=told(
        "name",
        {
            "as it was at each vote": "faction",
            "the page of the deputy tells it": "district since until",
            "an account": "user",
        },
    ),
)
published_fields(
    Faction,
    api=told("name", {"the API tells names in Ukrainian": "name_en"}),
    open_data=told("name", {"the table has names in Ukrainian": "name_en"}),
)
published_fields(
    Body,
    api=told(
        "name",
        {
            "the API tells names in Ukrainian": "name_en",
            "the meeting's kind says it": "kind",
            "each roll-call has the membership of its day": "membership",
        },
    ),
    open_data=told(
        "name",
        {
            "the table has names in Ukrainian": "name_en",
            "the meeting's kind says it": "kind",
            "each roll-call has the membership of its day": "membership",
        },
    ),
)
published_fields(
    Pause,
    api=told(
        "kind began_at resumes_at roll_call meeting=pause",
        {"the one that goes on now": "ended_at", "who waits stands on the page": "speaker"},
    ),
    open_data=_ROLL_CALLS,
)
published_fields(
    LogEntry,
    api=told(
        "meeting at kind item deputy roll_call show_of_hands poll seconds",
        {
            "of people from the floor: the page has them": "speaker question",
            "the pause is an entry of its own kind": "pause",
            _PAGE: "words",
        },
    ),
    open_data=_ROLL_CALLS,
)
published_fields(
    ShowOfHands,
    api=told("item question", {"it is asked of one meeting": "meeting"}),
    open_data="it is no vote of the council",
)
published_fields(
    QuickPoll,
    api=told("meeting=quick_polls item poll opened_at closed_at"),
    open_data="the poll is a poll like others",
)
published_fields(
    Amendment,
    api=told("item clause kind text deputy mover"),
    open_data=_ROLL_CALLS,
)
published_fields(
    Conflict,
    api=told("item deputy words"),
    open_data=_ROLL_CALLS,
)
published_fields(
    Stop,
    api=told("roll_call on head remarks"),
    open_data=_ROLL_CALLS,
)
published_fields(
    PaperBallot,
    api=told("item matter kind question options repeats"),
    open_data=told("item matter kind question options repeats"),
)
published_fields(
    ProtocolEntry,
    api=told(
        "issued in_box not_returned valid spoiled votes ballot=protocol",
        {"which of the commission typed it": "member"},
    ),
    open_data=told(
        "issued=NAMES in_box=NAMES not_returned=NAMES valid=NAMES spoiled=NAMES votes"
        " ballot=protocol",
        {"which of the commission typed it": "member"},
    ),
)
not_published(
    *(AdoptedText, BundledItem, Outcome, Presence, Seat, SpeakingTimes, Subtitle),
    why="the page of the meeting, or of its deputies, tells it",
)
not_published(*(Question, Speaker), why="people from the floor: the page has them")
not_published(
    *(Minutes, MinutesEdition, MinutesPart, MinutesVersion),
    why="the minutes are a document of their own, frozen by editions",
)
not_published(
    *(Guest, GuestAnswer, GuestSignal, GuestSupport, Hand, HallVisit, QuestionSupport),
    why="of one person: documents tell sums",
)
not_published(
    *(QuestionAppeal, Registration, PresenceClaim, BallotReceipt, CommissionMember),
    why="of one person: for them and those who run the meeting",
)
not_published(*(Display, Prepared, VotingColumns), why="work of the secretary")
