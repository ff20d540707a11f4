"""Polls: what the council asks, who may answer, how it is counted."""

from votes.models.ballot import OpenBallot, PaperBallot, SealedBallot, cast_ballots
from votes.models.electorate import Invitation, SecretVoterRecord, VoterRecord, voter_records
from votes.models.poll import Extension, Poll, State, topic_of
from votes.models.question import Option, Question
from votes.models.result import Result
from votes.models.text import Text

__all__ = [
    "Extension",
    "Invitation",
    "OpenBallot",
    "Option",
    "PaperBallot",
    "Poll",
    "Question",
    "Result",
    "SealedBallot",
    "SecretVoterRecord",
    "State",
    "Text",
    "VoterRecord",
    "cast_ballots",
    "topic_of",
    "voter_records",
]
