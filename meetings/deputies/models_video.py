"""Taking part by videoconference: the act that allows it, for one body."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.deputies.models import Body


class VideoGround(models.Model):
    """The act by which members of a body may take part by videoconference.

    Without one in force nobody does. Its number and date stand wherever such a vote stands, so
    PostgreSQL lets nothing of it change but its end (migration 0012).
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="video_grounds")
    number = models.CharField(gettext_lazy("number of the act"), max_length=100)
    date = models.DateField(gettext_lazy("date of the act"))
    since = models.DateTimeField(db_default=Now(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body"], condition=Q(ended_at=None), name="videoground_one_in_force"
            ),
            models.CheckConstraint(name="videoground_has_a_number", condition=~Q(number="")),
            models.CheckConstraint(
                name="videoground_ends_after_it_begins",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        day = date_format(self.date, "j E Y")
        return _("act No. %(number)s of %(date)s") % {"number": self.number, "date": day}
