"""People: who they are, what they agreed to, where they live, what they do for the council."""

from accounts.data.models import DataAccess, Export
from accounts.deadlines.models import DeskSettings
from accounts.hand_overs.models import HandOver, HandOverRow
from accounts.identity.models import Level, PersonKey, Verification
from accounts.invitations.models import StaffInvitation
from accounts.notes.models import StaffNote
from accounts.paper.models import PaperAccount, PaperSheet
from accounts.people.models import (
    Agreement,
    Anybody,
    PublicName,
    Suspension,
    User,
    UserManager,
    UserQuerySet,
)
from accounts.residence.models import LetterRun, Residence, ResidenceLetter
from accounts.residence.models_checks import CheckList, CheckListRow, Document
from accounts.staff.models import LONGEST_EMERGENCY, Absence, Grant, StaffRole, load_grants

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
    "HandOver",
    "HandOverRow",
    "LetterRun",
    "Level",
    "PaperAccount",
    "PaperSheet",
    "PersonKey",
    "PublicName",
    "Residence",
    "ResidenceLetter",
    "StaffInvitation",
    "StaffNote",
    "StaffRole",
    "Suspension",
    "User",
    "UserManager",
    "UserQuerySet",
    "Verification",
    "load_grants",
]
