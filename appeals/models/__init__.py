"""Appeals (law 393/96-ВР) and requests for public information (law 2939-VI)."""

from appeals.models.answer import Answer
from appeals.models.appeal import OPEN_STATES, Appeal, State
from appeals.models.attachment import Attachment
from appeals.models.course import Entry, Executor, Reading
from appeals.models.figures import FiguresEdition
from appeals.models.outgoing import OutgoingLetter, OutgoingYear
from appeals.models.register import Category, RegisterDay
from appeals.models.requests import FREE_PAGES, CopyFee, Refusal
from appeals.models.saved import SavedAnswer

__all__ = [
    "FREE_PAGES",
    "OPEN_STATES",
    "Answer",
    "Appeal",
    "Attachment",
    "Category",
    "CopyFee",
    "Entry",
    "Executor",
    "FiguresEdition",
    "OutgoingLetter",
    "OutgoingYear",
    "Reading",
    "Refusal",
    "RegisterDay",
    "SavedAnswer",
    "State",
]
