"""Trends of signing by hour, network and mailbox domain, and what is unusual in them.

Staff see numbers here, no people. The rules of what is unusual are few and plain, and said in
words: they point, and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Trunc
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import KYIV
from core.domain.typography import group_thousands
from petitions.defence.networks import SHARED_DOMAINS, format_network, is_disposable
from petitions.models import Petition, Signature

#: What one looks at: how long back, and in which steps.
WINDOWS: dict[str, tuple[timedelta | None, str]] = {
    "day": (timedelta(days=1), "hour"),
    "week": (timedelta(days=7), "hour"),
    "all": (None, "day"),
}
_STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
#: So many networks and domains are listed, those with the most signatures.
MOST = 15
#: Below so many nothing is said to be unusual.
FEW = 30
#: A step is a burst with so many times the usual number.
BURST = 5
#: A network or a domain that not everybody has is unusual with this share.
SHARE = 0.1
#: Hours in Kyiv in which few people are awake, and the share that is unusual in them.
NIGHT, NIGHT_SHARE = range(1, 5), 0.25

_STANDING = Q(status__in=[Signature.Status.COUNTED, Signature.Status.CHECKING])
_MARKED = ~Q(suspicion="")


@dataclass(frozen=True, slots=True)
class Step:
    """An hour or a day: from when, how many signed, how many of them were marked."""

    at: datetime
    number: int
    marked: int
    is_burst: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Signatures from one network, or of one mailbox domain."""

    name: str
    words: str
    number: int
    marked: int
    share: float
    first: datetime
    last: datetime

    @property
    def percent(self) -> int:
        return round(100 * self.share)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something unusual in words, and the address's query of the rule that would look at it."""

    words: str | Promise
    asked: dict[str, str]

    @property
    def query(self) -> str:
        return urlencode(self.asked)


@dataclass(frozen=True, slots=True)
class Trends:
    """Data drawn and listed."""

    window: str
    unit: str
    number: int
    marked: int
    steps: tuple[Step, ...]
    networks: tuple[Group, ...]
    domains: tuple[Group, ...]

    @property
    def most(self) -> int:
        return max((step.number for step in self.steps), default=0)


def trends(petition: Petition, window: str, *, now: datetime) -> Trends:
    """As of ``now``, or of when it closed: four queries, whatever there is.

    ``window``: a key of WINDOWS; another one is "week".
    """
    window = window if window in WINDOWS else "week"
    length, unit = WINDOWS[window]
    until = min(now, petition.closes_at or now)
    rows = Signature.objects.filter(_STANDING, petition=petition)
    if length is not None:
        rows = rows.filter(at__gt=until - length, at__lte=until)
    totals = rows.aggregate(number=Count("pk"), marked=Count("pk", filter=_MARKED))
    number = totals["number"]
    return Trends(
        window,
        unit,
        number,
        totals["marked"],
        tuple(_bursts(list(_steps(rows, unit)))),
        tuple(_groups(rows.filter(network__isnull=False), "network", number)),
        tuple(_groups(rows.exclude(domain=""), "domain", number)),
    )


def findings(trends: Trends) -> list[Finding]:
    """Unusual trends. No query."""
    return [*_of_steps(trends), *_of_networks(trends), *_of_domains(trends), *_of_nights(trends)]


def _steps(rows: Any, unit: str) -> Iterator[Step]:
    """Every step from the first to the last, those without signatures too."""
    truncated = Trunc("at", unit, tzinfo=KYIV)
    found = rows.annotate(step=truncated).values("step").order_by("step")
    counted = {
        row["step"]: row
        for row in found.annotate(number=Count("pk"), marked=Count("pk", filter=_MARKED))
    }
    if not counted:
        return
    step, last = min(counted).astimezone(KYIV), max(counted)
    while step <= last:
        row = counted.get(step)
        yield Step(step, row["number"] if row else 0, row["marked"] if row else 0)
        step = _next(step, unit)


def _next(step: datetime, unit: str) -> datetime:
    """The beginning of the next hour or day in Kyiv, also in the nights when clocks change."""
    if unit == "hour":
        return (step.astimezone(UTC) + _STEPS[unit]).astimezone(KYIV)
    return step + _STEPS[unit]


