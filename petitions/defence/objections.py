"""A signer objects to the removal of her signature; somebody else than who removed it decides."""

from __future__ import annotations

from typing import cast

from django.db.models import F, QuerySet

from accounts.models import User
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require
from core.web.idempotency import created
from petitions.defence import rules
from petitions.defence.actions import change_of, numbers_changed
from petitions.defence.moving import count_in
from petitions.events import ObjectionDecided, ObjectionMade
from petitions.ledger import actions as ledger
from petitions.ledger import chain
from petitions.models import Objection, Petition, Removal, Signature


def object_to(signature: Signature, *, is_own: bool, text: str) -> Objection:
    """Say why one's signature should count. ``is_own``: the caller knows that it is the signer,
    by her account or by the link that was sent to her.

    Refuses by rules.object_to. Emits ObjectionMade.
    """
    with action():
        rows = Signature.objects.select_for_update(no_key=True, of=("self",))
        fresh = rows.select_related("removal").get(pk=signature.pk)
        before = Objection.objects.filter(signature=fresh, removal=fresh.removal_id)
        require(rules.object_to(fresh, is_own=is_own, has_objected=before.exists(), text=text))
        removal = cast(Removal, fresh.removal)
        made = Objection.objects.create(
            signature=fresh, removal=removal, removed_by_id=removal.by_id, text=text.strip()
        )
        created(made)
        emit(ObjectionMade(fresh.petition_id, fresh.user_id, made.pk))
        return made


def decide(objection: Objection, *, by: User, upheld: bool, answer: str) -> None:
    """Answer an objection; upheld, the signature counts again, with the time at which it was made.

    Refuses by rules.decide. Emits ObjectionDecided, and what settling the threshold emits.
    """
    petition = Petition(pk=objection.signature.petition_id)
    with numbers_changed(petition) as (fresh, now):
        again = locked(objection)
        require(rules.decide(by, fresh, again, answer=answer))
        again.decided_at, again.decided_by = now, by
        again.upheld, again.answer = upheld, answer.strip()
        again.save(update_fields=["decided_at", "decided_by", "upheld", "answer"])
        if upheld:
            ledger.catch_up(fresh.pk)
            still = Signature.objects.filter(pk=again.signature_id, removal=again.removal_id)
            moved = count_in(still)
            if moved:
                ledger.note(fresh.pk, chain.RESTORED, change_of(moved), removal=again.removal_id)
        created(again)
        emit(ObjectionDecided(fresh.pk, by.pk, again.pk))


def waiting() -> QuerySet[Objection]:
    """Those that somebody has to decide: the signature is still out of the count."""
    return Objection.objects.filter(decided_at=None, signature__removal=F("removal"))
