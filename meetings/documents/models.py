"""Documents of a meeting and of the items of its agenda."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from meetings.agenda.models import Item
from meetings.course.models import Meeting


class MeetingDocument(models.Model):
    """A file that is published with the notice of a meeting, or added to it later.

    One that everybody could read is removed with a reason, which stays in its place; its file goes.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="documents")
    #: None: of the whole meeting.
    item = models.ForeignKey(
        Item,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("item of the agenda"),
        related_name="documents",
    )
    title = models.CharField(_("title"), max_length=200)
    #: Empty once it is removed.
    file = models.FileField(_("file"), upload_to="meetings/%Y/", blank=True)
    media_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(editable=False)
    at = models.DateTimeField(db_default=Now(), editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="document_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="document_removed_with_reason",
                condition=Q(removed_at=None, removed_reason="") & ~Q(file="")
                | Q(removed_at__isnull=False, file="") & ~Q(removed_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:document", args=[self.meeting_id, self.pk, self.download_name])

    @property
    def ending(self) -> str:
        """File type, by its name's ending: «pdf», «docx»."""
        return (self.file.name or "").rpartition(".")[2]

    @property
    def download_name(self) -> str:
        """A name that says what it is: «фінансовий-звіт.pdf»."""
        words = slugify(self.title, allow_unicode=True)[:80].strip("-")
        return f"{words or self.pk}.{self.ending}"
