"""Petitions: from a first thought to the council's answer (law 393/96-ВР art. 23-1)."""

from petitions.models.answer import Answer, News, Step
from petitions.models.defence import Guard, Objection, Removal
from petitions.models.ledger import Day, Entry, Hour
from petitions.models.petition import OPEN_STATES, Petition, State, topic_of
from petitions.models.photo import PetitionPhoto
from petitions.models.procedure import Ground, Procedure
from petitions.models.signature import Pending, Signature
from petitions.models.total import DayTotal, Total

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
