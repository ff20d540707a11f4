"""Meetings: who sits in the council, the agenda, what happened by the second, roll-call votes."""

from meetings.models.agenda import Item
from meetings.models.council import Body, Deputy, Faction, Seat
from meetings.models.floor import Question, QuestionSupport, Speaker
from meetings.models.log import LogEntry
from meetings.models.meeting import OF_BODIES, Kind, Meeting, State, topic_of
from meetings.models.outcome import Outcome, QuestionAppeal
from meetings.models.rollcall import Presence, RollCall, Vote

__all__ = [
    "OF_BODIES",
    "Body",
    "Deputy",
    "Faction",
    "Item",
    "Kind",
    "LogEntry",
    "Meeting",
    "Outcome",
    "Presence",
    "Question",
    "QuestionAppeal",
    "QuestionSupport",
    "RollCall",
    "Seat",
    "Speaker",
    "State",
    "Vote",
    "topic_of",
]
