"""Who may do what with organisations and for them. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from accounts.models import Level, StaffRole
from core.domain.email_addresses import to_comparable
from core.domain.rules import ALLOWED, Verdict, refuse
from organisations.models import MandatePower, Organisation

if TYPE_CHECKING:
    from accounts.models import Anybody, Verification
    from organisations.models import Amendment, Invitation, Mandate, PostedCode

CLOSED = refuse("organisation.closed", _("This organisation is closed here."))
NOT_CONFIRMED = refuse(
    "organisation.not_confirmed", _("Nobody has confirmed this organisation yet.")
)
REFUSED = refuse(
    "organisation.refused",
    _("Our office could not confirm this organisation. Correct its description first."),
)
CONFIRMED_ALREADY = refuse(
    "organisation.confirmed_already", _("This organisation is confirmed already.")
)
NONE = refuse("mandate.none", _("You have no mandate of this organisation."))
HELD_ALREADY = refuse(
    "mandate.held_already", _("This person has a mandate of the organisation already.")
)
HEADS_ONLY = refuse("mandate.heads_only", _("Only a head of the organisation may do this."))
REVOKED = refuse("mandate.revoked", _("Your mandate of this organisation was revoked."))

WITHDRAWN = refuse("invitation.withdrawn", _("This invitation was taken back."))

NO_LETTER = refuse(
    "organisation.no_letter", _("No code is on its way to you now. Ask for a letter first.")
)
CODE_WRONG = refuse("organisation.code_wrong", _("This is not the code from the last letter."))
CODE_MISREAD = refuse(
    "organisation.code_misread",
    _("A code has 12 digits. At least one is missing or wrong here: please compare it once more."),
)

#: Codes tried on one letter; then another letter is needed.
MOST_TRIES = 10
#: Letters that one organisation may ask for, within how many days.
LETTERS, LETTERS_PER_DAYS = 3, 90


# --- speaking for it ------------------------------------------------------------------------------


def speak_for(
    user: Anybody,
    organisation: Organisation | None,
    mandate: Mandate | None,
    *,
    scope: str,
    now: datetime | None = None,
    may_wait: bool = False,
) -> Verdict:
    """Do ``scope`` (a Scope) in the organisation's name, at ``now``.

    ``mandate`` is the person's latest of this organisation, or None. ``may_wait``: what is done
    waits until the organisation is confirmed, so one that the office has not decided on will do.
    """
    verdict = account_rules.act(user)
    if not verdict:
        return verdict
    if organisation is None or mandate is None or now is None:
        return NONE
    if mandate.user_id != user.pk or mandate.organisation_id != organisation.pk:
        return NONE
    if organisation.closed_at is not None:
        return CLOSED
    if organisation.refused_at is not None:
        return REFUSED if may_wait else NOT_CONFIRMED
    if organisation.confirmed_at is None and not may_wait:
        return NOT_CONFIRMED
    if mandate.revoked_at is not None:
        return REVOKED
    if not mandate.stands(now):
        return refuse("mandate.ended", _("Your mandate of this organisation is not in force now."))
    if not mandate.covers(scope):
        return refuse("mandate.scope", _("Your mandate of this organisation does not cover this."))
    return ALLOWED


# --- registering and describing -------------------------------------------------------------------


def register(user: Anybody, *, is_known: bool) -> Verdict:
    """Say that an organisation is one's own; ``is_known``: one with this code is confirmed."""
    verdict = account_rules.act(user)
    if verdict and is_known:
        return refuse(
            "organisation.known",
            _(
                "An organisation with this code is confirmed here already. Ask its head to invite "
                "you, or come to our office with your documents."
            ),
        )
    return verdict


def run(
    user: Anybody,
    organisation: Organisation,
    mandate: Mandate | None,
    *,
    now: datetime,
) -> Verdict:
    """Be a head of the organisation, be it confirmed or not: see its people, describe it."""
    verdict = account_rules.act(user)
    if not verdict:
        return verdict
    if mandate is None or mandate.organisation_id != organisation.pk or not mandate.is_head:
        return HEADS_ONLY
    if mandate.user_id != user.pk or not mandate.stands(now):
        return REVOKED
    return CLOSED if organisation.closed_at is not None else ALLOWED


def confirm(organisation: Organisation) -> Verdict:
    """Be confirmed at all: once, and not after it was closed."""
    if organisation.closed_at is not None:
        return CLOSED
    return ALLOWED if organisation.confirmed_at is None else CONFIRMED_ALREADY


