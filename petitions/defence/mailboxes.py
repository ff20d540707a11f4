"""Signatures that one mailbox gave under several spellings, before those were one.

The migration petitions.0011 gave the key of the delivered form to one row of each mailbox; the rows
that found it taken keep their former key and the spelling that they were signed with in ``email``.
So what is looked for is an ``email`` that is not as delivered, beside another key.

Where a new edition of the providers' rules (petitions/signing/mailbox_rules.toml) brings more
spellings together, ``give_present_keys`` gives the new key to one row of each mailbox, as the
migration petitions.0026 did; the others keep a former key, and are looked for by it.

Once judged, a row is not found again: what a moderator has counted stays counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from core.domain.email_addresses import AS_DELIVERED, to_delivered
from core.domain.events import emit
from petitions.defence.actions import change_of, numbers_changed
from petitions.defence.moving import hold_back
from petitions.defence.rules import REMOVABLE
from petitions.defence.signature_filter import STANDING
from petitions.events import SignaturesHeldBack
from petitions.ledger import actions as ledger
from petitions.ledger import chain
from petitions.models import Pending, Petition, Signature
from petitions.signing.mailbox import former_keys_of, judged_key_of, key_of, uncertainty
from petitions.signing.mailbox_rules import ruled_domains

Status = Signature.Status
#: Key of a mailbox on a petition -> its rows beside the one that has the key.
type _Rows = dict[bytes, list[int]]


@dataclass(slots=True)
class Found:
    """Result of the search: how many were held back, on how many petitions; how many stand on
    petitions whose numbers are final; how many nobody can judge, since their address is erased.
    """

    held: int = 0
    petitions: int = 0
    final: int = 0
    erased: int = 0


def hold_back_repeated(*, is_rehearsal: bool = False) -> Found:
    """Let the later signatures of each mailbox wait for a check, with a line in the public ledger.

    The first that counts stays. Only on petitions whose review has not begun. With
    ``is_rehearsal`` nothing is changed. Emits SignaturesHeldBack for each petition, and what
    settling the threshold emits.
    """
    if not is_rehearsal:
        give_present_keys(Petition.objects, Signature.objects, Pending.objects)
    found = Found(erased=_erased_signatures().count())
    for petition_id, mailboxes in _by_petition().items():
        with numbers_changed(Petition(pk=petition_id)) as (petition, now):
            later, judged = _later(petition_id, mailboxes)
            counted = Signature.objects.filter(pk__in=later, status=Status.COUNTED)
            if petition.state_at(now) not in REMOVABLE:
                found.final += counted.count()
                continue
            number = counted.count()
            found.held += number
            found.petitions += bool(number)
            if is_rehearsal:
                continue
            if number:
                _hold_back(petition_id, counted)
            _forget_spellings(judged)
            _forget_former_keys(petition_id, judged)
    return found


def give_present_keys(petitions: Any, signatures: Any, pending: Any) -> None:
    """Give the present key of its mailbox to each signature that has a former one, as far as no
    other row has it, and to what waits for a confirmation; say which are uncertain. Only on
    petitions that may still be signed or judged. The arguments are managers, so that a migration
    may call it."""
    ours = petitions.filter(_MAY_CHANGE)
    for pk, petition_id, email, mailbox, uncertain in _with_emails(signatures, ours):
        if bool(uncertainty(email)) != uncertain:
            signatures.filter(pk=pk).update(mailbox_uncertain=not uncertain)
        if mailbox is None or bytes(mailbox) not in former_keys_of(petition_id, email):
            continue
        key = key_of(petition_id, email)
        if not signatures.filter(petition=petition_id, mailbox=key).exists():
            signatures.filter(pk=pk).update(mailbox=key)
    waiting = pending.filter(petition__in=ours, email__iregex=ruled_domains())
    for pk, petition_id, email in waiting.values_list("pk", "petition", "email"):
        pending.filter(pk=pk).update(mailbox=key_of(petition_id, email))


def _with_emails(signatures: Any, petitions: Any) -> list[tuple[int, int, str, Any, bool]]:
    """Signatures with addresses of ruled domains: id, petition, address, key, uncertain."""
    ruled = ruled_domains()
    rows = signatures.filter(petition__in=petitions, status__in=STANDING)
    shown = ("pk", "petition"), ("mailbox", "mailbox_uncertain")
    by_mail = rows.filter(email__iregex=ruled).values_list(*shown[0], "email", *shown[1])
    by_account = rows.filter(email="", user__email__iregex=ruled)
    found = [*by_mail, *by_account.values_list(*shown[0], "user__email", *shown[1])]
    return sorted(found, key=lambda row: row[0])


def _hold_back(petition_id: int, counted: QuerySet[Signature]) -> None:
    ledger.catch_up(petition_id)
    moved = hold_back(counted, "mailbox")
    with translation.override(settings.LANGUAGE_CODE):
        reason = _(
            "The same mailbox had signed before under another spelling of its address. The first "
            "signature counts; whether these do, a moderator decides."
        )
    ledger.note(petition_id, chain.HELD, change_of(moved), rule="mailbox", reason=reason)
    emit(SignaturesHeldBack(petition_id, None))


def _by_petition() -> dict[int, _Rows]:
    spelled = Signature.objects.filter(status__in=STANDING).exclude(email="")
    rows = spelled.exclude(email__iregex=AS_DELIVERED).order_by("petition", "pk")
    found: dict[int, _Rows] = defaultdict(lambda: defaultdict(list))
    for pk, petition_id, email, mailbox in rows.values_list("pk", "petition", "email", "mailbox"):
        key = key_of(petition_id, email)
        if mailbox is not None and bytes(mailbox) != key:
            found[petition_id][key].append(pk)
    published = Petition.objects.filter(published_at__isnull=False)
    for pk, petition_id, email, mailbox, _uncertain in _with_emails(Signature.objects, published):
        if mailbox is not None and bytes(mailbox) in former_keys_of(petition_id, email):
            rows_of_mailbox = found[petition_id][key_of(petition_id, email)]
            if pk not in rows_of_mailbox:
                rows_of_mailbox.append(pk)
    return found


def _later(petition_id: int, mailboxes: _Rows) -> tuple[list[int], list[int]]:
    """All rows of each mailbox but the first that counts; and all that had another key."""
    later: list[int] = []
    judged: list[int] = []
    for key, others in mailboxes.items():
        has_key = Signature.objects.filter(petition=petition_id, mailbox=key)
        rows = Signature.objects.filter(Q(pk__in=others) | Q(pk__in=has_key.values("pk")))
        standing = rows.filter(status__in=STANDING).order_by("status", "at", "pk")
        later += list(standing.values_list("pk", flat=True))[1:]
        judged += others
    return later, judged


def _forget_spellings(judged: Iterable[int]) -> None:
    for row in Signature.objects.filter(pk__in=judged).only("email", "user"):
        try:
            row.email = "" if row.user_id else to_delivered(row.email)
        except ValidationError:
            continue  # no mail ever came there
        row.save(update_fields=["email"])


def _forget_former_keys(petition_id: int, judged: Iterable[int]) -> None:
    rows = Signature.objects.filter(pk__in=judged, mailbox__isnull=False).select_related("user")
    for row in rows.only("email", "mailbox", "user__email"):
        email, mailbox = row.email or (row.user and row.user.email) or "", bytes(row.mailbox or b"")
        if email and mailbox in former_keys_of(petition_id, email):
            row.mailbox = judged_key_of(petition_id, mailbox)
            row.save(update_fields=["mailbox"])


#: Petitions that may still be signed, or whose signatures may still be judged.
_MAY_CHANGE = Q(published_at__isnull=False, review_at=None, withdrawn_at=None, answered_at=None)


def _erased_signatures() -> QuerySet[Signature]:
    """Signed by an address that is not kept any more, before addresses were taken as delivered, on
    petitions whose numbers may still change."""
    open_ones = Petition.objects.filter(_MAY_CHANGE)
    nobodys = Q(user=None) | Q(user__erased_at__isnull=False)
    rows = Signature.objects.filter(nobodys, status__in=STANDING, email="", mailbox__isnull=False)
    return rows.filter(petition__in=open_ones, at__lt=when_keys_were_made())


def when_keys_were_made() -> datetime:
    """When the migration ran after which every key is that of a delivered address."""
    applied = MigrationRecorder(connection).migration_qs
    moment: datetime = applied.get(app="petitions", name="0011_keys_of_delivered_emails").applied
    return moment
