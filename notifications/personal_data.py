"""Personal data of mails: those that wait to be sent, and the record of those that were."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.data import words
from accounts.data.register import PersonalData, Purpose, Retention, register, register_retention
from accounts.models import User
from notifications.models import Letter, Sent, Unsubscription


def _letters(user: User) -> QuerySet[Letter]:
    return Letter.objects.filter(to__in=[user.email, *_addresses(user)])


def _addresses(user: User) -> list[str]:
    return list(EmailAddress.objects.filter(user=user).values_list("email", flat=True))


register(
    PersonalData(
        model=Letter,
        purpose=Purpose.MAILS,
        title=_("Mails on their way"),
        find=_letters,
        shown={"subject": _("subject"), "created_at": _("when")},
        period="letters",
    ),
    PersonalData(
        model=Sent,
        purpose=Purpose.MAILS,
        title=_("Which mails you got"),
        shown={"event": _("about what"), "at": _("when")},
        said={"event": words.mail},
        period="mails",
    ),
    PersonalData(
        model=Unsubscription,
        purpose=Purpose.MAILS,
        title=_("Consultations of which you want no mails"),
        shown={"consultation__title": _("consultation"), "at": _("when")},
    ),
)
register_retention(Retention(model=Sent, period="mails", stale=lambda before: Q(at__lt=before)))
