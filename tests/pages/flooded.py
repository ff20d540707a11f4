"""A petition that a machine has signed: what the desk sees of it, and those who were removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from accounts.models import User
from core.domain import clock
from petitions.defence import actions, guarding
from petitions.defence.signature_filter import SignatureFilter
from petitions.ledger.actions import close_days
from petitions.models import Objection, Petition, Removal, Signature
from petitions.signing.counting import recount
from tests.petitions import factories

_MACHINE = "198.51.100.0"


@dataclass
class Flooded:
    """``hers``: bohdan's signature, removed with the machine's; ``by_mail``: another, of whoever
    has objected; ``reversed`` was a mistake."""

    petition: Petition
    removal: Removal
    reversed: Removal
    objection: Objection
    hers: Signature
    by_mail: Signature
    honest: Signature


def build(people: dict[str, User]) -> Flooded:
    mo, one = people["mo"], factories.petition(people["olena"], title="Ліхтарі на вулиці Шахтній")
    now = clock.now()
    for hour in range(40):
        factories.signatures(
            one,
            6,
            at=now - timedelta(hours=hour),
            network=f"203.0.{hour}.0",
            domain=("ukr.net", "gmail.com")[hour % 2],
        )
    machine = {"network": _MACHINE, "domain": "machine.example", "at": now - timedelta(hours=3)}
    factories.signatures(one, 90, **machine)
    waits = {"status": Signature.Status.CHECKING, "suspicion": "network"}
    factories.signatures(one, 12, **machine, **waits)
    hers = {"mailbox": None, "email": "", "name": ""}
    (signed,) = factories.signatures(one, 1, user=people["bohdan"], **machine | hers)
    recount([one.pk])

    def remove(signature_filter: SignatureFilter, reason: str) -> Removal:
        return actions.remove(
            one,
            by=mo,
            rule="network",
            signature_filter=signature_filter,
            reason=reason,
            shown=signature_filter.of(one).count(),
        )

    honest = SignatureFilter(networks=("203.0.1.0",))
    mistaken = remove(honest, "Шість підписів за годину з однієї мережі.")
    actions.reverse(mistaken, by=mo, reason="Це гуртожиток: люди підписали разом після зборів.")
    removal = remove(
        SignatureFilter(networks=(_MACHINE,), up_to=signed.pk),
        "103 підписи за годину з однієї мережі, з поштою одного домену.",
    )
    factories.signatures(one, 40, **machine)
    factories.signatures(one, 25, **machine, **waits)
    by_mail = removal.signatures.filter(user=None).first()
    objection = actions.object_to(by_mail, is_own=True, text="Я підписала сама, з роботи.")
    guarding.raise_guard(one, by=mo)
    recount([one.pk])
    close_days()
    one.refresh_from_db()
    signed.refresh_from_db()
    return Flooded(
        petition=one,
        removal=removal,
        reversed=mistaken,
        objection=objection,
        hers=signed,
        by_mail=by_mail,
        honest=one.signatures.filter(domain="ukr.net").first(),
    )
