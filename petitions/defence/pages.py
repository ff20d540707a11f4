"""Contexts of the desk's pages of defence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest
from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from core.domain import clock
from core.domain.rules import require
from petitions.defence import rules
from petitions.defence.actions import waiting_objections
from petitions.defence.networks import format_network
from petitions.defence.signature_filter import SignatureFilter
from petitions.defence.suspicions import NAMES
from petitions.defence.trends import WINDOWS, bars, findings, trends
from petitions.models import Objection, Petition, Removal, Signature
from petitions.presenters import STATUS

#: Why the data of signers are seen: a key of accounts.data.access_log.REASONS.
WHY = "petition.defence"
#: So many removals are listed.
MOST_REMOVALS = 50
_SALT = "petitions.defence.tried"


def petition_to_defend(request: AuthenticatedHttpRequest, pk: int) -> Petition:
    """The petition, for whoever may defend it; others get 404, or rules.defend's no."""
    seen = Petition.objects.visible_to(request.user).filter(published_at__isnull=False)
    rows = seen.select_related("total", "procedure").defer("search", "text", "reasons")
    petition = get_object_or_404(rows, pk=pk)
    require(rules.defend(request.user, petition))
    return petition


def frame(petition: Petition) -> dict[str, Any]:
    """Context shared by the pages about one petition."""
    state = petition.state_at(clock.now())
    return {
        "petition": petition,
        "state": state,
        "state_kind": STATUS[state],
        "may_defend": True,  # whoever sees these pages
    }


@dataclass(frozen=True, slots=True)
class Row:
    """Number of signatures that wait for a check under one mark."""

    name: str
    words: str
    number: int


def overview(petition: Petition, user: User, window: str) -> dict[str, Any]:
    """Numbers, what is unusual, the guard, what waits, what was removed: eight queries."""
    now = clock.now()
    found = trends(petition, window, now=now)
    by_mark = Signature.objects.filter(petition=petition, status=Signature.Status.CHECKING)
    marks = by_mark.values_list("suspicion").annotate(number=Count("pk")).order_by("-number")
    raised = petition.guarded_since is None
    return frame(petition) | {
        "trends": found,
        "bars": bars(found.steps),
        "windows": list(WINDOWS),
        "findings": findings(found),
        "marks": [Row(name, str(NAMES.get(name, name)), number) for name, number in marks],
        "removals": _removals(petition)[:MOST_REMOVALS],
        "objections": waiting_objections().filter(signature__petition=petition).count(),
        "guard": rules.guard(user, petition, now=now, raised=raised),
        "may_change": rules.change_numbers(user, petition, now=now),
    }


def _removals(petition: Petition) -> QuerySet[Removal]:
    return petition.removals.select_related("by", "reversed_by")


def removal_of(petition: Petition, pk: int) -> Removal:
    return get_object_or_404(_removals(petition), pk=pk)


def asked_in_words(removal: Removal) -> dict[str, Any]:
    """Words of a rule's filter, for its page."""
    signature_filter = SignatureFilter.asked(removal.asked)
    return {
        "networks": ", ".join(map(format_network, signature_filter.networks)),
        "domains": ", ".join(signature_filter.domains),
        "mask": signature_filter.mask,
        "since": signature_filter.since,
        "until": signature_filter.until,
        "mark": NAMES.get(signature_filter.mark, signature_filter.mark),
    }


def open_objections(user: User) -> QuerySet[Objection]:
    """Those that wait in petitions which the person may defend, the oldest first."""
    found = waiting_objections().select_related("signature__petition", "signature__user", "removal")
    if not user.moderates():
        petitions = Petition.objects.worked_on_by(user)
        ids = [one.pk for one in petitions.only("pk") if user.moderates(one.topic)]
        found = found.filter(signature__petition__in=ids)
    return found.order_by("at", "pk")


def sign_filter(petition: Petition, signature_filter: SignatureFilter) -> str:
    """Seal a tried filter, to be sent back unchanged with the decision about it."""
    return signing.dumps(signature_filter.as_asked(), salt=f"{_SALT}.{petition.pk}")


def read_filter(petition: Petition, given: str) -> SignatureFilter:
    """Read a tried filter; BadRequest (400) for one that was not sealed for this petition."""
    try:
        return SignatureFilter.asked(signing.loads(given, salt=f"{_SALT}.{petition.pk}"))
    except signing.BadSignature as error:
        raise BadRequest from error
