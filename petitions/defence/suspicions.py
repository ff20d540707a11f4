"""Limits of signing by network, domain and hour: over one, a signature waits for a check.

Whoever runs a machine would learn from a refusal where the limit lies. So they are answered as
everybody is; the signature has the status CHECKING, is shown as such in the ledger's numbers, and
staff count it or remove it (petitions/defence/actions.py).

The limits of ``SIGNING_LIMITS`` count per petition, and are this wide so that they hit no
honest crowd:

* ``address`` – 200 a day. A school, a plant or a hall is one address: 150 people who sign there
  on one day are not marked, nor are the customers of a mobile provider, who share addresses by
  hundreds but sign one petition a few a day. A machine behind one address ends at 200.
* ``network`` – 500 a day from a /24 or a /48: what is rented by the piece costs a machine a new
  network each time; a provider's quarter of the city stays below.
* ``domain`` – 200 a day from one mailbox domain and all below it, which is what somebody does who
  owns a domain and takes every name in it. A school with mailboxes of its own stays below. The
  domains where everybody has a mailbox are not counted (networks.SHARED_DOMAINS).
* ``petition`` – 3,000 an hour: more than the largest city petitions ever saw. It is counted in
  LANES rows of which each signature takes one by lot, so that signers do not queue for one row.

Being wrong costs an honest person a delay and nothing else: they stay signed, and are counted when
somebody of staff has looked. Mailboxes that are thrown away (``disposable``) are marked as well.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import environ
from django.utils.translation import gettext_lazy as _

from core.domain.email_addresses import to_comparable
from core.web.client_ip import UNKNOWN, network_of
from core.web.limits import Try, spend_each
from petitions.defence.networks import SHARED_DOMAINS, client_of, is_disposable, owner_of
from petitions.models import Signature
from petitions.signing.mailbox import uncertainty
from petitions.signing.mailbox_rules import ALIAS, RELAY

LANES = 8

env = environ.Env()

#: How many, in which time; 0: no limit. The module says why so many.
SIGNING_LIMITS = {
    "address": (env.int("SIGNATURES_PER_ADDRESS", default=200), timedelta(days=1)),
    "network": (env.int("SIGNATURES_PER_NETWORK", default=500), timedelta(days=1)),
    "domain": (env.int("SIGNATURES_PER_DOMAIN", default=200), timedelta(days=1)),
    "petition": (env.int("SIGNATURES_PER_HOUR", default=3000), timedelta(hours=1)),
}

#: What each mark means, for staff.
NAMES = {
    "address": _("many from one address"),
    "network": _("many from one network"),
    "domain": _("many of one mailbox domain"),
    "petition": _("many at once"),
    "disposable": _("mailbox for a few minutes"),
    RELAY: _("forwarding address, of which one person may have many"),
    ALIAS: _("address that may be another name of a mailbox"),
    "guard": _("no proof of work"),
    "mailbox": _("one mailbox signed more than once"),
}


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Suspicion to store with a new signature (or one that waits for its confirmation) about its
    sender.
    """

    #: The name of the limit that it went over (a key of NAMES), or "".
    suspicion: str
    network: str | None
    domain: str
    #: Whether nobody can tell which mailbox reads it, however it is marked.
    mailbox_uncertain: bool = False

    @property
    def status(self) -> Signature.Status:
        """With what status the signature begins."""
        return Signature.Status.CHECKING if self.suspicion else Signature.Status.COUNTED

    def with_suspicion(self, name: str) -> Suspicion:
        """The same with another mark, where there was none: "" changes nothing."""
        return replace(self, suspicion=name) if name and not self.suspicion else self


def find_suspicion(
    petition_id: int, *, address: str, email: str, is_identified: bool = False
) -> Suspicion:
    """Count one try to sign, and say whether it is suspicious: one statement on an UNLOGGED table.

    ``address`` is ``core.web.client_ip.client_ip(request)``, ``email`` the signer's address. It
    never refuses. ``is_identified``: who signs is known by more than a mailbox, so what cannot be
    told of it marks nobody. Call it outside of ``action()`` (``core.web.limits.spend``), once for
    each signature: by mail when it is asked for, whose ``Pending`` keeps what it found.
    """
    domain = to_comparable(email).rpartition("@")[2]
    over = {
        limit.key.partition(":")[0]
        for limit in spend_each(list(_tries(petition_id, address, domain)))
    }
    suspicion = next((name for name in SIGNING_LIMITS if f"sign-{name}" in over), "")
    if not suspicion and is_disposable(domain):
        suspicion = "disposable"
    uncertain = "" if is_identified or not email else uncertainty(email)
    return Suspicion(suspicion or uncertain, network_of(address), domain[:100], bool(uncertain))


def _tries(petition_id: int, address: str, domain: str) -> Iterator[Try]:
    lane = secrets.randbelow(LANES)
    known = address != UNKNOWN
    keys = {
        "address": client_of(address) if known else None,
        "network": network_of(address),
        "domain": owner_of(domain) if domain and domain not in SHARED_DOMAINS else None,
        "petition": str(lane),
    }
    for name, (most, per) in SIGNING_LIMITS.items():
        if most and keys[name] is not None:
            share = max(1, most // LANES) if name == "petition" else most
            yield Try(f"sign-{name}:{petition_id}|{keys[name]}", share, per)
