"""Answers that a department writes often."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SavedAnswer(models.Model):
    """Words for answers that a department writes often, put into a draft by a choice."""

    department = models.ForeignKey(
        "city.Department", models.CASCADE, verbose_name=_("department"), related_name="+"
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=10_000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "title"], name="appeal_saved_answer_title_once"
            ),
            models.CheckConstraint(
                name="appeal_saved_answer_says_something",
                condition=~Q(title="") & ~Q(text=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("appeals_desk:text", args=[self.pk])

    @property
    def about(self) -> str:
        """Whose it is."""
        return self.department.name
