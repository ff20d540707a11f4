"""Appeals (law 393/96-ВР) and requests for public information (law 2939-VI)."""

from appeals.models.answer import Answer
from appeals.models.appeal import OPEN_STATES, Appeal, State
from appeals.models.attachment import Attachment
from appeals.models.course import Entry, Executor, Reading
from appeals.models.figures import FiguresEdition
from appeals.models.register import Category, RegisterDay
from appeals.models.saved import SavedAnswer

__all__ = [
    "OPEN_STATES",
    "Answer",
    "Appeal",
    "Attachment",
    "Category",
    "Entry",
    "Executor",
    "FiguresEdition",
    "Reading",
    "RegisterDay",
    "SavedAnswer",
    "State",
]
