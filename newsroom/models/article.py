"""An article: news, an announcement, or an event of the calendar."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Article(models.Model):
    """What the council tells everybody.

    It is public from ``publish_at`` on, which may lie ahead; null: a draft. ``title_en`` and
    ``text_en`` are empty where it is "only in Ukrainian".
    """

    class Kind(models.TextChoices):
        NEWS = "news", _("news")
        ANNOUNCEMENT = "announcement", _("announcement")
        EVENT = "event", _("event")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    department = models.ForeignKey(
        "city.Department", models.PROTECT, verbose_name=_("responsible department")
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=500)
    text = models.TextField(_("text"), max_length=20_000)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    text_en = models.TextField(_("text in English"), max_length=20_000, blank=True)
    themes = models.ManyToManyField("city.Theme", blank=True, verbose_name=_("themes"))
    district = models.ForeignKey(
        "city.District", models.SET_NULL, null=True, blank=True, verbose_name=_("district")
    )
    streets = models.ManyToManyField("city.Street", blank=True, verbose_name=_("streets"))
    publish_at = models.DateTimeField(_("published from"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/news/{self.pk}/"
