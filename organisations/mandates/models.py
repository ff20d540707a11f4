"""Models of mandates and invitations: who may act for an organisation, and who was asked to."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.db.models.functions import Now as DatabaseNow
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import local_date
from core.domain.clock import Now
from core.domain.email_addresses import EmailModelField
from organisations.registering.models import Organisation


class MandatePower(models.TextChoices):
    """Power of a mandate."""

    COMMENT = "comment", _("speak in consultations")
    SIGN = "sign", _("sign")
    VOTE = "vote", _("vote")
    ALL = "all", _("everything")


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self) -> MandateQuerySet:
        """Begun, not over, not revoked, of a confirmed organisation; by the database's clock."""
        return self.current().filter(
            organisation__confirmed_at__isnull=False, organisation__closed_at=None
        )

    def in_force_or_waiting(self) -> MandateQuerySet:
        """``in_force()``, and those of organisations that the office has not decided on yet."""
        return self.current().filter(organisation__refused_at=None, organisation__closed_at=None)

    def current(self) -> MandateQuerySet:
        """Begun, not over and not revoked, whatever the organisation's own state."""
        return self.filter(
            Q(ends_at=None) | Q(ends_at__gt=Now()), starts_at__lte=Now(), revoked_at=None
        )

    def covering(self, scope: str) -> MandateQuerySet:
        """Those that let one do ``scope``."""
        return self.filter(scopes__overlap=[scope, MandatePower.ALL])


class Granted(models.Model):
    """The powers of a mandate, or of an invitation to one."""

    #: Runs the organisation here: invites, revokes, changes what it says of itself. Until revoked.
    is_head = models.BooleanField(_("head"), default=False)
    scopes = ArrayField(
        models.CharField(max_length=10, choices=MandatePower), verbose_name=_("may")
    )
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def last_day(self) -> date | None:
        """The last day on which it counts: it ends at the midnight after it."""
        return local_date(self.ends_at - timedelta(microseconds=1)) if self.ends_at else None

    @property
    def scope_names(self) -> str:
        """Names of the powers, in the order of MandatePower."""
        return ", ".join(str(scope.label) for scope in MandatePower if scope in self.scopes)


class Mandate(Granted):
    """One person's mandate for one organisation, with its term.

    Never deleted. Changed, it ends and another begins: its history is its rows.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="mandates")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates")
    starts_at = models.DateTimeField(_("from"), db_default=DatabaseNow())
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    granted_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(revoked_at=None),
                name="one_mandate_of_a_person",
            ),
            models.CheckConstraint(
                name="mandate_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(name="mandate_is_for_something", condition=Q(scopes__len__gt=0)),
            models.CheckConstraint(
                name="head_until_revoked", condition=Q(is_head=False) | Q(ends_at=None)
            ),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(revoked_at=None), name="mandate_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.organisation_id}"

    def covers(self, scope: str) -> bool:
        """Whether it lets one do ``scope``."""
        return scope in self.scopes or MandatePower.ALL in self.scopes

    def has_ended(self, now: datetime) -> bool:
        """Whether its date has passed; revoking is another matter."""
        return self.ends_at is not None and self.ends_at <= now

    def stands(self, now: datetime) -> bool:
        """Whether it is in force at ``now``, were the organisation confirmed."""
        return self.revoked_at is None and self.starts_at <= now and not self.has_ended(now)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Neither taken, taken back nor too old, by the database's clock."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=Now())


class Invitation(Granted):
    """Somebody with this address was asked to act for an organisation.

    The link in the mail holds a token made from ``nonce`` (organisations/mandates/tokens.py): it
    works once, until ``expires_at``, for whoever signs in with that very address.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    email = EmailModelField(_("e-mail"), max_length=254)
    nonce = models.CharField(max_length=32, editable=False)
    #: The head who asked, or the officer, where an organisation has no head.
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    invited_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    expires_at = models.DateTimeField(editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    mandate = models.OneToOneField(
        Mandate, models.PROTECT, null=True, editable=False, related_name="invitation"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_invitation_of_an_address",
            ),
            models.CheckConstraint(
                name="invitation_accepted_for_a_mandate",
                condition=Q(accepted_at=None, mandate=None)
                | Q(accepted_at__isnull=False, mandate__isnull=False, withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="invitation_is_for_something", condition=Q(scopes__len__gt=0)
            ),
            models.CheckConstraint(
                name="invited_head_until_revoked", condition=Q(is_head=False) | Q(ends_at=None)
            ),
            models.CheckConstraint(
                name="invitation_in_lower_case", condition=Q(email=Lower("email"))
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} → {self.organisation_id}"
