"""Items of an agenda that are decided by one vote."""

from __future__ import annotations

from django.db import models

from meetings.agenda.models import Item
from meetings.rollcalls.models import RollCall


class BundledItem(models.Model):
    """An item that is voted together with the one whose roll-call this is. When that closes, the
    item gets a roll-call of its own with the same votes: the law wants the result of each
    (280/97-ВР art. 59(3))."""

    roll_call = models.ForeignKey(RollCall, models.PROTECT, related_name="bundled")
    item = models.ForeignKey(Item, models.PROTECT, related_name="bundled")
    #: The item's own; None while the vote is open.
    own = models.OneToOneField(
        RollCall, models.PROTECT, null=True, editable=False, related_name="bundled_as"
    )

    class Meta:
        ordering = ["item__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["roll_call", "item"], name="bundled_once"),
        ]

    def __str__(self) -> str:
        return f"{self.roll_call_id}: {self.item_id}"