def _bursts(steps: list[Step]) -> Iterator[Step]:
    usual = median([step.number for step in steps if step.number] or [0])
    for step in steps:
        is_burst = step.number >= FEW and step.number >= BURST * usual
        yield Step(step.at, step.number, step.marked, is_burst)


def _groups(rows: Any, column: str, number: int) -> Iterator[Group]:
    found = rows.values(column).annotate(
        number=Count("pk"),
        marked=Count("pk", filter=_MARKED),
        first=Min("at"),
        last=Max("at"),
    )
    for row in found.order_by("-number", column)[:MOST]:
        name = row[column]
        yield Group(
            name=name,
            words=format_network(name) if column == "network" else name,
            number=row["number"],
            marked=row["marked"],
            share=row["number"] / number,
            first=row["first"],
            last=row["last"],
        )


def _of_steps(trends: Trends) -> Iterator[Finding]:
    usual = median([step.number for step in trends.steps if step.number] or [0])
    for step in sorted(trends.steps, key=lambda step: -step.number)[:3]:
        if step.is_burst:
            facts = {
                "when": timezone.localtime(step.at).strftime("%d.%m.%Y, %H:%M"),
                "number": group_thousands(step.number),
                "usual": group_thousands(round(usual)),
            }
            said = (
                _("%(number)s signed in the hour from %(when)s; usually it is %(usual)s an hour.")
                if trends.unit == "hour"
                else _("%(number)s signed on the day from %(when)s; usually it is %(usual)s a day.")
            )
            asked = {
                "since": _local(step.at),
                "until": _local(_next(step.at, trends.unit)),
            }
            yield Finding(said % facts, asked)


def _of_networks(trends: Trends) -> Iterator[Finding]:
    for group in trends.networks:
        if group.number >= FEW and group.share >= SHARE:
            yield Finding(
                _("%(number)s signatures, %(percent)d %% of all, came from one network, %(name)s.")
                % {
                    "number": group_thousands(group.number),
                    "percent": group.percent,
                    "name": group.words,
                },
                {"networks": group.words},
            )


def _of_domains(trends: Trends) -> Iterator[Finding]:
    for group in trends.domains:
        facts = {
            "number": group_thousands(group.number),
            "percent": group.percent,
            "name": group.name,
        }
        if is_disposable(group.name):
            yield Finding(
                _("%(number)s signatures have mailboxes for a few minutes, of %(name)s.") % facts,
                {"domains": group.name},
            )
        elif group.name not in SHARED_DOMAINS and group.number >= FEW and group.share >= SHARE:
            yield Finding(
                _(
                    "%(number)s signatures, %(percent)d %% of all, have mailboxes of one domain, "
                    "%(name)s, which not everybody can have."
                )
                % facts,
                {"domains": group.name},
            )


def _of_nights(trends: Trends) -> Iterator[Finding]:
    if trends.unit != "hour" or trends.number < FEW:
        return
    at_night = sum(step.number for step in trends.steps if step.at.hour in NIGHT)
    if at_night >= FEW and at_night >= NIGHT_SHARE * trends.number:
        yield Finding(
            _("%(number)s of %(all)s signed between one and five at night.")
            % {"number": group_thousands(at_night), "all": group_thousands(trends.number)},
            {},
        )


def _local(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


@dataclass(frozen=True, slots=True)
class Bar:
    """A step as it is drawn: places in per cent of the plot."""

    x: float
    width: float
    y: float
    height: float
    is_burst: bool


def bars(steps: Sequence[Step]) -> list[Bar]:
    """Places of the bars; the highest fills the plot."""
    most = max((step.number for step in steps), default=0)
    if not most:
        return []
    width = 100 / len(steps)
    return [
        Bar(
            round(place * width, 3),
            round(width * 0.8, 3),
            round(100 - 100 * step.number / most, 2),
            round(100 * step.number / most, 2),
            step.is_burst,
        )
        for place, step in enumerate(steps)
        if step.number
    ]
