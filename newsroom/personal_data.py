"""The register of personal data in the newsroom."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.data import words
from accounts.data.register import (
    OnErasure,
    PersonalData,
    Purpose,
    Retention,
    impersonal,
    register,
    register_retention,
    staff_references,
)
from accounts.locks import guards
from accounts.models import User
from core.domain.calendar import local_date
from core.domain.email_addresses import to_comparable
from core.domain.retention import keep
from newsroom.conferences.actions import remove_names
from newsroom.models import (
    Accreditation,
    Article,
    ArticleCorrection,
    ArticlePicture,
    ArticleQuestion,
    Page,
    PageVersion,
    PressAttendance,
)

RETOLD = _(
    "What was asked and answered at a press conference is told in an article (2939-VI art. 15): it"
    " stays without your name"
)


def _accreditations(people: Iterable[User]) -> QuerySet[Accreditation]:
    """Those of their addresses: one needs no account to be accredited."""
    known = list(people)
    others = EmailAddress.objects.filter(user__in=known).values_list("email", flat=True)
    addresses = {to_comparable(each) for each in [*(user.email or "-" for user in known), *others]}
    return Accreditation.objects.filter(email__in=addresses)


def _own_accreditations(user: User) -> QuerySet[Accreditation]:
    return _accreditations([user])


def _own_attendances(user: User) -> QuerySet[PressAttendance]:
    return PressAttendance.objects.filter(accreditation__in=_accreditations([user]))


@guards
def _accreditations_of(people: Collection[int]) -> None:
    rows = _accreditations(User.objects.filter(pk__in=people)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


register(
    PersonalData(
        model=Accreditation,
        purpose=Purpose.PRESS,
        title=_("Your accreditation as a journalist"),
        whose=(),
        find=_own_accreditations,
        shown={
            "name": _("name"),
            "outlet": _("media outlet"),
            "email": _("e-mail"),
            "phone": _("telephone"),
            "document_number": _("number of the editorial document"),
            "asked_at": _("sent, with your consent"),
            "confirmed_at": _("address confirmed"),
            "decided_at": _("decided"),
            "refused_reason": _("reason of the refusal"),
            "until": _("accredited until"),
            "ended_at": _("ended"),
            "ended_reason": _("reason of the ending"),
            "mails_stopped_at": _("invitations stopped"),
            "releases_agreed_at": _("agreed to get press releases"),
        },
        last_days=("until",),
        period="accreditations",
        after_end=True,
    ),
    PersonalData(
        model=PressAttendance,
        purpose=Purpose.PRESS,
        title=_("Press conferences to which you come"),
        whose=(),
        find=_own_attendances,
        shown={"meeting__title": _("meeting"), "is_coming": _("coming"), "at": _("when")},
        said={"is_coming": words.if_so},
        period="accreditations",
        after_end=True,
    ),
    PersonalData(
        model=ArticleQuestion,
        purpose=Purpose.PARTICIPATION,
        title=_("Your name beside articles about press conferences"),
        shown={
            "question__meeting__title": _("meeting"),
            "number": _("number of the question"),
            "name": _("name"),
        },
        on_erasure=OnErasure.EMPTIED,
        emptied={"name": "", "user": None},
        erase=remove_names,
        kept_because=RETOLD,
    ),
)
register_retention(
    Retention(
        model=Accreditation,
        period="accreditations",
        stale=lambda before: (
            Q(ended_at__lt=before)
            | Q(ended_at=None, until__lt=local_date(before))
            | Q(decided_at__lt=before, until=None)
        ),
    ),
    Retention(
        model=PressAttendance,
        period="accreditations",
        stale=lambda before: Q(meeting__ends_at__lt=before),
    ),
    Retention(
        model=Accreditation,
        period="unconfirmed_accreditations",
        stale=lambda before: Q(confirmed_at=None, asked_at__lt=before),
    ),
)
staff_references(Accreditation, "decided_by", "ended_by")
staff_references(PageVersion, "by")
impersonal(
    *(Article, ArticleCorrection, ArticlePicture, Page),
    why="what the council tells everybody",
)
impersonal(
    *(Article.themes.through, Article.streets.through, Article.consultations.through),
    *(Article.petitions.through, Article.polls.through, Article.meetings.through),
    why="what an article is about",
)


# Accreditations of journalists, from the end of the term or from the refusal; applications
# that nobody confirmed.
keep("accreditations", days=365)
keep("unconfirmed_accreditations", days=2)
