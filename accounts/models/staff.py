"""What somebody does for the council: granted and revoked with a trace."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class StaffRole(models.TextChoices):
    MODERATOR = "moderator", _("moderator")
    OFFICER = "officer", _("officer")
    SECRETARY = "secretary", _("secretary")
    ADMINISTRATOR = "administrator", _("administrator")


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self) -> GrantQuerySet:
        """Granted, begun, not over and not revoked, by the database's clock."""
        return self.filter(
            Q(ends_at=None) | Q(ends_at__gt=Now()), starts_at__lte=Now(), revoked_at=None
        )


class Grant(models.Model):
    """A role of one person: everywhere, in a department, or for one thing.

    ``scope`` names the one thing as its topic does («consultation:12»); empty: all that the role
    and the department cover. Rows are never deleted or changed but for the end of their force.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=20, choices=StaffRole)
    department = models.ForeignKey(
        "city.Department",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("department"),
        related_name="grants",
    )
    scope = models.CharField(max_length=80, blank=True)
    starts_at = models.DateTimeField(_("from"), db_default=Now())
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    #: Whose absence this covers.
    standing_in_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    granted_at = models.DateTimeField(db_default=Now(), editable=False)
    #: None: by a command, by whoever runs the server.
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="grant_of_department_names_it",
                condition=~Q(role__in=["officer", "secretary"])
                | Q(department__isnull=False)
                | ~Q(scope=""),
            ),
            models.CheckConstraint(
                name="grant_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="cover_of_absence_ends",
                condition=Q(standing_in_for=None) | Q(ends_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "department", "scope"],
                condition=Q(revoked_at=None, ends_at=None),
                nulls_distinct=False,
                name="one_open_grant_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(revoked_at=None), name="grant_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.scope}".strip()
