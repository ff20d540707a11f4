"""A filter of signatures as a value: what a rule of staff means, tried, stored, asked again."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Self

from django.db.models import Q, QuerySet

from accounts.models import User
from petitions.models import Petition, Signature

Status = Signature.Status
#: What a removal may take.
STANDING = (Status.COUNTED, Status.CHECKING)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureFilter:
    """Signatures of one petition for which all that is given holds.

    ``networks``: first addresses of /24 or /48 networks; ``domains``: of mailboxes; ``mask``: of
    the name or the address, ``#`` is a digit and ``*`` anything; ``since`` and ``until``: when it
    was signed, aware; ``waiting``: only what waits for a check; ``mark``: only with this one;
    ``signature``: this one alone. ``up_to``: none newer than this id, so that what was tried is
    what is removed.
    """

    networks: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    mask: str = ""
    since: datetime | None = None
    until: datetime | None = None
    waiting: bool = False
    mark: str = ""
    signature: int | None = None
    up_to: int | None = None

    @property
    def is_empty(self) -> bool:
        """It would take everything."""
        return replace(self, up_to=None) == SignatureFilter()

    def of(self, petition: Petition) -> QuerySet[Signature]:
        """The signatures of the petition that stand and that it means."""
        statuses = (Status.CHECKING,) if self.waiting else STANDING
        return Signature.objects.filter(self._condition(), petition=petition, status__in=statuses)

    def _condition(self) -> Q:
        found = Q()
        if self.networks:
            found &= Q(network__in=self.networks)
        if self.domains:
            found &= Q(domain__in=self.domains)
        if self.mask:
            pattern = _pattern(self.mask)
            people = User.objects.filter(email__iregex=pattern).values("pk")
            found &= Q(email__iregex=pattern) | Q(name__iregex=pattern) | Q(user__in=people)
        if self.since:
            found &= Q(at__gte=self.since)
        if self.until:
            found &= Q(at__lt=self.until)
        if self.mark:
            found &= Q(suspicion=self.mark)
        if self.signature is not None:
            found &= Q(pk=self.signature)
        if self.up_to is not None:
            found &= Q(pk__lte=self.up_to)
        return found

    def as_asked(self) -> dict[str, Any]:
        """As a removal keeps it, without what was not asked."""
        told: dict[str, Any] = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value
        }
        for name in ("since", "until"):
            if name in told:
                told[name] = told[name].isoformat()
        return told

    @classmethod
    def asked(cls, told: dict[str, Any]) -> Self:
        """From what ``as_asked`` gave."""
        values = dict(told)
        for name in ("networks", "domains"):
            values[name] = tuple(values.get(name, ()))
        for name in ("since", "until"):
            if name in values:
                values[name] = datetime.fromisoformat(values[name])
        return cls(**values)


def _pattern(mask: str) -> str:
    """A mask as a regular expression of PostgreSQL, which knows none that explode."""
    words = {"#": "[0-9]", "*": ".*"}
    return "^" + "".join(words.get(sign) or re.escape(sign) for sign in mask) + "$"
