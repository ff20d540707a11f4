"""Polls: what the council asks, who may answer, how it is counted."""

from votes.models.ballot import (
    OpenBallot,
    OpenedBallot,
    PaperBallot,
    ReceiptCode,
    cast_ballots,
)
from votes.models.electorate import Invitation, SecretVoterRecord, VoterRecord, voter_records
from votes.models.keeper import Keeper, fingerprint_of
from votes.models.poll import Extension, Poll, State, topic_of
from votes.models.question import Option, Question
from votes.models.result import Result
from votes.models.text import Text

__all__ = [
    "Extension",
    "Invitation",
    "Keeper",
    "OpenBallot",
    "OpenedBallot",
    "Option",
    "PaperBallot",
    "Poll",
    "Question",
    "ReceiptCode",
    "Result",
    "SecretVoterRecord",
    "State",
    "Text",
    "VoterRecord",
    "cast_ballots",
    "fingerprint_of",
    "topic_of",
    "voter_records",
]
