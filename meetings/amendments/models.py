"""Amendments to the draft of an item, and the text that is composed of those adopted (ADR 106)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.agenda.models import Item
from meetings.deputies.models import Deputy
from meetings.rollcalls.models import RollCall


class Amendment(models.Model):
    """An amendment to one clause of a published version of the item's draft.

    What became of it is the result of its roll-call, the last one where an annulled one was
    repeated; amendments to one clause are a group
    (meetings/amendments/groups.py). Never deleted: withdrawn.
    """

    class Kind(models.TextChoices):
        REMOVE = "remove", _("remove the clause")
        REPLACE = "replace", _("new words of the clause")
        INSERT = "insert", _("insert after the clause")

    item = models.ForeignKey(Item, models.PROTECT, related_name="amendments")
    #: Within the item, from 1, in the order in which they were entered.
    number = models.PositiveSmallIntegerField(editable=False)
    clause = models.ForeignKey("drafts.Clause", models.PROTECT, related_name="+")
    kind = models.CharField(_("what it does"), max_length=7, choices=Kind)
    text = models.TextField(_("new words"), max_length=10_000, blank=True)
    #: The deputy who moves it; None: ``mover`` says who (a committee, the executive committee).
    deputy = models.ForeignKey(
        Deputy, models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    mover = models.CharField(_("who moves it"), max_length=200, blank=True)
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    #: It can stand beside others to its clause: one that is adopted before does not close it.
    is_compatible = models.BooleanField(default=False, db_default=False, editable=False)
    roll_call = models.OneToOneField(
        RollCall, models.PROTECT, null=True, editable=False, related_name="amendment"
    )

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="amendment_number"),
            models.CheckConstraint(
                name="amendment_says_something",
                condition=Q(kind="remove", text="")
                | Q(kind__in=["replace", "insert"]) & ~Q(text=""),
            ),
            models.CheckConstraint(
                name="amendment_moved_by_somebody",
                condition=Q(deputy__isnull=False, mover="") | Q(deputy=None) & ~Q(mover=""),
            ),
            models.CheckConstraint(
                name="amendment_withdrawn_before_its_vote",
                condition=Q(withdrawn_at=None) | Q(roll_call=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.number}"


class AdoptedText(models.Model):
    """The version of the item's draft that was composed of the amendments adopted: a preview until
    the secretary publishes it."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="adopted_text")
    version = models.OneToOneField("drafts.Version", models.CASCADE, related_name="+")
    #: The version to which they were moved.
    base = models.ForeignKey("drafts.Version", models.PROTECT, related_name="+")
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.item_id}: {self.version_id}"
