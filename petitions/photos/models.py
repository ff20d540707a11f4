"""Photographs in petitions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.kept_pictures.models import Picture, picture_constraints
from discussions.models import HideReason
from petitions.life.models import Petition

#: Of one petition.
MOST_PHOTOS = 3


class PhotoQuerySet(models.QuerySet["PetitionPhoto"]):
    def shown(self) -> PhotoQuerySet:
        """Those that nobody has removed."""
        return self.filter(removed_at=None)


class PetitionPhoto(Picture):
    """A photograph that the author of a petition put into it.

    Of one that a moderator removed the row stays with the reason, without its files.
    """

    folder: ClassVar[str] = "petition-photos"
    route: ClassVar[str] = "petition-photo"

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="photos")
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    removed_reason = models.CharField(
        _("reason"), max_length=20, choices=HideReason, blank=True, editable=False
    )

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            *picture_constraints("petition_photo"),
            models.CheckConstraint(
                name="petition_photo_removed_with_a_reason",
                condition=Q(removed_at=None, removed_by=None, removed_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_reason="")),
            ),
        ]

    @classmethod
    def digests_in_use(cls) -> models.QuerySet[Any, str]:
        return super().digests_in_use().filter(removed_at=None)

    @property
    def reason(self) -> str | Promise:
        """Why it was removed, in words."""
        return HideReason(self.removed_reason).label if self.removed_reason else ""
