"""Models of lists of checks, which a second officer confirms."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.residence.models import Residence


class Document(models.TextChoices):
    """Kinds of documents that an office is shown; of them the kind alone is kept."""

    ID_CARD = "id_card", _("passport or ID card of a citizen of Ukraine")
    RESIDENCE_PERMIT = "residence_permit", _("residence permit")
    TRAVEL = "travel", _("other document that proves identity")
    REGISTER_EXTRACT = "register_extract", _("extract from the register of the community")
    DISPLACED_NOTE = "displaced_note", _("note of registration as a displaced person")


class CheckListQuerySet(models.QuerySet["CheckList"]):
    def waiting(self) -> CheckListQuerySet:
        """Neither applied nor declined."""
        return self.filter(applied_at=None, declined_at=None)


class CheckList(models.Model):
    """Checks of several people that one officer handed in at once.

    A short list applies at once; a longer one waits until a second officer has seen exactly what
    it says and confirmed it. The second is never the first.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    needs_second = models.BooleanField()
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)

    objects = CheckListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="second_officer_is_another",
                condition=Q(second=None) | ~Q(second=F("by")),
            ),
            models.CheckConstraint(
                name="long_list_applied_by_two",
                condition=Q(applied_at=None) | Q(needs_second=False) | Q(second__isnull=False),
            ),
            models.CheckConstraint(
                name="list_applied_or_declined", condition=Q(applied_at=None) | Q(declined_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CheckListRow(models.Model):
    """One person's row of a list of checks."""

    check_list = models.ForeignKey(CheckList, models.CASCADE, related_name="rows")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    document = models.CharField(_("document"), max_length=20, choices=Document)
    identity = models.BooleanField(_("identity"))
    age_over = models.PositiveSmallIntegerField(_("age"), null=True)
    district = models.ForeignKey(
        "city.District", models.PROTECT, null=True, verbose_name=_("district"), related_name="+"
    )
    basis = models.CharField(_("basis"), max_length=10, choices=Residence.Basis, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["check_list", "user"], name="one_row_of_a_person_in_a_list"
            ),
            models.CheckConstraint(
                name="row_confirms_something",
                condition=Q(identity=True) | Q(district__isnull=False),
            ),
            models.CheckConstraint(
                name="row_of_residence_has_its_basis",
                condition=Q(district=None, basis="") | (Q(district__isnull=False) & ~Q(basis="")),
            ),
            models.CheckConstraint(
                name="row_age_is_one_of_the_law",
                condition=Q(age_over=None) | Q(age_over__in=[14, 16, 18], identity=True),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
