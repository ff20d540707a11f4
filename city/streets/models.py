"""The model of streets."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from city.lists.models import District, Named
from city.streets import names

#: Of one street.
MOST_FORMER_NAMES = 10


class Street(Named):
    """A street, avenue or square of the community, by its full name: «вулиця Соборності».

    Two places of one community may each have «вулиця Садова»: a name is unique in its district.
    Streets are sorted by their name without its kind; ``lookup`` is what typed words are compared
    with (city/streets/names.py).
    """

    name = models.CharField(_("name"), max_length=200)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, verbose_name=_("district")
    )
    former_names = models.JSONField(_("former names"), default=list, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    lookup = models.TextField(editable=False, default="")

    class Meta(Named.Meta):
        constraints = [
            models.UniqueConstraint(
                name="street_name_in_district",
                fields=["name", "district"],
                nulls_distinct=False,
                violation_error_message=_("The district has a street of this name already."),
            ),
            models.CheckConstraint(
                name="street_both_coordinates",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message=_("Give both coordinates or none."),
            ),
            models.CheckConstraint(
                name="street_on_earth",
                condition=Q(latitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                violation_error_message=_(
                    "A latitude is between −90 and 90, a longitude between −180 and 180."
                ),
            ),
        ]
        indexes = [models.Index(fields=["name_key", "id"], name="city_street_in_order")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.lookup = names.lookup_of([self.name, *self.former_names])
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Names are lines with words in them, by which the street can be found."""
        if self.name and not names.lookup_of([self.name]):
            raise ValidationError({"name": _("Write its name in words.")})
        former = self.former_names
        if len(former) > MOST_FORMER_NAMES or any(len(name) > 200 for name in former):
            raise ValidationError({"former_names": _("Ten names at most, each of one line.")})

    @property
    def sorted_by(self) -> str:
        return names.sorted_by(self.name)
