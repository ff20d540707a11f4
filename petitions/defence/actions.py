"""Actions on signatures: remove by a named rule, restore, count what waited; objections.

Each writes its line into the public ledger in its own transaction, under the ledger's turn and the
petition's lock (in this order), after what signers had done until then; and makes ``reached_at``
agree with the new number. The chart is drawn anew by the recount that follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import cast

from django.db.models import F, QuerySet

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import Refused, require
from petitions.defence import rules
from petitions.defence.moving import Moved, count_in, put_back, take_out
from petitions.defence.signature_filter import SignatureFilter
from petitions.events import (
    ObjectionDecided,
    ObjectionMade,
    RemovalReversed,
    SignaturesChecked,
    SignaturesRemoved,
)
from petitions.ledger import actions as ledger
from petitions.ledger import chain
from petitions.life.thresholds import settle_threshold
from petitions.models import Objection, Petition, Removal, Signature
from petitions.signing.counting import recount_soon

Status = Signature.Status


def remove(
    petition: Petition,
    *,
    by: User,
    rule: str,
    signature_filter: SignatureFilter,
    reason: str,
    shown: int,
) -> Removal:
    """Take what the signature_filter means out of the count, all at once, under a rule's name.

    ``reason`` is public; ``shown`` is the number that the dry run had found. Refuses by
    rules.remove. Emits SignaturesRemoved, and what settling the threshold emits.
    """
    with numbers_changed(petition) as (fresh, now):
        found = signature_filter.of(fresh)
        require(
            rules.remove(
                by,
                fresh,
                now=now,
                reason=reason,
                is_empty=signature_filter.is_empty,
                found=found.count(),
                shown=shown,
            )
        )
        ledger.catch_up(fresh.pk)
        removal = Removal.objects.create(
            petition=fresh,
            rule=rule,
            asked=signature_filter.as_asked(),
            reason=reason.strip(),
            number=shown,
            by=by,
            at=now,
        )
        moved = take_out(found, removal.pk)
        if sum(moved.values()) != shown:
            # Somebody's account was erased or joined with another at this moment.
            raise Refused(rules.FOUND_OTHERS)
        ledger.note(
            fresh.pk,
            chain.REMOVED,
            change_of(moved),
            removal=removal.pk,
            rule=rule,
            reason=removal.reason,
        )
        created(removal)
        emit(SignaturesRemoved(fresh.pk, by.pk, removal.pk))
        return removal


def reverse(removal: Removal, *, by: User, reason: str) -> None:
    """Bring back all that a removal took: each signature to where it stood, with its own time.

    What was taken back or restored since stays so. Refuses by rules.reverse. Emits
    RemovalReversed, and what settling the threshold emits.
    """
    with numbers_changed(removal.petition) as (fresh, now):
        again = locked(removal)
        require(rules.reverse(by, fresh, again, reason=reason))
        ledger.catch_up(fresh.pk)
        again.reversed_at, again.reversed_by, again.reversed_reason = now, by, reason.strip()
        again.save(update_fields=["reversed_at", "reversed_by", "reversed_reason"])
        moved = put_back(Signature.objects.filter(removal=again))
        ledger.note(
            fresh.pk,
            chain.REVERSED,
            change_of(moved),
            removal=again.pk,
            rule=again.rule,
            reason=again.reversed_reason,
        )
        created(again)
        emit(RemovalReversed(fresh.pk, by.pk, again.pk))


def count_waiting(petition: Petition, *, by: User, signature_filter: SignatureFilter) -> int:
    """Count what waited for a check, as far as the signature_filter means it. Returns how many.

    Refuses by rules.count_waiting. Emits SignaturesChecked, and what settling the threshold emits.
    """
    with numbers_changed(petition) as (fresh, now):
        found = signature_filter.of(fresh).filter(status=Status.CHECKING)
        require(rules.count_waiting(by, fresh, now=now, found=found.count()))
        ledger.catch_up(fresh.pk)
        moved = count_in(found)
        created(ledger.note(fresh.pk, chain.CHECKED, change_of(moved)))
        emit(SignaturesChecked(fresh.pk, by.pk))
        return sum(moved.values())


@contextmanager
def numbers_changed(petition: Petition) -> Iterator[tuple[Petition, datetime]]:
    """An action that moves signatures between statuses: the petition under its lock, and the time.

    What it does, once it may: let the ledger catch up with the signers, move, note. After it the
    threshold is settled and a recount is left behind.
    """
    with action():
        ledger.take_turn(petition.pk)
        fresh = locked(petition)
        now = clock.now()
        yield fresh, now
        settle_threshold(fresh.pk, moved_at=now)
        recount_soon(fresh.pk)


def change_of(moved: Moved) -> chain.Numbers:
    """By how much a move changed the numbers."""
    change = dict.fromkeys(("counted", "checking", "removed", "withdrawn"), 0)
    for (before, after), number in moved.items():
        change[before.name.lower()] -= number
        change[after.name.lower()] += number
    return chain.Numbers(**change)


def object_to(signature: Signature, *, is_own: bool, text: str) -> Objection:
    """Say why one's signature should count. ``is_own``: the caller knows that it is the signer,
    by their account or by the link that was sent to them.

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


def waiting_objections() -> QuerySet[Objection]:
    """Those that somebody has to decide: the signature is still out of the count."""
    return Objection.objects.filter(decided_at=None, signature__removal=F("removal"))
