"""Models for requests for information alone: refusal, and the fee for copying."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from appeals.answers.models import Answer
from appeals.filing.models import Appeal

#: So many pages are copied free of charge (2939-VI art. 21(2)).
FREE_PAGES = 10


class Refusal(models.Model):
    """A refusal of a request for information in whole or in part (2939-VI art. 22).

    It belongs to the draft of the answer and is approved and sent with it. Rows of what was sent
    are never changed.
    """

    class Ground(models.TextChoices):
        """The closed list of 2939-VI art. 22(1), in the order of its points."""

        NOT_HELD = "not_held", _("the council neither holds it nor has to (2939-VI art. 22(1)1)")
        RESTRICTED = "restricted", _("access to it is restricted (2939-VI art. 22(1)2)")
        UNPAID = "unpaid", _("copying was not paid for (2939-VI art. 22(1)3)")
        INCOMPLETE = "incomplete", _("the request lacks what it must have (2939-VI art. 22(1)4)")

    answer = models.OneToOneField(
        Answer, models.CASCADE, primary_key=True, related_name="refusal", editable=False
    )
    ground = models.CharField(_("ground"), max_length=10, choices=Ground)
    #: Which part of what was asked for is refused; "": all of it.
    part = models.TextField(_("what is refused"), max_length=2000, blank=True)
    reason = models.TextField(_("reason"), max_length=4000)
    #: The three parts of the test of 2939-VI art. 6(2).
    interest = models.TextField(_("which interest is protected"), max_length=4000, blank=True)
    harm = models.TextField(_("which harm"), max_length=4000, blank=True)
    balance = models.TextField(_("why the harm outweighs"), max_length=4000, blank=True)
    #: Full name and post of who is responsible for considering the request, as they were then.
    responsible = models.CharField(max_length=400, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="refusal_says_why_and_who",
                condition=~Q(reason="") & ~Q(responsible=""),
            ),
            models.CheckConstraint(
                name="refusal_restricted_by_the_test",
                condition=~Q(ground="restricted") & Q(interest="", harm="", balance="")
                | Q(ground="restricted") & ~Q(interest="") & ~Q(harm="") & ~Q(balance=""),
            ),
        ]

    def __str__(self) -> str:
        return self.ground


class CopyFee(models.Model):
    """The cost of copies for a request, and the time of payment (2939-VI art. 21)."""

    appeal = models.OneToOneField(
        Appeal, models.PROTECT, primary_key=True, related_name="copy_fee", editable=False
    )
    pages = models.PositiveIntegerField(_("pages"))
    #: A page, in hryvnias, and the account: as they were told.
    price = models.DecimalField(max_digits=6, decimal_places=2, editable=False)
    total = models.DecimalField(max_digits=12, decimal_places=2, editable=False)
    account = models.CharField(max_length=300, editable=False)
    #: The last day of payment, and how many working days of the term were left.
    pay_by = models.DateField(_("to be paid by"))
    days_left = models.PositiveSmallIntegerField(editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    paid_on = models.DateField(_("paid on"), null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="copy_fee_beyond_the_free_pages", condition=Q(pages__gt=FREE_PAGES)
            ),
            models.CheckConstraint(
                name="copy_fee_of_all_pages", condition=Q(total=F("pages") * F("price"))
            ),
            models.CheckConstraint(name="copy_fee_leaves_a_day", condition=Q(days_left__gte=1)),
            models.CheckConstraint(
                name="copy_fee_paid_is_recorded",
                condition=Q(paid_on=None, recorded_by=None)
                | Q(paid_on__isnull=False, recorded_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id}: {self.total}"
