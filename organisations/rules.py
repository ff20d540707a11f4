"""Rules of organisations and of those who act for them. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from accounts.models import Level
from core.domain.email_addresses import to_comparable
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless
from organisations.models import MandatePower, Organisation

if TYPE_CHECKING:
    from accounts.models import Anybody, Verification
    from organisations.models import Invitation, Mandate, PostedCode

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
    if not account_rules.act(user):
        return account_rules.act(user)
    if organisation is None or mandate is None or now is None:
        return NONE
    is_own = mandate.user_id == user.pk and mandate.organisation_id == organisation.pk
    return (
        (ALLOWED if is_own else NONE)
        and _be_open(organisation)
        and _be_decided_on(organisation, may_wait=may_wait)
        and (ALLOWED if mandate.revoked_at is None else REVOKED)
        and refuse_unless(
            mandate.stands(now),
            "mandate.ended",
            _("Your mandate of this organisation is not in force now."),
        )
        and refuse_unless(
            mandate.covers(scope),
            "mandate.scope",
            _("Your mandate of this organisation does not cover this."),
        )
    )


def _be_open(organisation: Organisation) -> Verdict:
    return ALLOWED if organisation.closed_at is None else CLOSED


def _be_decided_on(organisation: Organisation, *, may_wait: bool) -> Verdict:
    if organisation.refused_at is not None:
        return REFUSED if may_wait else NOT_CONFIRMED
    return ALLOWED if organisation.confirmed_at is not None or may_wait else NOT_CONFIRMED


# --- registering and describing -------------------------------------------------------------------


def register(user: Anybody, *, is_known: bool) -> Verdict:
    """Say that an organisation is one's own; ``is_known``: one with this code is confirmed."""
    return account_rules.act(user) and refuse_unless(
        not is_known,
        "organisation.known",
        _(
            "An organisation with this code is confirmed here already. Ask its head to invite "
            "you, or come to our office with your documents."
        ),
    )


def run(
    user: Anybody,
    organisation: Organisation,
    mandate: Mandate | None,
    *,
    now: datetime,
) -> Verdict:
    """Be a head of the organisation, be it confirmed or not: see its people, describe it."""
    if not account_rules.act(user):
        return account_rules.act(user)
    if mandate is None or mandate.organisation_id != organisation.pk or not mandate.is_head:
        return HEADS_ONLY
    stands = mandate.user_id == user.pk and mandate.stands(now)
    return (ALLOWED if stands else REVOKED) and _be_open(organisation)


def confirm(organisation: Organisation) -> Verdict:
    """Be confirmed at all: once, and not after it was closed."""
    is_confirmed = organisation.confirmed_at is not None
    return _be_open(organisation) and (CONFIRMED_ALREADY if is_confirmed else ALLOWED)


def confirm_by_signature(
    user: Anybody,
    organisation: Organisation,
    verification: Verification | None,
    *,
    is_head: bool,
) -> Verdict:
    """Confirm it by one's own qualified signature, in which the organisation's code stands.

    ``verification`` is the one in force of the person; ``is_head``: they run it.
    """
    return (
        account_rules.act(user)
        and confirm(organisation)
        and (ALLOWED if is_head else HEADS_ONLY)
        and _fit_signature(user, organisation, verification)
    )


def _fit_signature(
    user: Anybody, organisation: Organisation, verification: Verification | None
) -> Verdict:
    """Whether the check is the person's own, by a qualified signature, of this organisation."""
    if verification is None or verification.user_id != user.pk or verification.level < Level.HIGH:
        return refuse(
            "organisation.signature_needed", _("Verify yourself by a qualified signature first.")
        )
    if organisation.is_sole:
        matches = bool(organisation.code_key) and verification.person_key == organisation.code_key
    else:
        matches = verification.organisation_code == organisation.code
    return refuse_unless(
        matches,
        "organisation.signature_of_another",
        _("Your qualified signature does not hold the code of this organisation."),
    ) and refuse_unless(
        organisation.is_sole or verification.organisation_name,
        "organisation.signature_names_none",
        _("Your signature does not say what the organisation is called: confirm otherwise."),
    )


def work_at_desk(user: Anybody) -> Verdict:
    """See the office's queue and decide on it: officers of a department and administrators."""
    return account_rules.act(user) and refuse_unless(
        user.is_authenticated and (user.is_administrator or user.speaking_department_ids),
        "organisation.officers_only",
        _("Only an officer of the council may do this."),
    )


def ask_for_letter(organisation: Organisation, *, lately: int) -> Verdict:
    """Have a code sent to the location; ``lately``: letters asked for in LETTERS_PER_DAYS days."""
    return confirm(organisation) and refuse_unless(
        lately < LETTERS,
        "organisation.letters_many",
        _("You have asked for %(most)d letters in %(days)d days. Please come to an office.")
        % {"most": LETTERS, "days": LETTERS_PER_DAYS},
    )


