"""Files of an appeal or of its answer."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from appeals.answers.models import Answer
from appeals.filing.models import Appeal
from core.export import conversion, uploads


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def without_content(self) -> Self:
        """For lists of names."""
        return self.defer("content")

    def taken(self) -> Self:
        """Without those of which the name alone is kept."""
        return self.filter(left_out="")


class Attachment(models.Model):
    """A file of an appeal, or of its answer; who may read that may read it.

    In the database: in its backup and its transactions, and beyond the reach of whatever serves
    files. Pictures are encoded anew before they come here, without what cameras add.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, null=True, related_name="attachments")
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    #: Why the file was not taken, a code of core.export.uploads.ACTIVE; its name alone is kept.
    left_out = models.CharField(
        max_length=20, blank=True, default="", db_default="", editable=False
    )
    at = models.DateTimeField(db_default=Now())

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="appeal_attachment_of_one",
                condition=Q(appeal__isnull=False, answer=None)
                | Q(appeal=None, answer__isnull=False),
            ),
            models.CheckConstraint(
                name="appeal_attachment_left_out_is_empty",
                condition=Q(left_out="") | Q(size=0, answer=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_document_of_applicant(self) -> bool:
        """Whether a stranger has sent it and it opens in an office program, which may do more than
        show it."""
        return self.appeal_id is not None and self.ending in conversion.TO_PDF

    @property
    def ending(self) -> str:
        """The ending of its kind, "" of what is none of ours."""
        return uploads.ENDINGS.get(self.media_type, "")
