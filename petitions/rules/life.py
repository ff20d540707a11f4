"""From a draft to a petition that is signed, refused or taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.eligibility import Eligibility, meets
from accounts.rules import act
from core.domain.rules import ALLOWED, Verdict, refuse
from petitions.models import State
from petitions.rules.roles import NOT_ONES_OWN, moderate, own, review

if TYPE_CHECKING:
    from accounts.models import Anybody
    from petitions.models import Ground, Petition, Procedure

#: So many drafts one person may have at a time.
MOST_DRAFTS = 10
#: In which its author may take it back: before it has enough signatures.
WITHDRAWABLE = frozenset({State.MODERATION, State.COLLECTING})
NOT_A_DRAFT = refuse(
    "petition.not_a_draft", _("It has been sent already: what it says is not changed any more.")
)
NOT_ON_MODERATION = refuse("petition.not_on_moderation", _("It is not waiting to be checked."))
REASON_MISSING = refuse("petition.reason_missing", _("Give the reason: everybody can read it."))


def begin(user: Anybody, *, drafts: int = 0) -> Verdict:
    """Begin one; ``drafts``: how many the person has begun and neither sent nor thrown away."""
    verdict = act(user)
    if not verdict:
        return verdict
    if drafts >= MOST_DRAFTS:
        return refuse(
            "petition.too_many_drafts",
            _("You have begun %(most)d petitions already: finish or discard one of them first.")
            % {"most": MOST_DRAFTS},
        )
    return ALLOWED


def change(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Change what it says: its author, while it is a draft."""
    verdict = own(user, petition)
    if not verdict:
        return verdict
    return ALLOWED if petition.state_at(now) == State.DRAFT else NOT_A_DRAFT


def discard(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Throw it away: its author, while it is a draft."""
    return change(user, petition, now=now)


def submit(
    user: Anybody,
    petition: Petition,
    *,
    procedure: Procedure,
    now: datetime,
    eligibility: Eligibility,
) -> Verdict:
    """Send it to be checked: whole, by somebody who could sign it under ``procedure``.

    The law asks for what is demanded, the author's full name and an e-mail (art. 23-1).
    """
    verdict = change(user, petition, now=now)
    verdict = verdict and whole(petition, email=getattr(user, "email", "") or "")
    return verdict and meets(eligibility, procedure.requirement)


def whole(petition: Petition, *, email: str) -> Verdict:
    """It says all that the law asks for; ``params["field"]`` names what is missing first."""
    if not petition.title.strip():
        return refuse("petition.title_missing", _("Say what the council should do."), field="title")
    if not petition.text.strip():
        return refuse("petition.text_missing", _("Say what exactly you ask for."), field="text")
    if len(petition.author_name.split()) < 2:
        return refuse(
            "petition.author_name_missing",
            _("Give your first and last name: the law has the author’s full name published."),
            field="author_name",
        )
    if not email:
        return refuse(
            "petition.email_missing",
            _("The law asks for the author’s e-mail: confirm one in your account first."),
        )
    return ALLOWED


def withdraw(user: Anybody, petition: Petition, *, now: datetime, reason: str) -> Verdict:
    """Take it back: its author, before it has enough signatures and while they are collected."""
    verdict = own(user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) not in WITHDRAWABLE:
        return refuse(
            "petition.cannot_be_withdrawn",
            _("It can be taken back only before it has enough signatures."),
        )
    return ALLOWED if reason.strip() else REASON_MISSING


def check(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Decide about what was sent: a moderator who is not its author, while it waits."""
    verdict = moderate(user, petition.topic)
    if not verdict:
        return verdict
    if petition.author_id == user.pk:
        return NOT_ONES_OWN
    return ALLOWED if petition.state_at(now) == State.MODERATION else NOT_ON_MODERATION


def publish(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Publish what was sent, within two working days."""
    return check(user, petition, now=now)


def refuse_it(user: Anybody, petition: Petition, *, now: datetime, ground: Ground) -> Verdict:
    """Refuse to publish it, on a ground that is in force."""
    verdict = check(user, petition, now=now)
    if not verdict:
        return verdict
    if not ground.in_force:
        return refuse("petition.ground_not_in_force", _("This ground is not in force any more."))
    return ALLOWED


def sort(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Say who of the city answers it and what it is about: whoever reviews it, before it is
    answered."""
    verdict = review(user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) in (State.DRAFT, State.REFUSED, State.WITHDRAWN, State.ANSWERED):
        return refuse("petition.finished", _("Nothing more is decided about this petition."))
    return ALLOWED
