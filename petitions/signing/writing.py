"""The SQL statement that writes a signature: the petition's lock, its state and the row.

It is one statement because tens of thousands may sign in an hour, and each round trip would be
paid under the petition's lock. What it decides it decides exactly as ``rules.be_open`` does
(tests/petitions/signing/test_sign.py compares the two in every state); the rule says why not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from django.db import connection
from django.db.models import Q

from core.db.kept_cursors import fetch
from core.domain.rules import Refused, require
from petitions.defence.suspicions import Suspicion
from petitions.models import Petition, Signature
from petitions.signing import rules
from petitions.sql import sql

# FOR SHARE: a transition (FOR UPDATE) either comes first and is seen, or waits. The time is when
# the statement began: what came in time counts, however long it waited for the lock. Whatever is
# unique lets nothing in twice; of two at once the second waits for the first, and does nothing.
_STATEMENT = """
WITH petition AS MATERIALIZED (
    SELECT id, published_at, closes_at, withdrawn_at, review_at, answered_at,
           statement_timestamp() AS now
    FROM {Petition}
    WHERE id = %(petition_id)s
    FOR SHARE
),
signed AS (
    INSERT INTO {Signature}
        (petition_id, user_id, mailbox, email, name, name_withheld, wants_news,
         status, suspicion, network, domain, mailbox_uncertain, at)
    SELECT id, %(user_id)s, %(mailbox)s, %(email)s, %(name)s, %(name_withheld)s, %(wants_news)s,
           %(status)s, %(suspicion)s, %(network)s, %(domain)s, %(mailbox_uncertain)s, now
    FROM petition
    WHERE published_at <= now AND now < closes_at
      AND withdrawn_at IS NULL AND review_at IS NULL AND answered_at IS NULL{unless}
    ON CONFLICT DO NOTHING
    RETURNING id
)
SELECT petition.now, signed.id FROM petition LEFT JOIN signed ON true
"""
_SIGN = sql(_STATEMENT.replace("{unless}", ""))
# Where the mailbox had another key under former rules, nobody may have signed under that one.
_SIGN_UNLESS_BEFORE = sql(
    _STATEMENT.replace(
        "{unless}",
        """
      AND NOT EXISTS (
          SELECT FROM {Signature} former
          WHERE former.petition_id = %(petition_id)s AND former.mailbox = ANY(%(former)s)
      )""",
    )
)

_ATTRIBUTES = tuple(field.attname for field in Signature._meta.concrete_fields)


@dataclass(frozen=True, slots=True)
class Signer:
    """A signer. ``email`` and ``name`` are kept of whoever signs by mail; ``former``: the keys that
    the mailbox had under former rules.
    """

    user_id: int | None
    mailbox: bytes | None
    former: tuple[bytes, ...] = ()
    email: str = ""
    name: str = ""
    name_withheld: bool = False
    wants_news: bool = False


def write(petition_id: int, signer: Signer, found: Suspicion) -> Signature:
    """Write a signature; ``found`` is what marked it (petitions.defence.suspicions).

    Refuses with ``petition.not_open``, ``petition.signed_already``, ``petition.signature_removed``.
    Raises DoesNotExist where there is no such petition.
    """
    values = {
        "user_id": signer.user_id,
        "mailbox": signer.mailbox,
        "email": signer.email,
        "name": signer.name,
        "name_withheld": signer.name_withheld,
        "wants_news": signer.wants_news,
        "status": found.status.value,
        "suspicion": found.suspicion,
        "network": found.network,
        "domain": found.domain,
        "mailbox_uncertain": found.mailbox_uncertain,
    }
    statement = _SIGN_UNLESS_BEFORE if signer.former else _SIGN
    former = {"former": list(signer.former)} if signer.former else {}
    rows = fetch(statement, {**values, **former, "petition_id": petition_id})
    if not rows:
        raise Petition.DoesNotExist(f"petition {petition_id}")
    [(now, pk)] = rows
    if pk is None:
        _say_why(petition_id, signer, now)
    kept = {**values, "id": pk, "petition_id": petition_id, "at": now, "removal_id": None}
    return Signature.from_db(connection.alias, _ATTRIBUTES, [kept[name] for name in _ATTRIBUTES])


def of_signer(
    petition_id: int,
    *,
    user_id: int | None,
    mailbox: bytes | None,
    former: Iterable[bytes] = (),
) -> Q:
    """The condition of the signatures that a person, or a mailbox, has on a petition; ``former``:
    under which other keys it may have one."""
    whose = Q()
    if user_id is not None:
        whose |= Q(user=user_id)
    if mailbox is not None:
        keys = [mailbox, *former]
        whose |= Q(mailbox__in=keys) if keys[1:] else Q(mailbox=mailbox)
    return Q(petition=petition_id) & whose if whose else Q(pk__in=())


def _say_why(petition_id: int, signer: Signer, now: datetime) -> NoReturn:
    require(rules.be_open(Petition.objects.get(pk=petition_id), now=now))
    own = of_signer(
        petition_id, user_id=signer.user_id, mailbox=signer.mailbox, former=signer.former
    )
    removed = Signature.objects.filter(own, status=Signature.Status.REMOVED)
    raise Refused(rules.REMOVED if removed.exists() else rules.SIGNED_ALREADY)
