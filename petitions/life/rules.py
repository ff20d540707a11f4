"""Rules from a draft to a published, refused or withdrawn petition."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.eligibility import Eligibility, meets
from accounts.rules import act
from core.domain.rules import ALLOWED, Verdict, refuse_unless
from discussions.grounds import explain
from petitions.models import State
from petitions.rules import NOT_ONES_OWN, moderate, own, review

if TYPE_CHECKING:
    from accounts.models import Anybody
    from petitions.models import Ground, Petition, Procedure

#: So many drafts one person may have at a time.
MOST_DRAFTS = 10
#: In which its author may take it back: before it has enough signatures.
WITHDRAWABLE = frozenset({State.MODERATION, State.COLLECTING})


def begin(user: Anybody, *, drafts: int = 0) -> Verdict:
    """Begin one; ``drafts``: how many the person has begun and neither sent nor thrown away."""
    return act(user) and refuse_unless(
        drafts < MOST_DRAFTS,
        "petition.too_many_drafts",
        _("You have begun %(most)d petitions already: finish or discard one of them first.")
        % {"most": MOST_DRAFTS},
    )


def change(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Change what it says: its author, while it is a draft."""
    return own(user, petition) and refuse_unless(
        petition.state_at(now) == State.DRAFT,
        "petition.not_a_draft",
        _("It has been sent already: what it says is not changed any more."),
    )


def discard(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Discard it: its author, while it is a draft."""
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
    return (
        change(user, petition, now=now)
        and whole(petition, email=getattr(user, "email", "") or "")
        and meets(eligibility, procedure.requirement)
    )


def whole(petition: Petition, *, email: str) -> Verdict:
    """It says all that the law asks for; ``params["field"]`` names what is missing first."""
    return (
        refuse_unless(
            petition.title.strip(),
            "petition.title_missing",
            _("Say what the council should do."),
            field="title",
        )
        and refuse_unless(
            petition.text.strip(),
            "petition.text_missing",
            _("Say what exactly you ask for."),
            field="text",
        )
        and refuse_unless(
            len(petition.author_name.split()) >= 2,
            "petition.author_name_missing",
            _("Give your first and last name: the law has the author’s full name published."),
            field="author_name",
        )
        and refuse_unless(
            email,
            "petition.email_missing",
            _("The law asks for the author’s e-mail: confirm one in your account first."),
        )
    )


def withdraw(user: Anybody, petition: Petition, *, now: datetime, reason: str) -> Verdict:
    """Take it back: its author, before it has enough signatures and while they are collected."""
    return (
        own(user, petition)
        and refuse_unless(
            petition.state_at(now) in WITHDRAWABLE,
            "petition.cannot_be_withdrawn",
            _("It can be taken back only before it has enough signatures."),
        )
        and refuse_unless(
            reason.strip(),
            "petition.reason_missing",
            _("Give the reason: everybody can read it."),
        )
    )


def check(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Decide about what was sent: a moderator who is not its author, while it waits."""
    return (
        moderate(user, petition.topic)
        and (NOT_ONES_OWN if petition.author_id == user.pk else ALLOWED)
        and refuse_unless(
            petition.state_at(now) == State.MODERATION,
            "petition.not_on_moderation",
            _("It is not waiting to be checked."),
        )
    )


def publish(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Publish what was sent, within two working days."""
    return check(user, petition, now=now)


def refuse_it(
    user: Anybody, petition: Petition, *, now: datetime, ground: Ground, quote: str, note: str
) -> Verdict:
    """Refuse to publish it, on a ground that is in force, by words of it or with a note: a ground
    alone does not say what is against it."""
    return (
        check(user, petition, now=now)
        and refuse_unless(
            ground.in_force,
            "petition.ground_not_in_force",
            _("This ground is not in force any more."),
        )
        and explain(
            quote=quote,
            note=note,
            words="\n".join((petition.title, petition.text, petition.reasons)),
        )
    )


def sort(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Say who of the city answers it and what it is about: whoever reviews it, before it is
    answered."""
    finished = (State.DRAFT, State.REFUSED, State.WITHDRAWN, State.ANSWERED)
    return review(user, petition) and refuse_unless(
        petition.state_at(now) not in finished,
        "petition.finished",
        _("Nothing more is decided about this petition."),
    )
