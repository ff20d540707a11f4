"""A correction of a published article, with the words that it replaced."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from newsroom.articles.models import Article


class ArticleCorrection(models.Model):
    """A change after publication, with its time and reason: everybody reads it on the page.

    ``former``: by column, what stood there until then; moments in ISO 8601, "" for none. Rows are
    never changed.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections")
    at = models.DateTimeField(db_default=Now(), editable=False)
    reason = models.CharField(_("what was wrong"), max_length=500)
    former = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="correction_has_reason_and_former_words",
                condition=~Q(reason="") & ~Q(former={}),
            ),
        ]

    def __str__(self) -> str:
        return self.reason
