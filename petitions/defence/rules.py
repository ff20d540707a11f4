"""Rules of holding back, removing and restoring signatures. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless
from petitions.models import Signature, State
from petitions.rules import NOT_ONES_OWN, moderate

if TYPE_CHECKING:
    from accounts.models import User
    from petitions.models import Objection, Petition, Removal

#: In which signatures may be taken out of the count: until the review begins.
REMOVABLE = frozenset({State.COLLECTING, State.REACHED, State.NOT_REACHED})

REASON_MISSING = refuse("petition.reason_missing", _("Give the reason: everybody can read it."))
FOUND_OTHERS = refuse(
    "petition.found_others",
    _("Meanwhile the rule means other signatures. Look once more before you decide."),
)
NOTHING_FOUND = refuse("petition.nothing_found", _("The rule means no signatures."))


def defend(user: User, petition: Petition) -> Verdict:
    """See how a petition is signed, and use the rules: moderators of all or of it alone, and
    administrators."""
    return moderate(user, petition.topic) and refuse_unless(
        petition.published_at, "petition.not_published", _("This petition is not published.")
    )


def judge(user: User, petition: Petition) -> Verdict:
    """Decide about its signatures: whoever defends it and did not begin it. (To count what waits
    or to bring back what was removed serves an author better than any removal.)"""
    return defend(user, petition) and (NOT_ONES_OWN if petition.author_id == user.pk else ALLOWED)


def change_numbers(user: User, petition: Petition, *, now: datetime) -> Verdict:
    """Change which signatures count: whoever judges them, until its review begins."""
    return judge(user, petition) and refuse_unless(
        petition.state_at(now) in REMOVABLE,
        "petition.numbers_are_final",
        _("Its review has begun or it is finished: the number of signatures stands."),
    )


def remove(
    user: User,
    petition: Petition,
    *,
    now: datetime,
    reason: str,
    is_empty: bool,
    found: int,
    shown: int,
) -> Verdict:
    """Take the ``found`` signatures that a rule means out of the count, with a public reason;
    ``shown``: how many the dry run had found."""
    return (
        change_numbers(user, petition, now=now)
        and (ALLOWED if reason.strip() else REASON_MISSING)
        and refuse_unless(
            not is_empty, "petition.rule_empty", _("Say which signatures the rule means.")
        )
        and (ALLOWED if found else NOTHING_FOUND)
        and (ALLOWED if found == shown else FOUND_OTHERS)
    )


def reverse(user: User, petition: Petition, removal: Removal, *, reason: str) -> Verdict:
    """Bring back what a removal took: whoever judges its signatures, at any time, with a reason."""
    return (
        judge(user, petition)
        and refuse_unless(
            removal.reversed_at is None,
            "petition.reversed_already",
            _("This removal has been reversed already."),
        )
        and (ALLOWED if reason.strip() else REASON_MISSING)
    )


def count_waiting(user: User, petition: Petition, *, now: datetime, found: int) -> Verdict:
    """Count signatures that waited for a check."""
    return change_numbers(user, petition, now=now) and (ALLOWED if found else NOTHING_FOUND)


def guard(user: User, petition: Petition, *, now: datetime, raised: bool) -> Verdict:
    """Ask signers for a proof of work (``raised``), or stop asking: while it may be signed."""
    return (
        judge(user, petition)
        and refuse_unless(
            not raised or petition.is_open_at(now),
            "petition.not_open",
            _("This petition is not signed any more."),
        )
        and refuse_unless(
            raised == (petition.guarded_since is None),
            "petition.guarded_already",
            _("It is like that already."),
        )
    )


def object_to(signature: Signature, *, is_own: bool, has_objected: bool, text: str) -> Verdict:
    """Say that one's signature was removed wrongly: its signer, once for each removal."""
    return (
        refuse_unless(
            is_own, "petition.not_your_signature", _("This is somebody else’s signature.")
        )
        and refuse_unless(
            signature.status == Signature.Status.REMOVED,
            "petition.not_removed",
            _("Your signature is not removed."),
        )
        and refuse_unless(
            not has_objected,
            "petition.objected_already",
            _("You have objected already. The answer comes by mail."),
        )
        and refuse_unless(
            text.strip(), "petition.objection_empty", _("Say why your signature should count.")
        )
    )


def decide(user: User, petition: Petition, objection: Objection, *, answer: str) -> Verdict:
    """Decide an objection: somebody else than who removed the signature, with an answer."""
    return (
        judge(user, petition)
        and refuse_unless(
            objection.removed_by_id != user.pk,
            "petition.decided_by_another",
            _("You removed this signature: somebody else decides about the objection."),
        )
        and refuse_unless(
            objection.signature.user_id != user.pk,
            "petition.not_ones_own_signature",
            _("This is your own signature: somebody else decides about it."),
        )
        and refuse_unless(
            objection.decided_at is None,
            "petition.decided_already",
            _("This objection has been decided already."),
        )
        and refuse_unless(
            answer.strip(), "petition.answer_missing", _("Write what the signer is answered.")
        )
    )
