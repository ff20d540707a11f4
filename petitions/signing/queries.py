"""Queries of the pages of signing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.eligibility import load_eligibility
from accounts.models import Anybody, User
from core.db.paging import Page, page_of
from core.db.statements import Asked, AskedAnyOf, Statement
from core.domain.calendar import end_of_day
from core.domain.rules import Verdict
from petitions.models import Pending, Petition, Signature
from petitions.signing import rules
from petitions.signing.mailbox import former_keys_of, is_one, keys_of
from petitions.signing.models_totals import Total
from petitions.signing.tokens import mails_path as mails_path
from petitions.signing.tokens import objection_path
from petitions.signing.writing import of_signer
from petitions.sql import sql

PAGE_SIZE = 50

#: How long a signature is one that somebody has just given.
_JUST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Box:
    """Context of the page to sign: to everybody whether it can be signed, and to whoever is signed
    in whether they have signed or may.
    """

    petition: Petition
    #: Whether it may be signed now, by anybody at all.
    is_open: Verdict
    #: The person's own signature, if they have one.
    own: Signature | None = None
    #: Whether they may sign; with ``params["missing"]`` what they lack. None: nobody is signed in.
    may_sign: Verdict | None = None


_TO_SIGN = Statement(
    lambda: (
        Petition.objects.published()
        .select_related("procedure")
        .only("procedure__signers", "procedure__min_age", "procedure__names_may_be_withheld")
        .filter(pk=Asked("pk"))
    )
)


@lru_cache(maxsize=1000)
def to_sign(petition_id: int) -> Petition:
    """A published petition, with of its rules what signing asks for.

    A process remembers it: what is published stays so, under the rules of its day (whether it is
    still open is for the statement that signs to say). Raises DoesNotExist, and remembers no such.
    """
    petition = _TO_SIGN.first(pk=petition_id)
    if petition is None:
        raise Petition.DoesNotExist(f"petition {petition_id}")
    return petition


def box(petition: Petition, user: Anybody, *, now: datetime) -> Box:
    """For a petition with its ``procedure``; for nobody no query, for a person one, and another
    where the rules ask for more than an account."""
    is_open = rules.be_open(petition, now=now)
    if not user.is_authenticated:
        return Box(petition, is_open)
    own = own_signature(petition.pk, user)
    procedure = petition.procedure
    eligibility = None
    if own is None and is_open and not procedure.requirement.asks_nothing:
        eligibility = load_eligibility(user)
    may_sign = rules.sign(user, procedure, eligibility=eligibility) if own is None else None
    return Box(petition, is_open, own, may_sign)


def own_signature(petition_id: int, user: User) -> Signature | None:
    """The person's signature, by their account or by mail from their mailbox: one query."""
    keys = keys_of(user.email, [petition_id]) if user.email else []
    mailboxes = [key for _pk, key in keys]
    found = _OF_PERSON.all(petition=petition_id, user=user.pk, mailboxes=mailboxes)
    return next((signature for signature in found if is_of(signature, user)), None)


#: Every page of a petition asks for it.
_OF_PERSON = Statement(
    lambda: Signature.objects.filter(
        Q(user=Asked("user")) | Q(mailbox=AskedAnyOf("mailboxes")), petition=Asked("petition")
    ).order_by("pk")
)


#: The mark of a signature by the person's account; 1: of one from what may be their mailbox, by
#: mail or by another account.
_BY_ACCOUNT = 2
_SIGNED = sql("""
SELECT petition_id, CASE WHEN user_id = %s THEN 2 ELSE 1 END
FROM {Signature} signature
WHERE petition_id = ANY(%s) AND (user_id = %s OR mailbox = ANY(%s)) AND status <> {WITHDRAWN}
""")


def marking(user: User, ids: Collection[int]) -> list[tuple[str, list[Any]]]:
    """Queries of the petitions that the person has signed among these (accounts.for_whom)."""
    if not ids:
        return []
    keys = keys_of(user.email, ids) if user.email else []
    return [(_SIGNED, [user.pk, list(ids), user.pk, [key for _pk, key in keys]])]


def signed_among(user: User, marks: Mapping[int, int]) -> set[int]:
    """Which petitions the person has signed, by what ``marking`` has read: no query, one where
    something was signed from what may be their mailbox."""
    signed = {pk for pk, mark in marks.items() if mark == _BY_ACCOUNT}
    from_mailbox = marks.keys() - signed
    if from_mailbox:
        keys = [key for _pk, key in keys_of(user.email or "", from_mailbox)]
        found = Signature.objects.filter(petition__in=from_mailbox, mailbox__in=keys)
        signed |= {each.petition_id for each in found if is_of(each, user)}
    return signed


