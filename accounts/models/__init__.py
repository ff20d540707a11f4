"""People: who they are, what they agreed to, where they live, what they do for the council."""

from accounts.models.checks import CheckList, CheckListRow, Document
from accounts.models.desk import DeskSettings
from accounts.models.identity import Level, PersonKey, Verification
from accounts.models.paper import PaperAccount, PaperSheet
from accounts.models.people import (
    Agreement,
    Anybody,
    PublicName,
    Suspension,
    User,
    UserManager,
    UserQuerySet,
)
from accounts.models.personal_data import DataAccess, Export
from accounts.models.residence import LetterRun, Residence, ResidenceLetter
from accounts.models.staff import LONGEST_EMERGENCY, Absence, Grant, StaffRole, load_grants

__all__ = [
    "LONGEST_EMERGENCY",
    "Absence",
    "Agreement",
    "Anybody",
    "CheckList",
    "CheckListRow",
    "DataAccess",
    "DeskSettings",
    "Document",
    "Export",
    "Grant",
    "LetterRun",
    "Level",
    "PaperAccount",
    "PaperSheet",
    "PersonKey",
    "PublicName",
    "Residence",
    "ResidenceLetter",
    "StaffRole",
    "Suspension",
    "User",
    "UserManager",
    "UserQuerySet",
    "Verification",
    "load_grants",
]
