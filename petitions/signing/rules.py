"""Rules of signing and taking back (law 393/96-ВР art. 23-1). Pure: facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts import rules as accounts
from accounts.eligibility import Eligibility, meets
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless
from petitions.models import Signature, State

if TYPE_CHECKING:
    from accounts.models import Anybody
    from petitions.models import Pending, Petition, Procedure

#: Wrong codes after which only the link works; mails about one signature.
MOST_TRIES, MOST_MAILS = 5, 3

SIGNED_ALREADY = refuse("petition.signed_already", _("You have signed this petition already."))
REMOVED = refuse(
    "petition.signature_removed",
    _("Your signature was taken out of the count. You may object to that."),
)
LINK_EXPIRED = refuse(
    "petition.link_expired",
    _("This link has been used already, or it has expired. You can ask for a new mail."),
)
WRONG_CODE = refuse("petition.wrong_code", _("This is not the code of the last mail."))
NO_MORE_TRIES = refuse(
    "petition.no_more_tries",
    _("There were too many wrong codes. The link in the mail still works."),
)

_NOT_OPEN = {
    State.NOT_REACHED: _("The collection of signatures is over."),
    State.WITHDRAWN: _("Its author has taken this petition back."),
}
_UNDER_REVIEW = _("The review of this petition has begun: nobody signs it any more.")
_NOT_PUBLISHED = _("This petition is not published yet.")


def be_open(petition: Petition, *, now: datetime) -> Verdict:
    """Signatures are collected: published, not closed, not taken back, no review begun."""
    if petition.is_open_at(now):
        return ALLOWED
    state = petition.state_at(now)
    if state in (State.DRAFT, State.MODERATION, State.REFUSED):
        return refuse("petition.not_open", _NOT_PUBLISHED)
    over = petition.review_at is None and petition.closes_at and petition.closes_at <= now
    told = _NOT_OPEN[State.NOT_REACHED] if over else _UNDER_REVIEW
    return refuse("petition.not_open", _NOT_OPEN.get(state, told))


def sign(
    user: Anybody,
    procedure: Procedure,
    *,
    eligibility: Eligibility | None,
    name_withheld: bool = False,
) -> Verdict:
    """Be somebody who signs under these rules, as the person that one is signed in as.

    ``eligibility`` may be None where the rules ask for no more than an account.
    """
    asked = procedure.requirement
    return (
        accounts.act(user)
        and (ALLOWED if asked.asks_nothing else meets(eligibility or Eligibility(), asked))
        and withhold_name(procedure, name_withheld)
    )


def sign_by_mail(procedure: Procedure, *, name_withheld: bool = False) -> Verdict:
    """Sign by name and e-mail: where the rules ask for no more."""
    return refuse_unless(
        procedure.signs_by_mail,
        "petition.not_by_mail",
        _("This petition is signed with an account only: sign in first."),
    ) and withhold_name(procedure, name_withheld)


def withhold_name(procedure: Procedure, wanted: bool) -> Verdict:
    """Keep one's name off the public list: where the rules let."""
    return refuse_unless(
        not wanted or procedure.names_may_be_withheld,
        "petition.names_are_public",
        _("The names of all who sign this petition are shown."),
    )


def send_again(pending: Pending, *, now: datetime) -> Verdict:
    """Get the mail once more."""
    return (LINK_EXPIRED if pending.expires_at <= now else ALLOWED) and refuse_unless(
        pending.sent < MOST_MAILS,
        "petition.no_more_mails",
        _("The mail was sent several times already. Check the address and start again."),
    )


def take_back(signature: Signature, petition: Petition, *, now: datetime, is_own: bool) -> Verdict:
    """Take one's signature back: its signer, until nobody can sign any more.

    One that was taken out of the count is not taken back: a reversal restores what there was.
    """
    return (
        refuse_unless(
            signature.status != Signature.Status.WITHDRAWN,
            "petition.not_signed",
            _("You have not signed this petition."),
        )
        and refuse_unless(
            is_own, "petition.not_your_signature", _("This is somebody else’s signature.")
        )
        and (REMOVED if signature.status == Signature.Status.REMOVED else ALLOWED)
        and be_open(petition, now=now)
    )
