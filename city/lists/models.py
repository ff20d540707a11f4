"""Models of the council's lists: departments, themes, districts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.domain.council import local_name
from core.domain.email_addresses import EmailModelField


class NamedQuerySet[Row: "Named"](models.QuerySet[Row]):
    """Rows of a list of the council's."""

    def open(self) -> Self:
        """Those that new things can be given."""
        return self.filter(closed_at=None)

    def offered(self, current: Iterable[int | None] = ()) -> Self:
        """Those that a form offers: open ones, and what the edited thing has already."""
        return self.filter(Q(closed_at=None) | Q(pk__in=[pk for pk in current if pk]))


class Named(models.Model):
    """A named thing, listed in Ukrainian order (``name_key``, see core.db.collation).

    What is closed is offered for nothing new, and stays named where it was used.
    """

    name = models.CharField(
        _("name"),
        max_length=200,
        unique=True,
        error_messages={"unique": _("Another one has this name already.")},
    )
    name_en = models.CharField(
        _("name in English"), max_length=200, blank=True, default="", db_default=""
    )
    name_key = models.CharField(max_length=400, editable=False, default="")
    slug = models.SlugField(
        unique=True, error_messages={"unique": _("Another one has this slug already.")}
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    objects = NamedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name_key", "pk"]

    def __str__(self) -> str:
        return self.local_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        from core.db.collation import key

        self.name_key = key(self.sorted_by)
        super().save(*args, **kwargs)

    @property
    def local_name(self) -> str:
        """Its name in the active language; in Ukrainian where it has no English one."""
        return local_name(self.name, self.name_en)

    @property
    def sorted_by(self) -> str:
        """The words by which lists sort it."""
        return self.name


class Department(Named):
    """A department or executive body of the council that prepares drafts and answers."""

    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = EmailModelField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    registers_appeals = models.BooleanField(
        _("registers appeals"),
        default=False,
        help_text=_("Its officers and secretaries register what people write to the council."),
    )


class Theme(Named):
    """A subject area: transport, land, housing."""


class District(Named):
    """A part of the city, with its population for who-is-missing figures."""

    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
