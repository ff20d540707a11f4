"""Personal data of mails: those that wait to be sent, and the record of those that were."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.data import words
from accounts.data.register import (
    PersonalData,
    Purpose,
    Retention,
    impersonal,
    register,
    register_retention,
)
from accounts.models import User
from core.domain.email_addresses import to_comparable
from notifications.models import (
    BouncedAddress,
    ChannelPost,
    Follower,
    Letter,
    PushSubscription,
    Sent,
    Unsubscription,
)


def _letters(user: User) -> QuerySet[Letter]:
    return Letter.objects.filter(to__in=[user.email, *_addresses(user)])


def _bounced(user: User) -> QuerySet[BouncedAddress]:
    mine = [user.email, *_addresses(user)]
    return BouncedAddress.objects.filter(email__in=[to_comparable(each) for each in mine if each])


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
    PersonalData(
        model=PushSubscription,
        purpose=Purpose.MAILS,
        title=_("Browsers that tell you what is new"),
        shown={
            "endpoint": _("its address at its push service"),
            "created_at": _("since"),
            "failed_at": _("refused"),
        },
        recipients=_("you; the push service of your browser, which cannot read the messages"),
    ),
    PersonalData(
        model=BouncedAddress,
        purpose=Purpose.MAILS,
        title=_("Your addresses that mails do not reach"),
        find=_bounced,
        shown={"email": _("e-mail"), "status": _("what the server said"), "at": _("when")},
        period="bounces",
    ),
)
register_retention(
    Retention(model=Sent, period="mails", stale=lambda before: Q(at__lt=before)),
    Retention(model=BouncedAddress, period="bounces", stale=lambda before: Q(at__lt=before)),
    Retention(
        model=Follower,
        period="bounces",
        stale=lambda before: Q(bounced_at__lt=before),
        emptied={"bounced_at": None},
    ),
)
impersonal(ChannelPost, why="what was told in the council's channel")