def confirm_by_signature(
    user: Anybody,
    organisation: Organisation,
    verification: Verification | None,
    *,
    is_head: bool,
) -> Verdict:
    """Confirm it by one's own qualified signature, in which the organisation's code stands.

    ``verification`` is the one in force of the person; ``is_head``: she runs it.
    """
    verdict = account_rules.act(user) and confirm(organisation)
    if not verdict:
        return verdict
    if not is_head:
        return HEADS_ONLY
    if verification is None or verification.user_id != user.pk or verification.level < Level.HIGH:
        return refuse(
            "organisation.signature_needed", _("Verify yourself by a qualified signature first.")
        )
    if organisation.is_sole:
        matches = bool(organisation.code_key) and verification.person_key == organisation.code_key
    else:
        matches = verification.organisation_code == organisation.code
    if not matches:
        return refuse(
            "organisation.signature_of_another",
            _("Your qualified signature does not hold the code of this organisation."),
        )
    if not organisation.is_sole and not verification.organisation_name:
        return refuse(
            "organisation.signature_names_none",
            _("Your signature does not say what the organisation is called: confirm otherwise."),
        )
    return ALLOWED


def work_at_desk(user: Anybody) -> Verdict:
    """See the office's queue and decide on it: officers of a department and administrators."""
    verdict = account_rules.act(user)
    if not verdict or not user.is_authenticated:
        return verdict
    if not (user.is_administrator or user.departments_as(StaffRole.OFFICER)):
        return refuse(
            "organisation.officers_only", _("Only an officer of the council may do this.")
        )
    return verdict


def confirm_at_office(
    user: Anybody, organisation: Organisation, *, papers: Iterable[str]
) -> Verdict:
    """Confirm it, having seen papers (kinds of Organisation.Paper); not one's own."""
    verdict = work_at_desk(user)
    if verdict and organisation.registered_by_id == user.pk:
        return refuse("organisation.own", _("Somebody else must check what you registered."))
    verdict = verdict and confirm(organisation)
    if verdict and not set(papers) & {Organisation.Paper.EXTRACT, Organisation.Paper.IDENTITY}:
        return refuse(
            "organisation.papers_missing",
            _("Say which documents you saw: at least an extract or an identity document."),
        )
    return verdict


def refuse_at_office(user: Anybody, organisation: Organisation, *, reason: str) -> Verdict:
    """Say that it cannot be confirmed, and why."""
    verdict = work_at_desk(user) and confirm(organisation)
    if verdict and organisation.refused_at is not None:
        return refuse("organisation.refused_already", _("It has been refused already."))
    if verdict and not reason.strip():
        return refuse("organisation.reason_missing", _("Please give the reason."))
    return verdict


def decide_amendment(user: Anybody, amendment: Amendment, *, accept: bool, reason: str) -> Verdict:
    """Take over or turn down another name or location; turned down: with a reason."""
    verdict = work_at_desk(user)
    if verdict and amendment.decided_at is not None:
        return refuse("organisation.decided_already", _("This has been decided already."))
    if verdict and amendment.asked_by_id == user.pk:
        return refuse("organisation.own", _("Somebody else must check what you registered."))
    if verdict and not accept and not reason.strip():
        return refuse("organisation.reason_missing", _("Please give the reason."))
    return verdict


def ask_for_letter(organisation: Organisation, *, lately: int) -> Verdict:
    """Have a code sent to the location; ``lately``: letters asked for in LETTERS_PER_DAYS days."""
    verdict = confirm(organisation)
    if verdict and lately >= LETTERS:
        return refuse(
            "organisation.letters_many",
            _("You have asked for %(most)d letters in %(days)d days. Please come to an office.")
            % {"most": LETTERS, "days": LETTERS_PER_DAYS},
        )
    return verdict


def redeem(organisation: Organisation, letter: PostedCode | None, *, now: datetime) -> Verdict:
    """Whether a code may be tried: a letter is on its way, not too old, not tried too often."""
    verdict = confirm(organisation)
    if not verdict:
        return verdict
    if letter is None or letter.printed_at is None or letter.expires_at is None:
        return NO_LETTER
    if letter.expires_at <= now:
        return refuse(
            "organisation.code_expired",
            _("The code of the letter is too old. Ask for another letter."),
        )
    if letter.tries >= MOST_TRIES:
        return refuse(
            "organisation.code_spent",
            _("The code was wrong too many times and is void now. Ask for another letter."),
        )
    return ALLOWED


