"""Who may hold back, remove and restore signatures, and when. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse
from petitions.models import Signature, State
from petitions.rules import NOT_ONES_OWN, moderate

if TYPE_CHECKING:
    from accounts.models import User
    from petitions.models import Objection, Petition, Removal

#: In which signatures may be taken out of the count: until the review begins.
REMOVABLE = frozenset({State.COLLECTING, State.REACHED, State.NOT_REACHED})

REASON_MISSING = refuse("petition.reason_missing", _("Give the reason: everybody can read it."))
REVERSED_ALREADY = refuse("petition.reversed_already", _("This removal has been reversed already."))
NOTHING_FOUND = refuse("petition.nothing_found", _("The rule means no signatures."))
FOUND_OTHERS = refuse(
    "petition.found_others",
    _("Meanwhile the rule means other signatures. Look once more before you decide."),
)
NOT_YOURS = refuse("petition.not_your_signature", _("This is somebody else’s signature."))


def defend(user: User, petition: Petition) -> Verdict:
    """See how a petition is signed, and use the rules: moderators of all or of it alone, and
    administrators."""
    verdict = moderate(user, petition.topic)
    if not verdict:
        return verdict
    if petition.published_at is None:
        return refuse("petition.not_published", _("This petition is not published."))
    return ALLOWED


def judge(user: User, petition: Petition) -> Verdict:
    """Decide about its signatures: whoever defends it and did not begin it. (To count what waits
    or to bring back what was removed serves an author better than any removal.)"""
    verdict = defend(user, petition)
    return NOT_ONES_OWN if verdict and petition.author_id == user.pk else verdict


def change_numbers(user: User, petition: Petition, *, now: datetime) -> Verdict:
    """Change which signatures count: whoever judges them, until its review begins."""
    verdict = judge(user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) not in REMOVABLE:
        return refuse(
            "petition.numbers_are_final",
            _("Its review has begun or it is finished: the number of signatures stands."),
        )
    return ALLOWED


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
    verdict = change_numbers(user, petition, now=now)
    if not verdict:
        return verdict
    if not reason.strip():
        return REASON_MISSING
    if is_empty:
        return refuse("petition.rule_empty", _("Say which signatures the rule means."))
    if not found:
        return NOTHING_FOUND
    return ALLOWED if found == shown else FOUND_OTHERS


def reverse(user: User, petition: Petition, removal: Removal, *, reason: str) -> Verdict:
    """Bring back what a removal took: whoever judges its signatures, at any time, with a reason."""
    verdict = judge(user, petition)
    if not verdict:
        return verdict
    if removal.reversed_at is not None:
        return REVERSED_ALREADY
    return ALLOWED if reason.strip() else REASON_MISSING


def count_waiting(user: User, petition: Petition, *, now: datetime, found: int) -> Verdict:
    """Count signatures that waited for a check."""
    verdict = change_numbers(user, petition, now=now)
    if not verdict:
        return verdict
    return ALLOWED if found else NOTHING_FOUND


def guard(user: User, petition: Petition, *, now: datetime, raised: bool) -> Verdict:
    """Ask signers for a proof of work (``raised``), or stop asking: while it may be signed."""
    verdict = judge(user, petition)
    if not verdict:
        return verdict
    if raised and not petition.is_open_at(now):
        return refuse("petition.not_open", _("This petition is not signed any more."))
    if raised == (petition.guarded_since is not None):
        return refuse("petition.guarded_already", _("It is so already."))
    return ALLOWED


def object_to(signature: Signature, *, is_hers: bool, has_objected: bool, text: str) -> Verdict:
    """Say that one's signature was removed wrongly: its signer, once for each removal."""
    if not is_hers:
        return NOT_YOURS
    if signature.status != Signature.Status.REMOVED:
        return refuse("petition.not_removed", _("Your signature is not removed."))
    if has_objected:
        return refuse(
            "petition.objected_already", _("You have objected already. The answer comes by mail.")
        )
    if not text.strip():
        return refuse("petition.objection_empty", _("Say why your signature should count."))
    return ALLOWED


def decide(user: User, petition: Petition, objection: Objection, *, answer: str) -> Verdict:
    """Decide an objection: somebody else than who removed the signature, with an answer."""
    verdict = judge(user, petition)
    if not verdict:
        return verdict
    if objection.removed_by_id == user.pk:
        return refuse(
            "petition.decided_by_another",
            _("You removed this signature: somebody else decides about the objection."),
        )
    if objection.signature.user_id == user.pk:
        return refuse(
            "petition.not_ones_own_signature",
            _("This is your own signature: somebody else decides about it."),
        )
    if objection.decided_at is not None:
        return refuse("petition.decided_already", _("This objection has been decided already."))
    if not answer.strip():
        return refuse("petition.answer_missing", _("Write what the signer is answered."))
    return ALLOWED
