"""Meetings: who sits in the council, the agenda, what happened by the second, roll-call votes."""

from meetings.models.agenda import Item
from meetings.models.amendment import AdoptedText, Amendment
from meetings.models.bundle import BundledItem
from meetings.models.conflict import Conflict
from meetings.models.council import Body, Deputy, Faction, Seat
from meetings.models.display import Display, Picture, Theme
from meetings.models.document import MeetingDocument
from meetings.models.floor import Question, QuestionSupport, Speaker
from meetings.models.guest import Guest, GuestAnswer, GuestSignal, GuestSupport
from meetings.models.hall import HallVisit, Hand, ShowOfHands
from meetings.models.log import LogEntry
from meetings.models.meeting import OF_BODIES, Kind, Meeting, State, topic_of
from meetings.models.minutes import Minutes, MinutesEdition, MinutesPart, MinutesVersion
from meetings.models.outcome import Outcome, QuestionAppeal
from meetings.models.paper_ballot import (
    BallotReceipt,
    CommissionMember,
    PaperBallot,
    ProtocolEntry,
    SecretMatter,
)
from meetings.models.pause import Pause
from meetings.models.prepared import Prepared
from meetings.models.quickpoll import QuickPoll
from meetings.models.registration import Registration
from meetings.models.rollcall import Presence, PresenceClaim, RollCall, RollCallAnnulment, Vote
from meetings.models.speaking import SpeakingTimes
from meetings.models.stop import Stop
from meetings.models.subtitle import Subtitle
from meetings.models.videoconference import VideoGround
from meetings.models.voting_file import VotingColumns

__all__ = [
    "OF_BODIES",
    "AdoptedText",
    "Amendment",
    "BallotReceipt",
    "Body",
    "BundledItem",
    "CommissionMember",
    "Conflict",
    "Deputy",
    "Display",
    "Faction",
    "Guest",
    "GuestAnswer",
    "GuestSignal",
    "GuestSupport",
    "HallVisit",
    "Hand",
    "Item",
    "Kind",
    "LogEntry",
    "Meeting",
    "MeetingDocument",
    "Minutes",
    "MinutesEdition",
    "MinutesPart",
    "MinutesVersion",
    "Outcome",
    "PaperBallot",
    "Pause",
    "Picture",
    "Prepared",
    "Presence",
    "PresenceClaim",
    "ProtocolEntry",
    "Question",
    "QuestionAppeal",
    "QuestionSupport",
    "QuickPoll",
    "Registration",
    "RollCall",
    "RollCallAnnulment",
    "Seat",
    "SecretMatter",
    "ShowOfHands",
    "Speaker",
    "SpeakingTimes",
    "State",
    "Stop",
    "Subtitle",
    "Theme",
    "VideoGround",
    "Vote",
    "VotingColumns",
    "topic_of",
]