# --- mandates -------------------------------------------------------------------------------------


def grant(
    organisation: Organisation, *, scopes: Iterable[str], is_head: bool, ends_at: datetime | None,
    now: datetime,
) -> Verdict:  # fmt: skip
    """Whether such a mandate can be: for something, until later; a head's has no end."""
    if organisation.closed_at is not None:
        return CLOSED
    scopes = list(scopes)
    if not scopes or not set(scopes) <= set(MandatePower.values):
        return refuse("mandate.scope_missing", _("Say what the mandate is for."))
    if is_head and ends_at is not None:
        return refuse(
            "mandate.head_has_no_end", _("A head stays head until revoked: leave the date empty.")
        )
    if ends_at is not None and ends_at <= now:
        return refuse("mandate.ends_too_early", _("The mandate would be over already."))
    return ALLOWED


def invite(
    user: Anybody,
    organisation: Organisation,
    mandate: Mandate | None,
    *,
    heads: int,
    is_head: bool,
    now: datetime,
) -> Verdict:
    """Invite somebody: its heads; an officer invites a head where the organisation has none."""
    verdict = account_rules.act(user)
    if not verdict:
        return verdict
    if organisation.closed_at is not None:
        return CLOSED
    if organisation.confirmed_at is None:
        return NOT_CONFIRMED
    if heads == 0 and is_head and work_at_desk(user):
        return ALLOWED
    return run(user, organisation, mandate, now=now)


def still_open(invitation: Invitation) -> Verdict:
    """Neither taken nor taken back."""
    if invitation.accepted_at is not None:
        return refuse("invitation.used", _("This invitation has been used already."))
    return ALLOWED if invitation.withdrawn_at is None else WITHDRAWN


def accept(user: Anybody, invitation: Invitation, *, now: datetime) -> Verdict:
    """Take an invitation: once, in time, signed in with the address that it was sent to."""
    verdict = account_rules.act(user)
    if not verdict or not user.is_authenticated:
        return verdict
    verdict = still_open(invitation)
    if not verdict:
        return verdict
    if invitation.expires_at <= now:
        return refuse("invitation.expired", _("This invitation is too old. Ask for another one."))
    if to_comparable(user.email or "") != to_comparable(invitation.email):
        return refuse(
            "invitation.other_address",
            _(
                "The invitation went to another e-mail address than the one of your account. Sign "
                "in with that address, or ask to be invited by the address that you use here."
            ),
        )
    return ALLOWED


def end(
    by: Anybody,
    organisation: Organisation,
    mandate: Mandate,
    mandate_of_by: Mandate | None,
    *,
    other_heads: int,
    now: datetime,
) -> Verdict:
    """Revoke a mandate: heads anybody's, everybody their own; not that of the last head.

    ``other_heads``: how many heads there are beside this mandate.
    """
    verdict = account_rules.act(by)
    if not verdict:
        return verdict
    if mandate.user_id != by.pk:
        verdict = run(by, organisation, mandate_of_by, now=now)
        if not verdict:
            return verdict
    if mandate.revoked_at is not None:
        return refuse("mandate.revoked_already", _("This mandate was revoked already."))
    return keep_a_head(organisation, mandate, other_heads=other_heads)


def change(
    organisation: Organisation, mandate: Mandate, *, is_head: bool, other_heads: int
) -> Verdict:
    """Give a mandate other scopes or another end; the last head stays head."""
    if mandate.revoked_at is not None:
        return refuse("mandate.revoked_already", _("This mandate was revoked already."))
    return ALLOWED if is_head else keep_a_head(organisation, mandate, other_heads=other_heads)


def keep_a_head(organisation: Organisation, mandate: Mandate, *, other_heads: int) -> Verdict:
    """An open organisation is never left without somebody who runs it."""
    if mandate.is_head and other_heads == 0 and organisation.closed_at is None:
        return refuse(
            "mandate.last_head",
            _(
                "This is the only head. Make somebody else a head first, or close the "
                "organisation here."
            ),
        )
    return ALLOWED


# --- the end --------------------------------------------------------------------------------------


def close(
    user: Anybody,
    organisation: Organisation,
    mandate: Mandate | None,
    *,
    now: datetime,
) -> Verdict:
    """End it here: its heads, or an officer of the council."""
    verdict = account_rules.act(user)
    if not verdict:
        return verdict
    if organisation.closed_at is not None:
        return CLOSED
    return ALLOWED if work_at_desk(user) else run(user, organisation, mandate, now=now)
