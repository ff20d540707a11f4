"""Surveys of trust that were held before the panel, or beside it, by another method."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

#: The longest words on a survey's method, in characters.
LONGEST_METHOD = 1000


class TrustSurvey(models.Model):
    """A survey by others: its figure with its source, method and day. It is a series of its own,
    never continued by the panel's."""

    held_on = models.DateField(_("last day of the survey"))
    source = models.CharField(_("who held it, and where it was published"), max_length=300)
    url = models.URLField(_("address on the internet"), max_length=500, blank=True)
    question = models.CharField(_("question"), max_length=300)
    method = models.TextField(_("method"), max_length=LONGEST_METHOD)
    answered = models.PositiveIntegerField(
        _("how many answered"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    trusting = models.DecimalField(
        _("how many of a hundred trust"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    entered_at = models.DateTimeField(db_default=Now(), editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="trust_survey_once", fields=["held_on", "source", "question"]
            ),
            models.CheckConstraint(
                name="trust_survey_with_its_words",
                condition=~Q(source="") & ~Q(question="") & ~Q(method=""),
            ),
            models.CheckConstraint(
                name="trust_survey_share", condition=Q(trusting__range=(0, 100))
            ),
            models.CheckConstraint(
                name="trust_survey_of_somebody", condition=Q(answered=None) | Q(answered__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}: {self.source}"
