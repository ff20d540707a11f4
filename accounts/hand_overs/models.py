"""Models of hand-overs: which work passed from whom to whom, and what went back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class HandOver(models.Model):
    """Open work of a person, or of a department, passed on in one step."""

    class Occasion(models.TextChoices):
        REVOKED = "revoked", _("a role was revoked")
        ABSENT = "absent", _("a long absence")
        CLOSED = "closed", _("a department was closed")

    occasion = models.CharField(max_length=10, choices=Occasion)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="hand_overs"
    )
    department = models.ForeignKey(
        "city.Department", models.PROTECT, null=True, related_name="hand_overs"
    )
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hand_over_of_a_person_or_a_department",
                condition=Q(
                    occasion__in=["revoked", "absent"], person__isnull=False, department=None
                )
                | Q(occasion="closed", person=None, department__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="hand_over_of_person"),
            models.Index(fields=["department", "-id"], name="hand_over_of_department"),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} {self.person_id or self.department_id}"


class HandOverRow(models.Model):
    """One object that passed: of which kind (accounts/staff/open_work.py), from whom, to whom."""

    hand_over = models.ForeignKey(HandOver, models.CASCADE, db_index=False, related_name="rows")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    from_department = models.ForeignKey(
        "city.Department", models.PROTECT, null=True, related_name="+"
    )
    from_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    to_department = models.ForeignKey(
        "city.Department", models.PROTECT, null=True, related_name="+"
    )
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hand_over", "kind", "object_id", "from_department", "from_person"],
                nulls_distinct=False,
                name="handed_over_once",
            ),
            models.CheckConstraint(
                name="handed_to_somebody",
                condition=Q(to_department__isnull=False) | Q(to_person__isnull=False),
            ),
            models.CheckConstraint(
                name="handed_to_another",
                condition=Q(from_person__isnull=False) & ~Q(from_person=F("to_person"))
                | Q(from_person=None) & ~Q(from_department=F("to_department")),
            ),
            models.CheckConstraint(
                name="handed_work_taken_back_by_somebody",
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
