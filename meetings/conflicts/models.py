"""Conflicts of interest that members declare on items of the agenda (280/97-ВР art. 59-1)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.agenda.models import Item
from meetings.deputies.models import Deputy


class Conflict(models.Model):
    """A member has declared a conflict of interest and does not take part in an item.

    280/97-ВР art. 59-1 and 1700-VII art. 35-1 (neither is checked against the text here). What was
    declared by mistake is withdrawn with a reason, and stays.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="conflicts")
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="conflicts")
    #: In their words; everybody reads it.
    words = models.CharField(_("what it is about"), max_length=500)
    at = models.DateTimeField(editable=False)
    #: Who entered it: the deputy's own account, or the secretary's.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    by_deputy = models.BooleanField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "deputy"],
                condition=Q(withdrawn_at=None),
                name="conflict_declared_once",
            ),
            models.CheckConstraint(name="conflict_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="conflict_withdrawn_with_reason",
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.deputy_id}"
