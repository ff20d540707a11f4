"""Personal data in the models of organisations (accounts.data.register)."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.data.register import (
    OnErasure,
    PersonalData,
    Purpose,
    blocks_erasure,
    register,
    staff_references,
)
from accounts.locks import guards
from accounts.models import User
from core.domain.clock import Now
from core.domain.email_addresses import to_comparable
from core.domain.events import emit
from core.domain.retention import keep
from core.domain.rules import ALLOWED, Verdict, refuse
from organisations import rules
from organisations.events import OrganisationChanged, OrganisationClosed
from organisations.mandates.actions import heads_of
from organisations.models import Amendment, Invitation, Mandate, Organisation, PostedCode
from organisations.registering import contacts


def _heads(user: User) -> QuerySet[Mandate]:
    """The companies that they run. (A sole proprietor's business ends with the person.)"""
    return (
        Mandate.objects.current()
        .filter(
            user=user,
            is_head=True,
            organisation__kind=Organisation.Kind.LEGAL,
            organisation__confirmed_at__isnull=False,
            organisation__closed_at=None,
        )
        .select_related("organisation")
        .order_by("organisation")
    )


@blocks_erasure
def leave_a_head(user: User) -> Verdict:
    """Whoever runs a company alone names another head first, or closes it here."""
    for mandate in _heads(user):
        organisation = mandate.organisation
        others = heads_of(organisation, beside=mandate)
        if not rules.keep_a_head(organisation, mandate, other_heads=others):
            return refuse(
                "data.last_head",
                _(
                    "You are the only head of an organisation here. Make somebody else a head "
                    "first, or close the organisation here."
                ),
            )
    return ALLOWED


@guards
def _organisations_of(people: Collection[int]) -> None:
    """For whom they act, and what they registered: an organisation's row guards its mandates."""
    held = Mandate.objects.filter(user__in=people, revoked_at=None).values("organisation")
    concerned = Organisation.objects.filter(Q(registered_by__in=people) | Q(pk__in=held))
    list(concerned.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def _end_mandates(user: User) -> None:
    """Whoever goes acts for nobody any more."""
    Mandate.objects.filter(user=user, revoked_at=None).update(revoked_at=Now(), revoked_by=user)


def _registered_by(user: User) -> QuerySet[Organisation]:
    """Organisations that they registered for themselves: whoever does so is its head at once."""
    acted_for = Mandate.objects.filter(user=user).values("organisation")
    return Organisation.objects.filter(registered_by=user, pk__in=acted_for)


def _empty_own(user: User) -> None:
    """A sole proprietor is a person: their name, address and key go with them. So does what they
    entered of a company and nobody confirmed. What an officer entered of a list is the office's."""
    own = _registered_by(user).filter(Q(kind=Organisation.Kind.SOLE) | Q(confirmed_at=None))
    emptied = {"name": "", "short_name": "", "location": ""}
    Amendment.objects.filter(organisation__in=own).update(**emptied)
    PostedCode.objects.filter(organisation__in=own).update(location="")
    for closed in own.filter(closed_at=None, confirmed_at__isnull=False):
        emit(OrganisationClosed(closed.pk, user.pk))
    for known in own.exclude(closed_at=None).filter(confirmed_at__isnull=False).exclude(name=""):
        emit(OrganisationChanged(known.pk, user.pk))
    own.filter(closed_at=None).update(closed_at=Now())
    own.update(**emptied, code_key="")
    contacts.replace(user)


register(
    PersonalData(
        model=Organisation,
        purpose=Purpose.ORGANISATIONS,
        title=_("Organisations that you registered"),
        find=_registered_by,
        shown={
            "kind": _("kind"),
            "code": _("ЄДРПОУ"),
            "name": _("full name"),
            "short_name": _("short name"),
            "location": _("location"),
            "sector": _("sector"),
            "size": _("size"),
            "contact": _("contact"),
            "registered_at": _("registered"),
            "confirmed_at": _("confirmed"),
            "closed_at": _("closed"),
        },
        on_erasure=OnErasure.EMPTIED,
        erase=_empty_own,
        kept_because=_(
            "An organisation and what was said for it stay: public data of a legal entity "
            "(law 755-IV), its contact becomes that of another head; of a sole proprietor nothing "
            "stays"
        ),
    ),
    PersonalData(
        model=Mandate,
        purpose=Purpose.ORGANISATIONS,
        title=_("Mandates"),
        shown={
            "organisation__short_name": _("organisation"),
            "is_head": _("head"),
            "scopes": _("may"),
            "starts_at": _("from"),
            "ends_at": _("until"),
            "granted_at": _("granted"),
            "revoked_at": _("revoked"),
        },
        last_days=("ends_at",),
        on_erasure=OnErasure.KEPT,
        erase=_end_mandates,
        kept_because=_(
            "That somebody was entitled to speak for the organisation belongs to the record of "
            "what was said (law 3841-IX art. 15); no name stays"
        ),
    ),
    PersonalData(
        model=Invitation,
        purpose=Purpose.ORGANISATIONS,
        title=_("Invitations to act for organisations"),
        find=lambda user: Invitation.objects.filter(email=to_comparable(user.email or "")),
        shown={
            "organisation__short_name": _("organisation"),
            "email": _("e-mail"),
            "invited_at": _("invited"),
            "accepted_at": _("accepted"),
            "withdrawn_at": _("withdrawn"),
        },
        on_erasure=OnErasure.DELETED,
        period="invitations",
    ),
)
staff_references(Organisation, "registered_by", "confirmed_by", "refused_by", "closed_by")
staff_references(Mandate, "granted_by", "revoked_by")
staff_references(Invitation, "invited_by")
staff_references(PostedCode, "asked_by", "printed_by")
staff_references(Amendment, "asked_by", "decided_by")


# Invitations to act for an organisation, once their link has stopped working.
keep("invitations", days=90)
