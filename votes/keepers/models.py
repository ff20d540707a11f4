"""The model of a keeper of a secret poll's key."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sealing.boxes import fingerprint_of
from votes.life.models import Poll


class Keeper(models.Model):
    """A keeper of a private key that opens the ballots of one secret poll, and its public half.

    The key of a person is made on their device and lies in a file of theirs; the server's own is
    made by a process that alone can read it (docs/adr/0118). ``proved_at``: they have opened
    something with the saved file. From the announcement on a trigger lets nothing here change.
    """

    poll = models.ForeignKey(Poll, models.CASCADE, db_index=False, related_name="keepers")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("whose file it is"), max_length=100, blank=True)
    public_key = models.BinaryField(max_length=32)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(db_default=Now())
    proved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "place"], name="one_keeper_in_a_place"),
            models.UniqueConstraint(fields=["public_key"], name="a_key_of_one_poll_alone"),
        ]

    def __str__(self) -> str:
        return self.name or f"#{self.place}"

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key, in groups of four hexadecimal digits."""
        return fingerprint_of(bytes(self.public_key))
