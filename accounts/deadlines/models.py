"""Settings of deadline reminders of council staff."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class DeskSettings(models.Model):
    """Reminders by mail, and the secret link of one's calendar of deadlines.

    No row: reminders come, and there is no link. Of the link's key there is a hash alone.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="desk_settings"
    )
    wants_reminders = models.BooleanField(default=True)
    calendar_hash = models.CharField(max_length=64, blank=True, editable=False)
    calendar_made_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calendar_hash"], condition=~Q(calendar_hash=""), name="one_calendar_of_key"
            ),
            models.CheckConstraint(
                name="calendar_made_some_day",
                condition=Q(calendar_hash="", calendar_made_at=None)
                | (~Q(calendar_hash="") & Q(calendar_made_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
