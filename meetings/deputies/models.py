"""The council's bodies, its factions and deputies, and who of them sits where."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.collation import key
from core.domain.council import local_name
from meetings.querysets import BodyQuerySet, DeputyQuerySet, SeatQuerySet


class Body(models.Model):
    """A body that meets and votes: the council, a standing committee, the executive committee.

    ``membership`` is its total (280/97-ВР art. 59: of it the majority is counted), whether or not
    every seat is taken. The head of the city is not among them (``Seat.is_head``).
    """

    class Kind(models.TextChoices):
        COUNCIL = "council", _("council")
        COMMITTEE = "committee", _("standing committee")
        EXECUTIVE = "executive", _("executive committee")

    name = models.CharField(
        _("name"),
        max_length=200,
        unique=True,
        error_messages={"unique": _("Another one has this name already.")},
    )
    name_en = models.CharField(
        _("name in English"), max_length=200, blank=True, default="", db_default=""
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    membership = models.PositiveSmallIntegerField(_("total membership"))
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="body_has_members", condition=Q(membership__gte=1)),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(closed_at=None, kind__in=["council", "executive"]),
                name="body_one_council",
            ),
        ]

    def __str__(self) -> str:
        return self.local_name

    @property
    def local_name(self) -> str:
        """Its name in the active language; in Ukrainian where it has no English one."""
        return local_name(self.name, self.name_en)


class Faction(models.Model):
    """A faction or group of deputies."""

    name = models.CharField(
        _("name"),
        max_length=200,
        unique=True,
        error_messages={"unique": _("Another one has this name already.")},
    )
    name_en = models.CharField(
        _("name in English"), max_length=200, blank=True, default="", db_default=""
    )

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.local_name

    @property
    def local_name(self) -> str:
        """Its name in the active language; in Ukrainian where it has no English one."""
        return local_name(self.name, self.name_en)


class Deputy(models.Model):
    """A deputy, or another member of a body that votes: a public person by their full name.

    ``user``: the account by which they vote on their telephone, if they have one.
    """

    name = models.CharField(_("full name"), max_length=200)
    name_key = models.CharField(max_length=400, editable=False, default="")
    faction = models.ForeignKey(
        Faction,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("faction"),
        related_name="deputies",
    )
    district = models.ForeignKey(
        "city.District", models.SET_NULL, null=True, blank=True, verbose_name=_("district")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("account"),
        related_name="deputy",
    )
    since = models.DateField(_("since"))
    #: The last day of their powers; None: not known to end.
    until = models.DateField(_("until"), null=True, blank=True)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]
        constraints = [
            models.CheckConstraint(name="deputy_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="deputy_ends_after_it_starts",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("deputies:detail", args=[self.pk])


class Seat(models.Model):
    """A deputy's seat in a body for a time; nobody has two in one body at once."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="seats")
    since = models.DateField(_("since"))
    #: The last day; None: not known to end.
    until = models.DateField(_("until"), null=True, blank=True)
    is_chair = models.BooleanField(_("chairs it"), default=False)
    #: The head of the city in the council: counts in its total when they take part in the meeting,
    #: beside ``membership`` (280/97-ВР art. 59(2)).
    is_head = models.BooleanField(_("is the head of the city"), default=False)
    #: Where it stands in the hall: rows from the front, each from the left to the right as displays
    #: show them (meetings/displays/hemicycle.py). None: displays show factions.
    number = models.PositiveSmallIntegerField(_("number of the seat in the hall"), null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["-is_chair", "deputy__name_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="seat_ends_after_it_starts",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            ExclusionConstraint(
                name="seat_once_at_a_time",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("deputy", RangeOperators.EQUAL),
                    (
                        Func(
                            "since",
                            "until",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            ExclusionConstraint(
                name="seat_number_once_at_a_time",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("number", RangeOperators.EQUAL),
                    (
                        Func(
                            "since",
                            "until",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(number__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id}, {self.deputy_id}"
