"""Pictures of consultations: the cover, and figures."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.life.models import Consultation
from core.kept_pictures.models import Picture, picture_constraints

#: Of one consultation.
MOST_PICTURES = 8


class ConsultationPicture(Picture):
    """A picture of what a draft is about: the cover, or a figure beside the text.

    Never without words on who made it and on what terms it may be shown.
    """

    folder: ClassVar[str] = "consultation-pictures"
    route: ClassVar[str] = "consultation-picture"

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="pictures")
    alt_en = models.CharField(_("what is to be seen, in English"), max_length=300, blank=True)
    credit = models.CharField(_("author and licence"), max_length=200)
    caption = models.CharField(_("words under the picture"), max_length=300, blank=True)
    is_cover = models.BooleanField(_("the cover"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            *picture_constraints("consultation_picture"),
            models.CheckConstraint(
                name="consultation_picture_has_credit", condition=Q(credit__regex=r"\S{2}")
            ),
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(is_cover=True),
                name="consultation_has_one_cover",
            ),
        ]
