"""Personal data of mails: those that wait to be sent, and the record of those that were."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.data import words
from accounts.data.register import (
    PersonalData,
    Purpose,
    Retention,
    Words,
    impersonal,
    register,
    register_retention,
)
from accounts.models import User
from core.domain.email_addresses import to_comparable
from core.domain.retention import keep, keep_for
from notifications.models import (
    Activity,
    BouncedAddress,
    ChannelPost,
    Follower,
    Following,
    Frequency,
    FrequencySetting,
    HeldMail,
    Kind,
    Letter,
    PushSubscription,
    Sent,
    Unsubscription,
)
from petitions.signing.mailbox import limit_key

#: What waits, by its kind (notifications/sending/budget.py).
_HELD: dict[str, Words] = {
    "signature": _("a link to sign a petition"),
    "letter": _("a link to follow something"),
    "appeal": _("the number of an appeal"),
    "invitation": _("an invitation to act for an organisation"),
    "staff_invitation": _("an invitation to work for the council"),
    "member": _("news"),
}


def _letters(user: User) -> QuerySet[Letter]:
    return Letter.objects.filter(to__in=[user.email, *_addresses(user)])


def _bounces_of(user: User) -> QuerySet[BouncedAddress]:
    mine = [user.email, *_addresses(user)]
    return BouncedAddress.objects.filter(email__in=[to_comparable(each) for each in mine if each])


def _followers(user: User) -> QuerySet[Follower]:
    """By their account, and by e-mail from their confirmed address."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    return Follower.objects.filter(
        Q(user=user.pk) | Q(user=None, email__in=confirmed.values("email"))
    )


def _followings(user: User) -> QuerySet[Following]:
    return Following.objects.filter(follower__in=_followers(user))


def _frequencies(user: User) -> QuerySet[FrequencySetting]:
    return FrequencySetting.objects.filter(follower__in=_followers(user))


def _held_mails_of(user: User) -> QuerySet[HeldMail]:
    mine = {limit_key(each) for each in [user.email, *_addresses(user)] if each}
    return HeldMail.objects.filter(mailbox__in=[bytes.fromhex(each) for each in mine])


def _say_held(value: str) -> Words:
    return _HELD.get(value, "")


def _say_kind(value: str) -> Words:
    return Kind(value).label


def _say_frequency(value: str) -> Words:
    return Frequency(value).label


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
        model=HeldMail,
        purpose=Purpose.MAILS,
        title=_("Mails that wait to go together"),
        find=_held_mails_of,
        shown={"kind": _("kind"), "at": _("since"), "due_at": _("when")},
        said={"kind": _say_held},
        period="held_mails",
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
        find=_bounces_of,
        shown={"email": _("e-mail"), "status": _("what the server said"), "at": _("when")},
        period="bounces",
    ),
    PersonalData(
        model=Follower,
        purpose=Purpose.MAILS,
        title=_("How we tell you about what you follow"),
        find=_followers,
        shown={
            "email": _("e-mail, without an account"),
            "language": _("language"),
            "quiet_from": _("quiet from"),
            "quiet_until": _("quiet until"),
            "read_until": _("read until"),
            "bounced_at": _("mails do not arrive since"),
            "created_at": _("when"),
        },
        period="stopped_followers",
        after_end=True,
    ),
    PersonalData(
        model=Following,
        purpose=Purpose.MAILS,
        title=_("What you follow"),
        find=_followings,
        shown={
            "kind": _("kind"),
            "topic": _("about what"),
            "by_taking_part": _("because you took part"),
            "since": _("since"),
        },
        said={"kind": _say_kind},
    ),
    PersonalData(
        model=FrequencySetting,
        purpose=Purpose.MAILS,
        title=_("How often you want to be told"),
        find=_frequencies,
        shown={"kind": _("kind"), "frequency": _("how often")},
        said={"kind": _say_kind, "frequency": _say_frequency},
    ),
)
register_retention(
    Retention(model=HeldMail, period="held_mails", stale=lambda before: Q(at__lt=before)),
    Retention(model=Sent, period="mails", stale=lambda before: Q(at__lt=before)),
    Retention(model=BouncedAddress, period="bounces", stale=lambda before: Q(at__lt=before)),
    Retention(
        model=Follower,
        period="bounces",
        stale=lambda before: Q(bounced_at__lt=before),
        emptied={"bounced_at": None},
    ),
    # An address that follows nothing any more; until then its links let it follow again.
    Retention(
        model=Follower,
        period="stopped_followers",
        stale=lambda before: Q(user=None, stopped_at__lt=before),
    ),
)
impersonal(
    Activity, why="what happened to public things; of an appeal its id alone, which tells nobody"
)
impersonal(ChannelPost, why="what was told in the council's channel")


# That a mail was sent, so that it is not sent twice.
keep("mails", days=365)
# That mails to an address come back; then it is tried again.
keep("bounces", days=365)
# An e-mail address without an account that follows nothing any more.
keep("stopped_followers", days=30)
# Words of a mail that could not be sent; jobs.
keep_for("letters", timedelta(hours=1))
# Mails over the budget of a mailbox, which the mail server did not take meanwhile.
keep_for("held_mails", timedelta(days=2))
