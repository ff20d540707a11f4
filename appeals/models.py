"""Appeals (law 393/96-ВР) and requests for public information (law 2939-VI)."""

from appeals.answers.models import Answer
from appeals.answers.models_saved import SavedAnswer
from appeals.course.models import Entry, Executor, Reading
from appeals.exchange.models import AppealsExport, SystemRegistration
from appeals.figures.models import FiguresEdition
from appeals.filing.models import OPEN_STATES, Appeal, State
from appeals.filing.models_files import Attachment
from appeals.register.models import Category, RegisterDay
from appeals.register.models_outgoing import OutgoingLetter, OutgoingYear
from appeals.requests.models import FREE_PAGES, CopyFee, Refusal

__all__ = [
    "FREE_PAGES",
    "OPEN_STATES",
    "Answer",
    "Appeal",
    "AppealsExport",
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
    "SystemRegistration",
]
