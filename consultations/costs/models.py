"""The model of a cost: one organisation's answer about a clause, or the whole draft."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation

#: The most that anybody is believed: hours of work, hryvnias.
MOST_HOURS = 1_000_000
MOST_MONEY = 1_000_000_000
LONGEST_NOTE = 500


class Cost(models.Model):
    """Hours of work and hryvnias, once and every year. Changed until the consultation closes.

    Nobody but the organisation sees its figures: everybody else sees them gathered with those of
    others (consultations.costs.table). The note is for the council.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", models.PROTECT, related_name="costs"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    #: What size the organisation was when it answered: what was published stays as it was.
    size = models.CharField(max_length=10, choices=Organisation.Size, editable=False)
    #: The clause as it was read; None: the whole draft.
    clause = models.ForeignKey("drafts.Clause", models.PROTECT, null=True, related_name="+")
    #: The clause's identity across versions: clause.key.
    clause_key = models.UUIDField(null=True, editable=False)
    hours_once = models.PositiveIntegerField(_("hours of work, once"), default=0)
    hours_yearly = models.PositiveIntegerField(_("hours of work, every year"), default=0)
    money_once = models.PositiveIntegerField(_("hryvnias, once"), default=0)
    money_yearly = models.PositiveIntegerField(_("hryvnias, every year"), default=0)
    note = models.CharField(_("note for the council"), max_length=LONGEST_NOTE, blank=True)
    #: Who said it, or changed it last.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "organisation", "clause_key"],
                nulls_distinct=False,
                name="one_cost_per_organisation_and_clause",
            ),
            models.CheckConstraint(
                name="cost_within_bounds",
                condition=Q(hours_once__lte=MOST_HOURS)
                & Q(hours_yearly__lte=MOST_HOURS)
                & Q(money_once__lte=MOST_MONEY)
                & Q(money_yearly__lte=MOST_MONEY),
            ),
            models.CheckConstraint(
                name="cost_key_with_clause",
                condition=Q(clause__isnull=True, clause_key__isnull=True)
                | Q(clause__isnull=False, clause_key__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
