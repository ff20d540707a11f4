"""A remark on a draft, and how many a clause gathers."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.life.models import Consultation
from consultations.querysets import RemarkQuerySet
from consultations.remarks.about import AboutDraft
from consultations.remarks.about import Kind as KindOfRemark
from consultations.remarks.about import Source as SourceOfRemark


class Remark(AboutDraft):
    """A remark on the draft: on the whole, on a clause, on words of a clause.

    The words themselves, their author, hiding and support are the ``comment``'s; here is only
    what they are about. One that waits for its organisation to be confirmed is no Remark and has no
    Comment yet: ``WaitingRemark``.
    """

    Kind = KindOfRemark
    Source = SourceOfRemark

    comment = models.OneToOneField(
        "discussions.Comment", models.CASCADE, primary_key=True, related_name="remark"
    )
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="remarks", db_index=False
    )
    #: Its number in the table of dispositions, in the order of receipt; a job gives it within a
    #: minute, since one counter would make everybody wait. It stays when the remark is hidden.
    number = models.PositiveIntegerField(_("number"), null=True, editable=False)
    source = models.CharField(
        _("received"),
        max_length=10,
        choices=Source,
        default=Source.PAGE,
        db_default=Source.PAGE.value,
        editable=False,
    )
    #: When it was published, where it waited for its organisation to be confirmed.
    joined_at = models.DateTimeField(null=True, editable=False)
    #: The remark with nearly the same words that is shown and answered for this one, too.
    folded_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="folded"
    )

    #: Where the newest version has put it under a clause of another key: that key.
    moved_key = models.UUIDField(null=True, editable=False)

    objects = RemarkQuerySet.as_manager()

    class Meta(AboutDraft.Meta):
        constraints = [
            *AboutDraft.Meta.constraints,
            models.UniqueConstraint(fields=["consultation", "number"], name="remark_number"),
            models.CheckConstraint(
                name="remark_not_folded_into_itself", condition=~Q(folded_into=F("comment"))
            ),
        ]
        indexes = [
            # The order of its page, whatever the planner knows of a new thread.
            models.Index(fields=["consultation", "-comment"], name="remark_newest"),
            # The key under which it is listed (RemarkQuerySet.at_clause).
            models.Index(
                F("consultation"),
                Coalesce("moved_key", "clause_key"),
                F("comment").desc(),
                name="remark_listed_at",
            ),
            models.Index(fields=["consultation", "kind", "-comment"], name="remark_kind"),
            # What the job that numbers looks for each minute.
            models.Index(
                fields=["consultation", "comment"],
                condition=Q(number=None),
                name="remark_unnumbered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("consultations:remark", args=[self.consultation_id, self.pk])

    @property
    def listed_key(self) -> UUID | None:
        """The key of the clause under which it is listed and counted today."""
        return self.moved_key or self.clause_key


class RemarkCount(models.Model):
    """Number of visible remarks on a clause; ``clause_key`` null: the consultation's total.

    Raised and lowered in the transaction of the change, so always equal to the rows.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="counts")
    clause_key = models.UUIDField(null=True)
    remarks = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "clause_key"],
                nulls_distinct=False,
                name="one_count_per_clause",
            ),
            models.CheckConstraint(name="count_not_negative", condition=Q(remarks__gte=0)),
        ]

    def __str__(self) -> str:
        return str(self.remarks)
