"""Meetings: who sits in the council, the agenda, what happened by the second, roll-call votes."""

from meetings.models.agenda import Item
from meetings.models.council import Body, Deputy, Faction, Seat
from meetings.models.display import Display, Picture, Theme
from meetings.models.document import MeetingDocument
from meetings.models.floor import Question, QuestionSupport, Speaker
from meetings.models.hall import HallVisit, Hand, ShowOfHands
from meetings.models.log import LogEntry
from meetings.models.meeting import OF_BODIES, Kind, Meeting, State, topic_of
from meetings.models.minutes import Minutes, MinutesEdition, MinutesPart, MinutesVersion
from meetings.models.outcome import Outcome, QuestionAppeal
from meetings.models.quickpoll import QuickPoll
from meetings.models.registration import Registration
from meetings.models.rollcall import Presence, PresenceClaim, RollCall, RollCallAnnulment, Vote
from meetings.models.videoconference import VideoGround

__all__ = [
    "OF_BODIES",
    "Body",
    "Deputy",
    "Display",
    "Faction",
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
    "Picture",
    "Presence",
    "PresenceClaim",
    "Question",
    "QuestionAppeal",
    "QuestionSupport",
    "QuickPoll",
    "Registration",
    "RollCall",
    "RollCallAnnulment",
    "Seat",
    "ShowOfHands",
    "Speaker",
    "State",
    "Theme",
    "VideoGround",
    "Vote",
    "topic_of",
]
