"""What everybody agrees to, by version."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User


class Agreement(models.Model):
    """Which version of the terms or the privacy notice a person agreed to, and when."""

    class Document(models.TextChoices):
        TERMS = "terms", _("terms of use")
        PRIVACY = "privacy", _("privacy notice")

    user = models.ForeignKey(User, models.CASCADE, related_name="agreements")
    document = models.CharField(max_length=10, choices=Document)
    version = models.CharField(max_length=20)
    agreed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "document", "version"], name="agreed_once_to_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.version}"
