"""Polls: what the council asks, who may answer, how it is counted."""

from votes.ballots.models import OpenBallot, OpenedBallot, PaperBallot, ReceiptCode, cast_ballots
from votes.electorate.models import Invitation, SecretVoterRecord, VoterRecord, voter_records
from votes.keepers.models import Keeper
from votes.life.models import Extension, Poll, State, topic_of
from votes.questions.models import Option, Question
from votes.results.models import Result
from votes.texts.models import Text

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
    "topic_of",
    "voter_records",
]
