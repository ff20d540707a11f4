"""Models of carrying: where each remark stands in each later version, and how far the job is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from drafts.models import Clause


class Method(models.TextChoices):
    """Method of finding a remark's place, the surest first."""

    EXACT = "exact", _("the same words in the same clause")
    MOVED = "moved", _("the same words in another clause")
    FUZZY = "fuzzy", _("similar words")
    CLAUSE = "clause", _("the clause, whose words have changed")
    ORPHAN = "orphan", _("nothing: neither the words nor the clause are in the text any more")


class Carrying(models.Model):
    """A job that carries the remarks of a consultation to a version, with its progress."""

    consultation = models.ForeignKey(
        "consultations.Consultation", models.CASCADE, related_name="carryings"
    )
    version = models.OneToOneField("drafts.Version", models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    begun_at = models.DateTimeField(db_default=Now(), editable=False)
    #: Remarks to carry, as counted when it began; those that come late are added.
    total = models.PositiveIntegerField(default=0, editable=False)
    carried = models.PositiveIntegerField(default=0, editable=False)
    #: When all were carried for the first time: then their authors are told.
    finished_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.version_id}: {self.carried}/{self.total}"

    @property
    def percent(self) -> int:
        return 100 if not self.total else min(100, 100 * self.carried // self.total)


class PlaceQuerySet(models.QuerySet["Place"]):
    def current(self) -> PlaceQuerySet:
        """Places in the newest version to which remarks were carried."""
        return self.filter(is_current=True)


class Place(models.Model):
    """A remark's place in a version later than the one it speaks of, and the method of finding it.

    The remark's own columns stay as they were written: they quote the version that its author
    read. A remark without a place stands where it was said.
    """

    class Answer(models.TextChoices):
        """The author's answer about the place of their remark."""

        NONE = "", _("has not said")
        YES = "yes", _("that is what I meant")
        NO = "no", _("my remark is about something else")

    remark = models.ForeignKey(
        "consultations.Remark", models.CASCADE, db_index=False, related_name="places"
    )
    version = models.ForeignKey("drafts.Version", models.PROTECT, related_name="+")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, db_index=False, related_name="+")
    quote_start = models.PositiveIntegerField(null=True)
    quote_end = models.PositiveIntegerField(null=True)
    method = models.CharField(_("how it was found"), max_length=6, choices=Method)
    #: Of what is in the text no more: the number of the first version that lacked it.
    removed_in = models.PositiveSmallIntegerField(null=True)
    is_current = models.BooleanField(default=True)
    answer = models.CharField(
        _("the author’s word"), max_length=3, choices=Answer, blank=True, default=""
    )
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["remark", "version"], name="place_once_a_version"),
            models.UniqueConstraint(
                fields=["remark"], condition=Q(is_current=True), name="place_one_current"
            ),
            models.CheckConstraint(
                name="place_orphan_without_clause",
                condition=Q(method="orphan", clause__isnull=True, removed_in__isnull=False)
                | (~Q(method="orphan") & Q(clause__isnull=False, removed_in__isnull=True)),
            ),
            models.CheckConstraint(
                name="place_words_in_its_clause",
                condition=Q(quote_start__isnull=True, quote_end__isnull=True)
                | Q(clause__isnull=False, quote_end__gt=F("quote_start")),
            ),
            models.CheckConstraint(
                name="place_answered_at_a_moment",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.remark_id} → {self.version_id}: {self.method}"
