"""Electronic services, how often each was used in a month, and what was concluded of it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.domain import clock
from core.domain.calendar import local_date

#: The longest words on a service and on what was concluded of it, in characters.
LONGEST_WORDS = 3000
#: More people than that live in no city of the country, in uses a month.
MOST_USES = 100_000_000


class ServiceQuerySet(models.QuerySet["Service"]):
    def offered(self) -> ServiceQuerySet:
        """Those that are not ended, with their departments."""
        return self.filter(ended_on=None).select_related("department")

    def ended(self) -> ServiceQuerySet:
        """Those that are not offered any more, with their departments."""
        return self.filter(ended_on__isnull=False).select_related("department")

    def offered_on(self, day: date) -> ServiceQuerySet:
        """Those that could be used on a day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=day), since__lte=day)

    def kept_by(self, user: object) -> ServiceQuerySet:
        """Those of the departments whose records this person keeps; administrators all."""
        if not getattr(user, "grants_in_force", ()):
            return self.none()
        if getattr(user, "is_administrator", False):
            return self.all()
        return self.filter(department_id__in=getattr(user, "department_ids", ()))


class Service(models.Model):
    """An electronic service: its holder, its address, since when, and whether it is a pilot.

    A pilot has a last day, after which its department concludes what becomes of it.
    """

    department = models.ForeignKey(
        "city.Department", models.PROTECT, related_name="services", verbose_name=_("its holder")
    )
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    about = models.TextField(_("what it gives to whom"), max_length=LONGEST_WORDS)
    url = models.URLField(_("address on the internet"), max_length=500)
    since = models.DateField(_("offered since"))
    pilot_until = models.DateField(_("last day of the pilot"), null=True, blank=True)
    ended_on = models.DateField(_("last day on which it was offered"), null=True, editable=False)
    entered_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="service_with_its_words", condition=~Q(name="") & ~Q(about="") & ~Q(url="")
            ),
            models.CheckConstraint(
                name="service_pilot_lasts",
                condition=Q(pilot_until=None) | Q(pilot_until__gt=F("since")),
            ),
            models.CheckConstraint(
                name="service_ends_after_its_beginning",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since")),
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="services_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("services:detail", args=[self.pk])

    @property
    def local_name(self) -> str:
        """The name in the active language, where it has one."""
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def is_pilot(self) -> bool:
        """Whether it is tried out: it has a last day of the pilot and was not ended."""
        return self.pilot_until is not None and self.ended_on is None

    @property
    def awaits_conclusion(self) -> bool:
        """Whether the pilot is over and nothing was concluded of it."""
        last_day = self.pilot_until if self.is_pilot else None
        return last_day is not None and last_day < local_date(clock.now())


class ServiceUseQuerySet(models.QuerySet["ServiceUse"]):
    def current(self) -> ServiceUseQuerySet:
        """The figures that count: of each month its newest edition."""
        later = ServiceUse.objects.filter(
            service=models.OuterRef("service"),
            month=models.OuterRef("month"),
            edition__gt=models.OuterRef("edition"),
        )
        return self.filter(~models.Exists(later))


class ServiceUse(models.Model):
    """A month's figure: uses of a service by all people together.

    Nothing is overwritten: a correction is another edition with its reason.
    """

    service = models.ForeignKey(Service, models.CASCADE, related_name="uses", db_index=False)
    #: Its first day.
    month = models.DateField(_("month"))
    edition = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveIntegerField(_("times used"))
    reason = models.CharField(_("why it is corrected"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ServiceUseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "month", "edition"], name="service_use_edition"
            ),
            models.CheckConstraint(
                name="service_use_of_a_month", condition=Q(month__day=1, number__lte=MOST_USES)
            ),
            models.CheckConstraint(
                name="service_use_corrected_with_reason",
                condition=Q(edition=1, reason="") | Q(edition__gt=1) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.number}"


class Conclusion(models.Model):
    """A public conclusion of a service: how it was judged, and what becomes of it."""

    class Outcome(models.TextChoices):
        PERMANENT = "permanent", _("it is offered for good")
        PROLONGED = "prolonged", _("the pilot goes on")
        ENDED = "ended", _("it is ended")

    service = models.ForeignKey(Service, models.CASCADE, related_name="conclusions")
    outcome = models.CharField(_("what becomes of it"), max_length=10, choices=Outcome)
    words = models.TextField(_("how it was judged, and why"), max_length=LONGEST_WORDS)
    #: Of what is prolonged the new last day of the pilot, of what is ended its last day.
    last_day = models.DateField(_("last day"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="conclusion_with_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="conclusion_with_its_day",
                condition=Q(outcome="permanent", last_day=None)
                | Q(outcome__in=["prolonged", "ended"], last_day__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
