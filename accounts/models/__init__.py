"""People: who they are, what they agreed to, where they live, what they do for the council."""

from accounts.models.agreements import Agreement
from accounts.models.identity import Level, Verification
from accounts.models.people import PublicName, Role, Suspension, User, UserManager, UserQuerySet
from accounts.models.privacy import Export, Look
from accounts.models.residence import Residence
from accounts.models.staff import Grant, StaffRole

__all__ = [
    "Agreement",
    "Export",
    "Grant",
    "Level",
    "Look",
    "PublicName",
    "Residence",
    "Role",
    "StaffRole",
    "Suspension",
    "User",
    "UserManager",
    "UserQuerySet",
    "Verification",
]
