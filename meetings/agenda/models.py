"""The agenda of a meeting."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, IntegerField, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from core.displays.layout import FIRST_LETTERS
from meetings.course.models import Meeting


class Item(models.Model):
    """An item of the agenda; at most one of a meeting is current."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CURRENT = "current", _("considered now")
        DONE = "done", _("considered")
        DROPPED = "dropped", _("taken off the agenda")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    #: From 1, without gaps.
    order = models.PositiveSmallIntegerField(editable=False)
    title = models.CharField(_("title"), max_length=500)
    #: The same in so few letters that the whole hall can read them on a display; "" for a title
    #: that has no more.
    short_title = models.CharField(
        _("short form for displays"),
        max_length=FIRST_LETTERS,
        blank=True,
        default="",
        db_default="",
    )
    text = models.TextField(_("what it is about"), max_length=5000, blank=True)
    #: Rapporteur.
    presenter = models.CharField(_("rapporteur"), max_length=300, blank=True)
    consultation = models.ForeignKey(
        "consultations.Consultation",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("consultation"),
        related_name="agenda_items",
    )
    petition = models.ForeignKey(
        "petitions.Petition",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("petition"),
        related_name="agenda_items",
    )
    poll = models.ForeignKey(
        "votes.Poll",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("poll"),
        related_name="agenda_items",
    )
    #: How many minutes were set aside for it; None: as many as it takes.
    minutes = models.PositiveSmallIntegerField(_("minutes for it"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED, editable=False)
    #: When it was first, and last, considered.
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    #: The vote that decided it, as the secretary has confirmed; None with a moment: none of them
    #: did. PostgreSQL takes one of this item that is neither procedural nor annulled.
    decided_by = models.ForeignKey(
        "meetings.RollCall", models.PROTECT, null=True, editable=False, related_name="decides"
    )
    decision_confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "order"],
                name="item_order_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state="current"), name="item_one_current"
            ),
            models.CheckConstraint(
                name="item_about_one_thing",
                condition=LessThanOrEqual(
                    Func(
                        F("consultation"),
                        F("petition"),
                        F("poll"),
                        function="num_nonnulls",
                        output_field=IntegerField(),
                    ),
                    1,
                ),
            ),
            models.CheckConstraint(
                name="item_decision_confirmed",
                condition=Q(decided_by=None) | Q(decision_confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="item_has_minutes", condition=Q(minutes=None) | Q(minutes__gte=1)
            ),
            models.CheckConstraint(name="item_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="item_moments_of_its_state",
                condition=Q(state="planned", opened_at=None, closed_at=None)
                | Q(state="current", opened_at__isnull=False, closed_at=None)
                | Q(
                    state="done",
                    opened_at__isnull=False,
                    closed_at__isnull=False,
                    closed_at__gte=F("opened_at"),
                )
                | Q(state="dropped", closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title
