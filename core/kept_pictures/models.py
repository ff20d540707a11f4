"""The abstract model of a picture; apps add what it belongs to."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless


class Picture(models.Model):
    """A picture: never without words for those who do not see it.

    Its files are made when it is uploaded (core/kept_pictures/files.py) and lie under ``digest``,
    which is of their pixels and of what the picture belongs to: what stands at an address never
    changes.
    ``width`` and ``height`` in pixels, of the largest; ``widths``: of all, the smallest first.
    """

    #: Where its files lie below MEDIA_ROOT.
    folder: ClassVar[str]
    #: The name of the route of its files.
    route: ClassVar[str]

    alt = models.CharField(_("what is to be seen"), max_length=300)
    digest = models.CharField(max_length=40, unique=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    widths = ArrayField(models.PositiveIntegerField(), editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.alt

    def url_of(self, name: str) -> str:
        """The address of one of its files, the same in every language."""
        return reverse(self.route, args=[self.digest, name])

    @property
    def url(self) -> str:
        """The address of the largest."""
        return self.url_of(f"{self.width}.webp")

    @property
    def small_url(self) -> str:
        """The address of the smallest, for lists."""
        return self.url_of(f"{self.widths[0]}.webp")

    @property
    def small_height(self) -> int:
        """The height of the smallest, in pixels."""
        return max(1, round(self.height * self.widths[0] / self.width))

    @property
    def srcset(self) -> str:
        return ", ".join(f"{self.url_of(f'{width}.webp')} {width}w" for width in self.widths)

    @classmethod
    def digests_in_use(cls) -> models.QuerySet[Any, str]:
        """The digests of the rows whose files are kept."""
        return cls._default_manager.order_by().values_list("digest", flat=True)

    @property
    def names(self) -> list[str]:
        """The names of its files."""
        return [f"{width}.webp" for width in self.widths]


def listed_columns() -> JSONObject:
    """The columns of a picture that a list shows without its words: ``Row(**columns)``."""
    return JSONObject(**{name: F(name) for name in ("digest", "width", "height", "widths")})


def picture_constraints(prefix: str) -> list[models.BaseConstraint]:
    """Constraints of each picture in PostgreSQL; ``prefix``: of the constraints' names."""
    return [
        models.CheckConstraint(
            name=f"{prefix}_has_alternative_text", condition=Q(alt__regex=r"\S{2}")
        ),
        models.CheckConstraint(
            name=f"{prefix}_has_sizes",
            condition=Q(width__gt=0, height__gt=0, widths__len__gte=1)
            & Q(widths__contains=[F("width")]),
        ),
    ]


#: Names that cameras and programs give: no words for those who do not see the picture.
_FILE_NAME = re.compile(r"^\S*\.(jpe?g|png|webp|gif|heic)$|^(img|dsc|image|photo)[-_ ]?\d+$", re.I)

ALT_MISSING = _("Please say what is to be seen, for those who do not see it.")


def describe_well(alt: str) -> Verdict:
    """Words, and not the name of a file (WCAG 2.2, 1.1.1)."""
    alt = alt.strip()
    return refuse_unless(
        sum(letter.isalpha() for letter in alt) >= 2 and not _FILE_NAME.match(alt),
        "picture.alt_missing",
        ALT_MISSING,
    )
