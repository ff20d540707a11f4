"""What is held about people as the people of organisations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Fate, Holding, Purpose, deeds, hold
from core.clock import Now
from organisations.models import Amendment, Invitation, Mandate, Organisation, PostedCode


def _empty_sole(user: User) -> None:
    """A sole proprietor is a person: her name, address and key go with her."""
    sole = Organisation.objects.filter(registered_by=user, kind=Organisation.Kind.SOLE)
    emptied = {"name": "", "short_name": "", "location": ""}
    Amendment.objects.filter(organisation__in=sole).update(**emptied)
    PostedCode.objects.filter(organisation__in=sole).update(location="")
    sole.update(**emptied, code_key="", closed_at=Now())


def _end_mandates(user: User) -> None:
    """Whoever goes acts for nobody any more, be she the last head: an officer names another."""
    Mandate.objects.filter(user=user, revoked_at=None).update(revoked_at=Now(), revoked_by=user)


hold(
    Holding(
        model=Organisation,
        purpose=Purpose.ORGANISATIONS,
        title=_("Organisations that you registered"),
        whose=("registered_by",),
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
        fate=Fate.EMPTIED,
        emptied={"contact": ""},
        erase=_empty_sole,
        kept_because=_(
            "An organisation and what was said for it stay: public data of a legal entity "
            "(law 755-IV); of a sole proprietor nothing stays"
        ),
    ),
    Holding(
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
        fate=Fate.KEPT,
        erase=_end_mandates,
        kept_because=_(
            "That somebody was entitled to speak for the organisation belongs to the record of "
            "what was said (law 3841-IX art. 15); no name stays"
        ),
    ),
    Holding(
        model=Invitation,
        purpose=Purpose.ORGANISATIONS,
        title=_("Invitations to act for organisations"),
        find=lambda user: Invitation.objects.filter(email=user.email or ""),
        shown={
            "organisation__short_name": _("organisation"),
            "email": _("e-mail"),
            "invited_at": _("invited"),
            "accepted_at": _("accepted"),
            "withdrawn_at": _("withdrawn"),
        },
        fate=Fate.DELETED,
    ),
)
deeds(Organisation, "confirmed_by", "refused_by", "closed_by")
deeds(Mandate, "granted_by", "revoked_by")
deeds(Invitation, "invited_by")
deeds(PostedCode, "asked_by", "printed_by")
deeds(Amendment, "asked_by", "decided_by")
