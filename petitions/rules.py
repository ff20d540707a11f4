"""Rules of roles: author, moderator, officer, administrator of a petition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody
    from petitions.models import Petition

OFFICERS_ONLY = refuse(
    "petition.officers_only", _("Only an officer of the responsible department may do this.")
)
NOT_ONES_OWN = refuse(
    "petition.not_ones_own", _("You are its author: somebody else decides about it.")
)


def own(user: Anybody, petition: Petition) -> Verdict:
    """Do what is its author's alone."""
    return act(user) and refuse_unless(
        petition.author_id == user.pk,
        "petition.not_yours",
        _("Only the author of the petition may do this."),
    )


def see(user: Anybody, petition: Petition) -> Verdict:
    """Read it: everybody what is published; what is not, its author, and once it was submitted
    whoever moderates it or keeps its record."""
    return refuse_unless(
        petition.published_at
        or own(user, petition)
        or (
            petition.submitted_at
            and (moderate(user, petition.topic) or keep_record(user, petition))
        ),
        "petition.not_published",
        _("This petition is not published."),
    )


def moderate(user: Anybody, scope: str = "") -> Verdict:
    """Check petitions: moderators of all, or of the one whose topic ``scope`` is."""
    return act(user) and refuse_unless(
        user.is_authenticated and user.moderates(scope),
        "petition.moderators_only",
        _("Only a moderator of petitions may do this."),
    )


def keep_record(user: Anybody, petition: Petition) -> Verdict:
    """See it on the desk and keep its dates and steps: secretaries and officers of its department
    or of it alone."""
    may = user.is_authenticated and user.keeps_record_of(petition.department_id, petition.topic)
    return act(user) and (ALLOWED if may else OFFICERS_ONLY)


def review(user: Anybody, petition: Petition) -> Verdict:
    """Have to do with its review: whoever keeps its record, and moderators, who name the
    department that does."""
    verdict = keep_record(user, petition)
    return verdict if verdict or not moderate(user, petition.topic) else ALLOWED


def speak_for(user: Anybody, petition: Petition) -> Verdict:
    """Answer it in the council's name: officers of its department or of it alone."""
    may = user.is_authenticated and user.speaks_for(petition.department_id, petition.topic)
    return act(user) and (ALLOWED if may else OFFICERS_ONLY)


def set_rules(user: Anybody) -> Verdict:
    """Change the council's rules for petitions: administrators."""
    return act(user) and refuse_unless(
        user.is_authenticated and user.is_administrator,
        "petition.administrators_only",
        _("Only an administrator may change the rules for petitions."),
    )
