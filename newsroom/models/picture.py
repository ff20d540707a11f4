"""Pictures of articles, each in several sizes."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.models.article import Article

#: Of one article.
MOST_PICTURES = 12
#: The file that goes with a link to the article in networks and messengers.
CARD = "card.jpg"


class ArticlePicture(models.Model):
    """A picture of an article: never without words for those who do not see it.

    Its files are made when it is uploaded (newsroom/pictures/files.py) and lie under ``digest``,
    which is of their pixels and of the article: what stands at an address never changes.
    ``width`` and ``height`` in pixels, of the largest; ``widths``: of all, the smallest first.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="pictures")
    alt = models.CharField(_("what is to be seen"), max_length=300)
    alt_en = models.CharField(_("what is to be seen, in English"), max_length=300, blank=True)
    credit = models.CharField(_("author of the picture"), max_length=200, blank=True)
    digest = models.CharField(max_length=40, unique=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    widths = ArrayField(models.PositiveIntegerField(), editable=False)
    card_width = models.PositiveIntegerField(editable=False)
    card_height = models.PositiveIntegerField(editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="picture_has_alternative_text", condition=Q(alt__regex=r"\S{2}")
            ),
            models.CheckConstraint(
                name="picture_has_sizes",
                condition=Q(width__gt=0, height__gt=0, widths__len__gte=1)
                & Q(widths__contains=[F("width")]),
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    def url_of(self, name: str) -> str:
        """The address of one of its files, the same in every language."""
        return reverse("news-picture", args=[self.digest, name])

    @property
    def url(self) -> str:
        """The address of the largest."""
        return self.url_of(f"{self.width}.webp")

    @property
    def srcset(self) -> str:
        return ", ".join(f"{self.url_of(f'{width}.webp')} {width}w" for width in self.widths)

    @property
    def card_url(self) -> str:
        return self.url_of(CARD)

    @property
    def names(self) -> list[str]:
        """The names of its files."""
        return [*(f"{width}.webp" for width in self.widths), CARD]
