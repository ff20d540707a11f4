"""Petitions: from a first thought to the council's answer (law 393/96-ВР art. 23-1)."""

from petitions.answer.models import Answer, News, Step
from petitions.defence.models import Guard, Objection, Removal
from petitions.ledger.models import Day, Entry, Hour
from petitions.life.models import OPEN_STATES, Petition, State, topic_of
from petitions.photos.models import PetitionPhoto
from petitions.rulebook.models import Ground, Procedure
from petitions.signing.models import Pending, Signature
from petitions.signing.models_totals import DayTotal, Total

__all__ = [
    "OPEN_STATES",
    "Answer",
    "Day",
    "DayTotal",
    "Entry",
    "Ground",
    "Guard",
    "Hour",
    "News",
    "Objection",
    "Pending",
    "Petition",
    "PetitionPhoto",
    "Procedure",
    "Removal",
    "Signature",
    "State",
    "Step",
    "Total",
    "topic_of",
]
