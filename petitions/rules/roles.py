"""Who somebody is to a petition, and the words in which the others are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from core.domain.rules import ALLOWED, Verdict, refuse

if TYPE_CHECKING:
    from accounts.models import Anybody
    from petitions.models import Petition

AUTHOR_ONLY = refuse("petition.not_yours", _("Only the author of the petition may do this."))
MODERATORS_ONLY = refuse(
    "petition.moderators_only", _("Only a moderator of petitions may do this.")
)
OFFICERS_ONLY = refuse(
    "petition.officers_only", _("Only an officer of the responsible department may do this.")
)
ADMINISTRATORS_ONLY = refuse(
    "petition.administrators_only",
    _("Only an administrator may change the rules for petitions."),
)
NOT_ONES_OWN = refuse(
    "petition.not_ones_own", _("You are its author: somebody else decides about it.")
)


def own(user: Anybody, petition: Petition) -> Verdict:
    """Do what is its author's alone."""
    verdict = act(user)
    if not verdict:
        return verdict
    return ALLOWED if petition.author_id == user.pk else AUTHOR_ONLY


def see(user: Anybody, petition: Petition) -> Verdict:
    """Read it: everybody what is published; what is not, its author, and once it was submitted
    whoever moderates it or keeps its record."""
    if petition.published_at:
        return ALLOWED
    if own(user, petition):
        return ALLOWED
    if petition.submitted_at and (moderate(user, petition.topic) or keep_record(user, petition)):
        return ALLOWED
    return refuse("petition.not_published", _("This petition is not published."))


def moderate(user: Anybody, scope: str = "") -> Verdict:
    """Check petitions: moderators of all, or of the one whose topic ``scope`` is."""
    verdict = act(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not user.moderates(scope):
        return MODERATORS_ONLY
    return ALLOWED


def keep_record(user: Anybody, petition: Petition) -> Verdict:
    """See it on the desk and keep its dates and steps: secretaries and officers of its department
    or of it alone."""
    verdict = act(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not user.keeps_record_of(petition.department_id, petition.topic):
        return OFFICERS_ONLY
    return ALLOWED


def review(user: Anybody, petition: Petition) -> Verdict:
    """Have to do with its review: whoever keeps its record, and moderators, who name the
    department that does."""
    verdict = keep_record(user, petition)
    return verdict or (ALLOWED if moderate(user, petition.topic) else verdict)


def speak_for(user: Anybody, petition: Petition) -> Verdict:
    """Answer it in the council's name: officers of its department or of it alone."""
    verdict = act(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not user.speaks_for(petition.department_id, petition.topic):
        return OFFICERS_ONLY
    return ALLOWED


def set_rules(user: Anybody) -> Verdict:
    """Change the council's rules for petitions: administrators."""
    verdict = act(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not user.is_administrator:
        return ADMINISTRATORS_ONLY
    return ALLOWED
