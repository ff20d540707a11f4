"""Models of a poll's questions and their options."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from city.models import District, Street
from votes.life.models import Poll


class Question(models.Model):
    """One question of a poll. A trigger holds it and its options once the poll is announced."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("one option")
        MULTIPLE = "multiple", _("several options")
        YES_NO = "yes_no", _("yes, no or abstain")
        RANKED = "ranked", _("options in order of preference")
        SCORE = "score", _("a score from 0 to 5 for each option")
        APPROVAL = "approval", _("approve of any options")
        POINTS = "points", _("share out points or hryvnias")
        TEXT = "text", _("a short text")

    class Method(models.TextChoices):
        """Method of counting ranked answers."""

        NONE = "", "–"
        RUNOFF = "runoff", _("instant run-off")
        SCHULZE = "schulze", _("Condorcet by Schulze’s method")

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(_("question"), max_length=300)
    details = models.TextField(_("explanation"), max_length=2000, blank=True)
    kind = models.CharField(_("how it is answered"), max_length=10, choices=Kind)
    method = models.CharField(
        _("how it is counted"), max_length=10, choices=Method, blank=True, default=""
    )
    #: Of MULTIPLE: how many options one may choose.
    least = models.PositiveSmallIntegerField(_("at least"), default=0)
    most = models.PositiveSmallIntegerField(_("at most"), null=True, blank=True)
    #: Of POINTS: how many there are to share out, and what they are called.
    budget = models.PositiveIntegerField(_("points in all"), null=True, blank=True)
    in_hryvnias = models.BooleanField(_("the points are hryvnias"), default=False)
    none_of_these = models.BooleanField(_("offer «none of these»"), default=False)
    is_required = models.BooleanField(_("has to be answered"), default=True)

    class Meta:
        ordering = ["poll", "place"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "place"], name="question_place"),
            models.CheckConstraint(
                name="ranked_question_has_a_method",
                condition=Q(kind="ranked", method__in=["runoff", "schulze"])
                | (~Q(kind="ranked") & Q(method="")),
            ),
            models.CheckConstraint(
                name="question_of_points_has_a_budget",
                condition=(Q(kind="points") & Q(budget__gte=1))
                | (~Q(kind="points") & Q(budget=None)),
            ),
            models.CheckConstraint(
                name="question_least_within_most",
                condition=Q(most=None) | Q(most__gte=F("least")),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class OptionQuerySet(models.QuerySet["Option"]):
    """Options of questions."""

    def with_locations(self) -> Self:
        """Read with their districts and streets, in the same statement."""
        return self.select_related("district", "street")


class Option(models.Model):
    """Something that can be chosen. ``place``: where in the list; where in the city it is, a street
    or a district says."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(_("option"), max_length=200)
    details = models.TextField(_("description"), max_length=2000, blank=True)
    picture = models.ImageField(_("picture"), upload_to="votes/%Y/", blank=True)
    #: Of what it stands for, in hryvnias.
    cost = models.PositiveBigIntegerField(_("cost, in hryvnias"), null=True, blank=True)
    district = models.ForeignKey(
        "city.District", models.PROTECT, null=True, blank=True, verbose_name=_("district")
    )
    street = models.ForeignKey(
        "city.Street", models.PROTECT, null=True, blank=True, verbose_name=_("street")
    )

    objects = OptionQuerySet.as_manager()

    class Meta:
        ordering = ["question", "place"]
        constraints = [
            models.UniqueConstraint(fields=["question", "place"], name="option_place"),
            models.CheckConstraint(
                name="option_in_a_street_or_a_district", condition=Q(district=None) | Q(street=None)
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def says_more(self) -> bool:
        """Whether there is something to read of it besides its name."""
        return bool(self.details or self.cost or self.street_id or self.district_id)

    @property
    def location(self) -> Street | District | None:
        """The street or district in which it is."""
        return self.street or self.district

    @property
    def picture_url(self) -> str:
        """URL of its picture; "" where it has none."""
        if not self.picture.name:
            return ""
        return reverse("votes:picture", args=[self.pk, PurePosixPath(self.picture.name).name])
