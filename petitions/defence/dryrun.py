"""Dry run of a removal: how many signatures a rule hits, from where, and which look honest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import CharField, Count, Max, Min, Q, QuerySet
from django.db.models.functions import MD5, Cast
from django.utils.functional import Promise

from accounts.models import Verification
from petitions.defence.networks import format_network
from petitions.defence.signature_filter import STANDING, SignatureFilter
from petitions.defence.suspicions import NAMES
from petitions.models import Petition, Signature

#: So many are shown of those that it means, drawn by lot (the same at each look).
SAMPLE = 20
#: So many networks and domains are listed.
MOST = 10
#: An account as old as this when the petition was published was not made for it.
OLD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Part:
    """A network or a domain: how many of its signatures the rule means, of how many in all."""

    words: str
    hit: int
    all: int

    @property
    def percent(self) -> int:
        return round(100 * self.hit / self.all) if self.all else 0


@dataclass(frozen=True, slots=True)
class ShownSignature:
    """A signature of the sample, with its network and its mark in words."""

    signature: Signature

    @property
    def network_words(self) -> str:
        return format_network(self.signature.network) if self.signature.network else ""

    @property
    def mark_words(self) -> str | Promise:
        return NAMES.get(self.signature.suspicion, "")


@dataclass(frozen=True, slots=True)
class DryRun:
    """Result of a dry run of a rule. ``signature_filter`` is bound to what was seen: none newer is
    meant.
    """

    signature_filter: SignatureFilter
    number: int
    counted: int
    waiting: int
    #: With an account; of them with a confirmed identity, and older than the petition.
    accounts: int
    verified: int
    old: int
    first: datetime | None
    last: datetime | None
    #: How many the petition has that are counted or wait.
    of: int
    networks: tuple[Part, ...]
    domains: tuple[Part, ...]
    sample: tuple[ShownSignature, ...]

    @property
    def honest(self) -> int:
        """Least number of hits that are unlikely to be made by a machine."""
        return max(self.verified, self.old)

    @property
    def percent(self) -> int:
        return round(100 * self.number / self.of) if self.of else 0


def dry_run(petition: Petition, signature_filter: SignatureFilter) -> DryRun:
    """Six queries, however many it means. It changes nothing."""
    newest = Signature.objects.filter(petition=petition).aggregate(pk=Max("pk"))["pk"] or 0
    if signature_filter.up_to is None:
        signature_filter = replace(signature_filter, up_to=newest)
    hit = signature_filter.of(petition)
    verified = Verification.objects.in_force().values("user")
    published = petition.published_at or petition.created_at
    facts = hit.aggregate(
        number=Count("pk"),
        counted=Count("pk", filter=Q(status=Signature.Status.COUNTED)),
        waiting=Count("pk", filter=Q(status=Signature.Status.CHECKING)),
        accounts=Count("user"),
        verified=Count("pk", filter=Q(user__in=verified)),
        old=Count("pk", filter=Q(user__date_joined__lt=published - OLD)),
        first=Min("at"),
        last=Max("at"),
    )
    standing = Signature.objects.filter(petition=petition, status__in=STANDING)
    drawn = hit.select_related("user").annotate(lot=MD5(Cast("pk", CharField()))).order_by("lot")
    return DryRun(
        signature_filter=signature_filter,
        of=standing.count(),
        networks=tuple(_parts(hit, standing.filter(network__isnull=False), "network")),
        domains=tuple(_parts(hit, standing.exclude(domain=""), "domain")),
        sample=tuple(ShownSignature(signature) for signature in drawn[:SAMPLE]),
        **facts,
    )


def _parts(hit: QuerySet[Signature], standing: QuerySet[Signature], column: str) -> Iterator[Part]:
    """Networks or domains from which the most are meant: one query."""
    meant = Q(pk__in=hit.values("pk"))
    found = standing.values(column).annotate(all=Count("pk"), hit=Count("pk", filter=meant))
    for row in found.filter(hit__gt=0).order_by("-hit", column)[:MOST]:
        words = format_network(row[column]) if column == "network" else row[column]
        yield Part(words, row["hit"], row["all"])


def people_in(run: DryRun) -> list[int]:
    """Whose data the sample shows: accounts, for their journals."""
    signers = [shown.signature.user_id for shown in run.sample]
    return [pk for pk in signers if pk is not None]
