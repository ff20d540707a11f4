"""Acts that were adopted without a public consultation because they could not wait."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

#: The longest words on need and grounds, and the longest text of an act, in characters.
LONGEST_GROUNDS, LONGEST_TEXT = 5000, 200_000


class UrgentAct(models.Model):
    """An act adopted without public consultations (law 3841-IX art. 16): why, and its text.

    It is published on the day of its adoption, and nobody changes it afterwards.
    """

    class Ground(models.TextChoices):
        """The closed list of art. 16(1)."""

        EMERGENCY = "emergency", _("preventing emergencies or clearing up after them (item 1)")
        DANGER = (
            "danger",
            _(
                "preventing or removing dangers to people’s lives, health, freedom or safety "
                "(item 2)"
            ),
        )

    department = models.ForeignKey(
        "city.Department", models.PROTECT, related_name="+", verbose_name=_("who prepared it")
    )
    title = models.CharField(_("title"), max_length=300)
    number = models.CharField(_("number of the act"), max_length=50)
    adopted_on = models.DateField(_("adopted on"))
    ground = models.CharField(_("ground by law"), max_length=10, choices=Ground)
    need = models.TextField(_("why it could not wait"), max_length=LONGEST_GROUNDS)
    justification = models.TextField(_("justification"), max_length=LONGEST_GROUNDS)
    text = models.TextField(_("text of the act"), max_length=LONGEST_TEXT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="urgent_act_with_its_words",
                condition=~Q(title="")
                & ~Q(number="")
                & ~Q(need="")
                & ~Q(justification="")
                & ~Q(text=""),
            ),
            models.UniqueConstraint(
                fields=["number", "adopted_on"],
                name="urgent_act_once",
                violation_error_message=_("This act is published already."),
            ),
        ]
        indexes = [models.Index(fields=["-adopted_on", "-id"], name="urgent_acts_newest")]

    def __str__(self) -> str:
        return f"№ {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("acts:urgent_act", args=[self.pk])