def redeem(organisation: Organisation, letter: PostedCode | None, *, now: datetime) -> Verdict:
    """Whether a code may be tried: a letter is on its way, not too old, not tried too often."""
    if not confirm(organisation):
        return confirm(organisation)
    if letter is None or letter.printed_at is None or letter.expires_at is None:
        return NO_LETTER
    return refuse_unless(
        letter.expires_at > now,
        "organisation.code_expired",
        _("The code of the letter is too old. Ask for another letter."),
    ) and refuse_unless(
        letter.tries < MOST_TRIES,
        "organisation.code_spent",
        _("The code was wrong too many times and is void now. Ask for another letter."),
    )


# --- mandates -------------------------------------------------------------------------------------


def grant(
    organisation: Organisation, *, scopes: Iterable[str], is_head: bool, ends_at: datetime | None,
    now: datetime,
) -> Verdict:  # fmt: skip
    """Whether such a mandate can be: for something, until later; a head's has no end."""
    scopes = set(scopes)
    return (
        _be_open(organisation)
        and refuse_unless(
            scopes and scopes <= set(MandatePower.values),
            "mandate.scope_missing",
            _("Say what the mandate is for."),
        )
        and refuse_unless(
            not is_head or ends_at is None,
            "mandate.head_has_no_end",
            _("A head stays head until revoked: leave the date empty."),
        )
        and refuse_unless(
            ends_at is None or ends_at > now,
            "mandate.ends_too_early",
            _("The mandate would be over already."),
        )
    )


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
    may_name_first_head = heads == 0 and is_head and work_at_desk(user)
    return (
        account_rules.act(user)
        and _be_open(organisation)
        and (NOT_CONFIRMED if organisation.confirmed_at is None else ALLOWED)
        and (ALLOWED if may_name_first_head else run(user, organisation, mandate, now=now))
    )


def still_open(invitation: Invitation) -> Verdict:
    """Neither taken nor taken back."""
    return refuse_unless(
        invitation.accepted_at is None,
        "invitation.used",
        _("This invitation has been used already."),
    ) and (ALLOWED if invitation.withdrawn_at is None else WITHDRAWN)


def accept(user: Anybody, invitation: Invitation, *, now: datetime) -> Verdict:
    """Take an invitation: once, in time, signed in with the address that it was sent to."""
    email = user.email if user.is_authenticated else ""
    return (
        account_rules.act(user)
        and still_open(invitation)
        and refuse_unless(
            invitation.expires_at > now,
            "invitation.expired",
            _("This invitation is too old. Ask for another one."),
        )
        and refuse_unless(
            to_comparable(email or "") == to_comparable(invitation.email),
            "invitation.other_address",
            _(
                "The invitation went to another e-mail address than the one of your account. Sign "
                "in with that address, or ask to be invited by the address that you use here."
            ),
        )
    )


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
    is_own = mandate.user_id == by.pk
    return (
        account_rules.act(by)
        and (ALLOWED if is_own else run(by, organisation, mandate_of_by, now=now))
        and _be_unrevoked(mandate)
        and keep_a_head(organisation, mandate, other_heads=other_heads)
    )


def _be_unrevoked(mandate: Mandate) -> Verdict:
    return refuse_unless(
        mandate.revoked_at is None,
        "mandate.revoked_already",
        _("This mandate was revoked already."),
    )


def change(
    organisation: Organisation, mandate: Mandate, *, is_head: bool, other_heads: int
) -> Verdict:
    """Give a mandate other scopes or another end; the last head stays head."""
    return _be_unrevoked(mandate) and (
        ALLOWED if is_head else keep_a_head(organisation, mandate, other_heads=other_heads)
    )


def keep_a_head(organisation: Organisation, mandate: Mandate, *, other_heads: int) -> Verdict:
    """An open organisation is never left without somebody who runs it."""
    is_last_head = mandate.is_head and other_heads == 0 and organisation.closed_at is None
    return refuse_unless(
        not is_last_head,
        "mandate.last_head",
        _(
            "This is the only head. Make somebody else a head first, or close the "
            "organisation here."
        ),
    )


# --- the end --------------------------------------------------------------------------------------


def close(
    user: Anybody,
    organisation: Organisation,
    mandate: Mandate | None,
    *,
    now: datetime,
) -> Verdict:
    """End it here: its heads, or an officer of the council."""
    return (
        account_rules.act(user)
        and _be_open(organisation)
        and (work_at_desk(user) or run(user, organisation, mandate, now=now))
    )
