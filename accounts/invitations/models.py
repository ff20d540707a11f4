"""Models of invitations to work for the council: a role that waits for a person."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.db.models.functions import Now as DatabaseNow
from django.utils.translation import gettext_lazy as _

from accounts.staff.models import Grant, StaffRole
from core.domain.clock import Now
from core.domain.email_addresses import AS_DELIVERED, EmailModelField

#: How long the link in the mail works.
INVITATION_LIVES = timedelta(days=7)
#: Of its mail.
LANGUAGES = [("uk", "Українська"), ("en", "English")]


class StaffInvitationQuerySet(models.QuerySet["StaffInvitation"]):
    def open(self) -> StaffInvitationQuerySet:
        """Neither accepted, revoked nor too old, by the database's clock."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=Now())


class StaffInvitation(models.Model):
    """A pending grant: whoever signs in with this address may have the role.

    It opens nothing by itself; the grant is made when it is accepted. The link in the mail holds a
    token made from ``nonce`` (accounts/invitations/tokens.py): it works once, until ``expires_at``.
    """

    #: As mail is delivered to it (core/domain/email_addresses.py), in lower case.
    email = EmailModelField(_("e-mail"), max_length=254)
    language = models.CharField(
        _("language of the mail"),
        max_length=2,
        choices=LANGUAGES,
        default="uk",
    )
    nonce = models.CharField(max_length=32, editable=False)
    role = models.CharField(_("role"), max_length=20, choices=StaffRole)
    department = models.ForeignKey(
        "city.Department",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("department"),
        related_name="+",
    )
    #: As ``Grant.scope``, ``post``, ``post_genitive``, ``patronymic``, ``ends_at``, ``reason``.
    scope = models.CharField(max_length=80, blank=True)
    post = models.CharField(_("post"), max_length=200, blank=True)
    post_genitive = models.CharField(_("post, in the genitive"), max_length=200, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=80, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    invited_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    expires_at = models.DateTimeField(editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    grant = models.OneToOneField(
        Grant, models.CASCADE, null=True, editable=False, related_name="invitation"
    )
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = StaffInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="no_administrator_by_mail", condition=~Q(role="administrator")
            ),
            models.CheckConstraint(
                name="staff_invitation_of_seven_days",
                condition=Q(expires_at__gt=F("invited_at"))
                & Q(expires_at__lte=F("invited_at") + INVITATION_LIVES),
            ),
            models.CheckConstraint(
                name="staff_invitation_accepted_in_time",
                condition=Q(accepted_at=None, grant=None)
                | Q(
                    accepted_at__lt=F("expires_at"),
                    grant__isnull=False,
                    revoked_at=None,
                ),
            ),
            models.CheckConstraint(
                name="staff_invitation_revoked_by_somebody",
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="staff_invitation_as_delivered",
                condition=Q(email=Lower("email"), email__regex=AS_DELIVERED),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.role}"
