"""Replace the contacts of organisations when whoever gave them erases their account."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import User
from core.domain.events import emit
from organisations.events import ContactReplaced
from organisations.models import Mandate, Organisation


def given_by(user: User) -> QuerySet[Organisation]:
    """Organisations whose contact is, or may be, the person's: what they registered for themselves,
    and what they act or acted for where their e-mail or telephone stands."""
    acted_for = Mandate.objects.filter(user=user).values("organisation")
    reached = Q(registered_by=user)
    for address in filter(None, (user.email, user.phone)):
        reached |= Q(contact__icontains=address)
    return Organisation.objects.filter(reached, pk__in=acted_for).exclude(contact="")


def replace(user: User) -> None:
    """Take their contact out of each of them; of one that goes on its longest-serving head's takes
    the place: their e-mail, or their telephone. Where no head is left, it has none.

    Part of an erasure, which holds the organisations' locks and has ended their mandates. Emits
    ContactReplaced for each that goes on.
    """
    for organisation in given_by(user).order_by("pk"):
        goes_on = organisation.confirmed_at is not None and organisation.closed_at is None
        head = _head_of(organisation) if goes_on else None
        organisation.contact = (head.email or head.phone) if head else ""
        organisation.save(update_fields=["contact"])
        if goes_on:
            emit(ContactReplaced(organisation.pk, user.pk, head.pk if head else None))


def _head_of(organisation: Organisation) -> User | None:
    heads = Mandate.objects.current().filter(
        organisation=organisation, is_head=True, user__is_active=True
    )
    first = heads.select_related("user").order_by("starts_at", "pk").first()
    return first.user if first else None
