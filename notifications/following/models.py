"""Followers, what they follow, and how often they are told of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Concat, Lower, Now
from django.utils.translation import gettext_lazy as _

from core.domain.email_addresses import EmailModelField


class Kind(models.TextChoices):
    """Kind of thing to follow; each is a column of ``Following``."""

    THEME = "theme", _("theme")
    DISTRICT = "district", _("district")
    STREET = "street", _("street")
    CONSULTATION = "consultation", _("consultation")
    PETITION = "petition", _("petition")
    POLL = "poll", _("poll")
    MEETING = "meeting", _("meeting")
    ORGANISATION = "organisation", _("organisation")
    DEPUTY = "deputy", _("deputy")
    APPEAL = "appeal", _("appeal")


class Frequency(models.TextChoices):
    """Frequency of a follower's notices."""

    NOW = "now", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never")


#: Of things that one follows for themselves, at once; of areas, a digest a week.
DEFAULT_FREQUENCIES = {
    Kind.THEME: Frequency.WEEKLY,
    Kind.DISTRICT: Frequency.WEEKLY,
    Kind.STREET: Frequency.WEEKLY,
    Kind.CONSULTATION: Frequency.NOW,
    Kind.PETITION: Frequency.NOW,
    Kind.POLL: Frequency.NOW,
    Kind.MEETING: Frequency.NOW,
    Kind.ORGANISATION: Frequency.WEEKLY,
    Kind.DEPUTY: Frequency.WEEKLY,
    Kind.APPEAL: Frequency.NOW,
}


class Follower(models.Model):
    """Somebody who follows: a person with an account, or a confirmed e-mail address without one.

    An address is stored when it is confirmed, never before. ``bounced_at``: the mail servers refuse
    mails to it for good; nothing is sent until its owner says so.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="follower"
    )
    email = EmailModelField(_("e-mail"), max_length=254, blank=True)
    language = models.CharField(max_length=2, default="uk")
    #: Between them (Kyiv time) nothing is sent at once; it waits for their end. May span midnight.
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    #: All until this moment has been read in the inbox.
    read_until = models.DateTimeField(db_default=Now(), editable=False)
    #: Until when the last digest of each frequency told.
    daily_until = models.DateTimeField(db_default=Now(), editable=False)
    weekly_until = models.DateTimeField(db_default=Now(), editable=False)
    bounced_at = models.DateTimeField(null=True, editable=False)
    #: Since when an address without an account follows nothing; it is deleted after a time.
    stopped_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="follower_is_somebody",
                condition=Q(user__isnull=False, email="") | Q(user=None) & ~Q(email=""),
            ),
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="follower_once_an_address"
            ),
            models.CheckConstraint(
                name="follower_quiet_by_both",
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def address(self) -> str:
        """Address of mails to them; "" when there is none."""
        return (self.user.email or "") if self.user else self.email


def topic_of(kind: str, pk: int) -> str:
    """The topic of a thing, as ``Following.topic`` and the topics of activities have it."""
    return f"{Kind(kind).value}:{pk}"


class Following(models.Model):
    """One thing that a follower follows.

    ``topic`` ("theme:3") is what the topics of activities are compared with. ``by_taking_part``:
    it began because they took part; they did not press the button.
    """

    follower = models.ForeignKey(
        Follower, models.CASCADE, db_index=False, related_name="followings"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    theme = models.ForeignKey("city.Theme", models.CASCADE, null=True, related_name="+")
    district = models.ForeignKey("city.District", models.CASCADE, null=True, related_name="+")
    street = models.ForeignKey("city.Street", models.CASCADE, null=True, related_name="+")
    consultation = models.ForeignKey(
        "consultations.Consultation", models.CASCADE, null=True, related_name="+"
    )
    petition = models.ForeignKey("petitions.Petition", models.CASCADE, null=True, related_name="+")
    poll = models.ForeignKey("votes.Poll", models.CASCADE, null=True, related_name="+")
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, null=True, related_name="+"
    )
    deputy = models.ForeignKey("meetings.Deputy", models.CASCADE, null=True, related_name="+")
    appeal = models.ForeignKey("appeals.Appeal", models.CASCADE, null=True, related_name="+")
    topic = models.GeneratedField(
        expression=Concat(
            F("kind"),
            Value(":"),
            Cast(
                Case(*(When(kind=kind, then=F(f"{kind.value}_id")) for kind in Kind)),
                models.TextField(),
            ),
            output_field=models.TextField(),
        ),
        output_field=models.CharField(max_length=40),
        db_persist=True,
    )
    by_taking_part = models.BooleanField(default=False)
    since = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "topic"], name="followed_once"),
            *(
                models.CheckConstraint(
                    name=f"following_of_{kind.value}",
                    condition=Q(kind=kind, **{f"{kind.value}__isnull": False})
                    | ~Q(kind=kind) & Q(**{kind.value: None}),
                )
                for kind in Kind
            ),
        ]
        indexes = [models.Index(fields=["topic", "follower"], name="following_by_topic")]

    def __str__(self) -> str:
        return f"{self.follower_id} × {self.topic}"

    @property
    def thing_id(self) -> int:
        """The key of what is followed."""
        return int(getattr(self, f"{self.kind}_id"))


class FrequencySetting(models.Model):
    """A follower's frequency for a kind of what they follow, where they changed it; without a row
    it is ``DEFAULT_FREQUENCIES``.
    """

    follower = models.ForeignKey(
        Follower, models.CASCADE, db_index=False, related_name="frequencies"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    frequency = models.CharField(max_length=8, choices=Frequency)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "kind"], name="frequency_once_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.frequency}"


def frequencies_of(chosen: Mapping[str, str]) -> dict[Kind, Frequency]:
    """A follower's frequency of each kind: as ``chosen`` by them, else as usual."""
    return {
        kind: Frequency(chosen[kind]) if kind in chosen else usual
        for kind, usual in DEFAULT_FREQUENCIES.items()
    }
