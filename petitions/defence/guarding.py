"""The guard of a flooded petition: signing by an account asks for a proof of work.

Staff raise and lower it; a job raises it where marks pile up, and lowers again what it raised. Who
has no JavaScript confirms by mail instead; where a petition is not signed by mail, they sign
without a proof and waits for a check, as over any other limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from time import monotonic
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require
from core.web.idempotency import created
from petitions.defence import proof, rules
from petitions.events import GuardLowered, GuardRaised
from petitions.models import Guard, Pending, Petition, Signature

#: Marks of these last minutes are what piles up.
PILED = timedelta(minutes=10)
#: Without marks for so long, and as long after it was raised, a guard is lowered by itself.
CALM = timedelta(hours=1)
#: Seconds for which a process goes by what it has read of guards.
KNOWN_FOR = 1.0
#: The mark of who signed without a proof that could not be replaced by a mail.
UNPROVED = "guard"


def demand(petition: Petition, *, by: User, given: str) -> str:
    """The proof that signing by an account has to hold against a signature: "" or UNPROVED.

    Refuses as ``proof.check`` does, where the petition is guarded and may be signed by mail
    instead. Call it outside of ``action()``. Which petitions are guarded a process knows for
    KNOWN_FOR seconds: where none is, it costs nothing.
    """
    if petition.pk not in _guarded_petitions():
        return ""
    verdict = proof.check(petition.pk, by.pk, given)
    if verdict.code == proof.NEEDED.code and not petition.procedure.signs_by_mail:
        return UNPROVED
    require(verdict)
    return ""


@dataclass(slots=True)
class _Known:
    """Guards known to this process, and the time of reading (seconds of its own clock)."""

    ids: frozenset[int] = frozenset()
    read_at: float = -inf


_known = _Known()


def _guarded_petitions() -> frozenset[int]:
    if monotonic() - _known.read_at >= KNOWN_FOR:
        read_at = monotonic()
        found = Petition.objects.filter(guarded_since__isnull=False)
        _known.ids = frozenset(found.order_by().values_list("pk", flat=True))
        _known.read_at = read_at
    return _known.ids


def forget_guards() -> None:
    """Read anew which petitions are guarded, at the next signature."""
    _known.read_at = -inf


def raise_guard(petition: Petition, *, by: User) -> None:
    """Ask for a proof from now on. Refuses by rules.guard. Emits GuardRaised."""
    with action():
        fresh = locked(petition)
        now = clock.now()
        require(rules.guard(by, fresh, now=now, raised=True))
        _raise(fresh, now, by)


def lower_guard(petition: Petition, *, by: User) -> None:
    """Ask for none any more. Refuses by rules.guard. Emits GuardLowered."""
    with action():
        fresh = locked(petition)
        now = clock.now()
        require(rules.guard(by, fresh, now=now, raised=False))
        _lower(fresh, now, by)


def watch() -> tuple[int, int]:
    """Raise the guard where ``settings.GUARD_AT`` marks have piled up, and lower what stood for
    long enough; a job calls it every minute. Returns how many were raised and lowered.

    What staff have raised or lowered within CALM is left to them.
    """
    now = clock.now()
    raised = lowered = 0
    for petition in _piled_up(now):
        with action():
            fresh = locked(petition)
            if fresh.guarded_since is None and fresh.is_open_at(now):
                _raise(fresh, now, None)
                raised += 1
    for petition in _calm(now):
        with action():
            fresh = locked(petition)
            if fresh.guarded_since is not None:
                _lower(fresh, now, None)
                lowered += 1
    return raised, lowered


def _raise(petition: Petition, now: datetime, by: User | None) -> None:
    petition.guarded_since = now
    petition.save(update_fields=["guarded_since"])
    created(Guard.objects.create(petition=petition, raised_at=now, raised_by=by))
    forget_guards()
    emit(GuardRaised(petition.pk, by.pk if by else None))


def _lower(petition: Petition, now: datetime, by: User | None) -> None:
    petition.guarded_since = None
    petition.save(update_fields=["guarded_since"])
    open_now = Guard.objects.filter(petition=petition, lowered_at=None)
    open_now.update(lowered_at=now, lowered_by=by)
    forget_guards()
    emit(GuardLowered(petition.pk, by.pk if by else None))


def _piled_up(now: datetime) -> list[Petition]:
    by_staff = Guard.objects.filter(
        petition=OuterRef("pk"), lowered_by__isnull=False, lowered_at__gt=now - CALM
    )
    open_now = Petition.objects.collecting().filter(~Exists(by_staff), guarded_since=None)
    piled = _count_marked(since=now - PILED)
    found = open_now.annotate(piled=piled).filter(piled__gte=settings.GUARD_AT)
    return list(found.order_by("pk"))


def _calm(now: datetime) -> list[Petition]:
    """Guarded by itself for long enough, without a mark; or not signed any more."""
    by_itself = Guard.objects.filter(
        petition=OuterRef("pk"), lowered_at=None, raised_by=None, raised_at__lt=now - CALM
    )
    guarded = Petition.objects.filter(guarded_since__isnull=False).annotate(
        marked=_count_marked(since=now - CALM)
    )
    over = Q(closes_at__lte=now) | Q(review_at__isnull=False) | Q(withdrawn_at__isnull=False)
    return list(guarded.filter(over | (Exists(by_itself) & Q(marked=0))).order_by("pk"))


def _count_marked(*, since: datetime) -> CombinedExpression:
    """Number of a petition's signatures, and of those that wait for their mail, that
    were marked.
    """

    def count(rows: QuerySet[Any, Any]) -> Coalesce:
        numbers = rows.order_by().values("petition").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(numbers, output_field=IntegerField()), 0)

    signed = Signature.objects.filter(
        petition=OuterRef("pk"), status=Signature.Status.CHECKING, at__gt=since
    )
    asked = Pending.objects.filter(petition=OuterRef("pk"), at__gt=since).exclude(suspicion="")
    return count(signed) + count(asked)