def is_of(signature: Signature, user: User) -> bool:
    """Whether it is the person's: by their account, or by mail from their mailbox. That it has the
    key of their mailbox is not enough: so has what was signed from one that theirs imitates. Of one
    whose address is forgotten by now (retention.forget_addresses) the key is all there is."""
    if signature.user_id is not None:
        return signature.user_id == user.pk
    if signature.mailbox is None or not user.email:
        return False
    if signature.email:
        return is_one(signature.email, user.email)
    keys = keys_of(user.email, [signature.petition_id])
    return bytes(signature.mailbox) in [key for _pk, key in keys]


_OF_MAILBOX = sql("""
SELECT signature.id, signature.email
FROM unnest(%s::bigint[], %s::bytea[]) AS key (petition_id, mailbox)
JOIN {Signature} signature USING (petition_id, mailbox)
WHERE signature.user_id IS NULL
""")


def signed_by(user: User) -> QuerySet[Signature]:
    """All that a person has signed, by their account or by mail from their mailbox: for their own
    eyes, and for an erasure. Two queries more."""
    found: list[int] = []
    if user.email and not user.erased_at:
        published = Petition.objects.filter(published_at__isnull=False)
        keys = keys_of(user.email, published.values_list("pk", flat=True))
        with connection.cursor() as cursor:
            cursor.execute(_OF_MAILBOX, [[pk for pk, _key in keys], [key for _pk, key in keys]])
            rows = cursor.fetchall()
        found = [pk for pk, email in rows if not email or is_one(email, user.email)]
    return Signature.objects.filter(Q(user=user.pk) | Q(pk__in=found))


def signature_of(pending: Pending) -> Signature | None:
    """The signature that the mailbox has already, or the account of its address: what the mail
    tells of instead of a link to sign."""
    account = User.objects.of_email(pending.email).first()
    mine = of_signer(
        pending.petition_id,
        user_id=account.pk if account else None,
        mailbox=bytes(pending.mailbox),
        former=former_keys_of(pending.petition_id, pending.email),
    )
    return Signature.objects.filter(mine).order_by("pk").first()


def is_read_at(signature: Signature, email: str) -> bool:
    """Whether its signer reads what is sent to ``email``, so that its page may be told there."""
    its_own = signature.user.email if signature.user else signature.email
    return is_one(its_own or "", email)


def signers(petition: Petition, *, day: date | None, after: str) -> Page[Signature]:
    """Signers, the latest first; ``day``: from the end of that day on. One query."""
    return page_of(of_day(petition, day), order=("-at", "-id"), after=after, size=PAGE_SIZE)


def of_day(petition: Petition, day: date | None) -> QuerySet[Signature]:
    """The signatures that count, with what the public list shows; ``day``: until its end.

    Those that wait for a check, were removed or taken back are not among them.
    """
    counted = Signature.objects.filter(petition=petition.pk, status=Signature.Status.COUNTED)
    if day is not None:
        counted = counted.filter(at__lt=end_of_day(day))
    return counted.select_related("user").only(*_SHOWN)


_SHOWN = (
    "at",
    "name",
    "name_withheld",
    "user__given_name",
    "user__family_name",
    "user__public_name_style",
    "user__erased_at",
)


def thanks(signature: Signature, *, now: datetime) -> dict[str, Any]:
    """Thanks on a signer's own page within a minute after signing: that they just did, and which
    number their signature is, where it counts. At most two queries.
    """
    is_just_signed = now - signature.at < _JUST
    shows = is_just_signed and signature.status == Signature.Status.COUNTED
    return {
        "is_just_signed": is_just_signed,
        "number": _number_of(signature) if shows else None,
    }


def _number_of(signature: Signature) -> int:
    """Number of counted signatures up to this one: as of the last recount, and those that came
    between, so that few rows are read.
    """
    of_petition = {"petition": signature.petition_id, "status": Signature.Status.COUNTED}
    counted = Signature.objects.filter(**of_petition)
    total = Total.objects.filter(petition=signature.petition_id).first()
    if total is None:
        return counted.filter(at__lte=signature.at).count()
    if total.at < signature.at:
        return total.counted + counted.filter(at__gt=total.at, at__lte=signature.at).count()
    return max(1, total.counted - counted.filter(at__gt=signature.at, at__lte=total.at).count())


def facts(signature: Signature) -> dict[str, Any]:
    """Facts about a signature for its signer's own pages."""
    status = Signature.Status
    return {
        "signature": signature,
        "is_counted": signature.status == status.COUNTED,
        "is_checking": signature.status == status.CHECKING,
        "is_removed": signature.status == status.REMOVED,
        "objection_url": objection_path(signature),
        "is_withdrawn": signature.status == status.WITHDRAWN,
        "mails_url": mails_path(signature),
        "shares": signature.status in (status.COUNTED, status.CHECKING),
        "page_url": settings.SITE_URL + reverse("petitions:detail", args=[signature.petition_id]),
    }
