"""Meetings: who sits in the council, the agenda, what happened by the second, roll-call votes."""

from meetings.models.agenda import Item
from meetings.models.council import Body, Deputy, Faction, Seat
from meetings.models.floor import Question, QuestionSupport, Speaker
from meetings.models.hall import HallVisit, Hand, ShowOfHands
from meetings.models.log import LogEntry
from meetings.models.meeting import OF_BODIES, Kind, Meeting, State, topic_of
from meetings.models.rollcall import Presence, RollCall, Vote

__all__ = [
    "OF_BODIES",
    "Body",
    "Deputy",
    "Faction",
    "HallVisit",
    "Hand",
    "Item",
    "Kind",
    "LogEntry",
    "Meeting",
    "Presence",
    "Question",
    "QuestionSupport",
    "RollCall",
    "Seat",
    "ShowOfHands",
    "Speaker",
    "State",
    "Vote",
    "topic_of",
]
