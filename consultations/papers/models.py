"""Attachments of a draft: files, and links to other pages."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from consultations.life.models import Consultation


class Attachment(models.Model):
    """A file beside the draft: the explanatory note, an impact analysis, a map."""

    class Kind(models.TextChoices):
        """Legal kind; an impact analysis stands beside each regulatory draft."""

        PAPER = "paper", _("another paper")
        NOTE = "note", _("explanatory note")
        IMPACT = "impact", _("regulatory impact analysis (АРВ)")
        IMPACT_SME = "impact_sme", _("regulatory impact analysis (АРВ) with М-тест")
        SME = "sme", _("М-тест")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="attachments")
    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind, default=Kind.PAPER, db_default=Kind.PAPER.value
    )
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to="consultations/%Y/")
    media_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(editable=False)
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.pk, self.download_name])

    @property
    def ending(self) -> str:
        """File type, by its name's ending: «pdf», «docx»."""
        return (self.file.name or "").rpartition(".")[2]

    @property
    def download_name(self) -> str:
        """A name that says what it is: «пояснювальна-записка.pdf»."""
        words = slugify(self.title, allow_unicode=True)[:80].strip("-")
        return f"{words or self.pk}.{self.ending}"


class Link(models.Model):
    """A related page elsewhere."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="links")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
