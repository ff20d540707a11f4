"""Meetings: who sits in the council, the agenda, what happened by the second, roll-call votes."""

from meetings.agenda.models import Item
from meetings.amendments.models import AdoptedText, Amendment
from meetings.bundles.models import BundledItem
from meetings.conflicts.models import Conflict
from meetings.course.models import OF_BODIES, Kind, Meeting, State, topic_of
from meetings.deputies.models import Body, Deputy, Faction, Seat
from meetings.deputies.models_video import VideoGround
from meetings.displays.models import Display, Picture, Theme
from meetings.documents.models import MeetingDocument
from meetings.guests.models import Guest, GuestAnswer, GuestSignal, GuestSupport
from meetings.hall.models import HallVisit, Hand, ShowOfHands
from meetings.log.models import LogEntry
from meetings.minutes.models import Minutes, MinutesEdition, MinutesPart, MinutesVersion
from meetings.outcome.models import Outcome, QuestionAppeal
from meetings.paper_ballots.models import (
    BallotReceipt,
    CommissionMember,
    PaperBallot,
    ProtocolEntry,
    SecretMatter,
)
from meetings.pauses.models import Pause
from meetings.prepared.models import Prepared
from meetings.questions.models import Question, QuestionSupport, Speaker
from meetings.quickpolls.models import QuickPoll
from meetings.registration.models import Registration
from meetings.rollcalls.models import Presence, PresenceClaim, RollCall, RollCallAnnulment, Vote
from meetings.speakers.models import SpeakingTimes
from meetings.stopped.models import Stop
from meetings.video.models import Subtitle
from meetings.voting_file.models import VotingColumns

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
