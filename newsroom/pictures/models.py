"""Pictures of articles, each in several sizes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.kept_pictures.files import CARD
from core.kept_pictures.models import Picture, picture_constraints
from newsroom.articles.models import Article

#: Of one article.
MOST_PICTURES = 12


class ArticlePicture(Picture):
    """A picture of an article, with a file for links to it in networks and messengers."""

    folder: ClassVar[str] = "newsroom"
    route: ClassVar[str] = "news-picture"

    article = models.ForeignKey(Article, models.CASCADE, related_name="pictures")
    alt_en = models.CharField(_("what is to be seen, in English"), max_length=300, blank=True)
    credit = models.CharField(_("author of the picture"), max_length=200, blank=True)
    card_width = models.PositiveIntegerField(editable=False)
    card_height = models.PositiveIntegerField(editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = picture_constraints("picture")

    @property
    def card_url(self) -> str:
        return self.url_of(CARD)

    @property
    def names(self) -> list[str]:
        """The names of its files."""
        return [*super().names, CARD]
